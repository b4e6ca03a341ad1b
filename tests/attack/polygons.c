// SPDX-License-Identifier: AGPL-3.0-or-later
#include "polygons.h"
#include "peer.h"
#include "rng.h"
#include "solve.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CORNERS = 64 };

// Keeps the side of the line a-b that lies to its left (Sutherland and Hodgman).
static unsigned cut(const struct point *corners, unsigned count, struct point a, struct point b, struct point *out)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < count; i++) {
        struct point from = corners[i], to = corners[(i + 1) % count];
        double of_from = (b.x - a.x) * (from.y - a.y) - (b.y - a.y) * (from.x - a.x);
        double of_to = (b.x - a.x) * (to.y - a.y) - (b.y - a.y) * (to.x - a.x);
        if (of_from >= 0) {
            out[kept++] = from;
        }
        if ((of_from >= 0) != (of_to >= 0)) {
            double t = of_from / (of_from - of_to);
            out[kept++] = (struct point){from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t};
        }
    }
    return kept;
}
// Signed: a polygon that is not convex leaves bridges along the square's sides, which enclose nothing.
static double shared_m2(const struct polygon *polygon, double x, double y, double side)
{
    struct point square[] = {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}};
    struct point one[CORNERS], other[CORNERS];
    unsigned count = polygon->count;
    memcpy(one, polygon->corners, count * sizeof(*one));
    for (unsigned i = 0; i < 4; i++) {
        count = cut(one, count, square[i], square[(i + 1) % 4], other);
        memcpy(one, other, count * sizeof(*one));
    }
    double twice = 0;
    for (unsigned i = 0; i < count; i++) {
        struct point from = one[i], to = one[(i + 1) % count];
        twice += (from.x - x) * (to.y - y) - (to.x - x) * (from.y - y);
    }
    return twice / 2;
}
static double share_of(const struct polygon *polygon, const struct shown *leaf, unsigned base_m)
{
    int32_t side = EQUAL_AREA_TOP_M / (int32_t)base_m;
    double sum = 0;
    for (int32_t bit = 0; bit < side * side; bit++) {
        double x = (leaf->region.top.column * side + bit % side) * (double)base_m;
        double y = (leaf->region.top.row * side + bit / side) * (double)base_m;
        bool near = fabs(x - polygon->centre.x) < 1400 + base_m && fabs(y - polygon->centre.y) < 1400 + base_m;
        if (near && leaf->region.bits[bit / 64] >> (bit % 64) & 1) {
            sum += shared_m2(polygon, x, y, base_m);
        }
    }
    return sum / (region_count(&leaf->region) * (double)base_m * base_m);
}
void polygons_attack(const struct city *city, const struct showing *shown, unsigned base_m, unsigned polygons,
                     uint64_t seed, struct polygons *out)
{
    const struct shown *leaves[1024];
    size_t n = 0;
    for (size_t i = 0; i < shown->count && n < 1024; i++) {
        if (shown->items[i].slice == 0) {
            leaves[n++] = &shown->items[i];
        }
    }
    double *normal = calloc(n * n + 1, sizeof(*normal)), *right = calloc(n + 1, sizeof(*right));
    double *weights = calloc((size_t)polygons * n + 1, sizeof(*weights));
    double *answers = calloc(polygons + 1, sizeof(*answers));
    if (!normal || !right || !weights || !answers) {
        exit(2);
    }
    struct rng rng = rng_of(seed, 10);
    for (unsigned p = 0; p < polygons; p++) {
        struct polygon polygon = polygon_random(&rng, city);
        double *row = weights + p * n;
        for (size_t i = 0; i < n; i++) {
            row[i] = share_of(&polygon, leaves[i], base_m);
            answers[p] += row[i] * leaves[i]->value;
        }
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; row[i] > 0 && j < n; j++) {
                normal[i * n + j] += row[i] * row[j];
            }
            right[i] += row[i] * answers[p];
        }
    }
    *out = (struct polygons){.polygons = polygons, .leaves = n};
    out->determined = solve(n, normal, right);
    for (size_t i = 0; i < n; i++) {
        out->worst_leaf = right[i] > 0 ? fmax(out->worst_leaf, fabs(right[i] - leaves[i]->value)) : out->worst_leaf;
    }
    for (unsigned p = 0; p < polygons; p++) {
        double foretold = 0;
        for (size_t i = 0; i < n; i++) {
            foretold += weights[p * n + i] * right[i];
        }
        out->worst_answer = fmax(out->worst_answer, fabs(foretold - answers[p]));
    }
    free(normal);
    free(right);
    free(weights);
    free(answers);
}
