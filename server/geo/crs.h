// SPDX-License-Identifier: AGPL-3.0-or-later
// Reprojection. The only user of PROJ. One `struct crs` a thread: it holds a PJ_CONTEXT and the
// transformations made so far. No network, no grids downloaded.
#ifndef REPERE_GEO_CRS_H
#define REPERE_GEO_CRS_H
#include "base/arena.h"
#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>

struct crs;
enum err crs_open(struct crs **out);
void crs_close(struct crs *crs);
/**
 * Transforms n positions in place, x (east or longitude) first in both CRSs whatever the
 * authority's axis order. Degrees for geographic CRSs, the CRS's own unit for projected ones.
 *
 * @param from, to what PROJ knows: "EPSG:4326", "EPSG:31370", a PROJ string or WKT
 * @param xy       2n doubles
 * Errors: BAD_CRS (unknown name, or a position that cannot be transformed: fault says its index),
 *         NO_MEMORY.
 */
enum err crs_transform(struct crs *crs, const char *from, const char *to, double *xy, size_t n,
                       struct fault *fault);
/** True when PROJ knows the name; `*geographic` says whether it is in degrees. */
bool crs_known(struct crs *crs, const char *name, bool *geographic);
/**
 * The CRS's definition as WKT 1 in GDAL's dialect, on one line: what a GeoPackage holds.
 * @param out in the arena
 * Errors: BAD_CRS (unknown name, or one that WKT 1 has no words for), NO_MEMORY.
 */
enum err crs_wkt(struct crs *crs, const char *name, struct arena *arena, const char **out);
#endif
