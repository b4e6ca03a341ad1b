// SPDX-License-Identifier: AGPL-3.0-or-later
// The tables of an edition's file: their names and definitions, the same for writing and for
// reading, which takes no others.
#ifndef REPERE_PUBLISH_GPKG_SCHEMA_H
#define REPERE_PUBLISH_GPKG_SCHEMA_H
#include "base/buf.h"
#include "publish/edition.h"

enum {
    GPKG_APPLICATION_ID = 0x47504b47 /* "GPKG" */,
    GPKG_VERSION = 10300,
    GPKG_SRS_DEGREES = 4326,
    GPKG_PAGE_BYTES = 4096
};
enum {
    GPKG_EXERCISES_MAX = 64,
    GPKG_SLICES_MAX = 64 * 14,
    GPKG_FINDINGS_MAX = 100000,
    GPKG_ASSETS_MAX = 100000,
    GPKG_OVERLAYS_MAX = 256,
    GPKG_FEATURES_MAX = 1000000, // of an overlay
    GPKG_LEAVES_MAX = 1000000    // of all slices
};

/** Tables that every edition has. */
enum gpkg_fixed {
    GPKG_SPATIAL_REF_SYS,
    GPKG_CONTENTS,
    GPKG_GEOMETRY_COLUMNS,
    GPKG_METADATA,
    GPKG_EXERCISES,
    GPKG_SLICES,
    GPKG_OVERLAYS,
    GPKG_STYLES,
    GPKG_FIXED_COUNT
};
struct gpkg_table {
    const char *name;
    const char *create;
    const char *description; // NULL: not told in gpkg_contents
};
extern const struct gpkg_table gpkg_fixed_tables[GPKG_FIXED_COUNT];

/** What a feature table holds. Its columns are fid, geom and those of its content. */
enum gpkg_content { GPKG_LEAVES, GPKG_FINDINGS, GPKG_ASSETS, GPKG_OVERLAY, GPKG_CONTENT_COUNT };
/** The statement that makes a feature table, NUL-terminated. */
void gpkg_create_features(enum gpkg_content content, const char *table, enum geometry_type type,
                          struct buf *out);
/** "INSERT INTO ... VALUES (?,?,...)" for all columns, NUL-terminated. */
void gpkg_insert_fixed(enum gpkg_fixed table, struct buf *out);
void gpkg_insert_features(enum gpkg_content content, const char *table, struct buf *out);
/** All columns of a table in their order, rows in the order of the first one, NUL-terminated. */
void gpkg_select(const char *table, struct buf *out);

/** The tables of the slices, in their order: ids with - and . as _, a number behind a name that is
 * taken, "slice_" before one that belongs to others. In the arena; NULL when memory is short. */
const char *const *gpkg_slice_tables(const struct edition_slice *slices, size_t count,
                                     struct arena *arena);
/** "findings_points", "assets_areas"; an overlay's is "overlay_<id>", "overlay_<id>_lines" when it
 * is mixed. `type` simple; `overlay` NULL for findings and assets. */
const char *gpkg_feature_table(enum gpkg_content content, const struct edition_overlay *overlay,
                               enum geometry_type type, struct arena *arena);
#endif
