// SPDX-License-Identifier: AGPL-3.0-or-later
// Shared assets in the private store: approved contributions whose author gave them for everybody ("shareable":
// "public") and agreed to be counted in published figures, of exercises that are not sensitive. A facilitator
// approves one under a title. Whether it is one is asked at each reading; a change of the contribution, or of whether
// its author is counted, takes the approval back (triggers). Who may is the service's business.
#ifndef REPERE_STORE_SHARED_ASSET_STORE_H
#define REPERE_STORE_SHARED_ASSET_STORE_H
#include "base/arena.h"
#include "model/contribution.h"
#include "store/db.h"
#include <stddef.h>

struct shared_asset {
    int64_t contribution_id, session_id;
    uint8_t uuid[CONTRIBUTION_UUID_SIZE];
    const char *category; // id of the option
    const char *answers;  // a JSON object by question id; free text among it
    size_t answers_len;
    struct geometry geometry; // as it is kept; see asset_place for how it is published
    int64_t exercise_id;
    const char *exercise_key;
    const char *held_on;        // the session's day, "YYYY-MM-DD"
    double session_precision_m; // 0: exact
    int64_t id;                 // 0: not approved
    const char *title;          // NULL: not approved
    int64_t approved_ms;        // 0: not approved
};

/** Those that may be approved and those that are, newest contribution first, ids below `before`. */
enum err shared_asset_select_page(struct db *db, int64_t project_id, int64_t before, int64_t limit,
                                  struct arena *arena, struct shared_asset **out, size_t *count);
/** Errors: NOT_FOUND (no such contribution, or it may not be shared). */
enum err shared_asset_select(struct db *db, int64_t session_id,
                             const uint8_t uuid[CONTRIBUTION_UUID_SIZE], struct arena *arena,
                             struct shared_asset *out);
/** For the edition job: the approved ones of a project, by rising id. */
enum err shared_asset_list(struct db *db, int64_t project_id, struct arena *arena,
                           struct shared_asset **out, size_t *count);

/** Approves, or gives another title. */
enum err shared_asset_put(struct db *db, int64_t contribution_id, const char *title,
                          int64_t staff_id, int64_t now_ms);
/** Errors: NOT_FOUND. */
enum err shared_asset_delete(struct db *db, int64_t contribution_id);

/** One that is shared no more, while editions may still hold it. Noted by triggers, whatever ended it. */
struct ended_asset {
    int64_t id, project_id;
};
/** By project. @param project_id 0: of all projects */
enum err ended_asset_list(struct db *db, int64_t project_id, struct arena *arena, struct ended_asset **out,
                          size_t *count);
/** No edition holds it any more. */
enum err ended_asset_delete(struct db *db, int64_t asset_id);
#endif
