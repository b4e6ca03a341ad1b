// SPDX-License-Identifier: AGPL-3.0-or-later
// The equal-area grid that people are counted in: squares of an equal-area CRS, so that the same value
// means the same density everywhere. EPSG:3035 in Europe (with the codes of INSPIRE's grid), EPSG:6933
// elsewhere. Cells are counted from the CRS's own origin, whatever the project's area.
//
// A region is a set of base cells inside one top cell of 4 km: a square of any level, or what is left of
// one when parts of it stand on their own. Metres are the CRS's own; x is the easting, y the northing.
#ifndef REPERE_GEO_EQUAL_AREA_H
#define REPERE_GEO_EQUAL_AREA_H
#include "geo/crs.h"
#include "geo/geometry.h"
#include <stdbool.h>
#include <stdint.h>

enum { EQUAL_AREA_TOP_M = 4000, REGION_WORDS = 4, REGION_CODE_SIZE = 64 };

/** Column to the east, row to the north, from the CRS's origin, in cells of the size at hand. */
struct cell {
    int32_t column, row;
};
/** Which base cells of the top cell belong to it: bit row * side + column, counted from the south-west,
 *  side = 4000 / base_m (16 for 250 m, 8 for 500 m). Unused bits are 0. */
struct region {
    struct cell top; // in cells of EQUAL_AREA_TOP_M
    uint64_t bits[REGION_WORDS];
};

/** 3035 when the middle of the box lies in Europe, else 6933. */
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

/** The whole square of `level_m` (base_m times a power of two, at most 4000) that holds a base cell. */
struct region region_square(struct cell base, unsigned base_m, unsigned level_m);
bool region_equal(const struct region *a, const struct region *b);
bool region_meets(const struct region *a, const struct region *b);
/** How many base cells it has. */
unsigned region_count(const struct region *region);
/** The side of the smallest square of the grid that holds it, metres; `corner`: that square's column and
 *  row in squares of that size. */
unsigned region_level_m(const struct region *region, unsigned base_m, struct cell *corner);
/** Its square's code, such as "CRS3035RES500mN2989500E3957000" (INSPIRE D2.8.I.2: the resolution, then
 *  northing and easting of the south-west corner in metres); with "-part" behind it when it is not the
 *  whole square. Below zero: S and W instead of N and E. */
void region_code(const struct region *region, unsigned base_m, int epsg, char out[REGION_CODE_SIZE]);
/**
 * Its outline as a MULTI_POLYGON, outer rings counter-clockwise, holes clockwise, closed; cells that
 * touch at a corner alone are polygons of their own. Metres of the CRS, x then y.
 * @param out in the arena
 */
enum err region_outline(const struct region *region, unsigned base_m, struct arena *arena,
                        struct geometry *out);
#endif
