// SPDX-License-Identifier: AGPL-3.0-or-later
// How many contributions a square kilometre: a Gaussian kernel density in ground metres, so that
// the picture stays where it is when the map is zoomed. Knows positions and weights, nothing of
// people.
#ifndef REPERE_TILES_HEAT_H
#define REPERE_TILES_HEAT_H
#include "base/err.h"
#include "coord.h"
#include <stddef.h>
#include <stdint.h>

enum { HEAT_SIDE = 256, HEAT_LEVELS_MAX = 8, HEAT_BANDWIDTH_MAX_M = 1000000 };

/** A position in Web Mercator metres (tile_from_degrees). Weight 1 is one contribution. */
struct heat_point {
    double x_m, y_m, weight;
};
/** Level i (1 is the first) begins at from_per_km2[i - 1] and ends where the next begins. */
struct heat_levels {
    size_t count;
    double from_per_km2[HEAT_LEVELS_MAX];
};

/**
 * The densities of one tile, a square kilometre of ground, row 0 the north; HEAT_SIDE * HEAT_SIDE
 * values. Neighbouring tiles continue each other exactly. Does not reach over the antimeridian.
 *
 * @param bandwidth_m standard deviation of the kernel in ground metres, 1..1,000,000
 * Errors: BAD_PARAMETER (bandwidth, tile), NO_MEMORY.
 */
enum err heat_density(const struct heat_point *points, size_t count, double bandwidth_m,
                      struct tile tile, double *out_per_km2);
/**
 * The highest density anywhere, within 2%, for one scale over all tiles and zooms. 0 without
 * points. Errors: BAD_PARAMETER (bandwidth), NO_MEMORY.
 */
enum err heat_peak(const struct heat_point *points, size_t count, double bandwidth_m,
                   double *out_per_km2);
/** `count` (1..HEAT_LEVELS_MAX) rising levels up to a peak, at even shares of it, rounded down
 *  to two digits so that a legend can be read. A peak of 0 gives no levels. */
struct heat_levels heat_levels_below(double peak_per_km2, size_t count);
/** Each density's level: 0 below the first, else 1..count. HEAT_SIDE * HEAT_SIDE values. */
void heat_classify(const double *per_km2, const struct heat_levels *levels, uint8_t *out);
#endif
