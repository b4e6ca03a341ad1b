// SPDX-License-Identifier: AGPL-3.0-or-later
// SpatiaLite's BLOB form of a geometry (XY, SRID 4326), so that QGIS and GDAL read our tables as they
// are. Pure: knows no database. Format: "SpatiaLite BLOB-Geometry", gaia-gis.it.
#ifndef REPERE_STORE_GEOMETRY_BLOB_H
#define REPERE_STORE_GEOMETRY_BLOB_H
#include "geo/geometry.h"
#include <stddef.h>
#include <stdint.h>

/** How many bytes geometry_blob_write fills. */
size_t geometry_blob_size(const struct geometry *geometry);
/** Writes the little-endian form: header, bounding box, coordinates in degrees, longitude first. */
void geometry_blob_write(const struct geometry *geometry, uint8_t *out);
/**
 * Reads either byte order. The arena owns the result.
 * Errors: NOT_A_STORE (NULL, cut, another SRID or kind, a number that is not finite, bytes left
 * over), NO_MEMORY.
 */
enum err geometry_blob_read(const void *bytes, size_t len, struct arena *arena,
                            struct geometry *out);
#endif
