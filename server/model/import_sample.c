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

struct few {
    struct arena *arena;
    size_t column_count, open; // columns that may still turn out to have few
    struct import_cells *columns;
    bool *many;
};

static bool has_cell(const struct import_cells *column, const struct import_part *part) {
    for (size_t i = 0; i < column->count; i++)
        if (strncmp(column->cells[i], part->text, part->len) == 0 && !column->cells[i][part->len])
            return true;
    return false;
}

static enum err add_cell(struct few *few, size_t index, const struct import_part *part) {
    struct import_cells *column = &few->columns[index];
    if (column->count == IMPORT_FEW_MAX || part->len > IMPORT_COLUMN_MAX) {
        column->count = 0;
        few->many[index] = true;
        few->open--;
        return ERR_OK;
    }
    if (!column->cells)
        column->cells = arena_array(few->arena, IMPORT_FEW_MAX, sizeof *column->cells);
    const char *copy = arena_strndup(few->arena, part->text, part->len);
    if (!column->cells || !copy)
        return ERR_NO_MEMORY;
    column->cells[column->count++] = copy;
    return ERR_OK;
}

static enum err few_row(void *context, const struct import_record *record) {
    struct few *few = context;
    enum err err = ERR_OK;
    for (size_t i = 0; !err && i < few->column_count; i++) {
        struct import_part part = import_trim(record->cells[i], record->lengths[i]);
        if (part.len && !few->many[i] && !has_cell(&few->columns[i], &part))
            err = add_cell(few, i, &part);
    }
    return err || few->open ? err : ENOUGH;
}

enum err import_few_cells(const struct import_source *source, struct arena *arena,
                          struct import_cells **out) {
    const size_t count = source->column_count;
    struct few few = {.arena = arena, .column_count = count, .open = count};
    few.columns = arena_array(arena, count, sizeof *few.columns);
    few.many = arena_array(arena, count, sizeof *few.many);
    if (!few.columns || !few.many)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        few.columns[i] = (struct import_cells){0};
        few.many[i] = false;
    }
    enum err err = import_source_each(source, few_row, pass_over, &few, NULL);
    if (err && err != ENOUGH)
        return err;
    *out = few.columns;
    return ERR_OK;
}
