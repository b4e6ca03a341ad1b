// SPDX-License-Identifier: AGPL-3.0-or-later
// Geometries as a GeoPackage holds them: a header (OGC 12-128r17, 2.1.3), then ISO WKB,
// little-endian.
#ifndef REPERE_PUBLISH_GPKG_BLOB_H
#define REPERE_PUBLISH_GPKG_BLOB_H
#include "base/buf.h"
#include "geo/geometry.h"
#include <stdbool.h>

/** POINT for POINT and MULTI_POINT, and so on. */
enum geometry_type gpkg_simple_type(enum geometry_type type);
/** Whether it has more than one point, line or polygon, so that only a multi can hold it. */
bool gpkg_needs_multi(const struct geometry *geometry);
/** "POINT", "MULTIPOLYGON". */
const char *gpkg_type_name(enum geometry_type type);
/**
 * Appends the geometry.
 * @param type the table's: the geometry's simple type, or the multi of it; a multi of one part goes
 * into either. A geometry that does not fit: nothing but the header
 */
void gpkg_blob_write(const struct geometry *geometry, enum geometry_type type, int srs_id,
                     struct buf *out);
/**
 * Reads what gpkg_blob_write writes, of EPSG:4326, and nothing else: another order of bytes,
 * another envelope than the coordinates', an open ring, a position beyond the earth are refused.
 * @param type the table's; a multi of one part comes back as that part
 * @param out  in the arena
 * Errors: BAD_GEOMETRY (fault.why), NO_MEMORY.
 */
enum err gpkg_blob_read(const void *bytes, size_t len, enum geometry_type type, struct arena *arena,
                        struct fault *fault, struct geometry *out);
#endif
