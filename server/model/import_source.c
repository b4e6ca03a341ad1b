// SPDX-License-Identifier: AGPL-3.0-or-later
// CSV comes row by row from base/csv, GeoJSON feature by feature from geo/geojson_read; both are
// handed on as cells.
#include "model/import_source.h"

#include "base/csv.h"
#include "base/json.h"
#include "base/number.h"
#include "geo/geojson_read.h"
#include "model/import_cell.h"

#include <stdio.h>
#include <string.h>

/* ---- what both formats share ---- */

struct walk {
    const struct import_source *source;
    import_record_fn *fn;
    import_bad_fn *bad;
    void *context;
    struct arena scratch; // of one row
    const char **cells;
    size_t *lengths;
};

size_t import_source_column(const struct import_source *source, const char *name) {
    size_t index = 0;
    while (index < source->column_count && strcmp(source->columns[index], name) != 0)
        index++;
    return index;
}

static enum err add_column(struct import_source *source, struct arena *arena, const char *name,
                           size_t len, struct fault *fault) {
    if (source->column_count == IMPORT_COLUMNS_MAX)
        return fault_set(fault, ERR_TOO_LARGE, "columns", "more than %d columns",
                         IMPORT_COLUMNS_MAX);
    const char *copy = len ? arena_strndup(arena, name, len)
                           : arena_printf(arena, "column %zu", source->column_count + 1);
    if (!copy)
        return ERR_NO_MEMORY;
    if (import_source_column(source, copy) < source->column_count)
        return fault_set(fault, ERR_BAD_CSV, "row 1", "two columns have the same name");
    source->columns[source->column_count++] = copy;
    return ERR_OK;
}

static enum err count_row(struct import_source *source, struct fault *fault) {
    if (++source->row_count > IMPORT_ROWS_MAX)
        return fault_set(fault, ERR_TOO_LARGE, "rows", "more than %d rows", IMPORT_ROWS_MAX);
    return ERR_OK;
}

/* ---- CSV ---- */

struct csv_survey {
    struct import_source *source;
    struct arena *arena;
};

static enum err survey_row(void *context, const struct csv_row *row, struct fault *fault) {
    struct csv_survey *survey = context;
    if (survey->source->column_count)
        return count_row(survey->source, fault);
    enum err err = ERR_OK;
    for (size_t i = 0; i < row->count && !err; i++) {
        struct import_part name = import_trim(row->cells[i], row->lengths[i]);
        err = add_column(survey->source, survey->arena, name.text, name.len, fault);
    }
    return err;
}

static enum err take_csv_row(void *context, const struct csv_row *row, struct fault *fault) {
    struct walk *walk = context;
    size_t columns = walk->source->column_count;
    (void)fault;
    if (!walk->lengths[columns]) { // the header
        walk->lengths[columns] = 1;
        return ERR_OK;
    }
    for (size_t i = columns; i < row->count; i++) {
        if (!row->lengths[i])
            continue;
        struct fault too_long;
        fault_set(&too_long, ERR_BAD_CSV, "row", "has more cells than the header");
        return walk->bad(walk->context, row->number, &too_long);
    }
    for (size_t i = 0; i < columns; i++) {
        walk->cells[i] = i < row->count ? row->cells[i] : "";
        walk->lengths[i] = i < row->count ? row->lengths[i] : 0;
    }
    const struct import_record record = {
        .row = row->number, .cells = walk->cells, .lengths = walk->lengths};
    return walk->fn(walk->context, &record);
}

/* ---- GeoJSON ---- */

struct geojson_survey {
    struct import_source *source;
    struct arena *arena;
    struct arena scratch;
};

static void survey_bad(void *context, size_t index, const struct fault *fault) {
    struct geojson_survey *survey = context;
    (void)index;
    (void)fault;
    survey->source->row_count++;
}

static enum err survey_feature(void *context, const struct geojson_feature *feature,
                               struct fault *fault) {
    struct geojson_survey *survey = context;
    struct import_source *source = survey->source;
    struct json_members it = {0};
    const char *key;
    struct json_object *value;
    enum err err = count_row(source, fault);
    while (!err && json_next(feature->properties, &it, &key, &value))
        if (*key && import_source_column(source, key) == source->column_count)
            err = add_column(source, survey->arena, key, strlen(key), fault);
    enum geometry_type type = feature->geometry.type;
    source->has_areas_or_lines |= type && type != GEOMETRY_POINT && type != GEOMETRY_MULTI_POINT;
    arena_reset(&survey->scratch);
    return err;
}

