// SPDX-License-Identifier: AGPL-3.0-or-later
// Makes a base map, an MBTiles archive of vector tiles, from GeoJSON files. With the layer names
// and `kind` values of the Protomaps schema the pages draw it in their usual colours.
#ifndef REPERE_SERVICE_BASEMAP_BUILD_H
#define REPERE_SERVICE_BASEMAP_BUILD_H
#include "base/err.h"
#include <stddef.h>
#include <stdint.h>

enum { BASEMAP_LAYERS_MAX = 32 };
struct basemap_layer {
    const char *name; // "roads"
    const char *path; // a GeoJSON file, EPSG:4326
};
struct basemap_options {
    const char *out_path; // must not exist
    const char *title;
    const char *attribution;   // "" without
    unsigned minzoom, maxzoom; // a tile is made at each of them wherever there is a feature
    const struct basemap_layer *layers; // the same name may stand several times
    size_t layer_count;
};
struct basemap_report {
    size_t features, tiles;
    uint64_t bytes; // of all tiles before compression
};

/**
 * Below maxzoom lines and rings are simplified to half a pixel of a 512-pixel tile, and what is
 * smaller than two pixels is left out; a feature is not shown below its property `min_zoom`.
 *
 * Errors: BAD_PARAMETER (zooms, number of layers), CONFLICT (the file exists), those of reading
 *         GeoJSON and of writing the file (fault names the file), NO_MEMORY.
 */
enum err basemap_build(const struct basemap_options *options, struct fault *fault,
                       struct basemap_report *out);
#endif
