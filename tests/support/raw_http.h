// SPDX-License-Identifier: AGPL-3.0-or-later
// A client that sends exactly the bytes it is given: what no honest client would send, too.
#ifndef REPERE_TESTS_RAW_HTTP_H
#define REPERE_TESTS_RAW_HTTP_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct raw_reply {
    int status; // 0: the connection ended without a reply
    char *text; // head and body as they came, NUL-terminated
    size_t len;
    const char *body; // in `text`; of a chunked reply as it came
    size_t body_len;
    bool closed; // the server closed the connection
};

int raw_connect(uint16_t port);
void raw_send(int fd, const void *bytes, size_t len);
void raw_send_text(int fd, const char *text);
/** Reads one reply: to its end by Content-Length or last chunk, to the end of the connection, or
 * for `wait_ms`. `closed` is found out by waiting up to `close_ms` more; 0: not asked. */
struct raw_reply raw_read(int fd, bool head_only, int wait_ms, int close_ms);
void raw_reply_free(struct raw_reply *reply);
/** One request on a connection of its own. */
struct raw_reply raw_request(uint16_t port, const char *text);
/** The value of a header, in a static-free copy to be freed by the caller; NULL when absent. */
char *raw_header(const struct raw_reply *reply, const char *name);
bool raw_has(const struct raw_reply *reply, const char *text);
/** A chunked body put together; freed by the caller. */
char *raw_dechunk(const struct raw_reply *reply, size_t *len);
#endif
