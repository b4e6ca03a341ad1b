// SPDX-License-Identifier: AGPL-3.0-or-later
// What publishing reads of a project: how far its sessions are, what counts, the floor that was set,
// the exercises that ended. The edition job and leads alone.
#ifndef REPERE_STORE_PUBLICATION_STORE_H
#define REPERE_STORE_PUBLICATION_STORE_H
#include "base/arena.h"
#include "geo/geometry.h"
#include "store/db.h"

/** A session as far as publishing is concerned. The numbers at its end count what it holds, closed long enough or
 *  not. */
struct counted_session {
    int64_t id, exercise_id;
    const char *key; // of its exercise
    bool open;
    bool at_once; // people were let in unseen: one person may have taken many seats
    int64_t closed_ms;
    const char *held_on;
    uint32_t people;       // who agreed to be counted and has an approved contribution
    uint32_t not_approved; // contributions
    uint32_t no_author;    // approved ones that nobody in the session stands behind
    uint32_t no_consent;   // approved ones of people who did not agree to be counted, or were removed
};
/** By id. */
enum err publication_sessions(struct db *db, int64_t project_id, struct arena *arena,
                              struct counted_session **out, size_t *count);

/** A contribution that counts. Good until the callback returns. */
struct counted_mark {
    int64_t session_id, exercise_id, contributor;
    const char *own_groups; // JSON array of ids
    const char *answers;    // JSON
    size_t answers_len;
    struct geometry geometry; // EPSG:4326
};
typedef enum err counted_mark_fn(void *context, const struct counted_mark *mark);
/**
 * Every contribution of an exercise that counts: of sessions closed at `closed_ms` or before.
 * @param scratch reset for each row
 * Errors: what `each` returns, and the store's.
 */
enum err publication_marks(struct db *db, int64_t project_id, const char *key, int64_t closed_ms,
                           struct arena *scratch, counted_mark_fn *each, void *context);

/** The floor that was set (0: none) and the groups (JSON array). Errors: NOT_FOUND. */
enum err publication_settings(struct db *db, int64_t project_id, struct arena *arena, unsigned *floor,
                              const char **groups);
/** Errors: NOT_FOUND. */
enum err publication_set_floor(struct db *db, int64_t project_id, unsigned floor);

/** What people wrote or gave for editions. */
struct authored_counts {
    int64_t findings_agreed, findings_draft;
    int64_t assets_approved, assets_candidates; // candidates: those that may be approved, and those that are
};
enum err authored_count(struct db *db, int64_t project_id, struct authored_counts *out);

struct project_exercise {
    int64_t project_id;
    const char *key;
};
/** Exercises that ended. @param project_id 0: of all projects */
enum err exercise_end_list(struct db *db, int64_t project_id, struct arena *arena,
                           struct project_exercise **out, size_t *count);
/** Twice is once. */
enum err exercise_end_insert(struct db *db, const struct project_exercise *end, int64_t now_ms);
/** Exercises that any edition was made of. @param project_id 0: of all projects */
enum err exercise_published_list(struct db *db, int64_t project_id, struct arena *arena,
                                 struct project_exercise **out, size_t *count);
bool project_exercise_in(const struct project_exercise *list, size_t count, int64_t project_id,
                         const char *key);
#endif
