// SPDX-License-Identifier: AGPL-3.0-or-later
// A slice made ready to be shown, once, when its edition is read: each leaf's outline on the globe and on
// the map, its area, and what the heat map is drawn from. All of it follows from the published values.
#ifndef REPERE_PUBLISH_SHOWN_SLICE_H
#define REPERE_PUBLISH_SHOWN_SLICE_H
#include "base/arena.h"
#include "coord.h"
#include "heat.h"
#include "publish/edition.h"

enum { SHOWN_HEAT_LEVELS = 5 };

struct shown_leaf {
    char code[REGION_CODE_SIZE];
    unsigned side_m; // of the smallest square that holds it
    bool whole;      // it is that square
    double area_km2; // the grid is equal-area: true anywhere
    double per_km2;  // people
    struct geometry outline; // MULTI_POLYGON, EPSG:4326
    const double *outline_m; // the same vertices in Web Mercator metres
    struct tile_box box_m;   // of outline_m
    double point_deg[2];     // a point inside, longitude first
};
struct shown_slice {
    const struct edition_slice *slice;
    unsigned base_m;
    struct shown_leaf *leaves; // one a leaf of the slice, in its order
    uint64_t shown;            // sum of the values
    double max_per_km2;
    double bandwidth_m; // of the heat map: a base cell's side
    size_t point_count;
    struct heat_point *points; // each value spread evenly over its leaf's base cells
    struct heat_levels levels; // one scale for all tiles of the slice
};

/**
 * @param out in the arena, which also keeps a reference to the edition's slice
 * Errors: BAD_CRS (a leaf outside the grid's CRS), BAD_GEOMETRY (a leaf without cells), NO_MEMORY.
 */
enum err shown_slice_make(const struct edition *edition, const struct edition_slice *slice,
                          struct crs *crs, struct arena *arena, struct fault *fault,
                          struct shown_slice *out);
#endif
