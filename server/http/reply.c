// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/reply.h"
#include <microhttpd.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ETAG_SIZE = 72 };

struct reply {
    atomic_uint holders;
    unsigned status;
    const char *cache_control;
    bool varies, open, framed, picture;
    char etag[ETAG_SIZE]; // "" without
    size_t size;
    struct MHD_Response *forms[REPLY_FORMS];
};

/* A strong ETag names bytes, so each form has its own: "12", "12-g", "12-b". */
static const char *const form_suffix[REPLY_FORMS] = {"", "-g", "-b"};

#define CSP_BUT_FRAMES                                                                             \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "        \
    "media-src blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; "                  \
    "worker-src 'self'; "                                                                          \
    "base-uri 'none'; form-action 'self'; frame-ancestors "

static bool put(struct MHD_Response *response, const char *name, const char *value) {
    return !value || MHD_add_response_header(response, name, value) == MHD_YES;
}

static bool put_validators(struct MHD_Response *response, const char *etag, enum reply_form form,
                           const char *cache_control, bool varies) {
    char quoted[ETAG_SIZE + 8];
    snprintf(quoted, sizeof quoted, "\"%s%s\"", etag ? etag : "", form_suffix[form]);
    return put(response, "ETag", etag && etag[0] ? quoted : NULL) &&
           put(response, "Cache-Control", cache_control) &&
           put(response, "Vary", varies ? "Accept-Encoding" : NULL);
}

/* Raster images and vector tiles run nothing, frame nothing and lead nowhere. */
static bool is_picture(const char *media_type) {
    static const char *const types[] = {"image/png", "image/jpeg", "image/webp",
                                        "application/vnd.mapbox-vector-tile"};
    for (size_t i = 0; media_type && i < sizeof types / sizeof *types; i++) {
        if (strcmp(media_type, types[i]) == 0)
            return true;
    }
    return false;
}

/* Pictures go without what is said to documents alone: 430 bytes, half of an average tile. */
static bool put_security(struct MHD_Response *response, const struct reply *reply) {
    bool open = reply->open, framed = reply->framed, document = !reply->picture;
    const char *policy = framed ? CSP_BUT_FRAMES "*" : CSP_BUT_FRAMES "'none'";
    return put(response, "X-Content-Type-Options", "nosniff") &&
           put(response, "Cross-Origin-Resource-Policy",
               open || framed ? "cross-origin" : "same-origin") &&
           put(response, "Access-Control-Allow-Origin", open ? "*" : NULL) &&
           put(response, "Content-Security-Policy", document ? policy : NULL) &&
           put(response, "Referrer-Policy", document ? "no-referrer" : NULL) &&
           put(response, "Cross-Origin-Opener-Policy",
               document && !framed ? "same-origin" : NULL) &&
           put(response, "Permissions-Policy", document ? "geolocation=(self)" : NULL);
}

enum err reply_new(const struct reply_spec *spec, struct reply **out) {
    struct reply *reply = calloc(1, sizeof *reply);
    if (!reply)
        return ERR_NO_MEMORY;
    atomic_init(&reply->holders, 1);
    reply->status = spec->status;
    reply->cache_control = spec->cache_control;
    reply->varies = spec->varies;
    reply->open = spec->open;
    reply->framed = spec->framed;
    reply->picture = is_picture(spec->media_type);
    if (spec->etag)
        snprintf(reply->etag, sizeof reply->etag, "%s", spec->etag);
    *out = reply;
    return ERR_OK;
}

enum err reply_add(struct reply *reply, const struct reply_spec *spec, enum reply_form form,
                   struct MHD_Response *body, size_t len) {
    if (!body)
        return ERR_NO_MEMORY;
    static const char *const encodings[REPLY_FORMS] = {NULL, "gzip", "br"};
    bool ok = put(body, "Content-Type", spec->media_type) &&
              put(body, "Content-Encoding", encodings[form]) &&
              put(body, "Connection", spec->closes ? "close" : NULL) &&
              put_validators(body, reply->etag, form, spec->cache_control, spec->varies) &&
              put_security(body, reply);
    for (const struct response_header *h = spec->headers; h; h = h->next)
        ok = ok && put(body, h->name, h->value);
    if (!ok) {
        MHD_destroy_response(body);
        return ERR_NO_MEMORY;
    }
    reply->forms[form] = body;
    reply->size += len;
    return ERR_OK;
}

