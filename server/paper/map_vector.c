// SPDX-License-Identifier: AGPL-3.0-or-later
// Vector tiles as vectors, in the quiet colours of web/src/map/flavour.js: paper, greens and blues that let
// marks stand out, light enough to be written on, told apart by lines where a printer has no colours.
#include "paper/map_parts.h"

#include <math.h>
#include <stdlib.h>

#define CLOSE_MM 0.06 // vertices nearer than that to the last one are left out
#define SPECK_MM 0.15 // areas smaller than that too
#define CASING_MM 0.22 // on each side

/** One layer of paint. Lines are as wide as on the ground, within what can be seen and told apart. */
struct paint {
    enum map_kind kind;
    enum mvt_type type;
    unsigned colour;
    bool casing; // drawn below its own paint, wider
    double ground_m, min_mm, max_mm;
    double dashes[2];
    double scale_max; // left out on sheets of a coarser scale; 0: on all
};
static const struct paint paints[] = {
    {MAP_LAND, MVT_POLYGON, 0xfbf8f1, false, 0, 0, 0, {0}, 0},
    {MAP_MEADOW, MVT_POLYGON, 0xf0f3e4, false, 0, 0, 0, {0}, 0},
    {MAP_BUILT, MVT_POLYGON, 0xf3ebd9, false, 0, 0, 0, {0}, 0},
    {MAP_SAND, MVT_POLYGON, 0xf3ead0, false, 0, 0, 0, {0}, 0},
    {MAP_GREEN, MVT_POLYGON, 0xdcead0, false, 0, 0, 0, {0}, 0},
    {MAP_WATER, MVT_LINE, 0xa3cad5, false, 3, 0.25, 2, {0}, 0},
    {MAP_WATER, MVT_POLYGON, 0xbad8e0, false, 0, 0, 0, {0}, 0}, // over the middle line of a wide river
    {MAP_GREEN, MVT_LINE, 0xbcd4aa, false, 1, 0.15, 0.5, {0}, 10000},
    {MAP_GREEN, MVT_POINT, 0xa9c797, false, 3, 0.4, 1.2, {0}, 6000},
    {MAP_OTHER, MVT_LINE, 0xc9c3b6, false, 1, 0.12, 0.3, {0}, 0},
    {MAP_ROAD, MVT_POLYGON, 0xffffff, false, 0, 0, 0, {0}, 0},
    {MAP_PATH, MVT_POLYGON, 0xf1ecdf, false, 0, 0, 0, {0}, 0},
    {MAP_BUILDING, MVT_POLYGON, 0xe5ddd0, false, 0, 0, 0, {0}, 30000},
    {MAP_PATH, MVT_LINE, 0x9c9280, false, 1, 0.16, 0.35, {0.9, 0.6}, 20000},
    {MAP_ROAD, MVT_LINE, 0xb9ad98, true, 6, 0.3, 2.2, {0}, 60000},
    {MAP_MAIN_ROAD, MVT_LINE, 0xa89a82, true, 10, 0.6, 2.8, {0}, 0},
    {MAP_HIGHWAY, MVT_LINE, 0xb79c63, true, 14, 0.8, 3.2, {0}, 0},
    {MAP_ROAD, MVT_LINE, 0xffffff, false, 6, 0.3, 2.2, {0}, 60000},
    {MAP_MAIN_ROAD, MVT_LINE, 0xfffdf4, false, 10, 0.6, 2.8, {0}, 0},
    {MAP_HIGHWAY, MVT_LINE, 0xfbeabf, false, 14, 0.8, 3.2, {0}, 0},
    {MAP_RAIL, MVT_LINE, 0x8f878c, false, 1.5, 0.3, 0.5, {0}, 0},
    {MAP_RAIL, MVT_LINE, 0xffffff, false, 0.8, 0.16, 0.3, {1.2, 1.2}, 0},
    {MAP_ROUTE, MVT_LINE, 0xa99cb3, false, 1, 0.18, 0.3, {0}, 0},
    {MAP_BOUNDARY, MVT_LINE, 0xa08f86, false, 1, 0.25, 0.3, {2, 1.2}, 0},
    {MAP_SPOT, MVT_POINT, 0x8a7f6c, false, 1, 0.5, 0.7, {0}, 12500},
};

struct crowd {
    struct map_feature *features;
    size_t count, room;
};

static enum err keep(struct crowd *crowd, const struct map_feature *feature) {
    if (crowd->count == crowd->room) {
        size_t room = 2 * crowd->room + 1024;
        struct map_feature *features = reallocarray(crowd->features, room, sizeof *features);
        if (features == NULL)
            return ERR_NO_MEMORY;
        crowd->features = features;
        crowd->room = room;
    }
    crowd->features[crowd->count++] = *feature;
    return ERR_OK;
}

static enum err gather_layer(const struct map_tile *tile, const struct mvt_scan_layer *layer, struct crowd *crowd) {
    enum map_kind kind = map_kind_of_layer(layer->name);
    struct map_feature feature = {.tile = tile, .layer = layer};
    struct mvt_scan_layer walk = *layer;
    enum err err = ERR_OK;
    while (err == ERR_OK && crowd->count < SHEET_FEATURES_MAX && mvt_scan_feature(&walk, &feature.at)) {
        feature.kind = map_kind_of(kind, layer, &feature.at);
        if (feature.kind != MAP_NOTHING)
            err = keep(crowd, &feature);
    }
    return err;
}

