// SPDX-License-Identifier: AGPL-3.0-or-later
#include "geo/grid.h"
#include <math.h>
#include <stdbool.h>
#include <string.h>

static double clamp(double value, double limit) {
    return fmin(fmax(value, -limit), limit);
}

/* To 7 decimals, halves upwards as JavaScript's Math.round; never a negative zero. */
static double round_7(double degrees) {
    return floor(degrees * 1e7 + 0.5) / 1e7 + 0.0;
}

void grid_snap(double precision_m, double *lon_deg, double *lat_deg) {
    double lon = *lon_deg, lat = *lat_deg;
    if (precision_m > 0) {
        double lat_step = precision_m / 111320;
        lat = (floor(lat / lat_step) + 0.5) * lat_step;
        double lon_step = lat_step / fmax(cos(lat * M_PI / 180), 0.01);
        lon = (floor(lon / lon_step) + 0.5) * lon_step;
    }
    *lon_deg = round_7(clamp(lon, 180));
    *lat_deg = round_7(clamp(lat, 90));
}

static bool same(const double *a, const double *b) {
    return !(a[0] < b[0] || a[0] > b[0] || a[1] < b[1] || a[1] > b[1]);
}

/* Drops repeats of a snapped part, and in rings the spikes (there and straight back) that snapping
 * makes; returns how many vertices are left at its beginning. */
static size_t tidy_part(double *coords, size_t count, bool ring) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const double *next = coords + 2 * i;
        if (kept && same(coords + 2 * (kept - 1), next))
            continue;
        if (ring && kept >= 2 && same(coords + 2 * (kept - 2), next)) {
            kept--;
            continue;
        }
        memmove(coords + 2 * kept++, next, 2 * sizeof *coords);
    }
    // a spike at the closing point: b a ... a b -> the ring starts at a
    while (ring && kept >= 4 && same(coords + 2, coords + 2 * (kept - 2))) {
        memmove(coords, coords + 2, (kept - 2) * 2 * sizeof *coords);
        kept -= 2;
    }
    return kept;
}

static void become_point(struct geometry *geometry) {
    geometry->type = GEOMETRY_POINT;
    geometry->vertex_count = 1;
    geometry->part_count = 0;
    geometry->polygon_count = 0;
}

/* The state of walking through the parts and writing the kept ones to the front. */
struct packing {
    size_t read_vertex, read_part;
    size_t kept_vertices, kept_parts;
};

/* Snapped part -> tidied and packed; false when it collapsed and was left out. */
static bool pack_part(struct geometry *geometry, struct packing *packing, bool ring) {
    size_t count = geometry->part_vertices[packing->read_part++];
    double *from = geometry->coords + 2 * packing->read_vertex;
    packing->read_vertex += count;
    size_t kept = tidy_part(from, count, ring);
    if (kept < (ring ? 4U : 2U))
        return false;
    memmove(geometry->coords + 2 * packing->kept_vertices, from, kept * 2 * sizeof *from);
    geometry->part_vertices[packing->kept_parts++] = (uint32_t)kept;
    packing->kept_vertices += kept;
    return true;
}

static void pack_lines(struct geometry *geometry, struct packing *packing) {
    for (size_t i = 0; i < geometry->part_count; i++)
        pack_part(geometry, packing, false);
}

/* A polygon whose outer ring collapses goes with its holes. */
static void pack_polygons(struct geometry *geometry, struct packing *packing) {
    size_t kept_polygons = 0;
    for (size_t i = 0; i < geometry->polygon_count; i++) {
        size_t rings = geometry->polygon_rings[i], first_kept = packing->kept_parts;
        size_t vertices_before = packing->kept_vertices;
        bool outer = false;
        for (size_t ring = 0; ring < rings; ring++) {
            bool kept = pack_part(geometry, packing, true);
            outer = ring ? outer : kept;
        }
        if (!outer) {
            packing->kept_parts = first_kept;
            packing->kept_vertices = vertices_before;
            continue;
        }
        geometry->polygon_rings[kept_polygons++] = (uint32_t)(packing->kept_parts - first_kept);
    }
    geometry->polygon_count = kept_polygons;
}

void grid_snap_geometry(double precision_m, struct geometry *geometry) {
    if (!geometry->vertex_count)
        return;
    for (size_t i = 0; i < geometry->vertex_count; i++)
        grid_snap(precision_m, &geometry->coords[2 * i], &geometry->coords[2 * i + 1]);
    const double first[2] = {geometry->coords[0], geometry->coords[1]};
    struct packing packing = {0};
    switch (geometry->type) {
    case GEOMETRY_POINT:
        return;
    case GEOMETRY_MULTI_POINT:
        geometry->vertex_count = tidy_part(geometry->coords, geometry->vertex_count, false);
        return;
    case GEOMETRY_LINE:
    case GEOMETRY_MULTI_LINE:
        pack_lines(geometry, &packing);
        break;
    case GEOMETRY_POLYGON:
    case GEOMETRY_MULTI_POLYGON:
        pack_polygons(geometry, &packing);
        break;
    }
    geometry->vertex_count = packing.kept_vertices;
    geometry->part_count = packing.kept_parts;
    if (!packing.kept_parts) {
        memcpy(geometry->coords, first, sizeof first);
        become_point(geometry);
    }
}
