// SPDX-License-Identifier: AGPL-3.0-or-later
// Edits that met: one made without knowing what was stored since overwrites nothing. It is kept beside
// the contribution until somebody who leads the session has chosen, is shown to nobody else, and is
// counted, published and exported nowhere. One a contribution, the latest. It goes with the
// contribution, when its author is removed, and when the session is closed.
#ifndef REPERE_SERVICE_CONTRIBUTION_CONFLICT_H
#define REPERE_SERVICE_CONTRIBUTION_CONFLICT_H
#include "base/jsonw.h"
#include "service/contribution_draft.h"
#include "store/contribution_store.h"

/**
 * (writes) Keeps what was sent beside what stands there.
 *
 * @param draft NULL: it is a deletion
 * @param out   what stands, with kept_beside set
 */
enum err contribution_keep_beside(struct context *context,
                                  const struct contribution_written *written,
                                  const uint8_t uuid[CONTRIBUTION_UUID_SIZE], int64_t based_on,
                                  const struct contribution_draft *draft, struct arena *arena,
                                  struct contribution *out);
/** (writes) Deletes a contribution whose deletion was judged, remembers that it is gone, and asks for the scrub. */
enum err contribution_erase(struct context *context, struct caller caller, int64_t session_id,
                            const uint8_t uuid[CONTRIBUTION_UUID_SIZE], int64_t id);

struct contribution_choice {
    bool gone;                // the deletion that was sent was chosen
    struct contribution kept; // what stands now; unset when it is gone
    const struct exercise *exercise;
};
/**
 * (writes) Ends the wait: `sent` takes what waits, in the place of what stands; else what stands stays.
 * Errors: NOT_FOUND (session, contribution, or nothing waits beside it).
 */
enum err contribution_choose(struct context *context, struct caller caller, int64_t session_id,
                             const uint8_t uuid[CONTRIBUTION_UUID_SIZE], bool sent,
                             struct arena *arena, struct contribution_choice *out);
/**
 * Those of a session as an array of conflicts (schemas/ConflictList.json), the writer's next value, in
 * the order of contributions above the id `after`.
 *
 * @param last_id of the last; 0 when no more follow
 * Errors: NOT_FOUND (session).
 */
enum err contribution_show_conflicts(struct context *context, struct caller caller,
                                     int64_t session_id, int64_t after, int64_t limit,
                                     struct arena *arena, struct jsonw *w, int64_t *last_id);
/** (writes) What waits beside the contributions of a removed participant goes, and is scrubbed. */
enum err contribution_forget_beside_of(struct context *context, int64_t participant_id);
/** (writes) The same for a session that is closed. */
enum err contribution_forget_beside(struct context *context, int64_t session_id);
#endif
