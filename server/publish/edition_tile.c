// SPDX-License-Identifier: AGPL-3.0-or-later
#include "publish/edition_tile.h"
#include "mvt_shape.h"
#include "png.h"
#include <math.h>
#include <string.h>

double shown_rounded(double value, int decimals) {
    double scale = pow(10, decimals);
    return round(value * scale) / scale;
}

static bool meets(const struct tile_box *a, const struct tile_box *b, double margin_m) {
    return a->min_x_m <= b->max_x_m + margin_m && a->max_x_m >= b->min_x_m - margin_m &&
           a->min_y_m <= b->max_y_m + margin_m && a->max_y_m >= b->min_y_m - margin_m;
}

static enum err add_polygons(struct mvt_shape *shape, struct tile tile,
                             const struct shown_leaf *leaf) {
    const double *xy_m = leaf->outline_m;
    const uint32_t *rings = leaf->outline.part_vertices;
    enum err err = ERR_OK;
    for (size_t i = 0; i < leaf->outline.polygon_count && err == ERR_OK; i++) {
        size_t ring_count = leaf->outline.polygon_rings[i];
        err = mvt_shape_polygon(shape, tile, xy_m, rings, ring_count);
        for (size_t ring = 0; ring < ring_count; ring++)
            xy_m += 2 * (size_t)*rings++;
    }
    return err;
}

/* One unit square where the leaf lies, in the one tile that holds its point. */
static enum err add_speck(struct mvt_shape *shape, struct tile tile,
                          const struct shown_leaf *leaf) {
    double x_m, y_m;
    tile_from_degrees(leaf->point_deg[0], leaf->point_deg[1], &x_m, &y_m);
    struct tile at = tile_at(tile.z, x_m, y_m);
    if (at.x != tile.x || at.y != tile.y)
        return ERR_OK;
    struct tile_box box = tile_bounds(tile);
    double unit_m = (box.max_x_m - box.min_x_m) / MVT_EXTENT;
    double left_m = box.min_x_m + floor((x_m - box.min_x_m) / unit_m) * unit_m;
    double top_m = box.max_y_m - floor((box.max_y_m - y_m) / unit_m) * unit_m;
    const double square_m[] = {left_m, top_m,          left_m + unit_m, top_m,
                               left_m + unit_m, top_m - unit_m, left_m,          top_m - unit_m,
                               left_m, top_m};
    const uint32_t vertices = 5;
    return mvt_shape_polygon(shape, tile, square_m, &vertices, 1);
}

static struct mvt_value text_value(const char *text) {
    return (struct mvt_value){.type = MVT_STRING, .string = {text, strlen(text)}};
}

static enum err add_leaf(struct mvt_layer *layer, const struct shown_slice *shown, size_t index,
                         const struct mvt_shape *shape) {
    const struct shown_leaf *leaf = &shown->leaves[index];
    const struct edition_leaf *published = &shown->slice->leaves[index];
    const char *share = share_band_text(published->share);
    const struct mvt_property properties[] = {
        {"code", text_value(leaf->code)},
        {"side_m", {.type = MVT_UINT, .u64 = leaf->side_m}},
        {"whole", {.type = MVT_BOOL, .truth = leaf->whole}},
        {"area_km2",
         {.type = MVT_DOUBLE, .f64 = shown_rounded(leaf->area_km2, SHOWN_KM2_DECIMALS)}},
        {"value", {.type = MVT_UINT, .u64 = published->value}},
        {"per_km2",
         {.type = MVT_DOUBLE, .f64 = shown_rounded(leaf->per_km2, SHOWN_DENSITY_DECIMALS)}},
        {"share", text_value(share ? share : "")},
    };
    size_t count = sizeof properties / sizeof *properties;
    return mvt_add(layer, &(struct mvt_feature){.has_id = true,
                                                .id = index + 1,
                                                .type = MVT_POLYGON,
                                                .xy = shape->xy,
                                                .part_vertices = shape->part_vertices,
                                                .part_count = shape->part_count,
                                                .properties = properties,
                                                .property_count = share ? count : count - 1});
}

static enum err add_leaves(struct mvt_layer *layer, const struct shown_slice *shown,
                           struct tile tile, struct mvt_shape *shape) {
    struct tile_box box = tile_bounds(tile);
    double margin_m = (box.max_x_m - box.min_x_m) * MVT_MARGIN / MVT_EXTENT;
    enum err err = ERR_OK;
    for (size_t i = 0; i < shown->slice->leaf_count && err == ERR_OK; i++) {
        const struct shown_leaf *leaf = &shown->leaves[i];
        if (!meets(&leaf->box_m, &box, margin_m))
            continue;
        mvt_shape_clear(shape);
        err = add_polygons(shape, tile, leaf);
        if (err == ERR_OK && shape->part_count == 0)
            err = add_speck(shape, tile, leaf);
        if (err == ERR_OK && shape->part_count > 0)
            err = add_leaf(layer, shown, i, shape);
    }
    return err;
}

enum err edition_tile(const struct shown_slice *shown, struct tile tile, struct buf *out) {
    struct mvt *mvt = NULL;
    struct mvt_layer *layer = NULL;
    struct mvt_shape shape = {0};
    enum err err = mvt_new(&mvt);
    if (err == ERR_OK)
        err = mvt_layer(mvt, "leaves", &layer);
    if (err == ERR_OK)
        err = add_leaves(layer, shown, tile, &shape);
    if (err == ERR_OK)
        err = mvt_write(mvt, out);
    mvt_shape_fini(&shape);
    mvt_free(mvt);
    return err;
}

enum err edition_heat_tile(const struct shown_slice *shown, struct tile tile, struct arena *arena,
                           struct buf *out) {
    const size_t pixels = (size_t)HEAT_SIDE * HEAT_SIDE;
    double *per_km2 = arena_array(arena, pixels, sizeof *per_km2);
    uint8_t *levels = arena_alloc(arena, pixels);
    if (!per_km2 || !levels)
        return ERR_NO_MEMORY;
    enum err err =
        heat_density(shown->points, shown->point_count, shown->bandwidth_m, tile, per_km2);
    if (err != ERR_OK)
        return err;
    heat_classify(per_km2, &shown->levels, levels);
    struct palette_colour colours[SHOWN_HEAT_LEVELS + 1];
    for (size_t i = 0; i <= shown->levels.count; i++)
        colours[i] = palette_level(i, SHOWN_HEAT_LEVELS);
    return png_palette(HEAT_SIDE, HEAT_SIDE, levels, colours, shown->levels.count + 1, out);
}

void edition_heat_colour(size_t level, char out[SHOWN_COLOUR_SIZE]) {
    palette_text(palette_level(level, SHOWN_HEAT_LEVELS), out);
}
