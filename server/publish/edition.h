// SPDX-License-Identifier: AGPL-3.0-or-later
// An edition: one immutable publication of a project, in memory. What the edition job fills, what the
// GeoPackage holds, and all that a planner's request is answered from. Nothing here can tell one person
// from another: no counts but published values, no contribution, no pseudonym, no time finer than a month.
// Texts "by language" are JSON objects {"en": "...", "fr": "..."}.
#ifndef REPERE_PUBLISH_EDITION_H
#define REPERE_PUBLISH_EDITION_H
#include "geo/bbox.h"
#include "geo/equal_area.h"
#include "geo/geometry.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { EDITION_FORMAT = 1 }; // of the file; another one is refused by name
enum slice_kind { SLICE_ALL, SLICE_CATEGORY, SLICE_TIME, SLICE_GROUP, SLICE_KINDS };
/** "all", "category", "time", "group". */
const char *slice_kind_name(enum slice_kind kind);

/** The share of this slice among all, where both are shown: five bands, the ends open. */
enum share_band { SHARE_UNKNOWN, SHARE_BELOW_20, SHARE_20_40, SHARE_40_60, SHARE_60_80, SHARE_ABOVE_80 };
/** "<20%", "20-40%", "40-60%", "60-80%", ">80%"; NULL when unknown. */
const char *share_band_text(enum share_band band);
/** The band of a share, 0 and up; noise may take it above 1. */
enum share_band share_band_of(double share);

struct edition_leaf {
    struct region region;
    uint32_t value;        // people, a multiple of 5
    enum share_band share; // of a category, time or group among all
};
struct edition_slice {
    const char *id; // "safety-map.all", "safety-map.category.unsafe", "safety-map.time.evening", "safety-map.group.new"
    size_t exercise; // index in edition.exercises
    enum slice_kind kind;
    const char *title;  // by language
    const char *colour; // "#rrggbb"; "" for none
    const char *icon;   // name of a drawing; "" for none
    size_t leaf_count;
    struct edition_leaf *leaves; // in cube's order
};
struct edition_exercise {
    const char *key;   // "safety-map"
    const char *title; // by language
    const char *profile; // "standard", "sensitive"
    unsigned floor, noise_max, base_m; // k, D, side of the smallest cell
    double noise_variance;
    uint32_t sessions, attendances; // rounded to 5
    const char *first_month, *last_month; // "2026-05": of the sessions' days
    unsigned since; // number of the edition whose figures these are: this one's, or an earlier one's that were carried over
};
enum finding_urgency { URGENCY_GREEN, URGENCY_AMBER, URGENCY_RED, URGENCY_COUNT };
/** "green", "amber", "red". */
const char *finding_urgency_name(enum finding_urgency urgency);
struct edition_finding {
    int64_t id;
    const char *exercise; // its key
    const char *statement, *recommendation; // in the group's own words; recommendation may be ""
    const char *who;      // "city", "transport", "landlord", "police", "association", "unknown"
    enum finding_urgency urgency;
    const char *language; // tag of the words
    const char *month;    // "2026-05"
    struct geometry geometry; // EPSG:4326; point, line or area
};
struct edition_asset {
    int64_t id;
    const char *exercise;
    const char *title;    // worded by the facilitator
    const char *category; // id of the option
    const char *label;    // of the category, by language
    const char *colour, *icon, *shape; // "" for none
    const char *details;  // JSON array of {"question": by language, "answers": [by language, ...]}
    unsigned precision_m; // 0: exact
    struct geometry geometry; // EPSG:4326
};
struct edition_overlay_feature {
    const char *label;
    struct geometry geometry; // EPSG:4326
};
struct edition_overlay {
    int64_t id;
    const char *title, *kind /* "points", "lines", "areas", "mixed" */, *colour, *attribution;
    size_t feature_count;
    struct edition_overlay_feature *features;
};
struct edition {
    int64_t project;
    unsigned number, revision; // revision 1, and one more for each takedown
    const char *title;         // the project's
    const char *published_on;  // "2026-05-31"
    const char *taken_down;    // JSON array of what later revisions left out: ["safety-map.group.new", "finding 3"]
    const char *base_map;      // name, "" for none
    struct bbox bbox;          // EPSG:4326
    int epsg;                  // of the grid
    size_t exercise_count, slice_count, finding_count, asset_count, overlay_count;
    struct edition_exercise *exercises;
    struct edition_slice *slices;
    struct edition_finding *findings;
    struct edition_asset *assets;
    struct edition_overlay *overlays;
};

/** Fills in each leaf's share: the slice's value over what is shown of all on the same ground, area-weighted;
 *  unknown where all is not shown on the whole of it. From published values alone. */
void edition_shares(struct edition *edition);
/** Where the leaves of a top cell begin in the slice, or would; they follow each other. */
size_t edition_first_in_top(const struct edition_slice *slice, const struct cell *top);
bool edition_leaf_in_top(const struct edition_leaf *leaf, const struct cell *top);
/** NULL when there is none. */
const struct edition_slice *edition_slice_find(const struct edition *edition, const char *id);
#endif
