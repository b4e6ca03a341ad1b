// SPDX-License-Identifier: AGPL-3.0-or-later
// What a handler fills. answer.c gives it ETag and gzip form; reply.c alone hands it to
// libmicrohttpd, with the security headers, or 304.
#ifndef REPERE_HTTP_RESPONSE_H
#define REPERE_HTTP_RESPONSE_H
#include "base/buf.h"
#include "base/err.h"
#include <stdint.h>

struct response;
struct request;

/** The buf that becomes the body; handlers write into it. */
struct buf *response_body(struct response *response);
/** Defaults: 200 and "application/json". */
void response_status(struct response *response, unsigned status);
/** `media_type` is a constant of the program. */
void response_type(struct response *response, const char *media_type);
/** A header; name and value are copied. Bytes outside printable ASCII are refused (BAD_REQUEST). */
enum err response_header(struct response *response, const char *name, const char *value);
/** A strong ETag from a version the handler knows ("12"), quoted here. Without one the body is
 * hashed. */
void response_version(struct response *response, const char *version);
/** "attachment" with this file name (ASCII letters, digits, - _ . only are kept). */
void response_attachment(struct response *response, const char *file_name);
/** Sets or clears (NULL) the staff cookie: HttpOnly, SameSite=Strict, and Secure with the __Host-
 *  prefix when the request came over TLS. */
void response_cookie(struct response *response, const struct request *request, const char *token,
                     int max_age_s);

/** One more piece of a long body, appended to `out`; leaves `out` empty at the end. Runs on a
 * worker, whose context it is given. An error in the middle closes the connection: the client sees
 * a cut. */
typedef enum err response_piece_fn(void *state, void *worker_context, struct buf *out);
/** A body of unknown length. `state` lives until `free_state` is called, once in any case. */
void response_stream(struct response *response, response_piece_fn *fn, void *state,
                     void (*free_state)(void *));

/** The body is an open file, `len` bytes from its start, with response_version as its ETag; a client that
 *  asks for one range of it gets that. Takes the descriptor. */
void response_file(struct response *response, int fd, uint64_t len);

/** After the write is on disk: tells everybody who listens to `topic`. The JSON is copied.
 *  `event` is a fixed word. */
void response_announce(struct response *response, const char *topic, const char *event,
                       const char *json, size_t len);
/** ROUTE_EVENTS: the topic this connection will listen to. */
void response_subscribe(struct response *response, const char *topic);
#endif
