// SPDX-License-Identifier: AGPL-3.0-or-later
#include "geo/region.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int32_t floor_div(int32_t value, int32_t by) {
    return value / by - (value % by < 0);
}

static bool has(const struct region *region, unsigned bit) {
    return region->bits[bit / 64] >> bit % 64 & 1;
}

struct region region_square(struct cell base, unsigned base_m, unsigned level_m) {
    const int32_t side = (int32_t)(EQUAL_AREA_TOP_M / base_m), cells = (int32_t)(level_m / base_m);
    struct region square = {
        .top = {floor_div(base.column, side), floor_div(base.row, side)},
    };
    int32_t west = base.column - square.top.column * side, south = base.row - square.top.row * side;
    west -= west % cells;
    south -= south % cells;
    for (int32_t row = south; row < south + cells; row++)
        for (int32_t column = west; column < west + cells; column++) {
            unsigned bit = (unsigned)(row * side + column);
            square.bits[bit / 64] |= UINT64_C(1) << bit % 64;
        }
    return square;
}

static bool same_top(const struct region *a, const struct region *b) {
    return a->top.column == b->top.column && a->top.row == b->top.row;
}

bool region_equal(const struct region *a, const struct region *b) {
    return same_top(a, b) && memcmp(a->bits, b->bits, sizeof a->bits) == 0;
}

bool region_meets(const struct region *a, const struct region *b) {
    uint64_t shared = 0;
    for (unsigned i = 0; i < REGION_WORDS; i++)
        shared |= a->bits[i] & b->bits[i];
    return same_top(a, b) && shared != 0;
}

unsigned region_count(const struct region *region) {
    unsigned count = 0;
    for (unsigned i = 0; i < REGION_WORDS; i++)
        count += (unsigned)__builtin_popcountll(region->bits[i]);
    return count;
}

unsigned region_lowest(const struct region *region) {
    for (unsigned i = 0; i < REGION_WORDS; i++)
        if (region->bits[i])
            return i * 64 + (unsigned)__builtin_ctzll(region->bits[i]);
    return REGION_WORDS * 64;
}

int region_order(const struct region *a, const struct region *b) {
    if (a->top.row != b->top.row)
        return a->top.row < b->top.row ? -1 : 1;
    if (a->top.column != b->top.column)
        return a->top.column < b->top.column ? -1 : 1;
    return (int)region_lowest(a) - (int)region_lowest(b);
}

unsigned region_level_m(const struct region *region, unsigned base_m, struct cell *corner) {
    const unsigned side = EQUAL_AREA_TOP_M / base_m;
    unsigned west = side, east = 0, south = side, north = 0;
    for (unsigned bit = 0; bit < side * side; bit++)
        if (has(region, bit)) {
            unsigned column = bit % side, row = bit / side;
            west = column < west ? column : west;
            east = column > east ? column : east;
            south = row < south ? row : south;
            north = row > north ? row : north;
        }
    unsigned cells = 1;
    while (cells < side && (west / cells != east / cells || south / cells != north / cells))
        cells *= 2;
    const int32_t across = (int32_t)(side / cells); // squares of this size in a top cell
    corner->column = region->top.column * across + (int32_t)(west / cells);
    corner->row = region->top.row * across + (int32_t)(south / cells);
    return cells * base_m;
}

void region_code(const struct region *region, unsigned base_m, int epsg,
                 char out[REGION_CODE_SIZE]) {
    struct cell corner;
    unsigned level_m = region_level_m(region, base_m, &corner);
    unsigned cells = level_m / base_m;
    int64_t north_m = (int64_t)corner.row * level_m, east_m = (int64_t)corner.column * level_m;
    snprintf(out, REGION_CODE_SIZE, "CRS%dRES%um%c%" PRId64 "%c%" PRId64 "%s", epsg, level_m,
             north_m < 0 ? 'S' : 'N', north_m < 0 ? -north_m : north_m, east_m < 0 ? 'W' : 'E',
             east_m < 0 ? -east_m : east_m, region_count(region) == cells * cells ? "" : "-part");
}
