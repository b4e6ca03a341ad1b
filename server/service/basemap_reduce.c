// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/basemap_reduce.h"
#include "simplify.h"
#include <math.h>
#include <string.h>

/* In units of a tile's 4096: a pixel is 8 of them where a tile is drawn 512 pixels wide. */
static const double simplify_units = 4, simplify_finest_units = 0.5;
static const double smallest_line_units = 16, smallest_area_units2 = 256;

struct level {
    double unit_m; // Web Mercator metres of a tile's unit
    bool finest;
};

static double ring_area(const double *xy, size_t count) {
    double sum = 0;
    for (size_t i = 1; i < count; i++)
        sum += xy[2 * i - 2] * xy[2 * i + 1] - xy[2 * i] * xy[2 * i - 1];
    return fabs(sum) / 2;
}

/** Smaller than anyone would see; never at the finest zoom, where pages magnify the tiles. */
static bool too_small(const struct level *level, enum mvt_type type, const double *xy_m,
                      size_t count) {
    if (level->finest || type == MVT_POINT)
        return false;
    if (type == MVT_POLYGON)
        return ring_area(xy_m, count) < smallest_area_units2 * level->unit_m * level->unit_m;
    double length_m = 0;
    for (size_t i = 1; i < count; i++)
        length_m += hypot(xy_m[2 * i] - xy_m[2 * i - 2], xy_m[2 * i + 1] - xy_m[2 * i - 1]);
    return length_m < smallest_line_units * level->unit_m;
}

enum mvt_type basemap_type(const struct geometry *geometry) {
    switch (geometry->type) {
    case GEOMETRY_LINE:
    case GEOMETRY_MULTI_LINE:
        return MVT_LINE;
    case GEOMETRY_POLYGON:
    case GEOMETRY_MULTI_POLYGON:
        return MVT_POLYGON;
    default:
        return MVT_POINT;
    }
}

/** Simplifies one line or ring from `from` to `to`; `*kept` 0 when it is too small. */
static enum err reduce_part(const struct level *level, enum mvt_type type, const double *from,
                            size_t count, double *to, size_t *kept) {
    double units = level->finest ? simplify_finest_units : simplify_units;
    memcpy(to, from, 2 * count * sizeof *to);
    enum err err = simplify_line(units * level->unit_m, to, count, kept);
    size_t fewest = type == MVT_POLYGON ? 4 : 2;
    if (err == ERR_OK && (*kept < fewest || too_small(level, type, to, *kept)))
        *kept = 0;
    return err;
}

/** The parts of one polygon (or all lines): a polygon whose outer ring is gone is gone. */
static enum err reduce_parts(const struct level *level, enum mvt_type type, const double **from,
                             const uint32_t *counts, size_t parts, struct basemap_reduced *out,
                             double **to) {
    bool gone = false;
    for (size_t i = 0; i < parts; i++) {
        size_t kept = 0;
        enum err err = ERR_OK;
        if (!gone)
            err = reduce_part(level, type, *from, counts[i], *to, &kept);
        if (err != ERR_OK)
            return err;
        if (kept > 0) {
            out->part_vertices[out->part_count++] = (uint32_t)kept;
            *to += 2 * kept;
        } else if (type == MVT_POLYGON && i == 0) {
            gone = true;
        }
        *from += 2 * (size_t)counts[i];
    }
    return ERR_OK;
}

static enum err reduce_lines(const struct level *level, const struct geometry *geometry,
                             struct basemap_reduced *out) {
    const double *from = geometry->coords;
    double *to = out->xy_m;
    return reduce_parts(level, MVT_LINE, &from, geometry->part_vertices, geometry->part_count, out,
                        &to);
}

static enum err reduce_polygons(const struct level *level, const struct geometry *geometry,
                                struct basemap_reduced *out) {
    const double *from = geometry->coords;
    double *to = out->xy_m;
    const uint32_t *counts = geometry->part_vertices;
    for (size_t i = 0; i < geometry->polygon_count; i++) {
        size_t before = out->part_count, rings = geometry->polygon_rings[i];
        enum err err = reduce_parts(level, MVT_POLYGON, &from, counts, rings, out, &to);
        if (err != ERR_OK)
            return err;
        counts += rings;
        if (out->part_count > before)
            out->polygon_rings[out->polygon_count++] = (uint32_t)(out->part_count - before);
    }
    return ERR_OK;
}

enum err basemap_reduce(const struct basemap_feature *feature, unsigned z, bool finest,
                        struct arena *arena, struct basemap_reduced *out) {
    const struct geometry *geometry = &feature->geometry;
    const struct level level = {tile_pixel_m(z) * 256 / MVT_EXTENT, finest};
    *out = (struct basemap_reduced){0};
    out->xy_m = arena_array(arena, 2 * geometry->vertex_count, sizeof *out->xy_m);
    out->part_vertices = arena_array(arena, geometry->part_count + 1, sizeof *out->part_vertices);
    out->polygon_rings =
        arena_array(arena, geometry->polygon_count + 1, sizeof *out->polygon_rings);
    if (out->xy_m == NULL || out->part_vertices == NULL || out->polygon_rings == NULL)
        return ERR_NO_MEMORY;
    switch (basemap_type(geometry)) {
    case MVT_LINE:
        return reduce_lines(&level, geometry, out);
    case MVT_POLYGON:
        return reduce_polygons(&level, geometry, out);
    case MVT_POINT:
        break;
    }
    memcpy(out->xy_m, geometry->coords, 2 * geometry->vertex_count * sizeof *out->xy_m);
    out->part_vertices[out->part_count++] = (uint32_t)geometry->vertex_count;
    return ERR_OK;
}
