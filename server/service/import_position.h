// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a row lies: two columns, or the file's own geometry, brought to EPSG:4326.
#ifndef REPERE_SERVICE_IMPORT_POSITION_H
#define REPERE_SERVICE_IMPORT_POSITION_H
#include "geo/crs.h"
#include "model/import_source.h"

struct import_position {
    struct crs *crs;  // borrowed
    const char *from; // NULL: EPSG:4326 already
    char decimal;
    size_t x, y; // columns; column_count of the source: the file's own geometry
    const struct import_mapping *mapping;
};

/** Errors: BAD_FIELD (fault: the column that is not there), BAD_CRS. */
enum err import_position_init(struct import_position *position, struct crs *crs,
                              const struct import_mapping *mapping,
                              const struct import_source *source, struct fault *fault);
/**
 * @param out degrees, longitude first, in the arena; neither checked nor snapped
 * Errors: BAD_FIELD, BAD_GEOMETRY, BAD_CRS (fault: the column and what is wrong), NO_MEMORY.
 */
enum err import_position_read(const struct import_position *position,
                              const struct import_record *record, struct arena *arena,
                              struct fault *fault, struct geometry *out);
#endif
