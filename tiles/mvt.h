// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes Mapbox Vector Tiles 2.1, the protobuf by hand. Takes geometries that already are whole
// numbers of the tile's own grid (mvt_shape.h makes them); knows no projection and no file.
#ifndef REPERE_TILES_MVT_H
#define REPERE_TILES_MVT_H
#include "base/buf.h"
#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MVT_EXTENT = 4096 };
enum mvt_type { MVT_POINT = 1, MVT_LINE, MVT_POLYGON };

enum mvt_value_type {
    MVT_STRING = 1, // the field numbers of the format's Value message
    MVT_FLOAT,
    MVT_DOUBLE,
    MVT_INT,
    MVT_UINT,
    MVT_SINT,
    MVT_BOOL
};
struct mvt_value {
    enum mvt_value_type type;
    union {
        struct {
            const char *text;
            size_t len;
        } string;
        float f32;
        double f64;
        int64_t i64; // MVT_INT, MVT_SINT
        uint64_t u64;
        bool truth;
    };
};
struct mvt_property {
    const char *key; // NUL-terminated
    struct mvt_value value;
};

/** x to the right, y down, (0, 0) the tile's upper left corner, MVT_EXTENT its side. */
struct mvt_feature {
    bool has_id;
    uint64_t id;
    enum mvt_type type;
    const int32_t *xy; // two a vertex, part after part
    const uint32_t
        *part_vertices; // points: one part; lines; rings without their closing vertex,
                        // outer ones of positive area (surveyor's formula) before their holes
    size_t part_count;
    const struct mvt_property *properties;
    size_t property_count;
};

struct mvt;
struct mvt_layer;
/** Errors: NO_MEMORY. */
enum err mvt_new(struct mvt **out);
void mvt_free(struct mvt *mvt);
/** The layer of that name, made at the first call; it belongs to the tile. Errors: NO_MEMORY. */
enum err mvt_layer(struct mvt *mvt, const char *name, struct mvt_layer **out);
/** Errors: BAD_GEOMETRY (no vertices, or more than a command can count), NO_MEMORY. */
enum err mvt_add(struct mvt_layer *layer, const struct mvt_feature *feature);
/** Appends the tile; layers without features are left out, so that it may be empty. Errors:
 * NO_MEMORY. */
enum err mvt_write(const struct mvt *mvt, struct buf *out);
#endif
