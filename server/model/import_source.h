// SPDX-License-Identifier: AGPL-3.0-or-later
// A file's text as a table: CSV with a header row, or GeoJSON whose properties are the columns.
// Read twice: once to see what it holds, then row by row. Knows no mapping.
#ifndef REPERE_MODEL_IMPORT_SOURCE_H
#define REPERE_MODEL_IMPORT_SOURCE_H
#include "geo/geometry.h"
#include "model/import_guess.h"

struct json_object;

enum { IMPORT_ROWS_MAX = 1000000, IMPORT_COLUMNS_MAX = 500 };

struct import_source {
    const char *text; // borrowed
    size_t len;
    bool geojson;
    size_t column_count;
    const char **columns;
    uint64_t row_count; // without the header; those that cannot be read are counted
    bool has_areas_or_lines;
    char crs[64]; // that the file names itself, or ""
};

struct import_record {
    uint64_t row; // as a spreadsheet numbers it (the header is 1); GeoJSON: 1 is the first
    const char *const *cells; // column_count of them; "" when absent
    const size_t *lengths;
    const struct geometry *geometry;      // NULL: it has none, or the file is CSV
    const struct json_object *properties; // NULL: it has none, or the file is CSV
};

/**
 * Finds the format (GeoJSON begins with a brace), the columns, and how many rows there are.
 *
 * @param text borrowed as long as `out` is used
 * @param out  columns in the arena
 * Errors: BAD_CSV, BAD_JSON, BAD_GEOMETRY (a JSON text that is no GeoJSON), TOO_LARGE, NO_MEMORY.
 */
enum err import_source_open(const char *text, size_t len, struct arena *arena, struct fault *fault,
                            struct import_source *out);

/** What it is given is good until it returns. Anything but ERR_OK ends the reading. */
typedef enum err import_record_fn(void *context, const struct import_record *record);
/** A row that cannot be read. */
typedef enum err import_bad_fn(void *context, uint64_t row, const struct fault *fault);
enum err import_source_each(const struct import_source *source, import_record_fn *fn,
                            import_bad_fn *bad, void *context, struct fault *fault);

/** Index of a column; column_count when there is none of that name. */
size_t import_source_column(const struct import_source *source, const char *name);
#endif
