// SPDX-License-Identifier: AGPL-3.0-or-later
// Participants: joining, consent, being let in, leaving, and taking everything back.
#ifndef REPERE_SERVICE_PARTICIPANT_SERVICE_H
#define REPERE_SERVICE_PARTICIPANT_SERVICE_H
#include "base/arena.h"
#include "model/participant.h"
#include "service/caller.h"
#include "service/context.h"
#include "service/ticket.h"
#include <stddef.h>

enum { PARTICIPANT_TOKEN_LIFE_MS = 14 * 24 * 60 * 60 * 1000 }; // as long as pseudonyms are kept

struct joined {
    char token[SECRET_TOKEN_TEXT_SIZE]; // shown once; its hash is kept
    char ticket[TICKET_SIZE];           // puts what is in a file down to her
    struct participant participant;
};
/**
 * (writes) Takes a seat under a fresh pseudonym. `session_id` comes from session_by_door.
 *
 * @param tablet the key of the tablet (tablet_service.h); NULL: it has none
 * Errors: SESSION_CLOSED, SESSION_FULL, TABLET_REVOKED, NOT_FOUND.
 */
enum err participant_join(struct context *context, int64_t session_id, const char *language,
                          const char *tablet, struct arena *arena, struct joined *out);

/** The caller's own row. Errors: NOT_SIGNED_IN (she left or was removed meanwhile). */
enum err participant_own(struct context *context, struct caller caller, struct arena *arena,
                         struct participant *out);
/** (writes) */
enum err participant_consent(struct context *context, struct caller caller,
                             const struct consent *consent, struct arena *arena,
                             struct participant *out);
/** The ids of the groups that she says are hers, as a JSON array; told to nobody else. Errors: NOT_SIGNED_IN. */
enum err participant_groups(struct context *context, struct caller caller, struct arena *arena,
                            const char **out);
/**
 * (writes) Which of the project's groups are hers, while the session is open, let in or not; what she said before is
 * scrubbed.
 *
 * @param ids `count` different ones
 * Errors: BAD_FIELD (the project has no such group: "groups[0]"), SESSION_CLOSED, NOT_SIGNED_IN.
 */
enum err participant_choose_groups(struct context *context, struct caller caller,
                                   const char *const *ids, size_t count, struct arena *arena,
                                   struct fault *fault);
/** (writes) A new receipt, shown once; the one before it ends. */
enum err participant_receipt(struct context *context, struct caller caller,
                             char out[SECRET_RECEIPT_SIZE]);
/** (writes) The token ends; what she sent stays. For "next person". */
enum err participant_leave(struct context *context, struct caller caller);

struct sheet_seat {
    char receipt[SECRET_RECEIPT_SIZE]; // shown once; its HMAC is kept
    struct participant participant;
};
/**
 * (writes) A seat for a sheet of paper that staff type in, let in at once under a fresh pseudonym; without a
 * token, so that nobody but staff sends anything for it.
 *
 * @param consent as ticked on the sheet; with `room`
 * Errors: NOT_FOUND (session), SESSION_CLOSED, SESSION_FULL.
 */
enum err participant_enter(struct context *context, struct caller caller, int64_t session_id,
                           const char *language, const struct consent *consent,
                           struct arena *arena, struct sheet_seat *out);

/** A session's participants with an id above `after`, in the order they joined. Errors: NOT_FOUND.
 */
enum err participant_list(struct context *context, struct caller caller, int64_t session_id,
                          int64_t after, int64_t limit, struct arena *arena,
                          struct participant **out, size_t *count);
/**
 * (writes) Lets in or removes; a removed participant's token ends at once, and for good.
 * Errors: NOT_FOUND, CONFLICT (a removed one cannot be let in again).
 */
enum err participant_set_state(struct context *context, struct caller caller, int64_t session_id,
                               int64_t participant_id, enum participant_state state,
                               struct arena *arena, struct participant *out);

struct withdrawn {
    struct participant participant; // as she was; state removed
    uint8_t (*uuids)[16];           // of the contributions that are gone, in the arena
    size_t count;
};
/**
 * (writes) Deletes all that came from the holder of this receipt, and her row; the bytes are
 * scrubbed within a minute (by context->writer; without one the caller runs db_scrub).
 *
 * @param receipt as typed
 * Errors: BAD_CREDENTIALS, TOO_MANY (fault).
 */
enum err participant_withdraw(struct context *context, const char *receipt, struct arena *arena,
                              struct fault *fault, struct withdrawn *out);
#endif
