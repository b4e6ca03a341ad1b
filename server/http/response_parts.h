// SPDX-License-Identifier: AGPL-3.0-or-later
// What the functions of response.h have filled, for those in http/ that send it.
#ifndef REPERE_HTTP_RESPONSE_PARTS_H
#define REPERE_HTTP_RESPONSE_PARTS_H
#include "base/arena.h"
#include "http/response.h"
#include <stdbool.h>

struct response_header {
    struct response_header *next;
    const char *name, *value;
};
struct announcement {
    struct announcement *next;
    const char *topic, *event, *json;
    size_t len;
};
struct response {
    struct arena *arena; // the request's: holds all texts below
    struct buf body;
    struct buf gzip; // the body's compressed form, when one is sent
    unsigned status;
    const char *media_type;
    const char *version; // NULL: the body is hashed
    struct response_header *headers;
    bool sets_cookie;
    bool encoded; // the handler wrote a Content-Encoding itself
    bool failed;  // memory was short
    struct announcement *announcements, **announcements_end;
    const char *topic;
    response_piece_fn *piece;
    void *stream_state;
    void (*free_stream_state)(void *);
    bool is_file;
    int fd; // with is_file: the response's own until the reply has it, then -1
    uint64_t file_len;
    uint64_t part_from, part_len; // what of it is sent; chosen by the reply
};

void response_init(struct response *response, struct arena *arena);
/** Back to the defaults; keeps the body's memory when it is not large. */
void response_reset(struct response *response);
void response_fini(struct response *response);
#endif
