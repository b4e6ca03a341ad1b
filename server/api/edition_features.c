// SPDX-License-Identifier: AGPL-3.0-or-later
// What an edition holds besides slices: findings, shared assets, overlays.
#include "api/edition_request.h"
#include "api/editions.h"
#include "base/jsonw.h"
#include "geo/geojson_write.h"

static struct jsonw begin(struct response *response) {
    struct jsonw w;
    jsonw_init(&w, response_body(response));
    jsonw_object(&w);
    jsonw_kstr(&w, "type", "FeatureCollection");
    jsonw_key(&w, "features");
    jsonw_array(&w);
    return w;
}

static enum err end(struct jsonw *w) {
    jsonw_array_end(w);
    jsonw_object_end(w);
    return ERR_OK;
}

/* Up to the first property. */
static void begin_feature(struct jsonw *w, int64_t id, const struct geometry *geometry) {
    jsonw_object(w);
    jsonw_kstr(w, "type", "Feature");
    jsonw_ki64(w, "id", id);
    jsonw_key(w, "geometry");
    geojson_write_geometry(w, geometry);
    jsonw_key(w, "properties");
    jsonw_object(w);
}

static void end_feature(struct jsonw *w) {
    jsonw_object_end(w);
    jsonw_object_end(w);
}

static void write_text_or_null(struct jsonw *w, const char *key, const char *text) {
    jsonw_kstr(w, key, text && *text ? text : NULL);
}

static enum err write_findings(struct request *request, const struct held_edition *held,
                               const struct shown_slice *shown, struct response *response) {
    (void)request, (void)shown;
    struct jsonw w = begin(response);
    for (size_t i = 0; i < held->edition.finding_count; i++) {
        const struct edition_finding *finding = &held->edition.findings[i];
        begin_feature(&w, finding->id, &finding->geometry);
        jsonw_kstr(&w, "exercise", finding->exercise);
        jsonw_kstr(&w, "statement", finding->statement);
        jsonw_kstr(&w, "recommendation", finding->recommendation);
        jsonw_kstr(&w, "who", finding->who);
        jsonw_kstr(&w, "urgency", finding_urgency_name(finding->urgency));
        jsonw_kstr(&w, "language", finding->language);
        jsonw_kstr(&w, "month", finding->month);
        end_feature(&w);
    }
    return end(&w);
}

enum err edition_findings_get(struct request *request, struct response *response) {
    return edition_answer(request, response, write_findings);
}

static enum err write_assets(struct request *request, const struct held_edition *held,
                             const struct shown_slice *shown, struct response *response) {
    (void)request, (void)shown;
    struct jsonw w = begin(response);
    for (size_t i = 0; i < held->edition.asset_count; i++) {
        const struct edition_asset *asset = &held->edition.assets[i];
        begin_feature(&w, asset->id, &asset->geometry);
        jsonw_kstr(&w, "exercise", asset->exercise);
        jsonw_kstr(&w, "title", asset->title);
        jsonw_kstr(&w, "category", asset->category);
        jsonw_kraw(&w, "label", asset->label);
        write_text_or_null(&w, "colour", asset->colour);
        write_text_or_null(&w, "icon", asset->icon);
        write_text_or_null(&w, "shape", asset->shape);
        jsonw_kraw(&w, "details", asset->details);
        jsonw_ki64(&w, "precision_m", asset->precision_m);
        end_feature(&w);
    }
    return end(&w);
}

enum err edition_assets_get(struct request *request, struct response *response) {
    return edition_answer(request, response, write_assets);
}

static enum err write_overlay(struct request *request, const struct held_edition *held,
                              const struct shown_slice *shown, struct response *response) {
    size_t index;
    (void)shown;
    enum err err = edition_overlay_named(request, held, &index);
    if (err != ERR_OK)
        return err;
    const struct edition_overlay *overlay = &held->edition.overlays[index];
    struct jsonw w = begin(response);
    for (size_t i = 0; i < overlay->feature_count; i++) {
        begin_feature(&w, (int64_t)i + 1, &overlay->features[i].geometry);
        jsonw_kstr(&w, "label", overlay->features[i].label);
        end_feature(&w);
    }
    return end(&w);
}

enum err edition_overlay_get(struct request *request, struct response *response) {
    return edition_answer(request, response, write_overlay);
}