/** The features that are drawn, in the order of the tiles. Errors: NO_MEMORY. */
static enum err gather(struct map_job *job, struct crowd *crowd) {
    size_t words_left = SHEET_WORDS_MAX;
    for (size_t i = 0; i < job->tile_count; i++) {
        const struct buf *bytes = &job->tiles[i].bytes;
        struct mvt_span rest = {bytes->data, bytes->data + bytes->len};
        enum err err = ERR_OK;
        while (err == ERR_OK) {
            struct mvt_scan_layer *layer = arena_alloc(job->arena, sizeof *layer);
            err = layer == NULL ? ERR_NO_MEMORY : mvt_scan_layer(&rest, &words_left, job->arena, layer);
            if (err == ERR_OK)
                err = gather_layer(&job->tiles[i], layer, crowd);
        }
        if (err != ERR_NOT_FOUND)
            return err;
    }
    return ERR_OK;
}

static bool worth_drawing(const struct map_job *job, const struct map_feature *feature) {
    struct mvt_scan_path path = mvt_scan_path(&feature->at);
    double min_x = INFINITY, min_y = INFINITY, max_x = -INFINITY, max_y = -INFINITY;
    while (mvt_scan_step(&path)) {
        double x = map_x_mm(feature, path.x), y = map_y_mm(feature, path.y);
        min_x = fmin(min_x, x);
        max_x = fmax(max_x, x);
        min_y = fmin(min_y, y);
        max_y = fmax(max_y, y);
    }
    const struct sheet_box *box = &job->box;
    double room = 4; // of a wide line
    if (max_x < box->x_mm - room || min_x > box->x_mm + box->w_mm + room || max_y < box->y_mm - room ||
        min_y > box->y_mm + box->h_mm + room)
        return false;
    return feature->at.type != MVT_POLYGON || (max_x - min_x > SPECK_MM && max_y - min_y > SPECK_MM);
}

static void trace(cairo_t *cairo, const struct map_feature *feature) {
    struct mvt_scan_path path = mvt_scan_path(&feature->at);
    double last_x = 0, last_y = 0, x = 0, y = 0;
    bool held = false; // a vertex was left out: the last of a line is drawn in any case
    while (mvt_scan_step(&path)) {
        if (held && path.command != MVT_LINE_TO)
            cairo_line_to(cairo, x, y);
        if (path.command == MVT_CLOSE) {
            cairo_close_path(cairo);
            held = false;
            continue;
        }
        x = map_x_mm(feature, path.x);
        y = map_y_mm(feature, path.y);
        held = path.command == MVT_LINE_TO && hypot(x - last_x, y - last_y) < CLOSE_MM;
        if (held)
            continue;
        if (path.command == MVT_MOVE)
            cairo_move_to(cairo, x, y);
        else
            cairo_line_to(cairo, x, y);
        last_x = x;
        last_y = y;
    }
    if (held)
        cairo_line_to(cairo, x, y);
}

static double width_of(const struct map_job *job, const struct paint *paint) {
    double w = paint->ground_m * 1000 / job->frame->scale;
    return fmin(fmax(w, paint->min_mm), paint->max_mm) + (paint->casing ? 2 * CASING_MM : 0);
}

static void dots(struct map_job *job, const struct map_feature *feature, double w_mm) {
    struct mvt_scan_path path = mvt_scan_path(&feature->at);
    while (mvt_scan_step(&path) && path.command == MVT_MOVE) {
        cairo_new_sub_path(job->pen->cairo);
        cairo_arc(job->pen->cairo, map_x_mm(feature, path.x), map_y_mm(feature, path.y), w_mm / 2, 0, 2 * G_PI);
    }
    cairo_fill(job->pen->cairo);
}

static void draw_feature(struct map_job *job, const struct paint *paint, const struct map_feature *feature) {
    if (!worth_drawing(job, feature))
        return;
    cairo_new_path(job->pen->cairo);
    if (paint->type == MVT_POINT) {
        dots(job, feature, width_of(job, paint));
        return;
    }
    trace(job->pen->cairo, feature);
    if (paint->type == MVT_POLYGON)
        cairo_fill(job->pen->cairo);
    else
        cairo_stroke(job->pen->cairo);
}

static void draw_paint(struct map_job *job, const struct paint *paint, const struct crowd *crowd) {
    cairo_t *cairo = job->pen->cairo;
    if (paint->scale_max > 0 && job->frame->scale > paint->scale_max)
        return;
    sheet_pen_colour(job->pen, SHEET_RGB(paint->colour));
    cairo_set_line_width(cairo, width_of(job, paint));
    cairo_set_dash(cairo, paint->dashes, paint->dashes[0] > 0 ? 2 : 0, 0);
    cairo_set_line_cap(cairo, paint->dashes[0] > 0 ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
    for (size_t i = 0; i < crowd->count; i++) {
        const struct map_feature *feature = &crowd->features[i];
        if (feature->kind == paint->kind && feature->at.type == paint->type)
            draw_feature(job, paint, feature);
    }
    cairo_set_dash(cairo, NULL, 0, 0);
}

enum err map_vector_draw(struct map_job *job) {
    struct crowd crowd = {0};
    enum err err = gather(job, &crowd);
    cairo_set_fill_rule(job->pen->cairo, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_set_line_join(job->pen->cairo, CAIRO_LINE_JOIN_ROUND);
    for (size_t i = 0; i < sizeof paints / sizeof paints[0] && err == ERR_OK; i++)
        draw_paint(job, &paints[i], &crowd);
    if (err == ERR_OK)
        err = map_names_draw(job, crowd.features, crowd.count);
    free(crowd.features);
    return err;
}
