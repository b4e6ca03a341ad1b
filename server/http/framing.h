// SPDX-License-Identifier: AGPL-3.0-or-later
// What the head of a request says, and whether two readers could disagree about where it ends.
// libmicrohttpd 0.9.75 lets much through that another server in the chain would read differently;
// every such request is refused here and its connection closed.
#ifndef REPERE_HTTP_FRAMING_H
#define REPERE_HTTP_FRAMING_H
#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct MHD_Connection;

/** Bytes of the request's head, borrowed until the request ends; text NULL: absent. */
struct span {
    const char *text;
    size_t len;
};

/** The headers this server looks at. */
struct head {
    struct span host;
    struct span origin;
    struct span fetch_site;     // Sec-Fetch-Site
    struct span requested_with; // X-Requested-With
    struct span content_type;
    struct span cookie;
    struct span authorization;
    struct span accept_language;
    struct span if_match;
    struct span if_none_match;
    struct span range;
    struct span if_range;
    struct span length;   // Content-Length as it came
    struct span encoding; // Transfer-Encoding as it came
    bool accepts_gzip;
    bool accepts_brotli;
    bool chunked;
    uint64_t content_length; // 0 without
};

/**
 * Reads the head.
 *
 * @param why set on an error to a constant sentence
 * Errors: BAD_REQUEST; the connection is to be closed after the answer.
 */
enum err framing_read(struct MHD_Connection *connection, const char *method, const char *version,
                      struct head *out, const char **why);
/** Whether line ends are checked too: with libmicrohttpd 0.9.75. */
bool framing_sees_line_ends(void);
/** Whether it is a name or an address, in brackets or not, with a port or without. */
bool framing_host_ok(struct span host);
/** Whether a body follows. */
bool framing_has_body(const struct head *head);
bool span_is(struct span span, const char *text);
bool span_is_nocase(struct span span, const char *text);
#endif
