// SPDX-License-Identifier: AGPL-3.0-or-later
// A body of unknown length, made piece by piece on the workers while its connection is suspended:
// whatever its length, one piece is in memory.
#ifndef REPERE_HTTP_STREAM_H
#define REPERE_HTTP_STREAM_H
#include "base/err.h"
#include "http/response_parts.h"
#include "http/worker_pool.h"

struct MHD_Connection;
struct MHD_Response;

/**
 * Makes the first piece and the body that will send it and the rest. Takes the response's stream
 * state over. On a worker.
 *
 * Errors: what the first piece returned, NO_MEMORY.
 */
enum err stream_begin(struct response *response, void *worker_context, struct worker_pool *pool,
                      struct MHD_Connection *connection, struct MHD_Response **out);
#endif
