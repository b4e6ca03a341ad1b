// SPDX-License-Identifier: AGPL-3.0-or-later
#include "paper/map_kind.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

struct words {
    enum map_kind kind;
    const char *const *words; // NULL-ended
};
#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Words in a layer's name; the first row that has one tells. */
static const struct words layers[] = {
    {MAP_LAND, WORDS("earth")},
    {MAP_WATER, WORDS("water", "ocean", "river", "lake")},
    {MAP_OTHER, WORDS("landuse", "land_use", "landcover", "natural", "land")},
    {MAP_GREEN, WORDS("park", "leisure", "green", "wood", "forest", "grass", "tree", "nature")},
    {MAP_BUILDING, WORDS("build")},
    {MAP_ROUTE, WORDS("public_transport", "transit", "route")},
    {MAP_RAIL, WORDS("rail", "tram", "metro")},
    {MAP_PATH, WORDS("cycle", "bike", "path", "track")},
    {MAP_ROAD, WORDS("road", "street", "highway", "transport")},
    {MAP_BOUNDARY, WORDS("bound", "admin")},
    {MAP_PLACE, WORDS("place", "settlement", "locality", "cities", "towns")},
    {MAP_SPOT, WORDS("poi", "amenit", "shop", "stop")},
};
/* Words of a feature's own kind, whole. */
static const struct words values[] = {
    {MAP_HIGHWAY, WORDS("highway", "motorway", "trunk", "motorway_link", "trunk_link")},
    {MAP_MAIN_ROAD, WORDS("major_road", "primary", "secondary", "tertiary", "primary_link", "secondary_link", "main")},
    {MAP_ROAD, WORDS("minor_road", "residential", "unclassified", "living_street", "service", "minor", "street")},
    {MAP_PATH, WORDS("path", "footway", "cycleway", "pedestrian", "steps", "track", "bridleway")},
    {MAP_RAIL, WORDS("rail", "light_rail", "subway", "tram", "narrow_gauge", "railway", "transit")},
    {MAP_MEADOW, WORDS("meadow", "grassland", "farmland", "farm", "heath", "scrub", "orchard", "vineyard")},
    {MAP_GREEN, WORDS("park", "wood", "forest", "grass", "garden", "cemetery", "nature_reserve", "recreation_ground",
                      "village_green", "allotments", "pitch", "playground", "golf_course", "zoo", "dog_park",
                      "urban_green", "tree", "tree_row", "protected_area", "national_park")},
    {MAP_SAND, WORDS("beach", "sand", "bare_rock", "scree", "barren")},
    {MAP_BUILT, WORDS("school", "university", "college", "hospital", "industrial", "commercial", "kindergarten",
                      "railway_yard", "military", "retail", "parking", "aerodrome")},
    {MAP_WATER, WORDS("water", "river", "lake", "ocean", "bay", "basin", "canal", "stream", "riverbank", "dock",
                      "reservoir", "swimming_pool")},
    {MAP_NOTHING, WORDS("ferry", "proposed", "abandoned", "construction")},
};

/* Things that help to find one's way; hotels and shops do not. */
static const char *const spots[] = {"station", "school", "university", "college", "kindergarten", "hospital", "clinic",
                                    "library", "townhall", "town_hall", "police", "post_office", "place_of_worship",
                                    "church", "mosque", "museum", "theatre", "marketplace", "market", "stadium",
                                    "sports_centre", "community_centre", "social_facility", "swimming_pool", "park",
                                    "cemetery", "monument", "fire_station", "courthouse", "playground", "square"};

static bool has_word(struct mvt_span text, const char *word) {
    size_t len = strlen(word);
    for (const char *at = text.at; (size_t)(text.end - at) >= len; at++) {
        if (strncasecmp(at, word, len) == 0)
            return true;
    }
    return false;
}

