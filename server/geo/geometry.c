// SPDX-License-Identifier: AGPL-3.0-or-later
#include "geo/geometry.h"
#include "geo/geos.h"
#include <math.h>
#include <stdbool.h>
#include <string.h>

const char *geometry_type_name(enum geometry_type type) {
    static const char *const names[] = {"",           "Point",           "LineString",  "Polygon",
                                        "MultiPoint", "MultiLineString", "MultiPolygon"};
    return (unsigned)type < sizeof names / sizeof *names ? names[type] : "";
}

struct bbox geometry_bbox(const struct geometry *geometry) {
    struct bbox box = bbox_empty();
    for (size_t i = 0; i < geometry->vertex_count; i++)
        bbox_extend(&box, geometry->coords[2 * i], geometry->coords[2 * i + 1]);
    return box;
}

/* Twice the signed area by the shoelace formula, about the first vertex to keep digits. */
static double ring_area(const double *ring, size_t count) {
    double sum = 0;
    for (size_t i = 1; i + 1 < count; i++)
        sum += (ring[2 * i] - ring[0]) * (ring[2 * i + 3] - ring[1]) -
               (ring[2 * i + 2] - ring[0]) * (ring[2 * i + 1] - ring[1]);
    return sum;
}

/* Where the rings of one polygon lie in the flat arrays. */
struct polygon_place {
    size_t first_part, part_count, first_vertex;
};

static struct polygon_place largest_polygon(const struct geometry *geometry) {
    struct polygon_place best = {0}, now = {0};
    double best_area = -1;
    for (size_t i = 0; i < geometry->polygon_count; i++) {
        now.part_count = geometry->polygon_rings[i];
        double area = fabs(ring_area(geometry->coords + 2 * now.first_vertex,
                                     geometry->part_vertices[now.first_part]));
        if (area > best_area) {
            best_area = area;
            best = now;
        }
        for (size_t part = 0; part < now.part_count; part++)
            now.first_vertex += geometry->part_vertices[now.first_part + part];
        now.first_part += now.part_count;
    }
    return best;
}

/* The nearest crossing of the polygon's edges with the parallel `y` that lies east of `after`. */
static bool next_crossing(const struct geometry *geometry, const struct polygon_place *place,
                          double y, double after, double *x) {
    bool found = false;
    size_t vertex = place->first_vertex;
    for (size_t part = 0; part < place->part_count; part++) {
        size_t count = geometry->part_vertices[place->first_part + part];
        const double *ring = geometry->coords + 2 * vertex;
        for (size_t i = 0; i + 1 < count; i++) {
            const double *a = ring + 2 * i, *b = a + 2;
            if ((a[1] > y) == (b[1] > y))
                continue;
            double at = a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]);
            if (at > after && (!found || at < *x)) {
                found = true;
                *x = at;
            }
        }
        vertex += count;
    }
    return found;
}

/* Middle of the widest stretch of the polygon along the parallel half way up. */
static bool polygon_label_point(const struct geometry *geometry, double out[2]) {
    enum { STRETCHES_MAX = 64 };
    struct polygon_place place = largest_polygon(geometry);
    struct bbox box = bbox_empty();
    const double *outer = geometry->coords + 2 * place.first_vertex;
    for (size_t i = 0; i < geometry->part_vertices[place.first_part]; i++)
        bbox_extend(&box, outer[2 * i], outer[2 * i + 1]);
    double y = (box.south_deg + box.north_deg) / 2, from = -INFINITY, to, widest = 0;
    for (int i = 0; i < STRETCHES_MAX && next_crossing(geometry, &place, y, from, &from) &&
                    next_crossing(geometry, &place, y, from, &to);
         i++) {
        if (to - from > widest) {
            widest = to - from;
            out[0] = (from + to) / 2;
            out[1] = y;
        }
        from = to;
    }
    return widest > 0;
}

void geometry_label_point(const struct geometry *geometry, double out_lon_lat[2]) {
    bool area = geometry->type == GEOMETRY_POLYGON || geometry->type == GEOMETRY_MULTI_POLYGON;
    out_lon_lat[0] = out_lon_lat[1] = 0;
    if (!geometry->vertex_count || (area && polygon_label_point(geometry, out_lon_lat)))
        return;
    size_t middle = geometry->vertex_count / 2;
    if (geometry->type == GEOMETRY_MULTI_LINE)
        middle = geometry->part_vertices[0] / 2;
    memcpy(out_lon_lat, geometry->coords + 2 * middle, 2 * sizeof *out_lon_lat);
}