struct MHD_Response *reply_body_borrowed(const void *bytes, size_t len) {
    // libmicrohttpd takes `void *` but only reads what is persistent
    return MHD_create_response_from_buffer(len, (void *)(uintptr_t)bytes, MHD_RESPMEM_PERSISTENT);
}

static void free_owned(void *cls) {
    struct buf *owned = cls;
    buf_fini(owned);
    free(owned);
}

struct MHD_Response *reply_body_owned(struct buf *bytes) {
    struct buf *owned = malloc(sizeof *owned);
    if (!owned)
        return NULL;
    *owned = *bytes;
    buf_init(bytes);
    struct MHD_Response *body = MHD_create_response_from_buffer_with_free_callback_cls(
        owned->len, owned->data, free_owned, owned);
    if (!body)
        free_owned(owned);
    return body;
}

struct MHD_Response *reply_body_file(int fd, uint64_t from, uint64_t len) {
    return MHD_create_response_from_fd_at_offset64(len, fd, from);
}

struct reply *reply_hold(struct reply *reply) {
    atomic_fetch_add_explicit(&reply->holders, 1, memory_order_relaxed);
    return reply;
}

void reply_drop(struct reply *reply) {
    if (!reply || atomic_fetch_sub_explicit(&reply->holders, 1, memory_order_acq_rel) != 1)
        return;
    for (int form = 0; form < REPLY_FORMS; form++) {
        if (reply->forms[form])
            MHD_destroy_response(reply->forms[form]);
    }
    free(reply);
}

size_t reply_size(const struct reply *reply) {
    return reply->size;
}

unsigned reply_status(const struct reply *reply) {
    return reply->status;
}

/* The opaque part of one entity tag of the list at `at`, quotes excluded; NULL at the end. */
static const char *next_tag(const char **at, const char *end, size_t *len) {
    const char *open = memchr(*at, '"', (size_t)(end - *at));
    const char *close = open ? memchr(open + 1, '"', (size_t)(end - open - 1)) : NULL;
    if (!close)
        return NULL;
    *at = close + 1;
    *len = (size_t)(close - open - 1);
    return open + 1;
}

bool reply_etag_matches(const char *etag, struct span if_none_match) {
    if (!if_none_match.text || !etag[0])
        return false;
    if (span_is(if_none_match, "*"))
        return true;
    const char *at = if_none_match.text, *end = at + if_none_match.len, *tag;
    size_t len, wanted = strlen(etag);
    while ((tag = next_tag(&at, end, &len))) {
        if (len < wanted || memcmp(tag, etag, wanted) != 0)
            continue;
        for (int form = 0; form < REPLY_FORMS; form++) {
            if (strlen(form_suffix[form]) == len - wanted &&
                memcmp(tag + wanted, form_suffix[form], len - wanted) == 0)
                return true;
        }
    }
    return false;
}

static bool queue_not_modified(struct reply *reply, struct MHD_Connection *connection,
                               enum reply_form form) {
    struct MHD_Response *empty = reply_body_borrowed("", 0);
    if (!empty)
        return false;
    bool ok = put_validators(empty, reply->etag, form, reply->cache_control, reply->varies) &&
              put_security(empty, reply) &&
              MHD_queue_response(connection, 304, empty) == MHD_YES;
    MHD_destroy_response(empty);
    return ok;
}

bool reply_queue(struct reply *reply, struct MHD_Connection *connection, const struct head *head) {
    enum reply_form form = REPLY_PLAIN;
    if (head->accepts_brotli && reply->forms[REPLY_BROTLI])
        form = REPLY_BROTLI;
    else if (head->accepts_gzip && reply->forms[REPLY_GZIP])
        form = REPLY_GZIP;
    if (reply_etag_matches(reply->etag, head->if_none_match))
        return queue_not_modified(reply, connection, form);
    return MHD_queue_response(connection, reply->status, reply->forms[form]) == MHD_YES;
}

bool reply_is_compressible(const char *media_type) {
    static const char *const prefixes[] = {"text/",
                                           "application/json",
                                           "application/geo+json",
                                           "application/problem+json",
                                           "application/javascript",
                                           "application/manifest+json",
                                           "image/svg+xml"};
    for (size_t i = 0; media_type && i < sizeof prefixes / sizeof *prefixes; i++) {
        if (strncmp(media_type, prefixes[i], strlen(prefixes[i])) == 0)
            return true;
    }
    return false;
}