enum map_kind map_kind_of_layer(struct mvt_span name) {
    for (size_t i = 0; i < sizeof layers / sizeof layers[0]; i++) {
        for (const char *const *word = layers[i].words; *word != NULL; word++) {
            if (has_word(name, *word))
                return layers[i].kind;
        }
    }
    return MAP_OTHER;
}

/** MAP_KINDS when the word says nothing. */
static enum map_kind kind_of_value(struct mvt_span value) {
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        for (const char *const *word = values[i].words; *word != NULL; word++) {
            if (mvt_span_is(value, *word))
                return values[i].kind;
        }
    }
    return MAP_KINDS;
}

static enum map_kind own_kind(const struct mvt_scan_layer *from, const struct mvt_scan_feature *feature) {
    static const char *const keys[] = {"kind",    "class",   "highway", "railway", "natural",
                                       "landuse", "leisure", "waterway", "pmap:kind", "type"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct mvt_span value = mvt_scan_text(from, feature, keys[i]);
        enum map_kind kind = value.at == value.end ? MAP_KINDS : kind_of_value(value);
        if (kind != MAP_KINDS)
            return kind;
    }
    return MAP_KINDS;
}

static bool is_spot(const struct mvt_scan_layer *from, const struct mvt_scan_feature *feature) {
    static const char *const keys[] = {"kind", "class", "subclass", "amenity", "railway", "leisure", "pmap:kind"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct mvt_span value = mvt_scan_text(from, feature, keys[i]);
        for (size_t j = 0; value.at < value.end && j < sizeof spots / sizeof spots[0]; j++) {
            if (mvt_span_is(value, spots[j]))
                return true;
        }
    }
    return false;
}

static bool is_way(enum map_kind kind) {
    return kind >= MAP_RAIL && kind <= MAP_HIGHWAY;
}

static bool is_ground(enum map_kind kind) {
    return kind >= MAP_LAND && kind <= MAP_WATER;
}

/** Where a feature's own kind is believed: a road layer has no forests, a layer of grounds no roads. */
static enum map_kind agreed(enum map_kind layer, enum map_kind own) {
    if (own == MAP_NOTHING || (is_way(layer) && is_way(own)))
        return own;
    if ((is_ground(layer) || layer == MAP_OTHER) && is_ground(own))
        return own;
    return layer;
}

enum map_kind map_kind_of(enum map_kind layer, const struct mvt_scan_layer *from,
                          const struct mvt_scan_feature *feature) {
    enum map_kind kind = layer;
    if (layer != MAP_LAND && layer != MAP_BUILDING && layer != MAP_BOUNDARY && layer != MAP_ROUTE)
        kind = agreed(layer, own_kind(from, feature));
    bool line = feature->type == MVT_LINE, area = feature->type == MVT_POLYGON;
    switch (kind) {
    case MAP_SPOT:
        return feature->type == MVT_POINT && is_spot(from, feature) ? kind : MAP_NOTHING;
    case MAP_PLACE:
        return feature->type == MVT_POINT ? kind : MAP_NOTHING;
    case MAP_LAND:
    case MAP_MEADOW:
    case MAP_SAND:
    case MAP_BUILT:
    case MAP_BUILDING:
        return area ? kind : MAP_NOTHING;
    case MAP_BOUNDARY:
    case MAP_RAIL:
    case MAP_ROUTE:
    case MAP_OTHER: // a ground of which nothing is known would hide what is known
        return line ? kind : MAP_NOTHING;
    default:
        return kind;
    }
}

struct mvt_span map_name_of(const struct mvt_scan_layer *from, const struct mvt_scan_feature *feature,
                            const char *language) {
    char own[2][32];
    snprintf(own[0], sizeof own[0], "name:%s", language);
    snprintf(own[1], sizeof own[1], "name_%s", language);
    const char *const keys[] = {own[0], own[1], "name", "NAME", "label"};
    struct mvt_span name = {feature->tags.end, feature->tags.end};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0] && name.at == name.end; i++)
        name = mvt_scan_text(from, feature, keys[i]);
    return name;
}
