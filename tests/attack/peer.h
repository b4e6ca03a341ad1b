// SPDX-License-Identifier: AGPL-3.0-or-later
// What the well-known tools do: live data, free filters, and nothing drawn below five points. The same
// attackers against it, to show that they can.
#ifndef REPERE_ATTACK_PEER_H
#define REPERE_ATTACK_PEER_H
#include "set.h"

enum { PEER_FLOOR = 5 };
/** Who was singled out: one of her points is the whole difference of two answers. */
struct peer_result {
    struct set filters;  // by category, time and group, each in or out
    struct set days;     // and by session, too
    struct set polygons, updates;
    uint64_t trackers, tracked; // cells below the floor, and those whose count a padded set gave away
};
/** @param polygons pairs of a random polygon and the same grown by 5 % */
void peer_attack(const struct city *city, const struct set *crowd, unsigned base_m, unsigned polygons, uint64_t seed,
                 struct peer_result *out);

enum { POLYGON_CORNERS_MAX = 10 };
struct polygon {
    unsigned count;
    struct point corners[POLYGON_CORNERS_MAX]; // counter-clockwise, star-shaped round `centre`
    struct point centre;
};
struct rng;
/** Round a random point of the city, 100 m to 1 km in radius. */
struct polygon polygon_random(struct rng *rng, const struct city *city);
struct polygon polygon_grown(const struct polygon *polygon, double factor);
bool polygon_holds(const struct polygon *polygon, struct point at);
#endif
