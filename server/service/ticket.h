// SPDX-License-Identifier: AGPL-3.0-or-later
// The ticket of a participant: tells the server who made what stands in an outbox file. It is no
// credential: only who leads a session can bring a file, and it reads nothing.
#ifndef REPERE_SERVICE_TICKET_H
#define REPERE_SERVICE_TICKET_H
#include "model/participant.h"
#include "service/context.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TICKET_PROOF_BYTES = 16, TICKET_SIZE = 20 + 1 + 2 * TICKET_PROOF_BYTES + 1 };

/** "<participant id>-<HMAC of session, participant and when she joined, 128 bits in hexadecimal>". */
void ticket_make(const struct keys *keys, const struct participant *holder, char out[TICKET_SIZE]);
/** Whom a ticket names; nothing is proved by it. False: it is no ticket. */
bool ticket_holder(const char *text, size_t len, int64_t *out_participant_id);
/** False when this server did not make it for that participant of that session. */
bool ticket_is_of(const struct keys *keys, const struct participant *holder, const char *text, size_t len);
#endif
