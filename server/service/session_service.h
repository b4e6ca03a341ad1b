// SPDX-License-Identifier: AGPL-3.0-or-later
// Sessions: opening, editing, closing, and the join sheet. Staff of the project may; a participant
// sees her own session and no other.
#ifndef REPERE_SERVICE_SESSION_SERVICE_H
#define REPERE_SERVICE_SESSION_SERVICE_H
#include "base/arena.h"
#include "model/session.h"
#include "service/caller.h"
#include "service/context.h"
#include <stddef.h>

/**
 * The session, if the caller may see it: staff of its project, administrators, its participants.
 * The two counts are left 0: session_count fills them.
 *
 * Errors: NOT_FOUND (also when it is not the caller's to see).
 */
enum err session_require(struct context *context, struct caller caller, int64_t session_id,
                         struct arena *arena, struct session *out);
/**
 * The same for what is asked at every contribution: a tenth of the cost. Only id, project_id,
 * exercise_id, bbox, precision_m, approve_by_hand, free_text and open are filled.
 */
enum err session_require_rules(struct context *context, struct caller caller, int64_t session_id,
                               struct session *out);
/** Fills `participants` and `contributions`. */
enum err session_count(struct context *context, struct session *session);
/** A project's sessions with their counts, newest first, ids below `before` (0: from the newest).
 */
enum err session_list(struct context *context, struct caller caller, int64_t project_id,
                      int64_t before, int64_t limit, struct arena *arena, struct session **out,
                      size_t *count);

/**
 * (writes) Opens a session of an exercise of the project, or of a template. What is not said comes
 * from the project (bbox), the exercise (precision) or is usual.
 * Errors: NOT_FOUND (project), BAD_FIELD (fault).
 */
enum err session_open(struct context *context, struct caller caller, int64_t project_id,
                      const struct session_change *change, struct arena *arena, struct fault *fault,
                      struct session *out);
/** (writes) @param if_version 0, or the version that was read. Errors: NOT_FOUND, STALE, BAD_FIELD.
 */
enum err session_edit(struct context *context, struct caller caller, int64_t session_id,
                      const struct session_change *change, int64_t if_version, struct arena *arena,
                      struct fault *fault, struct session *out);
/** (writes) Nobody joins, sends or changes anything any more; the join code ends. Closing a closed
 *  session is no error. Errors: NOT_FOUND. */
enum err session_close(struct context *context, struct caller caller, int64_t session_id,
                       struct arena *arena, struct session *out);
/** (writes) */
enum err session_reopen(struct context *context, struct caller caller, int64_t session_id,
                        struct arena *arena, struct session *out);

enum { JOIN_LIFE_MS = 4 * 60 * 60 * 1000 };
/** What is printed for the room. */
struct join_sheet {
    char code[SECRET_JOIN_CODE_SIZE];    // "" when there is none
    char secret[SECRET_TOKEN_TEXT_SIZE]; // for the QR; "" when there is none
    int64_t expires_ms;                  // 0 when there is none
};
/** The sheet in force. Errors: NOT_FOUND. */
enum err session_join_sheet(struct context *context, struct caller caller, int64_t session_id,
                            struct arena *arena, struct join_sheet *out);
/** (writes) A new code and secret for 4 h; the old ones end. Errors: NOT_FOUND, SESSION_CLOSED. */
enum err session_join_renew(struct context *context, struct caller caller, int64_t session_id,
                            struct join_sheet *out);
/** (writes) */
enum err session_join_revoke(struct context *context, struct caller caller, int64_t session_id);
/**
 * Which session this code or QR secret opens.
 *
 * @param from   what stands for the address it comes from, or NULL (limiter.h)
 * @param code   as typed, or NULL; tries are limited, failures counted
 * @param secret of the QR, or NULL; too long to be guessed, so not limited
 * Errors: BAD_CREDENTIALS (unknown, ended, revoked), SESSION_CLOSED, TOO_MANY (fault).
 */
enum err session_by_door(struct context *context, const uint8_t *from, const char *code,
                         const char *secret, struct fault *fault, int64_t *out);
#endif
