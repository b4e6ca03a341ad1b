// SPDX-License-Identifier: AGPL-3.0-or-later
// Contributions: sent, changed, judged, taken back, shown and counted.
//
// Who may see: a participant her own; researchers all of the sessions of their projects; leads all,
// with pseudonyms. What of it they are shown is contribution_json's business.
//
// Functions marked (writes) run on the writer's connection, inside its savepoint.
#ifndef REPERE_SERVICE_CONTRIBUTION_SERVICE_H
#define REPERE_SERVICE_CONTRIBUTION_SERVICE_H
#include "base/jsonw.h"
#include "service/contribution_draft.h"
#include "store/contribution_store.h"

enum contribution_outcome {
    CONTRIBUTION_CREATED,
    CONTRIBUTION_CHANGED,
    CONTRIBUTION_SAME,
    CONTRIBUTION_REMOVED,
    CONTRIBUTION_KEPT_BESIDE // it met a later version: see contribution_conflict.h
};

/**
 * (writes) Stores a draft. The same again changes nothing, whatever has happened meanwhile, so that
 * a tablet that missed the answer can send once more; other content from its author is an edit. One
 * that was made without knowing the content that stands there overwrites nothing: it is kept beside.
 * What was deleted from the session is not made again.
 *
 * @param if_version the version that its author knew; 0: it is new to her
 * @param out        as stored; borrows from the draft and the arena
 * Errors: NOT_FOUND (session; the uuid is another author's), SESSION_CLOSED, NOT_ADMITTED, DELETED.
 */
enum err contribution_submit(struct context *context, struct caller caller,
                             const struct contribution_draft *draft, int64_t if_version,
                             struct arena *arena, struct contribution *out,
                             enum contribution_outcome *outcome);
/**
 * (writes) Deletes one's own while the session is open; leads any, at any time. Its bytes are
 * scrubbed within a minute.
 *
 * @param if_version the version that the caller knew, which content written since then outlives: the
 *                   wish is kept beside it; 0: whatever stands there
 * @param outcome    REMOVED or KEPT_BESIDE, with what stands there in `out`
 * Errors: NOT_FOUND, SESSION_CLOSED.
 */
enum err contribution_remove(struct context *context, struct caller caller, int64_t session_id,
                             const uint8_t uuid[CONTRIBUTION_UUID_SIZE], int64_t if_version,
                             struct arena *arena, struct contribution *out,
                             enum contribution_outcome *outcome);
/** (writes) Approves, hides, or sends back to wait; for leads. Errors: NOT_FOUND. */
enum err contribution_judge(struct context *context, struct caller caller, int64_t session_id,
                            const uint8_t uuid[CONTRIBUTION_UUID_SIZE],
                            enum contribution_state state, struct arena *arena,
                            struct contribution *out, const struct exercise **exercise);

/** One, if the caller may see it, as a Feature. Errors: NOT_FOUND. */
enum err contribution_show(struct context *context, struct caller caller, int64_t session_id,
                           const uint8_t uuid[CONTRIBUTION_UUID_SIZE], struct arena *arena,
                           struct jsonw *w, int64_t *version);
/**
 * Those the caller may see as an array of Features, the writer's next value.
 *
 * @param query its participant_id is set here
 * Errors: NOT_FOUND (session).
 */
enum err contribution_show_list(struct context *context, struct caller caller,
                                const struct contribution_query *query, struct arena *arena,
                                struct jsonw *w, struct contribution_end *end);

enum { CONTRIBUTION_CATEGORIES_MAX = 40 };
struct contribution_counts {
    int64_t total, by_state[CONTRIBUTION_STATES], waiting, admitted;
    size_t category_count;
    struct {
        const char *category; // in the arena
        int64_t count;
    } categories[CONTRIBUTION_CATEGORIES_MAX];
};
/** For staff. Errors: NOT_FOUND. */
enum err contribution_sum(struct context *context, struct caller caller, int64_t session_id,
                          struct arena *arena, struct contribution_counts *out);
#endif
