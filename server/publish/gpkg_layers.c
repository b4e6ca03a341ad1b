// SPDX-License-Identifier: AGPL-3.0-or-later
#include "publish/gpkg_layers.h"
#include "base/json.h"
#include "publish/gpkg_blob.h"
#include <math.h>
#include <string.h>

size_t gpkg_feature_count(const struct edition *edition, const struct gpkg_layer *layer) {
    switch (layer->content) {
    case GPKG_FINDINGS:
        return edition->finding_count;
    case GPKG_ASSETS:
        return edition->asset_count;
    case GPKG_OVERLAY:
        return layer->overlay->feature_count;
    default:
        return layer->slice->leaf_count;
    }
}

static const struct geometry *any_geometry(const struct edition *edition,
                                           const struct gpkg_layer *layer, size_t index) {
    if (layer->content == GPKG_FINDINGS)
        return &edition->findings[index].geometry;
    if (layer->content == GPKG_ASSETS)
        return &edition->assets[index].geometry;
    return &layer->overlay->features[index].geometry;
}

const struct geometry *gpkg_feature_geometry(const struct edition *edition,
                                             const struct gpkg_layer *layer, size_t index) {
    const struct geometry *geometry = any_geometry(edition, layer, index);
    return gpkg_simple_type(geometry->type) == gpkg_simple_type(layer->type) ? geometry : NULL;
}

const char *gpkg_plain(const char *text, struct arena *arena) {
    struct json_object *doc = NULL;
    if (json_parse(text, strlen(text), NULL, &doc) != ERR_OK)
        return arena_strdup(arena, text);
    const char *words = json_text(json_get(doc, "en"), NULL), *key;
    struct json_members it = {0};
    struct json_object *value;
    if (!words && json_next(doc, &it, &key, &value))
        words = json_text(value, NULL);
    const char *copy = arena_strdup(arena, words ? words : text);
    json_free(doc);
    return copy;
}

struct listing {
    const struct edition *edition;
    struct arena *arena;
    struct gpkg_layer *layers;
    size_t count;
    bool short_of_memory;
};

static void add(struct listing *listing, const struct gpkg_layer *layer) {
    struct gpkg_layer *added = &listing->layers[listing->count++];
    *added = *layer;
    added->extent[0] = added->extent[1] = INFINITY;
    added->extent[2] = added->extent[3] = -INFINITY;
    if (!added->table || !added->description)
        listing->short_of_memory = true;
}

/* A layer for each geometry type there is. */
static void add_features(struct listing *listing, enum gpkg_content content,
                         const struct edition_overlay *overlay, const char *description) {
    for (int type = GEOMETRY_POINT; type <= GEOMETRY_POLYGON; type++) {
        struct gpkg_layer layer = {.content = content,
                                   .overlay = overlay,
                                   .type = (enum geometry_type)type,
                                   .description = description};
        bool found = false, multi = false;
        for (size_t i = 0; i < gpkg_feature_count(listing->edition, &layer); i++) {
            const struct geometry *geometry = gpkg_feature_geometry(listing->edition, &layer, i);
            found = found || geometry;
            multi = multi || (geometry && gpkg_needs_multi(geometry));
        }
        if (!found)
            continue;
        layer.table = gpkg_feature_table(content, overlay, layer.type, listing->arena);
        layer.type = (enum geometry_type)(type + (multi ? 3 : 0));
        add(listing, &layer);
    }
}

bool gpkg_of_its_kind(const struct edition_overlay *overlay) {
    static const char *const kinds[] = {"", "points", "lines", "areas"};
    for (size_t i = 0; i < overlay->feature_count; i++)
        if (strcmp(overlay->kind, "mixed") != 0 &&
            strcmp(overlay->kind, kinds[gpkg_simple_type(overlay->features[i].geometry.type)]) != 0)
            return false;
    return true;
}

static const char *slice_description(const struct edition *edition,
                                     const struct edition_slice *slice, struct arena *arena) {
    const char *exercise = gpkg_plain(edition->exercises[slice->exercise].title, arena);
    const char *title = gpkg_plain(slice->title, arena);
    return exercise && title ? arena_printf(arena, "%s: %s", exercise, title) : NULL;
}

enum err gpkg_layers(const struct edition *edition, struct arena *arena, struct fault *fault,
                     struct gpkg_layer **out, size_t *count) {
    struct listing listing = {.edition = edition, .arena = arena};
    const char *const *tables = gpkg_slice_tables(edition->slices, edition->slice_count, arena);
    listing.layers = arena_array(arena, edition->slice_count + 6 + 3 * edition->overlay_count,
                                 sizeof *listing.layers);
    if (!tables || !listing.layers)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < edition->slice_count; i++)
        add(&listing, &(struct gpkg_layer){
                          .content = GPKG_LEAVES,
                          .slice = &edition->slices[i],
                          .type = GEOMETRY_MULTI_POLYGON,
                          .table = tables[i],
                          .description = slice_description(edition, &edition->slices[i], arena)});
    add_features(&listing, GPKG_FINDINGS, NULL, "Findings that the groups worded and agreed on");
    add_features(&listing, GPKG_ASSETS, NULL, "Assets that were shared for everybody");
    for (size_t i = 0; i < edition->overlay_count; i++) {
        if (!gpkg_of_its_kind(&edition->overlays[i]))
            return fault_set(fault, ERR_BAD_GEOMETRY, "overlay",
                             "an overlay holds features that are not of its kind");
        add_features(&listing, GPKG_OVERLAY, &edition->overlays[i], edition->overlays[i].title);
    }
    if (listing.short_of_memory)
        return ERR_NO_MEMORY;
    *out = listing.layers;
    *count = listing.count;
    return ERR_OK;
}
