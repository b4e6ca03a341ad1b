// SPDX-License-Identifier: AGPL-3.0-or-later
// From Web Mercator metres to a vector tile's grid: clipped with a margin of 64 of the tile's 4096
// units, then rounded; what vanishes by rounding is dropped, and rings are wound by what they are
// afterwards.
#ifndef REPERE_TILES_MVT_SHAPE_H
#define REPERE_TILES_MVT_SHAPE_H
#include "clip.h"
#include "coord.h"
#include "mvt.h"

enum { MVT_MARGIN = 64 };

/** What a feature's xy, part_vertices and part_count point to. Starts as {0}; each call appends. */
struct mvt_shape {
    int32_t *xy;
    size_t vertex_count, vertex_room;
    uint32_t *part_vertices;
    size_t part_count, part_room;
    struct clip_parts scaled, clipped; // in use during a call
};
void mvt_shape_fini(struct mvt_shape *shape);
void mvt_shape_clear(struct mvt_shape *shape);

/* Vertices are x, y in Web Mercator metres. A shape without parts afterwards has nothing in the
 * tile. Errors: NO_MEMORY. */
enum err mvt_shape_points(struct mvt_shape *shape, struct tile tile, const double *xy_m,
                          size_t count);
enum err mvt_shape_line(struct mvt_shape *shape, struct tile tile, const double *xy_m,
                        size_t count);
/** One polygon: `ring_count` closed rings of ring_vertices[i] vertices, the outer one first. */
enum err mvt_shape_polygon(struct mvt_shape *shape, struct tile tile, const double *xy_m,
                           const uint32_t *ring_vertices, size_t ring_count);
#endif
