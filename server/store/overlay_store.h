// SPDX-License-Identifier: AGPL-3.0-or-later
// Overlays and their features. Who may see them is the service's business.
//
// An import writes, in one transaction of the writer: overlay_insert, overlay_feature_insert for
// each feature, overlay_summarise.
#ifndef REPERE_STORE_OVERLAY_STORE_H
#define REPERE_STORE_OVERLAY_STORE_H
#include "model/overlay.h"
#include "store/db.h"

/** A new overlay without features. `overlay`: project_id, title, colour and attribution are read.
 */
enum err overlay_insert(struct db *db, const struct overlay *overlay, int64_t now_ms, int64_t *id);
/**
 * One feature more. `label`, `properties` and `geometry` (EPSG:4326 degrees, checked by the caller)
 * are read; `properties` NULL is an empty object.
 */
enum err overlay_feature_insert(struct db *db, int64_t overlay_id,
                                const struct overlay_feature *feature);
/** Number, kind and box of what was inserted. */
enum err overlay_summarise(struct db *db, int64_t overlay_id);

/** Title, colour and attribution. Errors: NOT_FOUND. */
enum err overlay_update(struct db *db, const struct overlay *overlay);
/** The overlay and its features. Errors: NOT_FOUND. */
enum err overlay_delete(struct db *db, int64_t overlay_id);

/** Texts in the arena. Errors: NOT_FOUND. */
enum err overlay_find(struct db *db, int64_t overlay_id, struct arena *arena, struct overlay *out);
/** Overlays of a project by title; array in the arena. */
enum err overlay_list(struct db *db, int64_t project_id, struct arena *arena, struct overlay **out,
                      size_t *count);
/** Called for each feature; what it is given is good until it returns. */
typedef enum err overlay_feature_fn(void *context, const struct overlay_feature *feature);
/** All features of an overlay, in the order they came. Errors: what fn returns, and the store's. */
enum err overlay_features(struct db *db, int64_t overlay_id, overlay_feature_fn *fn, void *context);
#endif
