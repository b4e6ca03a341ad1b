// SPDX-License-Identifier: AGPL-3.0-or-later
// The feature tables that an edition comes to: one a slice; findings, assets and overlays by
// geometry type.
#ifndef REPERE_PUBLISH_GPKG_LAYERS_H
#define REPERE_PUBLISH_GPKG_LAYERS_H
#include "publish/gpkg_schema.h"

struct gpkg_layer {
    enum gpkg_content content;
    const struct edition_slice *slice;     // of leaves
    const struct edition_overlay *overlay; // of an overlay
    enum geometry_type type;               // a multi when a feature needs it
    const char *table;
    const char *description; // in plain words
    double extent[4]; // min x, min y, max x, max y in its CRS; min above max when it holds nothing
};
/** Features of a content, in the edition's order, of all types. */
size_t gpkg_feature_count(const struct edition *edition, const struct gpkg_layer *layer);
/** NULL: the feature is in another layer. Not for leaves. */
const struct geometry *gpkg_feature_geometry(const struct edition *edition,
                                             const struct gpkg_layer *layer, size_t index);
/** Whether an overlay holds what its kind says. */
bool gpkg_of_its_kind(const struct edition_overlay *overlay);
/**
 * In the order in which they are written.
 * Errors: BAD_GEOMETRY (an overlay's features are not of its kind), NO_MEMORY.
 */
enum err gpkg_layers(const struct edition *edition, struct arena *arena, struct fault *fault,
                     struct gpkg_layer **out, size_t *count);
/** A text by language in English, or in the first language that it has; another text as it is. In
 * the arena; NULL when memory is short. */
const char *gpkg_plain(const char *text, struct arena *arena);
#endif
