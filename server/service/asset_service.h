// SPDX-License-Identifier: AGPL-3.0-or-later
// Shared assets: what people gave for everybody, approved by a lead under a title. See
// shared_asset_store.h for which contributions may be one.
#ifndef REPERE_SERVICE_ASSET_SERVICE_H
#define REPERE_SERVICE_ASSET_SERVICE_H
#include "base/jsonw.h"
#include "model/exercise.h"
#include "service/caller.h"
#include "service/context.h"
#include "store/shared_asset_store.h"

/**
 * The position as it may be published: as coarse as the session and the category of its exercise ask, and never
 * finer than 250 m for a person.
 *
 * @param asset       its geometry is coarsened in place
 * @param arena       for working
 * @param precision_m of it; 0: exact
 * Errors: NOT_FOUND (the exercise has no such category), NO_MEMORY.
 */
enum err asset_place(const struct exercise *exercise, struct shared_asset *asset,
                     struct arena *arena, unsigned *precision_m);
/** The answers that may be published, as the writer's next value: an object by question id, without words of her
 *  own, links, and who may see it. Errors: NOT_A_STORE, NO_MEMORY. */
enum err asset_write_answers(struct jsonw *w, const struct exercise *exercise,
                             const struct shared_asset *asset);

struct asset_shown {
    struct shared_asset asset; // placed
    const struct exercise *exercise;
};
/** A project's, for leads; newest first, contribution ids below `before` (0: from the newest).
 *  Errors: NOT_FOUND. */
enum err asset_list(struct context *context, struct caller caller, int64_t project_id,
                    int64_t before, int64_t limit, struct arena *arena, struct asset_shown **out,
                    size_t *count);
/** (writes) Approves, or gives another title. Errors: NOT_FOUND, CONFLICT (it may not be shared: pending or hidden,
 *  not given for everybody, of a sensitive exercise, its author did not agree to be counted). */
enum err asset_share(struct context *context, struct caller caller, int64_t session_id,
                     const uint8_t uuid[CONTRIBUTION_UUID_SIZE], const char *title,
                     struct arena *arena, struct fault *fault, struct asset_shown *out);
/** (writes) Takes the approval back. Errors: NOT_FOUND. */
enum err asset_unshare(struct context *context, struct caller caller, int64_t session_id,
                       const uint8_t uuid[CONTRIBUTION_UUID_SIZE]);
#endif
