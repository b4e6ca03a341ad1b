// SPDX-License-Identifier: AGPL-3.0-or-later
// A slice over the areas of a published overlay, and two slices beside each other.
#include "publish/edition_areas.h"
#include "api/edition_request.h"
#include "api/editions.h"
#include "base/csv.h"
#include "base/jsonw.h"
#include "geo/geojson_write.h"
#include "publish/edition_compare.h"
#include "publish/edition_tile.h"
#include <string.h>

enum { COVERED_DECIMALS = 2 };

/* ---- areas ---- */

static void write_area(struct jsonw *w, const struct edition_overlay_feature *feature,
                       const struct area_value *value, size_t index) {
    jsonw_object(w);
    jsonw_kstr(w, "type", "Feature");
    jsonw_ki64(w, "id", (int64_t)index + 1);
    jsonw_key(w, "geometry");
    geojson_write_geometry(w, &feature->geometry);
    jsonw_key(w, "properties");
    jsonw_object(w);
    jsonw_kstr(w, "label", feature->label);
    jsonw_key(w, "value");
    if (value->known)
        jsonw_i64(w, value->value);
    else
        jsonw_null(w);
    jsonw_kfixed(w, "covered", value->covered, COVERED_DECIMALS);
    jsonw_key(w, "per_km2");
    if (value->known)
        jsonw_fixed(w, value->per_km2, SHOWN_DENSITY_DECIMALS);
    else
        jsonw_null(w);
    jsonw_kstr(w, "share", share_band_text(value->share));
    jsonw_object_end(w);
    jsonw_object_end(w);
}

static void write_geojson(struct buf *out, const struct edition_overlay *overlay,
                          const struct area_value *values) {
    struct jsonw w;
    jsonw_init(&w, out);
    jsonw_object(&w);
    jsonw_kstr(&w, "type", "FeatureCollection");
    jsonw_key(&w, "features");
    jsonw_array(&w);
    for (size_t i = 0; i < overlay->feature_count; i++)
        if (values[i].is_area)
            write_area(&w, &overlay->features[i], &values[i], i);
    jsonw_array_end(&w);
    jsonw_object_end(&w);
}

static void write_csv(struct buf *out, const struct edition_overlay *overlay,
                      const struct area_value *values) {
    buf_str(out, "label,value,covered,per_km2,share");
    csv_end_row(out);
    for (size_t i = 0; i < overlay->feature_count; i++) {
        const char *share = share_band_text(values[i].share);
        if (!values[i].is_area)
            continue;
        csv_cell(out, overlay->features[i].label, true);
        buf_char(out, ',');
        if (values[i].known)
            buf_i64(out, values[i].value);
        buf_char(out, ',');
        buf_fixed(out, values[i].covered, COVERED_DECIMALS);
        buf_char(out, ',');
        if (values[i].known)
            buf_fixed(out, values[i].per_km2, SHOWN_DENSITY_DECIMALS);
        csv_cell(out, share ? share : "", false);
        csv_end_row(out);
    }
}

static enum err write_areas(struct request *request, const struct held_edition *held,
                            const struct shown_slice *shown, struct response *response) {
    size_t overlay;
    struct area_value *values;
    enum err err = edition_overlay_named(request, held, &overlay);
    if (err == ERR_OK)
        err = edition_areas(held, shown, overlay, request->arena, &values);
    if (err != ERR_OK)
        return err;
    const struct edition_overlay *published = &held->edition.overlays[overlay];
    bool any = false;
    for (size_t i = 0; i < published->feature_count; i++)
        any = any || values[i].is_area;
    if (!any)
        return fault_set(&request->fault, ERR_BAD_PARAMETER, "overlay", "has no areas");
    if (strcmp(request_text(request, "format"), "csv") == 0) {
        response_type(response, "text/csv");
        write_csv(response_body(response), published, values);
    } else {
        write_geojson(response_body(response), published, values);
    }
    return ERR_OK;
}

enum err edition_areas_get(struct request *request, struct response *response) {
    return edition_slice_answer(request, response, write_areas);
}

/* ---- two slices ---- */

static enum err write_compared(struct request *request, const struct held_edition *held,
                               const struct shown_slice *shown, struct response *response) {
    const struct shown_slice *other;
    struct compared *compared;
    size_t count;
    enum err err = edition_slice_named(request, held, "other", &other);
    if (err != ERR_OK)
        return err;
    if (!edition_may_compare(shown->slice, other->slice))
        return fault_set(&request->fault, ERR_BAD_PARAMETER, "other",
                         "two groups of an exercise can be compared, or two of its bands of time");
    err = edition_compare(held, shown, other, request->arena, &compared, &count);
    if (err != ERR_OK)
        return err;
    struct jsonw w;
    jsonw_init(&w, response_body(response));
    jsonw_object(&w);
    jsonw_kstr(&w, "type", "FeatureCollection");
    jsonw_key(&w, "features");
    jsonw_array(&w);
    for (size_t i = 0; i < count; i++) {
        jsonw_object(&w);
        jsonw_kstr(&w, "type", "Feature");
        jsonw_ki64(&w, "id", (int64_t)i + 1);
        jsonw_key(&w, "geometry");
        geojson_write_geometry(&w, &compared[i].outline);
        jsonw_key(&w, "properties");
        jsonw_object(&w);
        jsonw_kstr(&w, "code", compared[i].code);
        jsonw_kstr(&w, "result", compared_result_name(compared[i].result));
        jsonw_object_end(&w);
        jsonw_object_end(&w);
    }
    jsonw_array_end(&w);
    jsonw_object_end(&w);
    return ERR_OK;
}

enum err edition_against_get(struct request *request, struct response *response) {
    return edition_slice_answer(request, response, write_compared);
}
