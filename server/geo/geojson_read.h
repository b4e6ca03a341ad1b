// SPDX-License-Identifier: AGPL-3.0-or-later
// GeoJSON (RFC 7946) to geometries. Knows nothing of what the features mean.
#ifndef REPERE_GEO_GEOJSON_READ_H
#define REPERE_GEO_GEOJSON_READ_H
#include "base/json.h"
#include "geo/geometry.h"
/**
 * A geometry object. Third ordinates are dropped. Range and validity are geometry_check's business.
 * Errors: BAD_GEOMETRY (fault: what is wrong, `where` as given by the caller + member), NO_MEMORY.
 */
enum err geojson_read_geometry(const struct json_object *object, struct arena *arena,
                               struct fault *fault, struct geometry *out);
struct geojson_feature {
    struct geometry geometry;             // type 0 when the feature has none
    const struct json_object *properties; // NULL when null or absent
    size_t index;                         // 0-based position in the collection
};
typedef enum err geojson_feature_fn(void *context, const struct geojson_feature *feature,
                                    struct fault *fault);
typedef void geojson_bad_fn(void *context, size_t index, const struct fault *fault);

/**
 * Calls `fn` for each feature of a FeatureCollection (or for the one Feature, or a bare geometry).
 * A feature that cannot be read is reported through `fn` not at all but through `bad`, which may be
 * NULL: then the first one ends the reading.
 * @param arena    holds the geometries; `fn` may reset it, since each feature is read afresh
 * @param crs_name 64 bytes: the old "crs" member's name when present ("urn:ogc:def:crs:EPSG::31370"
 *                 is given as "EPSG:31370"), else ""
 * Errors: BAD_GEOMETRY (not GeoJSON), NO_MEMORY, what `fn` returns.
 */
enum err geojson_read(const struct json_object *doc, struct arena *arena, geojson_feature_fn *fn,
                      geojson_bad_fn *bad, void *context, char crs_name[64], struct fault *fault);
/** geojson_read straight from the text, one feature in memory at a time: for large files.
 *  Errors: also BAD_JSON, found perhaps after `fn` was called. */
enum err geojson_read_text(const char *text, size_t len, struct arena *arena,
                           geojson_feature_fn *fn, geojson_bad_fn *bad, void *context,
                           char crs_name[64], struct fault *fault);
#endif
