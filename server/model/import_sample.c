// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/import_sample.h"

#include "model/import_cell.h"

#include <string.h>

/* Ends the walk when enough was seen; it goes no further than this file. */
static const enum err ENOUGH = ERR_CONFLICT;

struct sampling {
    struct arena *arena;
    const char *const **rows;
    size_t rows_max, count, columns;
};

static enum err sample_row(void *context, const struct import_record *record) {
    struct sampling *sampling = context;
    const char **cells = arena_array(sampling->arena, sampling->columns, sizeof *cells);
    for (size_t i = 0; cells && i < sampling->columns; i++) {
        cells[i] = arena_strndup(sampling->arena, record->cells[i], record->lengths[i]);
        if (!cells[i])
            return ERR_NO_MEMORY;
    }
    if (!cells)
        return ERR_NO_MEMORY;
    sampling->rows[sampling->count++] = cells;
    return sampling->count == sampling->rows_max ? ENOUGH : ERR_OK;
}

static enum err pass_over(void *context, uint64_t row, const struct fault *fault) {
    (void)context;
    (void)row;
    (void)fault;
    return ERR_OK;
}

enum err import_sample(const struct import_source *source, size_t rows_max, struct arena *arena,
                       struct import_table *out) {
    struct sampling sampling = {
        .arena = arena, .rows_max = rows_max, .columns = source->column_count};
    sampling.rows = arena_array(arena, rows_max, sizeof *sampling.rows);
    if (!sampling.rows)
        return ERR_NO_MEMORY;
    enum err err = import_source_each(source, sample_row, pass_over, &sampling, NULL);
    if (err && err != ENOUGH)
        return err;
    *out = (struct import_table){
        .column_count = source->column_count,
        .columns = source->columns,
        .row_count = sampling.count,
        .rows = sampling.rows,
        .has_geometry = source->geojson,
        .has_areas_or_lines = source->has_areas_or_lines,
        .crs = source->crs[0] ? source->crs : NULL,
    };
    return ERR_OK;
}

struct gathering {
    struct arena *arena;
    size_t column, count;
    char separator;
    struct import_value *values;
};

static bool is_known(const struct gathering *gathering, const struct import_part *part) {
    for (size_t i = 0; i < gathering->count; i++) {
        const char *cell = gathering->values[i].cell;
        if (strncmp(cell, part->text, part->len) == 0 && !cell[part->len])
            return true;
    }
    return false;
}

static enum err gather_row(void *context, const struct import_record *record) {
    struct gathering *gathering = context;
    const char *cell = record->cells[gathering->column];
    size_t len = record->lengths[gathering->column], at = 0;
    struct import_part part;
    while (import_next_part(cell, len, gathering->separator, &at, &part)) {
        if (is_known(gathering, &part))
            continue;
        if (gathering->count == IMPORT_VALUES_MAX || part.len > IMPORT_COLUMN_MAX) {
            gathering->count = 0;
            return ENOUGH;
        }
        const char *copy = arena_strndup(gathering->arena, part.text, part.len);
        if (!copy)
            return ERR_NO_MEMORY;
        gathering->values[gathering->count++].cell = copy;
    }
    return ERR_OK;
}

enum err import_distinct(const struct import_source *source, size_t column, char separator,
                         struct arena *arena, struct import_value **out, size_t *count) {
    struct gathering gathering = {.arena = arena, .column = column, .separator = separator};
    gathering.values = arena_array(arena, IMPORT_VALUES_MAX, sizeof *gathering.values);
    if (!gathering.values)
        return ERR_NO_MEMORY;
    enum err err = import_source_each(source, gather_row, pass_over, &gathering, NULL);
    if (err && err != ENOUGH)
        return err;
    *out = gathering.values;
    *count = gathering.count;
    return ERR_OK;
}
