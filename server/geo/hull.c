// SPDX-License-Identifier: AGPL-3.0-or-later
// Andrew's monotone chain (1979): sorted by longitude, then latitude, the lower and the upper chain
// are built in turn. An area's own ring is closed, so the hull with its closing vertex fits in its
// place.
#include "geo/hull.h"
#include <stdlib.h>
#include <string.h>

struct vertex {
    double lon_deg, lat_deg;
};

static int compare(const void *left, const void *right) {
    const struct vertex *a = left, *b = right;
    if (a->lon_deg < b->lon_deg || a->lon_deg > b->lon_deg)
        return a->lon_deg < b->lon_deg ? -1 : 1;
    return (a->lat_deg > b->lat_deg) - (a->lat_deg < b->lat_deg);
}

/* Above 0 when a, b, c turn left. */
static double turn(const struct vertex *a, const struct vertex *b, const struct vertex *c) {
    return (b->lon_deg - a->lon_deg) * (c->lat_deg - a->lat_deg) -
           (b->lat_deg - a->lat_deg) * (c->lon_deg - a->lon_deg);
}

static size_t without_repeats(struct vertex *sorted, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || compare(&sorted[kept - 1], &sorted[i]) != 0)
            sorted[kept++] = sorted[i];
    }
    return kept;
}

/* The closed hull of at least three sorted vertices into `ring` (room for twice as many); its
 * length. */
static size_t chain(const struct vertex *sorted, size_t count, struct vertex *ring) {
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        while (n >= 2 && turn(&ring[n - 2], &ring[n - 1], &sorted[i]) <= 0)
            n--;
        ring[n++] = sorted[i];
    }
    size_t lower = n + 1;
    for (size_t i = count - 1; i-- > 0;) {
        while (n >= lower && turn(&ring[n - 2], &ring[n - 1], &sorted[i]) <= 0)
            n--;
        ring[n++] = sorted[i];
    }
    return n;
}

static void become_ring(struct geometry *geometry, size_t vertices) {
    geometry->type = GEOMETRY_POLYGON;
    geometry->vertex_count = vertices;
    geometry->part_count = 1;
    geometry->part_vertices[0] = (uint32_t)vertices;
    geometry->polygon_count = 1;
    geometry->polygon_rings[0] = 1;
}

static void become_line_or_point(struct geometry *geometry, size_t vertices) {
    geometry->type = vertices == 1 ? GEOMETRY_POINT : GEOMETRY_LINE;
    geometry->vertex_count = vertices;
    geometry->part_count = vertices == 1 ? 0 : 1;
    geometry->part_vertices[0] = (uint32_t)vertices;
    geometry->polygon_count = 0;
}

bool hull_replace(struct geometry *geometry, struct arena *arena) {
    struct vertex *sorted = arena_array(arena, geometry->vertex_count, sizeof *sorted);
    struct vertex *ring = arena_array(arena, 2 * geometry->vertex_count, sizeof *ring);
    if (!sorted || !ring)
        return false;
    memcpy(sorted, geometry->coords, geometry->vertex_count * sizeof *sorted);
    qsort(sorted, geometry->vertex_count, sizeof *sorted, compare);
    size_t count = without_repeats(sorted, geometry->vertex_count);
    size_t hull = count > 2 ? chain(sorted, count, ring) : 0;
    if (hull >= 4) {
        memcpy(geometry->coords, ring, hull * sizeof *ring);
        become_ring(geometry, hull);
        return true;
    }
    const struct vertex ends[2] = {sorted[0], sorted[count - 1]};
    memcpy(geometry->coords, ends, sizeof ends);
    become_line_or_point(geometry, count == 1 ? 1 : 2);
    return true;
}