static enum err bad(struct fault *fault, const char *why) {
    return fault_set(fault, ERR_BAD_GEOMETRY, "geometry", "%s", why);
}

static bool differs(const double *a, const double *b) {
    return a[0] < b[0] || a[0] > b[0] || a[1] < b[1] || a[1] > b[1];
}

static bool all_one_place(const double *coords, size_t count) {
    for (size_t i = 1; i < count; i++)
        if (differs(coords, coords + 2 * i))
            return false;
    return true;
}

static enum err check_positions(const struct geometry *geometry, struct fault *fault) {
    for (size_t i = 0; i < geometry->vertex_count; i++) {
        double lon = geometry->coords[2 * i], lat = geometry->coords[2 * i + 1];
        if (!isfinite(lon) || !isfinite(lat))
            return bad(fault, "a coordinate is not a number");
        if (fabs(lon) > 180)
            return bad(fault, "a longitude is beyond 180 degrees");
        if (fabs(lat) > 90)
            return bad(fault, "a latitude is beyond 90 degrees");
    }
    return ERR_OK;
}

static enum err check_part(const double *coords, size_t count, bool ring, struct fault *fault) {
    if (ring && count < 4)
        return bad(fault, "a ring has fewer than four positions");
    if (ring && differs(coords, coords + 2 * (count - 1)))
        return bad(fault, "a ring is not closed");
    if (count < 2 || all_one_place(coords, count))
        return bad(fault, "a line or ring has no two different positions");
    return ERR_OK;
}

/* Whether the counts of parts and polygons add up. */
static bool counts_fit(const struct geometry *geometry) {
    switch (geometry->type) {
    case GEOMETRY_POINT:
        return geometry->vertex_count == 1;
    case GEOMETRY_MULTI_POINT:
        return geometry->vertex_count > 0;
    case GEOMETRY_LINE:
        return geometry->part_count == 1;
    case GEOMETRY_MULTI_LINE:
        return geometry->part_count > 0;
    case GEOMETRY_POLYGON:
        return geometry->polygon_count == 1;
    case GEOMETRY_MULTI_POLYGON:
        return geometry->polygon_count > 0;
    }
    return false;
}

enum err geometry_check(const struct geometry *geometry, size_t vertices_max, struct fault *fault) {
    bool area = geometry->type == GEOMETRY_POLYGON || geometry->type == GEOMETRY_MULTI_POLYGON;
    if (geometry->vertex_count > vertices_max)
        return fault_set(fault, ERR_TOO_LARGE, "geometry", "more than %zu positions", vertices_max);
    if (!geometry->vertex_count || !counts_fit(geometry))
        return bad(fault, "it is empty");
    enum err err = check_positions(geometry, fault);
    size_t vertex = 0, rings = 0;
    for (size_t part = 0; !err && part < geometry->part_count; part++) {
        size_t count = geometry->part_vertices[part];
        if (count > geometry->vertex_count - vertex)
            return bad(fault, "its parts do not add up");
        err = check_part(geometry->coords + 2 * vertex, count, area, fault);
        vertex += count;
    }
    for (size_t i = 0; i < geometry->polygon_count; i++) {
        if (!geometry->polygon_rings[i])
            return bad(fault, "a polygon has no rings");
        rings += geometry->polygon_rings[i];
    }
    if (!err && area && rings != geometry->part_count)
        return bad(fault, "its parts do not add up");
    return err ? err : geos_check(geometry, fault);
}

enum err geometry_copy(const struct geometry *from, struct arena *arena, struct geometry *out) {
    struct geometry copy = *from;
    copy.coords = arena_array(arena, from->vertex_count, 2 * sizeof *copy.coords);
    copy.part_vertices = arena_array(arena, from->part_count, sizeof *copy.part_vertices);
    copy.polygon_rings = arena_array(arena, from->polygon_count, sizeof *copy.polygon_rings);
    if (!copy.coords || !copy.part_vertices || !copy.polygon_rings)
        return ERR_NO_MEMORY;
    if (from->vertex_count)
        memcpy(copy.coords, from->coords, from->vertex_count * 2 * sizeof *copy.coords);
    if (from->part_count)
        memcpy(copy.part_vertices, from->part_vertices,
               from->part_count * sizeof *copy.part_vertices);
    if (from->polygon_count)
        memcpy(copy.polygon_rings, from->polygon_rings,
               from->polygon_count * sizeof *copy.polygon_rings);
    *out = copy;
    return ERR_OK;
}
