// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/import_guess.h"

#include "model/import_cell.h"

#include <string.h>
#include <strings.h>

/* Names of columns as people give them, the likeliest first. */
static const char *const names_x[] = {"longitude", "lon",     "lng",     "long",    "x",      "e",
                                      "east",      "easting", "coord_x", "x_coord", "xcoord", NULL};
static const char *const names_y[] = {"latitude", "lat",     "y",       "n",      "north",
                                      "northing", "coord_y", "y_coord", "ycoord", NULL};
static const char *const names_category[] = {"category",     "categorie", "cat\xC3\xA9gorie",
                                             "kategorie",    "theme",     "th\xC3\xA8me",
                                             "service_code", "type",      "kind",
                                             "class",        NULL};
static const char *const names_label[] = {"name",  "nom",     "naam",    "label",   "title",
                                          "titre", "name_fr", "name_en", "name_nl", NULL};
static const char *const names_participant[] = {"participant", "participant_id", "respondent",
                                                "pseudonym",   "user",           NULL};
static const char *const words_date[] = {"date", "datum", "time", "created", "heure", NULL};

/* Boxes of national grids, in their own metres. */
static const struct {
    const char *crs;
    double x_min, x_max, y_min, y_max;
} grids[] = {
    {"EPSG:4326", -180, 180, -90, 90},
    {"EPSG:2056", 2480000, 2840000, 1070000, 1300000}, // Switzerland, LV95
    {"EPSG:21781", 480000, 840000, 70000, 300000},     // Switzerland, LV03
    {"EPSG:31370", 15000, 300000, 20000, 250000},      // Belgium, Lambert 72
    {"EPSG:3812", 515000, 800000, 520000, 750000},     // Belgium, Lambert 2008
    {"EPSG:28992", 0, 300000, 300000, 630000},         // the Netherlands, RD New
    {"EPSG:2154", 100000, 1250000, 6000000, 7150000},  // France, Lambert 93
};
enum { GRID_COUNT = sizeof grids / sizeof *grids };

static const char *column_named(const struct import_table *table, const char *const *names) {
    for (size_t i = 0; names[i]; i++)
        for (size_t column = 0; column < table->column_count; column++)
            if (strcasecmp(table->columns[column], names[i]) == 0)
                return table->columns[column];
    return NULL;
}

static size_t index_of(const struct import_table *table, const char *column) {
    size_t index = 0;
    while (index < table->column_count && table->columns[index] != column)
        index++;
    return index;
}

static bool has_comma_decimals(const struct import_table *table, size_t column) {
    for (size_t row = 0; row < table->row_count; row++)
        if (strchr(table->rows[row][column], ',') && !strchr(table->rows[row][column], '.'))
            return true;
    return false;
}

static const char *guess_crs(const struct import_table *table,
                             const struct import_mapping *mapping) {
    size_t x_column = index_of(table, mapping->x), y_column = index_of(table, mapping->y);
    size_t fits[GRID_COUNT] = {0}, numbers = 0, best = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        const char *x_cell = table->rows[row][x_column], *y_cell = table->rows[row][y_column];
        double x, y;
        if (!import_number(x_cell, strlen(x_cell), mapping->decimal, &x) ||
            !import_number(y_cell, strlen(y_cell), mapping->decimal, &y))
            continue;
        numbers++;
        for (size_t i = 0; i < GRID_COUNT; i++)
            fits[i] += x >= grids[i].x_min && x <= grids[i].x_max && y >= grids[i].y_min &&
                       y <= grids[i].y_max;
    }
    for (size_t i = 1; i < GRID_COUNT; i++)
        if (fits[i] > fits[best])
            best = i;
    // a few slips of the pen do not hide what the rest says
    return numbers && fits[best] * 10 >= numbers * 9 ? grids[best].crs : NULL;
}

/* How many cells of a column are dates in this order; empty ones count. */
static size_t count_dates(const struct import_table *table, size_t column,
                          enum import_date_order order) {
    size_t count = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        const char *cell = table->rows[row][column];
        int64_t time_ms;
        count += !*cell || import_date(cell, strlen(cell), order, &time_ms);
    }
    return count;
}

static void guess_date(const struct import_table *table, struct import_mapping *out) {
    static const enum import_date_order orders[] = {DATE_YMD, DATE_DMY, DATE_MDY};
    for (size_t column = 0; column < table->column_count; column++) {
        bool named = false;
        for (size_t i = 0; words_date[i]; i++)
            named |= strcasestr(table->columns[column], words_date[i]) != NULL;
        for (size_t i = 0; named && table->row_count && i < 3; i++) {
            if (count_dates(table, column, orders[i]) < table->row_count)
                continue;
            out->date = table->columns[column];
            out->date_order = orders[i];
            return;
        }
    }
}

/* A mark that some cells end with separates what stands before it. */
static char guess_separator(const struct import_table *table, size_t column) {
    for (size_t row = 0; row < table->row_count; row++) {
        const char *cell = table->rows[row][column];
        struct import_part part = import_trim(cell, strlen(cell));
        char last = part.len ? part.text[part.len - 1] : 0;
        if (last == ',' || last == ';' || last == '|')
            return last;
    }
    return 0;
}

static enum err guess_category(const struct import_table *table, struct arena *arena,
                               struct import_mapping *out) {
    const char *column = column_named(table, names_category);
    if (!column)
        return ERR_OK;
    struct import_answer *answer = arena_alloc(arena, sizeof *answer);
    if (!answer)
        return ERR_NO_MEMORY;
    answer->column = column;
    answer->separator = guess_separator(table, index_of(table, column));
    out->answers = answer;
    out->answer_count = 1;
    return ERR_OK;
}

enum err import_guess(const struct import_table *table, struct arena *arena,
                      struct import_mapping *out) {
    struct import_mapping guess = {.decimal = '.', .crs = table->crs};
    if (table->has_geometry) {
        guess.crs = table->crs ? table->crs : "EPSG:4326";
    } else {
        guess.x = column_named(table, names_x);
        guess.y = column_named(table, names_y);
        if (!guess.x || !guess.y)
            guess.x = guess.y = NULL;
    }
    if (guess.x) {
        if (has_comma_decimals(table, index_of(table, guess.x)))
            guess.decimal = ',';
        guess.crs = guess_crs(table, &guess);
    }
    guess_date(table, &guess);
    guess.label = column_named(table, names_label);
    guess.participant = column_named(table, names_participant);
    enum err err = guess_category(table, arena, &guess);
    if (err)
        return err;
    if (guess.answer_count && !table->has_areas_or_lines)
        guess.target = IMPORT_SESSION;
    *out = guess;
    return ERR_OK;
}
