// SPDX-License-Identifier: AGPL-3.0-or-later
// A box in EPSG:4326 degrees, longitude first. west > east crosses the antimeridian (RFC
// 7946, 5.2).
#ifndef REPERE_GEO_BBOX_H
#define REPERE_GEO_BBOX_H
#include <stdbool.h>

struct bbox {
    double west_deg, south_deg, east_deg, north_deg;
};
/** Finite, latitudes within 90 and south <= north, longitudes within 180. */
bool bbox_valid(const struct bbox *box);
/** Whether they share a place, an edge or a corner included. */
bool bbox_intersects(const struct bbox *a, const struct bbox *b);
/** The box of nothing, to be extended. */
struct bbox bbox_empty(void);
void bbox_extend(struct bbox *box, double lon_deg, double lat_deg);
#endif
