// SPDX-License-Identifier: AGPL-3.0-or-later
// A set of base cells inside one top cell of 4 km: a square of any level, or what is left of one when
// parts of it stand on their own. Metres are the CRS's own (equal_area.h); x is the easting, y the northing.
#ifndef REPERE_GEO_REGION_H
#define REPERE_GEO_REGION_H
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

/** The whole square of `level_m` (base_m times a power of two, at most 4000) that holds a base cell. */
struct region region_square(struct cell base, unsigned base_m, unsigned level_m);
bool region_equal(const struct region *a, const struct region *b);
bool region_meets(const struct region *a, const struct region *b);
/** How many base cells it has. */
unsigned region_count(const struct region *region);
/** Its first bit, or REGION_WORDS * 64 when it is empty. */
unsigned region_lowest(const struct region *region);
/** By top cell (row, column), then by first bit: below, at or above 0. No two regions that do not meet are equal
 *  in it. */
int region_order(const struct region *a, const struct region *b);
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
 * Errors: NO_MEMORY.
 */
enum err region_outline(const struct region *region, unsigned base_m, struct arena *arena,
                        struct geometry *out);
#endif
