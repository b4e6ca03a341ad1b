// SPDX-License-Identifier: AGPL-3.0-or-later
#include "publish/shown_slice.h"
#include <math.h>
#include <string.h>

/* Everything of a slice that is projected, in one array, so that PROJ is called once. */
struct positions {
    double *xy;
    size_t count;
};

static enum err describe(const struct edition *edition, const struct edition_slice *slice, size_t i,
                         unsigned base_m, struct fault *fault, struct shown_leaf *out) {
    const struct edition_leaf *leaf = &slice->leaves[i];
    unsigned cells = region_count(&leaf->region);
    if (cells == 0)
        return fault_set(fault, ERR_BAD_GEOMETRY, slice->id, "leaf %zu has no cells", i + 1);
    struct cell corner;
    double base_km = base_m / 1000.0;
    region_code(&leaf->region, base_m, edition->epsg, out->code);
    out->side_m = region_level_m(&leaf->region, base_m, &corner);
    unsigned a_side = out->side_m / base_m;
    out->whole = cells == a_side * a_side;
    out->area_km2 = cells * base_km * base_km;
    out->per_km2 = leaf->value / out->area_km2;
    return ERR_OK;
}

static void add_cell_centres(const struct region *region, unsigned base_m, double **at) {
    unsigned side = EQUAL_AREA_TOP_M / base_m;
    for (unsigned bit = 0; bit < side * side; bit++) {
        if (!(region->bits[bit / 64] >> bit % 64 & 1))
            continue;
        *(*at)++ = (double)region->top.column * EQUAL_AREA_TOP_M + (bit % side + 0.5) * base_m;
        *(*at)++ = (double)region->top.row * EQUAL_AREA_TOP_M + (bit / side + 0.5) * base_m;
    }
}

/* Outlines leaf after leaf, then the centres of all their cells; metres of the grid. */
static enum err gather(struct shown_slice *shown, struct arena *arena, struct positions *out) {
    const struct edition_slice *slice = shown->slice;
    size_t vertices = 0;
    for (size_t i = 0; i < slice->leaf_count; i++) {
        struct shown_leaf *leaf = &shown->leaves[i];
        enum err err =
            region_outline(&slice->leaves[i].region, shown->base_m, arena, &leaf->outline);
        if (err != ERR_OK)
            return err;
        vertices += leaf->outline.vertex_count;
        shown->point_count += region_count(&slice->leaves[i].region);
    }
    out->count = vertices + shown->point_count;
    out->xy = arena_array(arena, out->count, 2 * sizeof *out->xy);
    if (!out->xy)
        return ERR_NO_MEMORY;
    double *at = out->xy;
    for (size_t i = 0; i < slice->leaf_count; i++) {
        struct geometry *outline = &shown->leaves[i].outline;
        memcpy(at, outline->coords, outline->vertex_count * 2 * sizeof *at);
        outline->coords = at;
        at += 2 * outline->vertex_count;
    }
    for (size_t i = 0; i < slice->leaf_count; i++)
        add_cell_centres(&slice->leaves[i].region, shown->base_m, &at);
    return ERR_OK;
}

static void box_extend(struct tile_box *box, const double *xy_m) {
    box->min_x_m = fmin(box->min_x_m, xy_m[0]);
    box->min_y_m = fmin(box->min_y_m, xy_m[1]);
    box->max_x_m = fmax(box->max_x_m, xy_m[0]);
    box->max_y_m = fmax(box->max_y_m, xy_m[1]);
}

/* The outlines are in degrees by now: the map's metres, boxes and points inside. */
static enum err lay_on_map(struct shown_slice *shown, struct arena *arena) {
    for (size_t i = 0; i < shown->slice->leaf_count; i++) {
        struct shown_leaf *leaf = &shown->leaves[i];
        size_t count = leaf->outline.vertex_count;
        double *xy_m = arena_array(arena, count, 2 * sizeof *xy_m);
        if (!xy_m)
            return ERR_NO_MEMORY;
        leaf->box_m = (struct tile_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
        for (size_t v = 0; v < count; v++) {
            const double *deg = leaf->outline.coords + 2 * v;
            tile_from_degrees(deg[0], deg[1], &xy_m[2 * v], &xy_m[2 * v + 1]);
            box_extend(&leaf->box_m, &xy_m[2 * v]);
        }
        leaf->outline_m = xy_m;
        geometry_label_point(&leaf->outline, leaf->point_deg);
    }
    return ERR_OK;
}

/* The centres of the cells, in degrees, leaf after leaf. */
static enum err lay_out_heat(struct shown_slice *shown, const double *centres_deg,
                             struct arena *arena) {
    shown->bandwidth_m = shown->base_m;
    shown->points = arena_array(arena, shown->point_count, sizeof *shown->points);
    if (!shown->points)
        return ERR_NO_MEMORY;
    struct heat_point *point = shown->points;
    for (size_t i = 0; i < shown->slice->leaf_count; i++) {
        const struct edition_leaf *leaf = &shown->slice->leaves[i];
        unsigned cells = region_count(&leaf->region);
        for (unsigned cell = 0; cell < cells; cell++, point++, centres_deg += 2) {
            tile_from_degrees(centres_deg[0], centres_deg[1], &point->x_m, &point->y_m);
            point->weight = (double)leaf->value / cells;
        }
    }
    double peak_per_km2;
    enum err err =
        heat_peak(shown->points, shown->point_count, shown->bandwidth_m, &peak_per_km2);
    if (err == ERR_OK)
        shown->levels = heat_levels_below(peak_per_km2, SHOWN_HEAT_LEVELS);
    return err;
}

enum err shown_slice_make(const struct edition *edition, const struct edition_slice *slice,
                          struct crs *crs, struct arena *arena, struct fault *fault,
                          struct shown_slice *out) {
    struct shown_slice shown = {.slice = slice,
                                .base_m = edition->exercises[slice->exercise].base_m};
    struct positions positions = {0};
    shown.leaves = arena_array(arena, slice->leaf_count, sizeof *shown.leaves);
    if (!shown.leaves)
        return ERR_NO_MEMORY;
    enum err err = ERR_OK;
    for (size_t i = 0; i < slice->leaf_count && err == ERR_OK; i++) {
        err = describe(edition, slice, i, shown.base_m, fault, &shown.leaves[i]);
        shown.shown += slice->leaves[i].value;
        shown.max_per_km2 = fmax(shown.max_per_km2, shown.leaves[i].per_km2);
    }
    if (err == ERR_OK)
        err = gather(&shown, arena, &positions);
    if (err == ERR_OK && positions.count)
        err = crs_transform(crs, equal_area_name(edition->epsg), "EPSG:4326", positions.xy,
                            positions.count, fault);
    if (err == ERR_OK)
        err = lay_on_map(&shown, arena);
    if (err == ERR_OK)
        err = lay_out_heat(
            &shown, positions.xy + 2 * (positions.count - shown.point_count), arena);
    if (err == ERR_OK)
        *out = shown;
    return err;
}
