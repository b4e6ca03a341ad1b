// SPDX-License-Identifier: AGPL-3.0-or-later
// The API's description (OpenAPI 3.1), made from the route table: nothing is described twice.
#ifndef REPERE_HTTP_OPENAPI_H
#define REPERE_HTTP_OPENAPI_H
#include "base/buf.h"
#include "http/server.h"

/**
 * Writes the document.
 *
 * @param schemas   name, JSON text, ..., NULL; may be NULL
 * @param role_name names a role by its bit; NULL for a bit that is none
 */
void openapi_write(struct buf *out, const struct route_table *routes, const char *const *schemas,
                   const char *(*role_name)(unsigned bit));
/** GET /api/openapi.json: the document of the server that serves the request. */
handler_fn openapi_handler;
#endif
