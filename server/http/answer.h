// SPDX-License-Identifier: AGPL-3.0-or-later
// From what a handler filled to a reply: how long it may be kept, its ETag, its compressed form.
#ifndef REPERE_HTTP_ANSWER_H
#define REPERE_HTTP_ANSWER_H
#include "base/err.h"
#include "http/problem.h"
#include "http/reply.h"
#include "http/response_parts.h"
#include "http/route.h"

struct MHD_Response;

enum answer_use {
    ANSWER_ONCE,      // for one client: the body stays the response's and must outlive the reply
    ANSWER_ONCE_GZIP, // the same, for a client that takes gzip
    ANSWER_MANY       // for all clients: the body moves into the reply, in each form
};

/** Errors: NO_MEMORY. */
enum err answer_build(struct response *response, const struct route *route, enum answer_use use,
                      struct reply **out);
/** The same for a body that is sent as it is made (a stream, events). Takes `body`. */
enum err answer_build_open(struct response *response, const struct route *route,
                           struct MHD_Response *body, struct reply **out);
/** A problem, on its own. `route`: NULL when none was found; `closes`: the connection ends with it.
 *  Errors: NO_MEMORY. */
enum err answer_problem(const struct problem *problem, const struct route *route, bool closes,
                        struct reply **out);
/** 32 hexadecimal digits that name these bytes. */
void answer_hash(const void *bytes, size_t len, char out[33]);
#endif
