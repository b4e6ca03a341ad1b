// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/api.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct context *api_context(const struct request *request) {
    return request->context;
}

struct caller api_caller(const struct request *request) {
    return (struct caller){
        .roles = request->principal.roles,
        .id = request->principal.id,
        .session_id = request->principal.session_id,
    };
}

struct jsonw api_reply(struct response *response) {
    struct jsonw w;
    jsonw_init(&w, response_body(response));
    return w;
}

enum err api_empty(struct response *response) {
    struct jsonw w = api_reply(response);
    jsonw_object(&w);
    jsonw_object_end(&w);
    return ERR_OK;
}

int64_t api_cursor(const struct request *request) {
    return request_int(request, "cursor");
}

bool api_page_cut(size_t *count, int64_t limit) {
    if (*count <= (size_t)limit)
        return false;
    *count = (size_t)limit;
    return true;
}

struct jsonw api_items(struct response *response) {
    struct jsonw w = api_reply(response);
    jsonw_object(&w);
    jsonw_key(&w, "items");
    jsonw_array(&w);
    return w;
}

void api_items_end(struct jsonw *w, int64_t last_id) {
    jsonw_array_end(w);
    api_next(w, last_id);
    jsonw_object_end(w);
}

void api_items_whole(struct jsonw *w) {
    jsonw_array_end(w);
    jsonw_object_end(w);
}

void api_next(struct jsonw *w, int64_t last_id) {
    jsonw_key(w, "next");
    if (last_id == 0) {
        jsonw_null(w);
        return;
    }
    char cursor[24];
    snprintf(cursor, sizeof cursor, "%" PRId64, last_id);
    jsonw_str(w, cursor);
}

enum err api_if_version(struct request *request, int64_t *out) {
    const char *text = request->if_match;
    if (!text || strcmp(text, "*") == 0) {
        *out = 0;
        return ERR_OK;
    }
    bool quoted = text[0] == '"';
    char *end = NULL;
    errno = 0;
    long long version = strtoll(text + quoted, &end, 10);
    bool whole =
        errno == 0 && end != text + quoted && version > 0 && strcmp(end, quoted ? "\"" : "") == 0;
    if (!whole)
        return fault_set(&request->fault, ERR_BAD_REQUEST, "If-Match", "is the version you read");
    *out = version;
    return ERR_OK;
}

const char *api_session_topic(struct arena *arena, int64_t session_id) {
    return arena_printf(arena, "session/%" PRId64, session_id);
}

bool api_is_origin(const char *origin) {
    static const char *const schemes[] = {"https://", "http://"};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        size_t len = strlen(schemes[i]);
        if (strncmp(origin, schemes[i], len) != 0)
            continue;
        const char *host = origin + len;
        size_t host_len = strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "0123456789.-:[]");
        return host_len > 0 && host[host_len] == '\0';
    }
    return false;
}
