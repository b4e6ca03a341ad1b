// SPDX-License-Identifier: AGPL-3.0-or-later
// A geometry in memory: flat coordinates and part lengths, owned by an arena.
//
// coords: longitude, latitude in EPSG:4326 degrees (or x, y of another CRS while importing), two
// doubles a vertex. Parts nest by counts:
//   POINT, MULTI_POINT          vertices only
//   LINE                        one part;   MULTI_LINE  part_count parts
//   POLYGON                     ring_count rings, the first is the outer one (closed: last = first)
//   MULTI_POLYGON               polygon_rings[i] rings each
#ifndef REPERE_GEO_GEOMETRY_H
#define REPERE_GEO_GEOMETRY_H
#include "base/arena.h"
#include "base/err.h"
#include "geo/bbox.h"
#include <stddef.h>
#include <stdint.h>

enum geometry_type {
    GEOMETRY_POINT = 1,
    GEOMETRY_LINE,
    GEOMETRY_POLYGON,
    GEOMETRY_MULTI_POINT,
    GEOMETRY_MULTI_LINE,
    GEOMETRY_MULTI_POLYGON
};
enum { GEOMETRY_VERTICES_MAX = 10000, GEOMETRY_IMPORT_VERTICES_MAX = 2000000 };

struct geometry {
    enum geometry_type type;
    size_t vertex_count;
    double *coords;
    size_t part_count;       // lines or rings, all polygons' rings in order; 0 for points
    uint32_t *part_vertices; // vertices of each part
    size_t polygon_count;    // 1 for POLYGON, n for MULTI_POLYGON
    uint32_t *polygon_rings; // parts of each polygon
};

/** The GeoJSON name, such as "MultiPolygon". */
const char *geometry_type_name(enum geometry_type type);
struct bbox geometry_bbox(const struct geometry *geometry);
/** A point inside it for labels and lists: the point itself, a line's middle vertex, a polygon's
 *  point on surface by scan line. Degrees. */
void geometry_label_point(const struct geometry *geometry, double out_lon_lat[2]);
/**
 * Finite, within longitude 180 and latitude 90, rings closed and of 4 vertices or more, lines of
 * two different vertices or more, no self-intersection (GEOS). Errors: BAD_GEOMETRY (fault says
 * what, never where on the map), TOO_LARGE, NO_MEMORY.
 */
enum err geometry_check(const struct geometry *geometry, size_t vertices_max, struct fault *fault);
/** A copy in the arena. */
enum err geometry_copy(const struct geometry *from, struct arena *arena, struct geometry *out);
#endif
