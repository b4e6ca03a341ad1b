// SPDX-License-Identifier: AGPL-3.0-or-later
// A reference layer that was imported: neighbourhoods, official services, statistics.
#ifndef REPERE_MODEL_OVERLAY_H
#define REPERE_MODEL_OVERLAY_H
#include "geo/geometry.h"
#include <stdbool.h>
#include <stdint.h>

struct overlay {
    int64_t id;
    int64_t project_id;
    const char *title;
    const char *kind;   // "points", "lines", "areas", "mixed"
    const char *colour; // "#rrggbb"
    const char *attribution;
    int64_t feature_count;
    bool has_bbox; // false without features
    struct bbox bbox;
};

struct overlay_feature {
    int64_t id;
    const char *label;
    const char *properties; // a JSON object
    struct geometry geometry;
};

/** "#" and six hexadecimal digits. */
bool overlay_colour_valid(const char *colour);
#endif