/* A value as people would write it into a cell; NULL when memory is short. */
static const char *cell_text(struct json_object *value, struct arena *arena, size_t *len) {
    double number;
    char digits[NUMBER_TEXT_SIZE];
    const char *text = json_text(value, len);
    if (text)
        return text;
    *len = 0;
    if (!value)
        return "";
    if (json_number(value, &number)) {
        *len = number_format(number, digits);
        return arena_strndup(arena, digits, *len);
    }
    text = json_write(value, len);
    return text ? arena_strndup(arena, text, *len) : NULL;
}

static enum err take_feature(void *context, const struct geojson_feature *feature,
                             struct fault *fault) {
    struct walk *walk = context;
    const struct import_source *source = walk->source;
    (void)fault;
    for (size_t i = 0; i < source->column_count; i++) {
        struct json_object *value = json_get(feature->properties, source->columns[i]);
        walk->cells[i] = cell_text(value, &walk->scratch, &walk->lengths[i]);
        if (!walk->cells[i])
            return ERR_NO_MEMORY;
    }
    const struct import_record record = {
        .row = feature->index + 1,
        .cells = walk->cells,
        .lengths = walk->lengths,
        .geometry = feature->geometry.type ? &feature->geometry : NULL,
        .properties = feature->properties,
    };
    enum err err = walk->fn(walk->context, &record);
    arena_reset(&walk->scratch);
    return err;
}

/* geojson_read's reporter cannot stop the reading; what the listener answers is asked for later. */
struct geojson_walk {
    struct walk walk;
    enum err bad_err;
};

static void take_bad_feature(void *context, size_t index, const struct fault *fault) {
    struct geojson_walk *both = context;
    enum err err = both->walk.bad(both->walk.context, index + 1, fault);
    if (err)
        both->bad_err = err;
}

static enum err take_feature_unless_stopped(void *context, const struct geojson_feature *feature,
                                            struct fault *fault) {
    struct geojson_walk *both = context;
    return both->bad_err ? both->bad_err : take_feature(&both->walk, feature, fault);
}

/* ---- both ---- */

static bool begins_with_brace(const char *text, size_t len) {
    size_t at = 0;
    while (at < len &&
           (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t'))
        at++;
    return at < len && text[at] == '{';
}

enum err import_source_open(const char *text, size_t len, struct arena *arena, struct fault *fault,
                            struct import_source *out) {
    struct import_source source = {
        .text = text, .len = len, .geojson = begins_with_brace(text, len)};
    enum err err;
    source.columns = arena_array(arena, IMPORT_COLUMNS_MAX, sizeof *source.columns);
    if (!source.columns)
        return ERR_NO_MEMORY;
    if (source.geojson) {
        struct geojson_survey survey = {.source = &source, .arena = arena};
        arena_init(&survey.scratch);
        err = geojson_read_text(text, len, &survey.scratch, survey_feature, survey_bad, &survey,
                                source.crs, fault);
        arena_fini(&survey.scratch);
    } else {
        struct csv_survey survey = {&source, arena};
        err = csv_read(text, len, 0, survey_row, &survey, fault);
        if (!err && !source.column_count)
            err = fault_set(fault, ERR_BAD_CSV, "row 1", "the file is empty");
    }
    if (!err)
        *out = source;
    return err;
}

static enum err walk_geojson(const struct walk *walk, struct fault *fault) {
    struct geojson_walk both = {.walk = *walk};
    char crs[64];
    enum err err =
        geojson_read_text(walk->source->text, walk->source->len, &both.walk.scratch,
                          take_feature_unless_stopped, take_bad_feature, &both, crs, fault);
    arena_fini(&both.walk.scratch);
    return err ? err : both.bad_err;
}

enum err import_source_each(const struct import_source *source, import_record_fn *fn,
                            import_bad_fn *bad, void *context, struct fault *fault) {
    struct arena cells;
    struct walk walk = {.source = source, .fn = fn, .bad = bad, .context = context};
    arena_init(&cells);
    arena_init(&walk.scratch);
    walk.cells = arena_array(&cells, source->column_count, sizeof *walk.cells);
    // one more, in which CSV notes that its header went by
    walk.lengths = arena_array(&cells, source->column_count + 1, sizeof *walk.lengths);
    enum err err = ERR_NO_MEMORY;
    if (walk.cells && walk.lengths)
        err = source->geojson ? walk_geojson(&walk, fault)
                              : csv_read(source->text, source->len, 0, take_csv_row, &walk, fault);
    arena_fini(&cells);
    return err;
}
