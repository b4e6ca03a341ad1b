// SPDX-License-Identifier: AGPL-3.0-or-later
// What a file's columns probably mean, from their names and some rows, for a person to correct.
#ifndef REPERE_MODEL_IMPORT_GUESS_H
#define REPERE_MODEL_IMPORT_GUESS_H
#include "model/import_mapping.h"

struct import_table {
    size_t column_count;
    const char *const *columns;
    size_t row_count;
    const char *const *const *rows; // row_count times column_count cells; an absent one is ""
    bool has_geometry;              // of its own: GeoJSON
    bool has_areas_or_lines;
    const char *crs; // that the file names itself; NULL: none
};

/**
 * The columns of position, date, category, label and participant; the CRS from the range of the
 * coordinates (EPSG:4326; the national grids of Belgium, Switzerland, the Netherlands and France),
 * NULL when nothing fits; the order of dates, the decimal mark, the separator of several
 * categories. The target is a session when there is a category and the file holds points.
 *
 * @param out borrows the table's texts; its answers are in the arena
 * Errors: NO_MEMORY.
 */
enum err import_guess(const struct import_table *table, struct arena *arena,
                      struct import_mapping *out);
#endif
