// SPDX-License-Identifier: AGPL-3.0-or-later
#include "clip.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

void clip_parts_fini(struct clip_parts *parts) {
    free(parts->xy);
    free(parts->part_vertices);
    *parts = (struct clip_parts){0};
}

void clip_parts_clear(struct clip_parts *parts) {
    parts->vertex_count = parts->part_count = 0;
}

static enum err vertices_reserve(struct clip_parts *parts, size_t extra) {
    if (parts->vertex_count + extra <= parts->vertex_room)
        return ERR_OK;
    size_t room = 2 * (parts->vertex_count + extra) + 16;
    double *xy = reallocarray(parts->xy, room, 2 * sizeof *xy);
    if (xy == NULL)
        return ERR_NO_MEMORY;
    parts->xy = xy;
    parts->vertex_room = room;
    return ERR_OK;
}

/** Makes the vertices after the last part a part of their own. */
static enum err part_close(struct clip_parts *parts, size_t vertices) {
    if (parts->part_count == parts->part_room) {
        size_t room = 2 * parts->part_room + 4;
        uint32_t *counts = reallocarray(parts->part_vertices, room, sizeof *counts);
        if (counts == NULL)
            return ERR_NO_MEMORY;
        parts->part_vertices = counts;
        parts->part_room = room;
    }
    parts->part_vertices[parts->part_count++] = (uint32_t)vertices;
    return ERR_OK;
}

static enum err vertex_add(struct clip_parts *parts, double x, double y) {
    enum err err = vertices_reserve(parts, 1);
    if (err != ERR_OK)
        return err;
    parts->xy[2 * parts->vertex_count] = x;
    parts->xy[2 * parts->vertex_count + 1] = y;
    parts->vertex_count++;
    return ERR_OK;
}

enum err clip_parts_add(struct clip_parts *parts, const double *xy, size_t count) {
    enum err err = vertices_reserve(parts, count);
    if (err != ERR_OK || count == 0)
        return err;
    memcpy(parts->xy + 2 * parts->vertex_count, xy, 2 * count * sizeof *xy);
    parts->vertex_count += count;
    return part_close(parts, count);
}

/** Narrows [from, to], the shares of a segment that lie on the inner side of one border. */
static bool narrow(double step, double distance, double *from, double *to) {
    if (step == 0)
        return distance >= 0;
    double share = distance / step;
    if (step < 0 && share > *from)
        *from = share;
    if (step > 0 && share < *to)
        *to = share;
    return *from < *to;
}

static bool segment_within(const struct clip_box *box, const double *a, const double *b,
                           double *from, double *to) {
    double dx = b[0] - a[0], dy = b[1] - a[1];
    *from = 0;
    *to = 1;
    return narrow(-dx, a[0] - box->min_x, from, to) && narrow(dx, box->max_x - a[0], from, to) &&
           narrow(-dy, a[1] - box->min_y, from, to) && narrow(dy, box->max_y - a[1], from, to);
}

/** Ends the piece that began at vertex `*begun`, if there is one. */
static enum err piece_close(struct clip_parts *out, size_t *begun) {
    enum err err = ERR_OK;
    if (out->vertex_count > *begun)
        err = part_close(out, out->vertex_count - *begun);
    *begun = out->vertex_count;
    return err;
}

enum err clip_line(const struct clip_box *box, const double *xy, size_t count,
                   struct clip_parts *out) {
    enum err err = ERR_OK;
    size_t begun = out->vertex_count;
    for (size_t i = 1; i < count && err == ERR_OK; i++) {
        const double *a = xy + 2 * (i - 1), *b = xy + 2 * i;
        double from, to;
        bool within = segment_within(box, a, b, &from, &to);
        if (!within || from > 0)
            err = piece_close(out, &begun);
        if (!within)
            continue;
        if (err == ERR_OK && out->vertex_count == begun)
            err = vertex_add(out, a[0] + from * (b[0] - a[0]), a[1] + from * (b[1] - a[1]));
        if (err == ERR_OK && to == 1)
            err = vertex_add(out, b[0], b[1]);
        else if (err == ERR_OK)
            err = vertex_add(out, a[0] + to * (b[0] - a[0]), a[1] + to * (b[1] - a[1]));
    }
    return err == ERR_OK ? piece_close(out, &begun) : err;
}

enum border { BORDER_WEST, BORDER_EAST, BORDER_SOUTH, BORDER_NORTH, BORDER_COUNT };

/** How far inside a border a position lies; negative is outside. */
static double depth(const struct clip_box *box, enum border border, const double *at) {
    switch (border) {
    case BORDER_WEST:
        return at[0] - box->min_x;
    case BORDER_EAST:
        return box->max_x - at[0];
    case BORDER_SOUTH:
        return at[1] - box->min_y;
    default:
        return box->max_y - at[1];
    }
}

/** The part of a closed ring inside one border, as an open run of vertices. */
static enum err cut_at_border(const struct clip_box *box, enum border border, const double *ring,
                              size_t count, struct clip_parts *out) {
    enum err err = ERR_OK;
    for (size_t i = 0; i < count && err == ERR_OK; i++) {
        const double *a = ring + 2 * (i == 0 ? count - 1 : i - 1), *b = ring + 2 * i;
        double depth_a = depth(box, border, a), depth_b = depth(box, border, b);
        if ((depth_a < 0) != (depth_b < 0)) {
            double share = depth_a / (depth_a - depth_b);
            err = vertex_add(out, a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]));
        }
        if (err == ERR_OK && depth_b >= 0)
            err = vertex_add(out, b[0], b[1]);
    }
    return err;
}

static bool ring_inside(const struct clip_box *box, const double *xy, size_t count) {
    for (size_t i = 0; i < count; i++) {
        for (int border = 0; border < BORDER_COUNT; border++) {
            if (depth(box, (enum border)border, xy + 2 * i) < 0)
                return false;
        }
    }
    return true;
}

enum err clip_ring(const struct clip_box *box, const double *xy, size_t count,
                   struct clip_parts *out) {
    if (count < 4)
        return ERR_OK;
    if (ring_inside(box, xy, count))
        return clip_parts_add(out, xy, count);
    enum err err = ERR_OK;
    struct clip_parts stages[2] = {{0}};
    const double *ring = xy;
    size_t left = count - 1; // open: the closing vertex is added at the end
    for (int border = 0; border < BORDER_COUNT && left > 0; border++) {
        struct clip_parts *stage = &stages[border % 2];
        clip_parts_clear(stage);
        err = cut_at_border(box, (enum border)border, ring, left, stage);
        if (err != ERR_OK)
            goto done;
        ring = stage->xy;
        left = stage->vertex_count;
    }
    if (left < 3)
        goto done;
    err = vertices_reserve(out, left + 1);
    if (err != ERR_OK)
        goto done;
    memcpy(out->xy + 2 * out->vertex_count, ring, 2 * left * sizeof *ring);
    memcpy(out->xy + 2 * (out->vertex_count + left), ring, 2 * sizeof *ring);
    out->vertex_count += left + 1;
    err = part_close(out, left + 1);
done:
    clip_parts_fini(&stages[0]);
    clip_parts_fini(&stages[1]);
    return err;
}
