// SPDX-License-Identifier: AGPL-3.0-or-later
#include "geo/bbox.h"
#include <math.h>

bool bbox_valid(const struct bbox *box) {
    return isfinite(box->west_deg) && isfinite(box->south_deg) && isfinite(box->east_deg) &&
           isfinite(box->north_deg) && fabs(box->west_deg) <= 180 && fabs(box->east_deg) <= 180 &&
           box->south_deg >= -90 && box->north_deg <= 90 && box->south_deg <= box->north_deg;
}

static bool crosses_antimeridian(const struct bbox *box) {
    return box->west_deg > box->east_deg;
}

static bool contains_lon(const struct bbox *box, double lon_deg) {
    if (crosses_antimeridian(box))
        return lon_deg >= box->west_deg || lon_deg <= box->east_deg;
    return lon_deg >= box->west_deg && lon_deg <= box->east_deg;
}

bool bbox_intersects(const struct bbox *a, const struct bbox *b) {
    if (a->south_deg > b->north_deg || b->south_deg > a->north_deg)
        return false;
    // two arcs of longitudes meet where one begins within the other
    return contains_lon(a, b->west_deg) || contains_lon(b, a->west_deg);
}

struct bbox bbox_empty(void) {
    return (struct bbox){INFINITY, INFINITY, -INFINITY, -INFINITY};
}

void bbox_extend(struct bbox *box, double lon_deg, double lat_deg) {
    box->west_deg = fmin(box->west_deg, lon_deg);
    box->east_deg = fmax(box->east_deg, lon_deg);
    box->south_deg = fmin(box->south_deg, lat_deg);
    box->north_deg = fmax(box->north_deg, lat_deg);
}
