// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/basemap_source.h"
#include "base/file.h"
#include "geo/crs.h"
#include "geo/geojson_read.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reading {
    struct basemap_source *source;
    struct basemap_fields *fields;
    size_t layer;
};

void basemap_source_init(struct basemap_source *source) {
    *source = (struct basemap_source){.bbox = bbox_empty()};
    arena_init(&source->arena);
}

void basemap_source_fini(struct basemap_source *source) {
    free(source->features);
    arena_fini(&source->arena);
    *source = (struct basemap_source){0};
}

static void field_note(struct basemap_fields *fields, const char *name, const char *type) {
    for (size_t i = 0; i < fields->count; i++) {
        if (strcmp(fields->names[i], name) == 0)
            return;
    }
    if (fields->count == BASEMAP_FIELDS_MAX)
        return;
    fields->names[fields->count] = name;
    fields->types[fields->count++] = type;
}

/** A property that a tile can hold; false for null, lists and objects. */
static bool property_read(const struct json_object *value, struct arena *arena,
                          struct mvt_value *out, const char **type) {
    double number;
    int64_t whole;
    switch (json_type_of(value)) {
    case JSON_STRING: {
        size_t len;
        const char *text = json_text(value, &len);
        out->type = MVT_STRING;
        out->string.len = len;
        out->string.text = arena_strndup(arena, text, len);
        *type = "String";
        return out->string.text != NULL;
    }
    case JSON_NUMBER:
        *type = "Number";
        if (json_integer(value, &whole)) {
            out->type = MVT_INT;
            out->i64 = whole;
            return true;
        }
        out->type = MVT_DOUBLE;
        out->f64 = json_number(value, &number) ? number : 0;
        return true;
    case JSON_BOOL:
        *type = "Boolean";
        out->type = MVT_BOOL;
        return json_boolean(value, &out->truth);
    default:
        return false;
    }
}

static enum err properties_read(struct reading *reading, const struct json_object *object,
                                struct basemap_feature *feature) {
    struct arena *arena = &reading->source->arena;
    struct json_members count_it = {0}, it = {0};
    const char *key;
    struct json_object *value;
    size_t count = 0;
    while (json_next(object, &count_it, &key, &value))
        count++;
    struct mvt_property *properties = arena_array(arena, count + 1, sizeof *properties);
    if (properties == NULL)
        return ERR_NO_MEMORY;
    while (json_next(object, &it, &key, &value)) {
        const char *type;
        struct mvt_property *property = &properties[feature->property_count];
        if (!property_read(value, arena, &property->value, &type))
            continue;
        property->key = arena_strdup(arena, key);
        if (property->key == NULL)
            return ERR_NO_MEMORY;
        feature->property_count++;
        field_note(reading->fields, property->key, type);
        if (strcmp(key, "min_zoom") == 0 && property->value.type == MVT_INT)
            feature->min_zoom = (unsigned)fmax(0, fmin((double)property->value.i64, TILE_ZOOM_MAX));
    }
    feature->properties = properties;
    return ERR_OK;
}

/** From degrees to metres, in place; also the box, and the source's own. */
static void project(struct basemap_source *source, struct basemap_feature *feature) {
    struct geometry *geometry = &feature->geometry;
    struct tile_box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; i < geometry->vertex_count; i++) {
        double *at = geometry->coords + 2 * i;
        bbox_extend(&source->bbox, at[0], at[1]);
        tile_from_degrees(at[0], at[1], &at[0], &at[1]);
        box.min_x_m = fmin(box.min_x_m, at[0]);
        box.min_y_m = fmin(box.min_y_m, at[1]);
        box.max_x_m = fmax(box.max_x_m, at[0]);
        box.max_y_m = fmax(box.max_y_m, at[1]);
    }
    feature->box = box;
}

static enum err add(void *context, const struct geojson_feature *from, struct fault *fault) {
    struct reading *reading = context;
    struct basemap_source *source = reading->source;
    if (from->geometry.type == 0)
        return ERR_OK;
    enum err err = geometry_check(&from->geometry, GEOMETRY_IMPORT_VERTICES_MAX, fault);
    if (err != ERR_OK)
        return err;
    if (source->count == source->room) {
        size_t room = 2 * source->room + 256;
        struct basemap_feature *features = reallocarray(source->features, room, sizeof *features);
        if (features == NULL)
            return ERR_NO_MEMORY;
        source->features = features;
        source->room = room;
    }
    struct basemap_feature *feature = &source->features[source->count];
    *feature = (struct basemap_feature){.layer = reading->layer};
    err = geometry_copy(&from->geometry, &source->arena, &feature->geometry);
    if (err == ERR_OK)
        err = properties_read(reading, from->properties, feature);
    if (err != ERR_OK)
        return err;
    project(source, feature);
    source->count++;
    return ERR_OK;
}

enum err basemap_source_add(struct basemap_source *source, size_t layer, const char *path,
                            struct fault *fault, struct basemap_fields *fields) {
    struct buf text;
    struct arena scratch;
    struct reading reading = {source, fields, layer};
    char crs_name[64];
    buf_init(&text);
    arena_init(&scratch);
    size_t before = source->count;
    enum err err = file_read(path, SIZE_MAX, &text);
    if (err != ERR_OK) {
        fault_set(fault, err, path, "the file cannot be read");
        goto done;
    }
    err = geojson_read_text(text.data == NULL ? "" : text.data, text.len, &scratch, add, NULL,
                            &reading, crs_name, fault);
    if (err == ERR_OK && crs_name[0] != '\0' && strcmp(crs_name, "EPSG:4326") != 0 &&
        strcmp(crs_name, "OGC:CRS84") != 0)
        err = fault_set(fault, ERR_BAD_CRS, path, "it is in %s, not in EPSG:4326", crs_name);
    else if (err != ERR_OK && err != ERR_NO_MEMORY) {
        char why[sizeof fault->why];
        snprintf(why, sizeof why, "%s", fault->why);
        fault_set(fault, err, path, "feature %zu: %s", source->count - before + 1, why);
    }
done:
    arena_fini(&scratch);
    buf_fini(&text);
    return err;
}
