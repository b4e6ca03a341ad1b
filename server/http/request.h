// SPDX-License-Identifier: AGPL-3.0-or-later
// What a handler is given: parsed, checked, and free of the transport.
#ifndef REPERE_HTTP_REQUEST_H
#define REPERE_HTTP_REQUEST_H
#include "base/arena.h"
#include "base/err.h"
#include "http/route.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PRINCIPAL_ANYONE = 1 }; // the role bit of who shows no credential

/** Who is asking. Filled by the application's authenticate hook. */
struct principal {
    unsigned roles;         // bits; 1 (anyone) at least
    int64_t id;             // staff id or participant id, 0 for anyone
    int64_t session_id;     // the participant's session, else 0
    uint8_t token_hash[32]; // of the credential that was shown; zero for anyone
};

struct request {
    const struct route *route;
    const char *path; // decoded, for logs of routes use route->path
    struct arena *arena;
    struct principal principal;
    const char *body; // body_len bytes, NUL after them; NULL without a body or with ROUTE_UPLOAD
    size_t body_len;
    const char *body_file;    // ROUTE_UPLOAD: where the body lies; deleted after the request
    const char *content_type; // of the body, lower case, without parameters; "" without
    const char *language;     // the first language tag the browser asks for, or ""
    const char *if_match;     // the version of If-Match without its quotes ("12"); NULL without
    const uint8_t *from;      // 32 bytes that stand for the address it came from while this server runs
                              // (peer.h); NULL: not known. Nobody is told the address itself
    bool secure;              // came over TLS, our own or that of the https origin of the options
    void *context;            // the worker's: the connection to the store and the like
    void *state;              // what `prepare` leaves for `handler`, in the arena
    struct fault fault;       // filled by whoever returns an error
    struct request_params *params; // request.c's own
    const struct server *server;   // http's own
};

/* The value of a parameter of the route's specs; asking for one that the row does not list aborts
 * in a debug build and is "absent" otherwise. */
/** 0 when absent. */
int64_t request_int(const struct request *request, const char *name);
/** NULL when absent. */
const char *request_text(const struct request *request, const char *name);
/** False when absent. */
bool request_bbox(const struct request *request, const char *name, double out_wsen_deg[4]);
bool request_uuid(const struct request *request, const char *name, uint8_t out[16]);
#endif
