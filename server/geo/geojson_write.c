// SPDX-License-Identifier: AGPL-3.0-or-later
#include "geo/geojson_write.h"
#include <stdbool.h>

enum { DECIMALS = 7 };

static void write_position(struct jsonw *w, const double *lon_lat) {
    jsonw_array(w);
    jsonw_fixed(w, lon_lat[0], DECIMALS);
    jsonw_fixed(w, lon_lat[1], DECIMALS);
    jsonw_array_end(w);
}

static void write_positions(struct jsonw *w, const double *coords, size_t count, bool backwards) {
    jsonw_array(w);
    for (size_t i = 0; i < count; i++)
        write_position(w, coords + 2 * (backwards ? count - 1 - i : i));
    jsonw_array_end(w);
}

static bool is_clockwise(const double *ring, size_t count) {
    double twice_area = 0;
    for (size_t i = 1; i + 1 < count; i++)
        twice_area += (ring[2 * i] - ring[0]) * (ring[2 * i + 3] - ring[1]) -
                      (ring[2 * i + 2] - ring[0]) * (ring[2 * i + 1] - ring[1]);
    return twice_area < 0;
}

/* Lines one after the other; `*vertex` goes on behind the last. */
static void write_lines(struct jsonw *w, const struct geometry *geometry, size_t *vertex) {
    for (size_t part = 0; part < geometry->part_count; part++) {
        size_t count = geometry->part_vertices[part];
        write_positions(w, geometry->coords + 2 * *vertex, count, false);
        *vertex += count;
    }
}

static void write_polygon(struct jsonw *w, const struct geometry *geometry, size_t polygon,
                          size_t *part, size_t *vertex) {
    jsonw_array(w);
    for (size_t ring = 0; ring < geometry->polygon_rings[polygon]; ring++) {
        size_t count = geometry->part_vertices[(*part)++];
        const double *coords = geometry->coords + 2 * *vertex;
        // RFC 7946: outer rings counterclockwise, holes clockwise
        bool backwards = is_clockwise(coords, count) == (ring == 0);
        write_positions(w, coords, count, backwards);
        *vertex += count;
    }
    jsonw_array_end(w);
}

static void write_coordinates(struct jsonw *w, const struct geometry *geometry) {
    size_t part = 0, vertex = 0;
    switch (geometry->type) {
    case GEOMETRY_POINT:
        write_position(w, geometry->coords);
        break;
    case GEOMETRY_MULTI_POINT:
        write_positions(w, geometry->coords, geometry->vertex_count, false);
        break;
    case GEOMETRY_LINE:
        write_lines(w, geometry, &vertex);
        break;
    case GEOMETRY_MULTI_LINE:
        jsonw_array(w);
        write_lines(w, geometry, &vertex);
        jsonw_array_end(w);
        break;
    case GEOMETRY_POLYGON:
        write_polygon(w, geometry, 0, &part, &vertex);
        break;
    case GEOMETRY_MULTI_POLYGON:
        jsonw_array(w);
        for (size_t i = 0; i < geometry->polygon_count; i++)
            write_polygon(w, geometry, i, &part, &vertex);
        jsonw_array_end(w);
        break;
    }
}

void geojson_write_geometry(struct jsonw *w, const struct geometry *geometry) {
    if (!geometry || !geometry->type) {
        jsonw_null(w);
        return;
    }
    jsonw_object(w);
    jsonw_kstr(w, "type", geometry_type_name(geometry->type));
    jsonw_key(w, "coordinates");
    write_coordinates(w, geometry);
    jsonw_object_end(w);
}
