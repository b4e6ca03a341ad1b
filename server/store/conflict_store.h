// SPDX-License-Identifier: AGPL-3.0-or-later
// Edits that met a later version, and ids that were deleted. Who may see or choose is the service's
// business; all but the list take the writer's connection.
#ifndef REPERE_STORE_CONFLICT_STORE_H
#define REPERE_STORE_CONFLICT_STORE_H
#include "model/contribution.h"
#include "store/db.h"

/** An edit or a deletion that waits beside a contribution. */
struct conflict {
    int64_t contribution_id;
    uint8_t uuid[CONTRIBUTION_UUID_SIZE]; // of the contribution
    int64_t based_on;                     // the version that its author knew; 0: none
    bool deletes;
    struct geometry geometry; // snapped; empty when it deletes
    const char *category;     // NULL when it deletes
    const char *answers;      // JSON; NULL when it deletes
    int64_t at_ms;
};

/** Keeps it in the place of the one before: all but uuid is read. */
enum err conflict_put(struct db *db, const struct conflict *conflict);
/** All but uuid is filled, in the arena. Errors: NOT_FOUND. */
enum err conflict_find(struct db *db, int64_t contribution_id, struct arena *arena,
                       struct conflict *out);
/** Of a session, contribution ids above `after`, in the arena. A reader's connection. */
enum err conflict_select_page(struct db *db, int64_t session_id, int64_t after, int64_t limit,
                              struct arena *arena, struct conflict **out, size_t *count);
/** Errors: NOT_FOUND. */
enum err conflict_delete(struct db *db, int64_t contribution_id);
/** Beside any of a participant's contributions. */
enum err conflict_delete_of_participant(struct db *db, int64_t participant_id);
/** Beside any of a session's contributions. @param count how many there were */
enum err conflict_delete_of_session(struct db *db, int64_t session_id, int64_t *count);

/** Remembers that a contribution was deleted. */
enum err conflict_note_gone(struct db *db, int64_t session_id,
                            const uint8_t uuid[CONTRIBUTION_UUID_SIZE]);
enum err conflict_is_gone(struct db *db, int64_t session_id,
                          const uint8_t uuid[CONTRIBUTION_UUID_SIZE], bool *out);
#endif
