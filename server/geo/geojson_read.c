// SPDX-License-Identifier: AGPL-3.0-or-later
// Coordinates are walked twice: once to count, then to fill arrays of just that size.
#include "geo/geojson_read.h"
#include <stdio.h>
#include <string.h>

static enum err bad(struct fault *fault, const char *where, const char *why) {
    return fault_set(fault, ERR_BAD_GEOMETRY, where, "%s", why);
}

/* How deep the coordinates of each type are nested: 1 is a list of positions. */
static int depth_of(enum geometry_type type) {
    static const int depths[] = {0, 0, 1, 2, 1, 2, 3};
    return depths[type];
}

static enum geometry_type type_of(const struct json_object *object) {
    const char *name = json_text(json_get(object, "type"), NULL);
    for (int type = GEOMETRY_POINT; name && type <= GEOMETRY_MULTI_POLYGON; type++)
        if (strcmp(name, geometry_type_name((enum geometry_type)type)) == 0)
            return (enum geometry_type)type;
    return 0;
}

/* Adds what `value`, nested `depth` deep, holds to the counts of `out`. */
static bool count(const struct json_object *value, int depth, struct geometry *out) {
    if (json_type_of(value) != JSON_ARRAY)
        return false;
    size_t length = json_length(value);
    if (depth == 0) {
        out->vertex_count++;
        return true;
    }
    if (depth == 1) {
        out->vertex_count += length;
        out->part_count++;
        return length <= UINT32_MAX;
    }
    out->polygon_count += depth == 2;
    for (size_t i = 0; i < length; i++)
        if (!count(json_at(value, i), depth - 1, out))
            return false;
    return length <= UINT32_MAX;
}

struct filling {
    struct geometry *out;
    size_t vertex, part, polygon;
};

static bool fill_position(const struct json_object *position, struct filling *filling) {
    double *at = filling->out->coords + 2 * filling->vertex++;
    return json_length(position) >= 2 && json_number(json_at(position, 0), &at[0]) &&
           json_number(json_at(position, 1), &at[1]);
}

static bool fill(const struct json_object *value, int depth, struct filling *filling) {
    if (depth == 0)
        return fill_position(value, filling);
    size_t length = json_length(value);
    if (depth == 1)
        filling->out->part_vertices[filling->part++] = (uint32_t)length;
    if (depth == 2)
        filling->out->polygon_rings[filling->polygon++] = (uint32_t)length;
    for (size_t i = 0; i < length; i++)
        if (!fill(json_at(value, i), depth - 1, filling))
            return false;
    return true;
}

/* Lines nest like rings but are no polygons; points have no parts. */
static void drop_what_the_type_has_not(struct geometry *geometry) {
    if (geometry->type == GEOMETRY_MULTI_POINT || geometry->type == GEOMETRY_POINT)
        geometry->part_count = 0;
    if (geometry->type != GEOMETRY_POLYGON && geometry->type != GEOMETRY_MULTI_POLYGON)
        geometry->polygon_count = 0;
}

enum err geojson_read_geometry(const struct json_object *object, struct arena *arena,
                               struct fault *fault, struct geometry *out) {
    if (json_type_of(object) != JSON_OBJECT)
        return bad(fault, "geometry", "is missing or not an object");
    struct geometry geometry = {.type = type_of(object)};
    if (!geometry.type)
        return bad(fault, "geometry.type",
                   "is not Point, LineString, Polygon or a Multi form of them");
    const struct json_object *coordinates = json_get(object, "coordinates");
    int depth = depth_of(geometry.type);
    if (!count(coordinates, depth, &geometry))
        return bad(fault, "geometry.coordinates", "are not nested as this type needs");
    if (!geometry.vertex_count)
        return bad(fault, "geometry.coordinates", "are empty");
    geometry.coords = arena_array(arena, geometry.vertex_count, 2 * sizeof *geometry.coords);
    geometry.part_vertices =
        arena_array(arena, geometry.part_count, sizeof *geometry.part_vertices);
    geometry.polygon_rings =
        arena_array(arena, geometry.polygon_count, sizeof *geometry.polygon_rings);
    if (!geometry.coords || !geometry.part_vertices || !geometry.polygon_rings)
        return ERR_NO_MEMORY;
    struct filling filling = {.out = &geometry};
    if (!fill(coordinates, depth, &filling))
        return bad(fault, "geometry.coordinates", "a position is not two or three numbers");
    drop_what_the_type_has_not(&geometry);
    *out = geometry;
    return ERR_OK;
}

