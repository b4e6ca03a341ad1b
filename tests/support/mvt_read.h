// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads vector tiles back, for tests. Strict: what the format forbids is refused.
#ifndef REPERE_TESTS_MVT_READ_H
#define REPERE_TESTS_MVT_READ_H
#include "base/arena.h"
#include "base/buf.h"
#include "mvt.h"

struct mvt_read_layer {
    const char *name;
    uint32_t version, extent;
    struct mvt_feature *features;
    size_t feature_count;
};
struct mvt_read_tile {
    struct mvt_read_layer *layers;
    size_t layer_count;
};
/** Everything lies in the arena. False when the bytes are not a valid version 2 tile. */
bool mvt_read(const char *bytes, size_t len, struct arena *arena, struct mvt_read_tile *out);
/** The tile as text, one feature a line: what two tiles of the same content have in common. */
void mvt_read_text(const struct mvt_read_tile *tile, struct buf *out);
#endif
