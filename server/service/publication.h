// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a project stands on a day: its editions, what each exercise has and lacks, whether the next edition
// may be made. Reads counts alone; who marked what is publication_people's.
#ifndef REPERE_SERVICE_PUBLICATION_H
#define REPERE_SERVICE_PUBLICATION_H
#include "base/jsonw.h"
#include "model/exercise.h"
#include "model/project.h"
#include "publish/cube.h"
#include "service/caller.h"
#include "service/context.h"
#include "store/edition_store.h"
#include "store/publication_store.h"

/** What the next edition would hold of an exercise. */
enum publication_outcome {
    OUTCOME_NOTHING, // nothing
    OUTCOME_CARRIED, // the last edition's figures: too few people are new
    OUTCOME_NEW,     // figures of its own
    OUTCOME_COUNT
};
/** "nothing", "carried", "new". */
const char *publication_outcome_name(enum publication_outcome outcome);

struct publication_exercise {
    const char *key;
    int64_t exercise_id;                // the latest version that a session of the project uses
    const struct exercise *exercise;    // parsed
    struct cube_profile profile;        // sensitive when any version in use is
    bool ended, published; // published: in any edition before
    const struct edition_part *last;    // what the last edition says of it; NULL: nothing
    unsigned open, waiting, counted;    // sessions
    unsigned at_once;                   // of those counted: that let people in unseen
    uint32_t people, fresh, needed;     // attendances: counted, not in any edition, how many of those it takes
    uint32_t no_author, no_consent, not_approved; // contributions left out of counted sessions
    unsigned missing_sessions;
    uint32_t missing_people;
    int64_t waiting_until_day;          // when the first that waits is counted; 0: none waits
    enum publication_outcome outcome;
};

enum publication_why {
    WHY_TOO_EARLY = 1 << 0,
    WHY_TOO_MANY = 1 << 1,  // this year
    WHY_NOTHING_CLOSED = 1 << 2,
    WHY_TOO_FEW = 1 << 3    // no exercise has enough new people
};
struct publication {
    struct project project;
    unsigned floor;     // that was set; 0: the profiles'
    const char *groups; // JSON array
    int64_t day, closed_ms;
    size_t edition_count, part_count, past_session_count, ever_session_count, session_count, exercise_count;
    const struct edition_row *editions;       // newest first
    const struct edition_part *parts;         // of the last edition
    const int64_t *past_sessions;             // that it counted, rising
    const int64_t *ever_sessions;             // that any edition counted, rising
    const struct counted_session *sessions;
    struct publication_exercise *exercises;   // in the order of their first session
    unsigned number;    // of the next edition
    unsigned why;       // enum publication_why bits; 0: it may be made
    int64_t from_day;   // 0: any day
};
/**
 * @param day what counts is what was closed 7 days before it
 * @param out in the arena
 * Errors: NOT_FOUND, those of the store.
 */
enum err publication_read(struct context *context, int64_t project_id, int64_t day, struct arena *arena,
                          struct publication *out);
/** TOO_EARLY or TOO_FEW with what is missing in the fault; OK when the next edition may be made. */
enum err publication_allowed(const struct publication *publication, struct fault *fault);
/** Whether a session is counted on that day. */
bool publication_counts(const struct publication *publication, const struct counted_session *session);
/** Whether the last edition counted it. */
bool publication_counted_before(const struct publication *publication, int64_t session_id);
/** How many days are to go by until the next edition can come: for what is missing, or for the calendar. */
unsigned publication_missing_days(const struct publication *publication,
                                  const struct publication_exercise *exercise);

/** "why": [words], as the next member. */
void publication_write_why(struct jsonw *w, const struct publication *publication);

/** (writes) Administrators. @param floor 0, or above the standard profile's; a profile's own
 *  is never lowered. Errors: NOT_FOUND, BAD_FIELD. */
enum err publication_floor_put(struct context *context, struct caller caller, int64_t project_id,
                               unsigned floor, struct fault *fault);
#endif
