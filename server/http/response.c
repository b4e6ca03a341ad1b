// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/response.h"
#include "http/request.h"
#include "http/response_parts.h"
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { BODY_KEPT_MAX = 256 * 1024 };

void response_init(struct response *response, struct arena *arena) {
    *response = (struct response){.arena = arena};
    buf_init(&response->body);
    buf_init(&response->gzip);
    response_reset(response);
}

static void clear_buf(struct buf *buf) {
    if (buf->cap > BODY_KEPT_MAX || buf->failed) {
        buf_fini(buf);
        buf_init(buf);
    } else {
        buf_clear(buf);
    }
}

void response_reset(struct response *response) {
    if (response->free_stream_state)
        response->free_stream_state(response->stream_state);
    if (response->is_file && response->fd >= 0)
        close(response->fd);
    clear_buf(&response->body);
    clear_buf(&response->gzip);
    struct arena *arena = response->arena;
    struct buf body = response->body, gzip = response->gzip;
    *response = (struct response){.arena = arena,
                                  .body = body,
                                  .gzip = gzip,
                                  .status = 200,
                                  .media_type = "application/json"};
    response->announcements_end = &response->announcements;
}

void response_fini(struct response *response) {
    response_reset(response);
    buf_fini(&response->body);
    buf_fini(&response->gzip);
}

struct buf *response_body(struct response *response) {
    return &response->body;
}

void response_status(struct response *response, unsigned status) {
    response->status = status;
}

void response_type(struct response *response, const char *media_type) {
    response->media_type = media_type;
}

static bool is_printable(const char *text) {
    for (; *text; text++) {
        if (*text < 0x20 || *text > 0x7e)
            return false;
    }
    return true;
}

enum err response_header(struct response *response, const char *name, const char *value) {
    if (!is_printable(name) || !is_printable(value))
        return ERR_BAD_REQUEST;
    struct response_header *header = arena_alloc(response->arena, sizeof *header);
    char *name_copy = arena_strdup(response->arena, name);
    char *value_copy = arena_strdup(response->arena, value);
    if (!header || !name_copy || !value_copy) {
        response->failed = true;
        return ERR_NO_MEMORY;
    }
    *header = (struct response_header){response->headers, name_copy, value_copy};
    response->headers = header;
    response->encoded = response->encoded || strcasecmp(name, "Content-Encoding") == 0;
    return ERR_OK;
}

/* The characters of `text` that may stand in a quoted header value and in a file name. */
static char *keep_plain(struct arena *arena, const char *text) {
    char *kept = arena_strdup(arena, text);
    if (!kept)
        return NULL;
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    size_t n = 0;
    for (; *text; text++) {
        if (strchr(allowed, *text))
            kept[n++] = *text;
    }
    kept[n] = '\0';
    return kept;
}

void response_version(struct response *response, const char *version) {
    response->version = keep_plain(response->arena, version);
    response->failed = response->failed || !response->version;
}

void response_attachment(struct response *response, const char *file_name) {
    char *plain = keep_plain(response->arena, file_name);
    char *value = plain ? arena_printf(response->arena, "attachment; filename=\"%s\"",
                                       plain[0] ? plain : "file")
                        : NULL;
    if (value)
        response_header(response, "Content-Disposition", value);
    else
        response->failed = true;
}

void response_cookie(struct response *response, const struct request *request, const char *token,
                     int max_age_s) {
    const char *prefix = request->secure ? "__Host-" : "",
               *secure = request->secure ? "; Secure" : "";
    char *value = arena_printf(response->arena,
                               "%srepere=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s",
                               prefix, token ? token : "", token ? max_age_s : 0, secure);
    response->sets_cookie = true;
    // a token that could not be sent must not look as if it had been
    if (!value || response_header(response, "Set-Cookie", value) != ERR_OK)
        response->failed = true;
}

void response_stream(struct response *response, response_piece_fn *fn, void *state,
                     void (*free_state)(void *)) {
    response->piece = fn;
    response->stream_state = state;
    response->free_stream_state = free_state;
}

void response_file(struct response *response, int fd, uint64_t len) {
    response->is_file = true;
    response->fd = fd;
    response->file_len = len;
}

void response_announce(struct response *response, const char *topic, const char *event,
                       const char *json, size_t len) {
    struct announcement *new = arena_alloc(response->arena, sizeof *new);
    char *topic_copy = arena_strdup(response->arena, topic);
    char *json_copy = arena_strndup(response->arena, json, len);
    if (!new || !topic_copy || !json_copy) {
        response->failed = true;
        return;
    }
    *new = (struct announcement){NULL, topic_copy, event, json_copy, len};
    *response->announcements_end = new;
    response->announcements_end = &new->next;
}

void response_subscribe(struct response *response, const char *topic) {
    response->topic = arena_strdup(response->arena, topic);
    response->failed = response->failed || !response->topic;
}
