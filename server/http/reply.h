// SPDX-License-Identifier: AGPL-3.0-or-later
// A finished answer in the forms a client may ask for (as it is, gzip, brotli), ready for
// libmicrohttpd and shared by those who send it at the same time. The only place that queues.
#ifndef REPERE_HTTP_REPLY_H
#define REPERE_HTTP_REPLY_H
#include "base/buf.h"
#include "base/err.h"
#include "http/framing.h"
#include "http/response_parts.h"
#include <stdbool.h>
#include <stddef.h>

struct reply;
struct MHD_Response;
enum reply_form { REPLY_PLAIN, REPLY_GZIP, REPLY_BROTLI, REPLY_FORMS };

struct reply_spec {
    unsigned status;
    const char *media_type;    // NULL: no body
    const char *cache_control; // a constant of the program
    const char *etag;          // without quotes; NULL: none
    const struct response_header *headers;
    bool varies; // there are, or for other clients would be, compressed forms
    bool closes; // the connection ends with this answer
    bool open;   // to pages of other hosts (CORS)
    bool framed; // a page that other hosts may put into their own
};

/** An answer without a form yet, with one holder. `spec` is read by reply_add too. */
enum err reply_new(const struct reply_spec *spec, struct reply **out);
/** Adds a form. Takes `body`, also on an error; NULL is short of memory. Errors: NO_MEMORY. */
enum err reply_add(struct reply *reply, const struct reply_spec *spec, enum reply_form form,
                   struct MHD_Response *body, size_t len);
/** Bodies for reply_add: bytes that outlive the reply, or a buf whose memory is taken over (it is
 *  empty afterwards). NULL when memory is short. */
struct MHD_Response *reply_body_borrowed(const void *bytes, size_t len);
struct MHD_Response *reply_body_owned(struct buf *bytes);
/** `len` bytes of an open file, which is taken over unless NULL comes back. */
struct MHD_Response *reply_body_file(int fd, uint64_t from, uint64_t len);

struct reply *reply_hold(struct reply *reply);
/** Accepts NULL. */
void reply_drop(struct reply *reply);
/** Bytes of all forms. */
size_t reply_size(const struct reply *reply);
unsigned reply_status(const struct reply *reply);
/** Whether If-None-Match names this ETag, in any of its forms. */
bool reply_etag_matches(const char *etag, struct span if_none_match);
/** Hands the fitting form, or 304, to libmicrohttpd. False: the connection is to be dropped. */
bool reply_queue(struct reply *reply, struct MHD_Connection *connection, const struct head *head);
/** Whether a body of this type is worth compressing. */
bool reply_is_compressible(const char *media_type);
#endif
