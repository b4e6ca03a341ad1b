// SPDX-License-Identifier: AGPL-3.0-or-later
// What a route is. The table itself is api/routes.c: router, parameter parser and openapi.json read
// that one table. http/ knows roles only as bits.
#ifndef REPERE_HTTP_ROUTE_H
#define REPERE_HTTP_ROUTE_H
#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum method { METHOD_GET, METHOD_POST, METHOD_PUT, METHOD_DELETE };

enum param_type {
    PARAM_INT,    // min..max
    PARAM_UUID,
    PARAM_BBOX,   // west,south,east,north in EPSG:4326 degrees
    PARAM_WORD,   // [A-Za-z0-9_.-]{1,max}
    PARAM_TEXT,   // UTF-8, 1..max bytes, no control characters
    PARAM_ONE_OF  // words
};

struct param {
    const char *name;
    enum param_type type;
    bool required;   // path parameters always are
    double min, max; // PARAM_INT: range, both 0: any; texts: max bytes, 0: 255
    const char *const *words; // PARAM_ONE_OF: NULL-ended
    const char *fallback;     // the value when absent, or NULL
    const char *doc;
};

enum route_flag {
    ROUTE_WRITES = 1 << 0,    // the handler runs on the writer, inside a savepoint
    ROUTE_CACHED = 1 << 1,    // the reply is kept until anything is written, 60 s at most
    ROUTE_IMMUTABLE = 1 << 2, // the reply never changes: cached by everybody
    ROUTE_UPLOAD = 1 << 3,    // the body is a file on disk; who asks is known before it is read
    ROUTE_EVENTS = 1 << 4,    // the handler names a topic; the connection stays open (SSE)
    ROUTE_PUBLIC = 1 << 5,    // no-store is not needed: holds nothing private
    ROUTE_PUBLISHED = 1 << 6, // request->context is hooks.published and nothing else; nobody is asked who they
                              // are; open to pages of other hosts (CORS)
    ROUTE_QUICK = 1 << 7      // a GET open to anyone: answered by the thread that reads it. request->context is
                              // hooks.quick; nobody is asked who they are; the handler must not wait
};

enum { ROUTE_PARAMS_MAX = 12 };

struct request;
struct response;
/** Fills the response, or returns an error (and may fill request->fault). */
typedef enum err handler_fn(struct request *request, struct response *response);

struct route {
    enum method method;
    const char *path; // "/api/sessions/{session}/contributions"; {name} is one segment
    handler_fn *handler;
    unsigned roles;    // who may call it: any of these bits
    const char *reply; // schema of a 200/201 JSON reply (api/schemas/<reply>.json), or a media type
    const char *summary; // one sentence
    /* what may be left out */
    const struct param *params[ROUTE_PARAMS_MAX]; // path and query parameters, NULL-ended
    const char *body; // schema of a JSON body, or media types ("text/csv, application/geo+json");
                      // NULL: no body is taken
    size_t body_max;  // bytes; 0: 256 KiB
    handler_fn *prepare; // with ROUTE_WRITES: runs first, on a reader (parse, validate)
    unsigned flags;
};

/** A row of the table. A row without a role does not compile: the macro has no default for it. */
#define ROUTE(method_, path_, handler_, roles_, reply_, summary_, ...)                             \
    {                                                                                              \
        .method = METHOD_##method_, .path = (path_), .handler = (handler_), .roles = (roles_),     \
        .reply = (reply_), .summary = (summary_), __VA_ARGS__                                      \
    }

struct route_table {
    const struct route *rows;
    size_t count;
};
#endif
