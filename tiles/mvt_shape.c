// SPDX-License-Identifier: AGPL-3.0-or-later
#include "mvt_shape.h"
#include <math.h>
#include <stdlib.h>

static const struct clip_box margin_box = {-MVT_MARGIN, -MVT_MARGIN, MVT_EXTENT + MVT_MARGIN,
                                           MVT_EXTENT + MVT_MARGIN};

void mvt_shape_fini(struct mvt_shape *shape) {
    free(shape->xy);
    free(shape->part_vertices);
    clip_parts_fini(&shape->scaled);
    clip_parts_fini(&shape->clipped);
    *shape = (struct mvt_shape){0};
}

void mvt_shape_clear(struct mvt_shape *shape) {
    shape->vertex_count = shape->part_count = 0;
}

static enum err reserve(struct mvt_shape *shape, size_t vertices) {
    if (shape->vertex_count + vertices > shape->vertex_room) {
        size_t room = 2 * (shape->vertex_count + vertices);
        int32_t *xy = reallocarray(shape->xy, room, 2 * sizeof *xy);
        if (xy == NULL)
            return ERR_NO_MEMORY;
        shape->xy = xy;
        shape->vertex_room = room;
    }
    if (shape->part_count == shape->part_room) {
        size_t room = 2 * shape->part_room + 4;
        uint32_t *counts = reallocarray(shape->part_vertices, room, sizeof *counts);
        if (counts == NULL)
            return ERR_NO_MEMORY;
        shape->part_vertices = counts;
        shape->part_room = room;
    }
    return ERR_OK;
}

/** The vertices in tile units, not yet rounded, as the one part of shape->scaled. */
static enum err scale(struct mvt_shape *shape, struct tile tile, const double *xy_m, size_t count) {
    clip_parts_clear(&shape->scaled);
    clip_parts_clear(&shape->clipped);
    enum err err = clip_parts_add(&shape->scaled, xy_m, count);
    if (err != ERR_OK)
        return err;
    struct tile_box bounds = tile_bounds(tile);
    double units_a_metre = MVT_EXTENT / (bounds.max_x_m - bounds.min_x_m);
    double *xy = shape->scaled.xy;
    for (size_t i = 0; i < count; i++) {
        xy[2 * i] = (xy[2 * i] - bounds.min_x_m) * units_a_metre;
        xy[2 * i + 1] = (bounds.max_y_m - xy[2 * i + 1]) * units_a_metre;
    }
    return ERR_OK;
}

/** Rounds vertices to the end of the shape without repeats; returns how many remain. */
static size_t round_to_end(struct mvt_shape *shape, const double *xy, size_t count) {
    int32_t *out = shape->xy + 2 * shape->vertex_count;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        int32_t x = (int32_t)lround(xy[2 * i]), y = (int32_t)lround(xy[2 * i + 1]);
        if (kept > 0 && out[2 * kept - 2] == x && out[2 * kept - 1] == y)
            continue;
        out[2 * kept] = x;
        out[2 * kept + 1] = y;
        kept++;
    }
    return kept;
}

static void part_keep(struct mvt_shape *shape, size_t vertices) {
    shape->part_vertices[shape->part_count++] = (uint32_t)vertices;
    shape->vertex_count += vertices;
}

enum err mvt_shape_points(struct mvt_shape *shape, struct tile tile, const double *xy_m,
                          size_t count) {
    enum err err = scale(shape, tile, xy_m, count);
    if (err == ERR_OK)
        err = reserve(shape, count);
    if (err != ERR_OK)
        return err;
    int32_t *out = shape->xy + 2 * shape->vertex_count;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        double x = shape->scaled.xy[2 * i], y = shape->scaled.xy[2 * i + 1];
        if (!(x >= margin_box.min_x && x <= margin_box.max_x && y >= margin_box.min_y &&
              y <= margin_box.max_y))
            continue;
        out[2 * kept] = (int32_t)lround(x);
        out[2 * kept + 1] = (int32_t)lround(y);
        kept++;
    }
    if (kept > 0)
        part_keep(shape, kept);
    return ERR_OK;
}

enum err mvt_shape_line(struct mvt_shape *shape, struct tile tile, const double *xy_m,
                        size_t count) {
    enum err err = scale(shape, tile, xy_m, count);
    if (err == ERR_OK)
        err = clip_line(&margin_box, shape->scaled.xy, count, &shape->clipped);
    const double *piece = shape->clipped.xy;
    for (size_t i = 0; i < shape->clipped.part_count && err == ERR_OK; i++) {
        size_t vertices = shape->clipped.part_vertices[i];
        err = reserve(shape, vertices);
        if (err != ERR_OK)
            break;
        size_t kept = round_to_end(shape, piece, vertices);
        if (kept >= 2)
            part_keep(shape, kept);
        piece += 2 * vertices;
    }
    return err;
}

/** Twice the signed area; positive is clockwise as seen on the tile, whose y points down. */
static int64_t area_twice(const int32_t *xy, size_t count) {
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        size_t next = i + 1 == count ? 0 : i + 1;
        sum += (int64_t)xy[2 * i] * xy[2 * next + 1] - (int64_t)xy[2 * next] * xy[2 * i + 1];
    }
    return sum;
}

static void reverse(int32_t *xy, size_t count) {
    for (size_t i = 0, j = count - 1; i < j; i++, j--) {
        int32_t x = xy[2 * i], y = xy[2 * i + 1];
        xy[2 * i] = xy[2 * j];
        xy[2 * i + 1] = xy[2 * j + 1];
        xy[2 * j] = x;
        xy[2 * j + 1] = y;
    }
}

/** Appends one ring, wound as an outer one or a hole. `*kept`: whether anything of it is left. */
static enum err ring_add(struct mvt_shape *shape, struct tile tile, const double *xy_m,
                         size_t count, bool hole, bool *kept) {
    *kept = false;
    enum err err = scale(shape, tile, xy_m, count);
    if (err == ERR_OK)
        err = clip_ring(&margin_box, shape->scaled.xy, count, &shape->clipped);
    if (err != ERR_OK || shape->clipped.part_count == 0)
        return err;
    err = reserve(shape, shape->clipped.vertex_count);
    if (err != ERR_OK)
        return err;
    size_t vertices = round_to_end(shape, shape->clipped.xy, shape->clipped.vertex_count);
    int32_t *ring = shape->xy + 2 * shape->vertex_count;
    if (vertices > 1 && ring[0] == ring[2 * vertices - 2] && ring[1] == ring[2 * vertices - 1])
        vertices--;
    int64_t area = vertices < 3 ? 0 : area_twice(ring, vertices);
    if (area == 0)
        return ERR_OK;
    if ((area < 0) != hole)
        reverse(ring, vertices);
    part_keep(shape, vertices);
    *kept = true;
    return ERR_OK;
}

enum err mvt_shape_polygon(struct mvt_shape *shape, struct tile tile, const double *xy_m,
                           const uint32_t *ring_vertices, size_t ring_count) {
    for (size_t i = 0; i < ring_count; i++) {
        bool kept;
        enum err err = ring_add(shape, tile, xy_m, ring_vertices[i], i > 0, &kept);
        if (err != ERR_OK)
            return err;
        if (i == 0 && !kept)
            return ERR_OK; // holes alone show nothing
        xy_m += 2 * (size_t)ring_vertices[i];
    }
    return ERR_OK;
}
