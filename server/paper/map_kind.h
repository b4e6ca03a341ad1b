// SPDX-License-Identifier: AGPL-3.0-or-later
// What a feature of a vector tile is, whatever the schema: by words in the name of its layer, as the pages do
// (web/src/map/vector_layer.js), and by the words of its own kind.
#ifndef REPERE_PAPER_MAP_KIND_H
#define REPERE_PAPER_MAP_KIND_H
#include "mvt_scan.h"

enum map_kind {
    MAP_NOTHING, // not drawn
    MAP_LAND,
    MAP_MEADOW, // wide and pale: fields, grassland
    MAP_GREEN,
    MAP_SAND,
    MAP_BUILT, // grounds of schools, hospitals, industry
    MAP_WATER,
    MAP_BUILDING,
    MAP_BOUNDARY,
    MAP_RAIL,
    MAP_ROUTE, // public transport
    MAP_PATH,
    MAP_ROAD,
    MAP_MAIN_ROAD,
    MAP_HIGHWAY,
    MAP_OTHER,
    MAP_SPOT,  // a thing worth a dot and a name
    MAP_PLACE, // a town, a quarter: its name
    MAP_KINDS
};
/** What the layer's features are as long as they do not say otherwise. */
enum map_kind map_kind_of_layer(struct mvt_span name);
enum map_kind map_kind_of(enum map_kind layer, const struct mvt_scan_layer *from,
                          const struct mvt_scan_feature *feature);
/** Its name in the language, else as it is called there; an empty span without one. */
struct mvt_span map_name_of(const struct mvt_scan_layer *from, const struct mvt_scan_feature *feature,
                            const char *language);
#endif
