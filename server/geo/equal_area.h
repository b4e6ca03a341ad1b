// SPDX-License-Identifier: AGPL-3.0-or-later
// The equal-area grid that people are counted in: squares of an equal-area CRS, so that the same value
// means the same density everywhere. EPSG:3035 in Europe (with the codes of INSPIRE's grid), EPSG:6933
// elsewhere. Cells are counted from the CRS's own origin, whatever the project's area. What is made of
// cells: geo/region.h.
#ifndef REPERE_GEO_EQUAL_AREA_H
#define REPERE_GEO_EQUAL_AREA_H
#include "geo/crs.h"
#include "geo/region.h"

/** 3035 when the middle of the box lies in Europe (longitude -31..45, latitude 34..82), else 6933. */
int equal_area_epsg(const struct bbox *bbox);
/** "EPSG:3035". */
const char *equal_area_name(int epsg);
/**
 * The base cells that a geometry touches, each once, in rising order of row, then column. A point
 * touches one cell; a line those it passes; an area those that it shares more than a border with.
 *
 * @param geometry EPSG:4326 degrees
 * @param base_m   a divisor of 4000, 250 or more
 * @param max      more cells than this: TOO_LARGE
 * @param out      in the arena
 * Errors: BAD_CRS (a position outside the CRS), TOO_LARGE, NO_MEMORY.
 */
enum err equal_area_cells(struct crs *crs, int epsg, unsigned base_m, const struct geometry *geometry,
                          size_t max, struct arena *arena, struct cell **out, size_t *count);
#endif
