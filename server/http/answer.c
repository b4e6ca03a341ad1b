// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/answer.h"
#include "base/secret.h"
#include "base/zip.h"
#include <microhttpd.h>
#include <stdio.h>

enum { GZIP_FROM = 1024 };

void answer_hash(const void *bytes, size_t len, char out[33]) {
    uint8_t hash[SECRET_HASH_SIZE];
    secret_hash(bytes ? bytes : "", len, hash);
    for (int i = 0; i < 16; i++)
        snprintf(out + 2 * i, 3, "%02x", hash[i]);
}

static const char *cache_control(const struct response *response, const struct route *route) {
    if (route->method != METHOD_GET || response->status >= 300 || response->sets_cookie)
        return "no-store";
    if (route->flags & ROUTE_IMMUTABLE)
        return "public, max-age=31536000, immutable";
    return route->flags & ROUTE_PUBLIC ? "no-cache" : "no-store";
}

static struct reply_spec spec_of(const struct response *response, const struct route *route) {
    return (struct reply_spec){
        .status = response->status,
        .media_type = response->status == 204 ? NULL : response->media_type,
        .cache_control = cache_control(response, route),
        .headers = response->headers,
        .varies = !response->encoded && reply_is_compressible(response->media_type),
        .open = (route->flags & ROUTE_PUBLISHED) != 0,
    };
}

static struct MHD_Response *body_of(struct buf *bytes, enum answer_use use) {
    return use == ANSWER_MANY ? reply_body_owned(bytes)
                              : reply_body_borrowed(bytes->len ? bytes->data : "", bytes->len);
}

enum err answer_build(struct response *response, const struct route *route, enum answer_use use,
                      struct reply **out) {
    struct buf *body = &response->body, *gzip = &response->gzip;
    struct reply_spec spec = spec_of(response, route);
    char hash[33];
    if (route->method == METHOD_GET && response->status == 200) {
        if (!response->version)
            answer_hash(body->data, body->len, hash);
        spec.etag = response->version ? response->version : hash;
    }
    bool compress = spec.varies && body->len > GZIP_FROM && use != ANSWER_ONCE;
    enum err err = compress ? zip_gzip(body->data, body->len, gzip) : ERR_OK;
    if (err != ERR_OK)
        return err;
    struct reply *reply;
    err = reply_new(&spec, &reply);
    if (err != ERR_OK)
        return err;
    size_t len = body->len, gzip_len = gzip->len;
    if (!compress || use == ANSWER_MANY)
        err = reply_add(reply, &spec, REPLY_PLAIN, body_of(body, use), len);
    if (err == ERR_OK && compress)
        err = reply_add(reply, &spec, REPLY_GZIP, body_of(gzip, use), gzip_len);
    if (err == ERR_OK)
        *out = reply;
    else
        reply_drop(reply);
    return err;
}

enum err answer_build_open(struct response *response, const struct route *route,
                           struct MHD_Response *body, struct reply **out) {
    struct reply_spec spec = spec_of(response, route);
    spec.varies = false;
    spec.etag = response->is_file ? response->version : NULL;
    struct reply *reply;
    enum err err = reply_new(&spec, &reply);
    if (err != ERR_OK) {
        MHD_destroy_response(body);
        return err;
    }
    err = reply_add(reply, &spec, REPLY_PLAIN, body, 0);
    if (err == ERR_OK)
        *out = reply;
    else
        reply_drop(reply);
    return err;
}

enum err answer_problem(const struct problem *problem, const struct route *route, bool closes,
                        struct reply **out) {
    struct arena arena;
    struct response response;
    arena_init(&arena);
    response_init(&response, &arena);
    problem_fill(&response, problem);
    struct reply_spec spec = {.status = response.status,
                              .media_type = response.media_type,
                              .cache_control = "no-store",
                              .headers = response.headers,
                              .open = route && (route->flags & ROUTE_PUBLISHED),
                              .closes = closes};
    struct reply *reply = NULL;
    size_t len = response.body.len;
    enum err made =
        response.failed || response.body.failed ? ERR_NO_MEMORY : reply_new(&spec, &reply);
    if (made == ERR_OK)
        made = reply_add(reply, &spec, REPLY_PLAIN, reply_body_owned(&response.body), len);
    if (made == ERR_OK)
        *out = reply;
    else
        reply_drop(reply);
    response_fini(&response);
    arena_fini(&arena);
    return made;
}
