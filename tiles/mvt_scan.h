// SPDX-License-Identifier: AGPL-3.0-or-later
// Walks a vector tile that came from outside, layer by layer and feature by feature, for drawing. Nothing is
// copied but two tables a layer (its words), whose number the caller bounds: a word of two bytes takes 24. What
// cannot be read is passed over: a damaged feature ends its layer, a damaged layer ends its tile.
// Everything handed out is borrowed from the bytes and the arena.
#ifndef REPERE_TILES_MVT_SCAN_H
#define REPERE_TILES_MVT_SCAN_H
#include "base/arena.h"
#include "base/err.h"
#include "mvt.h"

struct mvt_span {
    const char *at, *end;
};
struct mvt_scan_layer {
    struct mvt_span name;
    uint32_t extent; // never 0
    /* the walk's own */
    struct mvt_span rest;
    struct mvt_span *keys;
    struct mvt_value *values; // type 0: not readable
    size_t key_count, value_count;
};
struct mvt_scan_feature {
    enum mvt_type type; // any other value was passed over
    struct mvt_span tags, geometry;
};
enum mvt_command { MVT_MOVE = 1, MVT_LINE_TO = 2, MVT_CLOSE = 7 };
/** A walk along a geometry. x to the right, y down, in units of the layer's extent. */
struct mvt_scan_path {
    struct mvt_span rest;
    uint32_t left; // vertices of the command under way
    enum mvt_command command;
    int64_t x, y; // within +-MVT_SCAN_REACH
};
enum { MVT_SCAN_REACH = 1 << 30 };

/**
 * The next layer.
 * @param tile what is left of the tile's bytes (not gzipped)
 * @param words_left how many words more may be copied; a layer of more is passed over
 * @param out  its tables in the arena
 * Errors: NOT_FOUND (no further layer, or none that can be read), NO_MEMORY.
 */
enum err mvt_scan_layer(struct mvt_span *tile, size_t *words_left, struct arena *arena,
                        struct mvt_scan_layer *out);
/** The next feature; false at the end. */
bool mvt_scan_feature(struct mvt_scan_layer *layer, struct mvt_scan_feature *out);
/** The feature's value of that name; NULL when it has none. */
const struct mvt_value *mvt_scan_value(const struct mvt_scan_layer *layer, const struct mvt_scan_feature *feature,
                                       const char *name);
/** The same when it is text; an empty span else. */
struct mvt_span mvt_scan_text(const struct mvt_scan_layer *layer, const struct mvt_scan_feature *feature,
                              const char *name);
bool mvt_span_is(struct mvt_span span, const char *text);

struct mvt_scan_path mvt_scan_path(const struct mvt_scan_feature *feature);
/** The next step: `command` says what it is, `x`, `y` where it ends. False at the end. */
bool mvt_scan_step(struct mvt_scan_path *path);
#endif
