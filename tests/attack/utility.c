// SPDX-License-Identifier: AGPL-3.0-or-later
#include "utility.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TOP = 10 };

// All squares of the box that the city lies in.
struct squares {
    struct cell first;
    int32_t across, count;
    double *published;
    struct set *people;
};
static struct squares squares_of(const struct city *city, unsigned square_m)
{
    struct squares squares;
    int32_t reach = (int32_t)(8000 / square_m);
    struct cell centre = city_cell(city->centre, square_m);
    squares.first = (struct cell){centre.column - reach, centre.row - reach};
    squares.across = 2 * reach + 1;
    squares.count = squares.across * squares.across;
    squares.published = calloc((size_t)squares.count, sizeof(*squares.published));
    squares.people = calloc((size_t)squares.count, sizeof(*squares.people));
    if (!squares.published || !squares.people) {
        exit(2);
    }
    return squares;
}
static int32_t square_at(const struct squares *squares, struct cell square)
{
    int32_t column = square.column - squares->first.column, row = square.row - squares->first.row;
    bool inside = column >= 0 && row >= 0 && column < squares->across && row < squares->across;
    return inside ? row * squares->across + column : -1;
}
// A value lies evenly on its leaf's ground.
static void spread(const struct shown *leaf, unsigned base_m, unsigned square_m, struct squares *squares)
{
    int32_t side = EQUAL_AREA_TOP_M / (int32_t)base_m;
    double each = leaf->value / (double)region_count(&leaf->region);
    for (int32_t bit = 0; bit < side * side; bit++) {
        if (leaf->region.bits[bit / 64] >> (bit % 64) & 1) {
            struct point middle = {(leaf->region.top.column * side + bit % side + 0.5) * base_m,
                                   (leaf->region.top.row * side + bit / side + 0.5) * base_m};
            int32_t at = square_at(squares, city_cell(middle, square_m));
            if (at >= 0) {
                squares->published[at] += each;
            }
        }
    }
}
static int falling(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left < right) - (left > right);
}
double utility_top10(const struct city *city, const struct set *crowd, unsigned base_m, unsigned square_m,
                     const struct showing *shown)
{
    struct squares squares = squares_of(city, square_m);
    for (uint32_t i = 0; i < city->mark_count; i++) {
        int32_t at = square_at(&squares, city_cell(city->marks[i].at, square_m));
        if (at >= 0 && set_has(crowd, city->marks[i].person)) {
            set_add(&squares.people[at], city->marks[i].person);
        }
    }
    for (size_t i = 0; i < shown->count; i++) {
        if (shown->items[i].slice == 0) {
            spread(&shown->items[i], base_m, square_m, &squares);
        }
    }
    double *counts = calloc((size_t)squares.count, sizeof(*counts));
    if (!counts) {
        exit(2);
    }
    for (int32_t i = 0; i < squares.count; i++) {
        counts[i] = set_count(&squares.people[i]);
    }
    qsort(counts, (size_t)squares.count, sizeof(*counts), falling);
    unsigned right = 0;
    for (unsigned chosen = 0; chosen < TOP; chosen++) {
        int32_t densest = 0;
        for (int32_t i = 1; i < squares.count; i++) {
            densest = squares.published[i] > squares.published[densest] ? i : densest;
        }
        right += squares.published[densest] > 0 && set_count(&squares.people[densest]) >= counts[TOP - 1];
        squares.published[densest] = -1;
    }
    free(counts);
    free(squares.people);
    free(squares.published);
    return right / (double)TOP;
}