/* "urn:ogc:def:crs:EPSG::31370" -> "EPSG:31370"; WGS 84 under its GeoJSON name -> "EPSG:4326". */
static void read_crs_name(const struct json_object *doc, char out[64]) {
    out[0] = 0;
    const struct json_object *properties = json_get(json_get(doc, "crs"), "properties");
    const char *name = json_text(json_get(properties, "name"), NULL);
    if (!name)
        return;
    const char *code = strrchr(name, ':');
    if (strstr(name, "CRS84"))
        snprintf(out, 64, "EPSG:4326");
    else if (code && strncmp(name, "urn:ogc:def:crs:EPSG:", 21) == 0)
        snprintf(out, 64, "EPSG%.58s", code);
    else
        snprintf(out, 64, "%.63s", name);
}

static bool is_type(const struct json_object *object, const char *type) {
    const char *name = json_text(json_get(object, "type"), NULL);
    return name && strcmp(name, type) == 0;
}

static enum err read_feature(const struct json_object *object, struct arena *arena,
                             struct fault *fault, struct geojson_feature *out) {
    if (type_of(object))
        return geojson_read_geometry(object, arena, fault, &out->geometry);
    if (!is_type(object, "Feature"))
        return bad(fault, "type", "is not Feature");
    const struct json_object *properties = json_get(object, "properties");
    if (json_type_of(properties) == JSON_OBJECT)
        out->properties = properties;
    else if (properties)
        return bad(fault, "properties", "are not an object");
    const struct json_object *geometry = json_get(object, "geometry");
    return geometry ? geojson_read_geometry(geometry, arena, fault, &out->geometry) : ERR_OK;
}

/* What to do with each feature. */
struct reading {
    struct arena *arena;
    geojson_feature_fn *fn;
    geojson_bad_fn *bad;
    void *context;
};

static enum err take_feature(void *context, size_t index, struct json_object *object,
                             struct fault *fault) {
    const struct reading *reading = context;
    struct geojson_feature feature = {.index = index};
    struct fault local = {0};
    enum err err = read_feature(object, reading->arena, &local, &feature);
    if (err == ERR_BAD_GEOMETRY && reading->bad) {
        reading->bad(reading->context, index, &local);
        return ERR_OK;
    }
    if (err)
        return fault_set(fault, err, local.where, "%s", local.why);
    return reading->fn(reading->context, &feature, fault);
}

static enum err check_collection(const struct json_object *doc, struct fault *fault) {
    if (json_type_of(json_get(doc, "features")) != JSON_ARRAY)
        return bad(fault, "features", "is missing or not an array");
    return ERR_OK;
}

enum err geojson_read(const struct json_object *doc, struct arena *arena, geojson_feature_fn *fn,
                      geojson_bad_fn *bad_fn, void *context, char crs_name[64],
                      struct fault *fault) {
    struct reading reading = {arena, fn, bad_fn, context};
    read_crs_name(doc, crs_name);
    if (!is_type(doc, "FeatureCollection"))
        return take_feature(&reading, 0, (struct json_object *)doc, fault);
    enum err err = check_collection(doc, fault);
    const struct json_object *features = json_get(doc, "features");
    for (size_t i = 0; !err && i < json_length(features); i++)
        err = take_feature(&reading, i, json_at(features, i), fault);
    return err;
}

enum err geojson_read_text(const char *text, size_t len, struct arena *arena,
                           geojson_feature_fn *fn, geojson_bad_fn *bad_fn, void *context,
                           char crs_name[64], struct fault *fault) {
    struct reading reading = {arena, fn, bad_fn, context};
    struct json_object *doc = NULL;
    enum err err = json_parse_each(text, len, "features", take_feature, &reading, fault, &doc);
    if (err)
        return err;
    read_crs_name(doc, crs_name);
    if (is_type(doc, "FeatureCollection"))
        err = check_collection(doc, fault);
    else
        err = take_feature(&reading, 0, doc, fault);
    json_free(doc);
    return err;
}
