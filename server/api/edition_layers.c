// SPDX-License-Identifier: AGPL-3.0-or-later
// A slice: its leaves as GeoJSON, CSV and vector tiles, its heat map.
#include "api/edition_request.h"
#include "api/editions.h"
#include "base/csv.h"
#include "base/jsonw.h"
#include "geo/geojson_write.h"
#include "publish/edition_tile.h"
#include <string.h>

/* ---- GeoJSON ---- */

static void write_leaf(struct jsonw *w, const struct shown_slice *shown, size_t index) {
    const struct shown_leaf *leaf = &shown->leaves[index];
    const struct edition_leaf *published = &shown->slice->leaves[index];
    jsonw_object(w);
    jsonw_kstr(w, "type", "Feature");
    jsonw_ki64(w, "id", (int64_t)index + 1);
    jsonw_key(w, "geometry");
    geojson_write_geometry(w, &leaf->outline);
    jsonw_key(w, "properties");
    jsonw_object(w);
    jsonw_kstr(w, "code", leaf->code);
    jsonw_ki64(w, "side_m", leaf->side_m);
    jsonw_kbool(w, "whole", leaf->whole);
    jsonw_kfixed(w, "area_km2", leaf->area_km2, SHOWN_KM2_DECIMALS);
    jsonw_ki64(w, "value", published->value);
    jsonw_kfixed(w, "per_km2", leaf->per_km2, SHOWN_DENSITY_DECIMALS);
    jsonw_kstr(w, "share", share_band_text(published->share));
    jsonw_object_end(w);
    jsonw_object_end(w);
}

static enum err write_leaves(struct request *request, const struct held_edition *held,
                             const struct shown_slice *shown, struct response *response) {
    (void)request, (void)held;
    struct jsonw w;
    jsonw_init(&w, response_body(response));
    jsonw_object(&w);
    jsonw_kstr(&w, "type", "FeatureCollection");
    jsonw_key(&w, "features");
    jsonw_array(&w);
    for (size_t i = 0; i < shown->slice->leaf_count; i++)
        write_leaf(&w, shown, i);
    jsonw_array_end(&w);
    jsonw_object_end(&w);
    return ERR_OK;
}

enum err edition_leaves_get(struct request *request, struct response *response) {
    return edition_slice_answer(request, response, write_leaves);
}

/* ---- CSV ---- */

static enum err write_values(struct request *request, const struct held_edition *held,
                             const struct shown_slice *shown, struct response *response) {
    (void)request, (void)held;
    struct buf *out = response_body(response);
    response_type(response, "text/csv");
    buf_str(out, "code,side_m,whole,area_km2,lon,lat,value,share");
    csv_end_row(out);
    for (size_t i = 0; i < shown->slice->leaf_count; i++) {
        const struct shown_leaf *leaf = &shown->leaves[i];
        const char *share = share_band_text(shown->slice->leaves[i].share);
        csv_cell(out, leaf->code, true);
        buf_printf(out, ",%u,%s,", leaf->side_m, leaf->whole ? "true" : "false");
        buf_fixed(out, leaf->area_km2, SHOWN_KM2_DECIMALS);
        buf_char(out, ',');
        buf_fixed(out, leaf->point_deg[0], 7);
        buf_char(out, ',');
        buf_fixed(out, leaf->point_deg[1], 7);
        buf_char(out, ',');
        buf_i64(out, shown->slice->leaves[i].value);
        csv_cell(out, share ? share : "", false);
        csv_end_row(out);
    }
    return ERR_OK;
}

enum err edition_values_get(struct request *request, struct response *response) {
    return edition_slice_answer(request, response, write_values);
}

/* ---- tiles ---- */

static enum err write_tile(struct request *request, const struct held_edition *held,
                           const struct shown_slice *shown, struct response *response) {
    (void)held;
    struct tile tile;
    enum err err = edition_tile_named(request, &tile);
    if (err == ERR_OK)
        err = edition_tile(shown, tile, response_body(response));
    response_type(response, "application/vnd.mapbox-vector-tile");
    if (response_body(response)->len == 0)
        response_status(response, 204);
    return err;
}

enum err edition_tile_get(struct request *request, struct response *response) {
    return edition_slice_answer(request, response, write_tile);
}

static enum err write_heat_tile(struct request *request, const struct held_edition *held,
                                const struct shown_slice *shown, struct response *response) {
    (void)held;
    struct tile tile;
    enum err err = edition_tile_named(request, &tile);
    response_type(response, "image/png");
    return err == ERR_OK
               ? edition_heat_tile(shown, tile, request->arena, response_body(response))
               : err;
}

enum err edition_heat_tile_get(struct request *request, struct response *response) {
    return edition_slice_answer(request, response, write_heat_tile);
}

static enum err write_legend(struct request *request, const struct held_edition *held,
                             const struct shown_slice *shown, struct response *response) {
    (void)request, (void)held;
    const struct heat_levels *levels = &shown->levels;
    char colour[SHOWN_COLOUR_SIZE];
    struct jsonw w;
    jsonw_init(&w, response_body(response));
    jsonw_object(&w);
    jsonw_kfixed(&w, "bandwidth_m", shown->bandwidth_m, 0);
    jsonw_kstr(&w, "unit", "per km2");
    jsonw_key(&w, "levels");
    jsonw_array(&w);
    for (size_t i = 0; i < levels->count; i++) {
        edition_heat_colour(i + 1, colour);
        jsonw_object(&w);
        jsonw_kstr(&w, "colour", colour);
        jsonw_kfixed(&w, "from", levels->from_per_km2[i], 6);
        jsonw_key(&w, "to");
        if (i + 1 < levels->count)
            jsonw_fixed(&w, levels->from_per_km2[i + 1], 6);
        else
            jsonw_null(&w);
        jsonw_object_end(&w);
    }
    jsonw_array_end(&w);
    jsonw_object_end(&w);
    return ERR_OK;
}

enum err edition_heat_get(struct request *request, struct response *response) {
    return edition_slice_answer(request, response, write_legend);
}
