// SPDX-License-Identifier: AGPL-3.0-or-later
// Contributions in the store. Who may see or change them is the service's business: nothing here
// judges, and every function but the writing ones takes a reader's connection.
#ifndef REPERE_STORE_CONTRIBUTION_STORE_H
#define REPERE_STORE_CONTRIBUTION_STORE_H
#include "base/secret.h"
#include "model/contribution.h"
#include "store/db.h"

/* Writing; the writer's connection. */

/** Stores a new one: all but id, version, changed_ms and pseudonym of `c` is read. Errors: CONFLICT
 *  (the uuid stands already). */
enum err contribution_insert(struct db *db, const struct contribution *c,
                             const uint8_t body_hash[SECRET_HASH_SIZE], int64_t *id);
/** Replaces category, answers, state and geometry of `c->id`, at c->changed_ms; version + 1. */
enum err contribution_update(struct db *db, const struct contribution *c,
                             const uint8_t body_hash[SECRET_HASH_SIZE]);
/** Version + 1. Errors: NOT_FOUND. */
enum err contribution_set_state(struct db *db, int64_t id, enum contribution_state state,
                                int64_t now_ms);
/** Errors: NOT_FOUND. */
enum err contribution_delete(struct db *db, int64_t id);

/** What stands under a uuid, whoever wrote it. */
struct contribution_written {
    int64_t id, session_id, participant_id, entered_by, version, created_ms;
    int64_t content_version; // the last that changed place or answers
    enum contribution_state state;
    uint8_t body_hash[SECRET_HASH_SIZE];
};
/** Errors: NOT_FOUND. */
enum err contribution_find_written(struct db *db, const uint8_t uuid[CONTRIBUTION_UUID_SIZE],
                                   struct contribution_written *out);
/** What decides whether a write may still happen, read in the transaction of the write. */
struct contribution_gate {
    bool open;             // the session
    bool approve_at_once;  // the session
    bool admitted;         // the participant; false without one
    bool consents;         // to the room; false without a participant
    const char *pseudonym; // in the arena; NULL without a participant
};
/** @param participant_id 0 for staff. Errors: NOT_FOUND (session), NO_MEMORY. */
enum err contribution_find_gate(struct db *db, int64_t session_id, int64_t participant_id,
                                struct arena *arena, struct contribution_gate *out);

/* Reading. */

/** One of a session, its texts and geometry in the arena. Errors: NOT_FOUND. */
enum err contribution_find(struct db *db, int64_t session_id,
                           const uint8_t uuid[CONTRIBUTION_UUID_SIZE], struct arena *arena,
                           struct contribution *out);

/** Called for each row; what it is given is good until it returns. */
typedef enum err contribution_fn(void *context, const struct contribution *c);

struct contribution_query {
    int64_t session_id;
    int64_t participant_id; // 0: everybody's
    const struct bbox *box; // NULL: everywhere; west > east crosses the antimeridian
    int64_t before_id;      // newest first from below this id; 0: from the newest. Not with a box
    const char *category;   // NULL: any
    const char *state;      // NULL: any
    const char *when;       // an answer of the question "when"; NULL: any
    size_t limit;
};
struct contribution_end {
    int64_t last_id; // of the last row given
    bool more;       // another one would have followed
    uint64_t mark;   // of which rows in which versions: the same rows give the same
};
/**
 * Calls `fn` for the rows asked for. Without a box, and with a box in a small session, newest
 * first; with a box in a large one in the order of the spatial index, so that it costs what it
 * gives and not what the store holds. Errors: what fn returns, and the store's.
 */
enum err contribution_list(struct db *db, const struct contribution_query *query,
                           contribution_fn *fn, void *context, struct contribution_end *end);
/** Oldest first from above `after_id`, at most `limit`; `last_id` 0 when none came. */
enum err contribution_list_oldest(struct db *db, int64_t session_id, int64_t after_id, size_t limit,
                                  contribution_fn *fn, void *context, int64_t *last_id);

/** Called for each pair of state and category that occurs. */
typedef enum err contribution_count_fn(void *context, enum contribution_state state,
                                       const char *category, int64_t count);
enum err contribution_count(struct db *db, int64_t session_id, contribution_count_fn *fn,
                            void *context);
/** How many participants wait to be let in, and how many are in. */
enum err contribution_count_seats(struct db *db, int64_t session_id, int64_t *waiting,
                                  int64_t *admitted);
/** Called for each place of a session; `geometry` is good until it returns. */
typedef enum err contribution_place_fn(void *context, const char *category,
                                       enum contribution_state state,
                                       const struct geometry *geometry);
enum err contribution_places(struct db *db, int64_t session_id, contribution_place_fn *fn,
                             void *context);
#endif
