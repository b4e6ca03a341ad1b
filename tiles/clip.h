// SPDX-License-Identifier: AGPL-3.0-or-later
// Cutting lines and rings to a box. Plain coordinates, x then y; knows nothing of tiles or units.
#ifndef REPERE_TILES_CLIP_H
#define REPERE_TILES_CLIP_H
#include "base/err.h"
#include <stddef.h>
#include <stdint.h>

struct clip_box {
    double min_x, min_y, max_x, max_y;
};
/** Growing lists of vertices and of the vertex counts of parts; start as {0}. */
struct clip_parts {
    double *xy; // 2 * vertex_count doubles
    size_t vertex_count, vertex_room;
    uint32_t *part_vertices;
    size_t part_count, part_room;
};
void clip_parts_fini(struct clip_parts *parts);
/** Forgets what is in it, keeps the memory. */
void clip_parts_clear(struct clip_parts *parts);
/** Adds one part of `count` vertices as it is. Errors: NO_MEMORY. */
enum err clip_parts_add(struct clip_parts *parts, const double *xy, size_t count);

/**
 * Appends the pieces of a line that lie in the box (Liang and Barsky, segment by segment). A piece
 * that only touches the box is left out. Errors: NO_MEMORY.
 */
enum err clip_line(const struct clip_box *box, const double *xy, size_t count,
                   struct clip_parts *out);
/**
 * Appends what is left of a closed ring (last vertex = first) as one closed ring, or nothing
 * (Sutherland and Hodgman). A ring that leaves the box and comes back gets edges along its border.
 * Errors: NO_MEMORY.
 */
enum err clip_ring(const struct clip_box *box, const double *xy, size_t count,
                   struct clip_parts *out);
#endif
