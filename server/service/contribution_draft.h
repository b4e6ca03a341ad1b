// SPDX-License-Identifier: AGPL-3.0-or-later
// What somebody sent, judged before the writer sees it: the answers fit the exercise, the geometry
// may be drawn so and stands in the session's area, the position is as coarse as the session keeps
// it. Reads only; the writer checks again what may have changed since.
#ifndef REPERE_SERVICE_CONTRIBUTION_DRAFT_H
#define REPERE_SERVICE_CONTRIBUTION_DRAFT_H
#include "base/json.h"
#include "base/secret.h"
#include "model/contribution.h"
#include "model/answers.h"
#include "model/session.h"
#include "service/caller.h"
#include "service/context.h"

struct contribution_draft {
    struct contribution content;    // all but id, state, version, times and pseudonym
    uint8_t hash[SECRET_HASH_SIZE]; // of what is kept, so that it tells nothing of what was not
    const struct exercise *exercise;
};

/**
 * Judges a contribution to a session that the caller may see.
 *
 * Positions are snapped to the coarser of the session's and the category's precision. One farther
 * from the session's area than the area is wide or high is refused: it is a slip of the finger, or
 * somebody's own place. An area whose outline is tangled by snapping becomes its convex hull.
 *
 * @param geometry, answers  the body's members, NULL when absent
 * @param out                in the arena
 * Errors: NOT_FOUND (session), BAD_FIELD, BAD_GEOMETRY, TOO_LARGE, NO_MEMORY.
 */
enum err contribution_draft_make(struct context *context, struct caller caller, int64_t session_id,
                                 const uint8_t uuid[CONTRIBUTION_UUID_SIZE],
                                 const struct json_object *geometry,
                                 const struct json_object *answers, struct arena *arena,
                                 struct fault *fault, struct contribution_draft *out);

/**
 * Puts a draft of staff down to the person of a sheet of paper (participant_enter).
 * Errors: FORBIDDEN (the caller is no staff), BAD_FIELD (no sheet of the session, or it was removed).
 */
enum err contribution_draft_enter(struct context *context, struct caller caller,
                                  int64_t participant_id, struct arena *arena,
                                  struct fault *fault, struct contribution_draft *draft);

/** SHA-256 of the snapped position and the canonical answers of what is to be stored. Errors: NO_MEMORY. */
enum err contribution_hash(const struct contribution *content, uint8_t out[SECRET_HASH_SIZE]);

/**
 * The part of it that concerns the position: allowed for the category, valid, near the session,
 * snapped in place.
 * Errors: BAD_GEOMETRY, TOO_LARGE, NO_MEMORY.
 */
enum err contribution_place(const struct session *session, const struct answers *answers,
                            struct arena *arena, struct fault *fault, struct geometry *geometry);
/** The last step of it alone. @param arena for working. Errors: NO_MEMORY. */
enum err contribution_snap(double precision_m, struct geometry *geometry, struct arena *arena);
#endif
