// SPDX-License-Identifier: AGPL-3.0-or-later
// Which kept reply may answer a request.
#ifndef REPERE_HTTP_KEPT_H
#define REPERE_HTTP_KEPT_H
#include "http/connections.h"

/** Finds out whether the reply to the connection's request may be kept, and under which key; hands
 *  out the one that is kept, with one more holder, or NULL. */
struct reply *kept_find(struct connection *connection);
/** What the reply to the connection's request is good for, as of now: a generation of the store or of
 *  what is published. */
uint64_t kept_generation(const struct connection *connection);
#endif
