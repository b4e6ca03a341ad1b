// SPDX-License-Identifier: AGPL-3.0-or-later
// What a base map is built of: features of GeoJSON files in Web Mercator metres, layer by layer,
// and which properties each layer has. basemap_build.c's own.
#ifndef REPERE_SERVICE_BASEMAP_SOURCE_H
#define REPERE_SERVICE_BASEMAP_SOURCE_H
#include "base/arena.h"
#include "coord.h"
#include "geo/geometry.h"
#include "mvt.h"

enum { BASEMAP_FIELDS_MAX = 64 };

struct basemap_feature {
    size_t layer;
    unsigned min_zoom;        // not shown below; its property min_zoom, or 0
    struct geometry geometry; // coords are Web Mercator metres
    struct tile_box box;
    const struct mvt_property *properties; // texts, numbers and truth values; others are left out
    size_t property_count;
};
struct basemap_fields {
    const char *names[BASEMAP_FIELDS_MAX];
    const char *types[BASEMAP_FIELDS_MAX]; // "String", "Number", "Boolean"
    size_t count;
};
struct basemap_source {
    struct arena arena;
    struct basemap_feature *features;
    size_t count, room;
    struct bbox bbox; // of everything
};

void basemap_source_init(struct basemap_source *source);
void basemap_source_fini(struct basemap_source *source);
/**
 * Adds a GeoJSON file (EPSG:4326) as layer number `layer`.
 * Errors: NOT_FOUND (no such file), IO, BAD_JSON, BAD_GEOMETRY, BAD_CRS (fault names the file and
 *         says what is wrong), NO_MEMORY.
 */
enum err basemap_source_add(struct basemap_source *source, size_t layer, const char *path,
                            struct fault *fault, struct basemap_fields *fields);
#endif
