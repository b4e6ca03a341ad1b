// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fake_routes.h"
#include "http/openapi.h"
#include "http/request.h"
#include "http/response.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct param id_param = {.name = "id", .type = PARAM_INT, .min = 1, .max = 1000};
static const struct param limit_param = {
    .name = "limit", .type = PARAM_INT, .min = 1, .max = 1000, .fallback = "100"};
static const struct param bbox_param = {.name = "bbox", .type = PARAM_BBOX};
static const struct param fail_param = {.name = "fail", .type = PARAM_WORD};
static const struct param topic_param = {.name = "topic", .type = PARAM_WORD, .max = 20};
static const struct param bytes_param = {
    .name = "bytes", .type = PARAM_INT, .min = 0, .max = 1e9, .required = true};
static const struct param break_param = {.name = "break", .type = PARAM_WORD};

static enum err get_thing(struct request *request, struct response *response) {
    double wsen[4];
    bool boxed = request_bbox(request, "bbox", wsen);
    buf_printf(response_body(response), "{\"id\":%d,\"limit\":%d,\"west\":%.1f}",
               (int)request_int(request, "id"), (int)request_int(request, "limit"),
               boxed ? wsen[0] : 0);
    response_version(response, "12");
    return ERR_OK;
}

static enum err kept(struct request *request, struct response *response) {
    struct fake_context *context = request->context;
    int calls = atomic_fetch_add(&context->kept_calls, 1) + 1;
    buf_printf(response_body(response), "{\"calls\":%d,\"filler\":\"", calls);
    for (int i = 0; i < 20000; i++)
        buf_char(response_body(response), (char)('a' + i % 26));
    buf_str(response_body(response), "\"}");
    return ERR_OK;
}

static enum err prepare_put(struct request *request, struct response *response) {
    (void)response;
    if (request->body_len == 0)
        return fault_set(&request->fault, ERR_BAD_JSON, "body", "is empty");
    request->state = (void *)(uintptr_t)request->body;
    return ERR_OK;
}

static enum err put_thing(struct request *request, struct response *response) {
    struct fake_context *context = request->context;
    snprintf(context->pending, sizeof context->pending, "%s", (const char *)request->state);
    buf_str(response_body(response), "{\"stored\":true}");
    response_status(response, 201);
    response_announce(response, "things", "thing", request->body, request->body_len);
    if (request_text(request, "fail"))
        return fault_set(&request->fault, ERR_CONFLICT, "thing", "is not wanted");
    return ERR_OK;
}

static enum err delete_thing(struct request *request, struct response *response) {
    (void)request;
    response_status(response, 204);
    return ERR_OK;
}

static enum err post_upload(struct request *request, struct response *response) {
    struct stat file;
    if (stat(request->body_file, &file) != 0)
        return ERR_IO;
    buf_printf(response_body(response), "{\"bytes\":%lld,\"mode\":\"%o\",\"type\":\"%s\"}",
               (long long)file.st_size, file.st_mode & 0777, request->content_type);
    return ERR_OK;
}

static enum err who(struct request *request, struct response *response) {
    buf_printf(response_body(response), "{\"roles\":%u,\"language\":\"%s\",\"if_match\":\"%s\"}",
               request->principal.roles, request->language,
               request->if_match ? request->if_match : "-");
    return ERR_OK;
}

static enum err listen_to(struct request *request, struct response *response) {
    response_subscribe(response, request_text(request, "topic"));
    return ERR_OK;
}

static enum err sign_in(struct request *request, struct response *response) {
    response_cookie(response, request, "token", 60);
    buf_str(response_body(response), "{}");
    return ERR_OK;
}

static enum err break_down(struct request *request, struct response *response) {
    (void)response;
    return fault_set(&request->fault, ERR_IO, "/a/secret/path", "a cause that stays here");
}

struct counting {
    size_t left;
    bool breaks;
};

static enum err next_piece(void *state, void *worker_context, struct buf *out) {
    struct counting *counting = state;
    (void)worker_context;
    size_t n = counting->left < 65536 ? counting->left : 65536;
    if (n == 0 && counting->breaks)
        return ERR_IO;
    for (size_t i = 0; i < n; i++)
        buf_char(out, (char)('0' + i % 10));
    counting->left -= n;
    return ERR_OK;
}

static enum err stream(struct request *request, struct response *response) {
    struct counting *counting = malloc(sizeof *counting);
    if (!counting)
        return ERR_NO_MEMORY;
    *counting =
        (struct counting){(size_t)request_int(request, "bytes"), request_text(request, "break") != NULL};
    response_type(response, "text/plain");
    response_attachment(response, "co\"unt\r\n.txt");
    response_stream(response, next_piece, counting, free);
    return ERR_OK;
}

static enum err published(struct request *request, struct response *response) {
    struct fake_published *shown = request->context;
    if (request_int(request, "id") == 13)
        return fault_set(&request->fault, ERR_BAD_PARAMETER, "id", "is not published");
    buf_printf(response_body(response), "{\"calls\":%d,\"roles\":%u,\"language\":\"%s\"}",
               atomic_fetch_add(&shown->calls, 1) + 1, request->principal.roles, request->language);
    return ERR_OK;
}

static enum err published_file(struct request *request, struct response *response) {
    static const char bytes[] = "0123456789";
    char path[] = "/tmp/repere-file-XXXXXX";
    int fd = mkstemp(path);
    (void)request;
    if (fd < 0 || unlink(path) != 0 || write(fd, bytes, 10) != 10)
        return ERR_IO;
    response_type(response, "application/geopackage+sqlite3");
    response_version(response, "file1");
    response_file(response, fd, 10);
    return ERR_OK;
}

static enum err quick(struct request *request, struct response *response) {
    if (request_int(request, "id") == 12)
        return fault_set(&request->fault, ERR_BAD_PARAMETER, "id", "is not quick");
    response_version(response, "as-told");
    buf_printf(response_body(response), "{\"context\":\"%s\",\"roles\":%u}",
               (const char *)request->context, request->principal.roles);
    return ERR_OK;
}

#define ANYONE 1u
static const struct route rows[] = {
    ROUTE(GET, "/things/{id}", get_thing, ANYONE, "Thing", "A thing",
          .params = {&id_param, &limit_param, &bbox_param}),
    ROUTE(PUT, "/things/{id}", put_thing, FAKE_MEMBER | FAKE_BOSS, "Thing", "Changes a thing",
          .params = {&id_param, &fail_param}, .body = "Thing", .body_max = 1000,
          .prepare = prepare_put, .flags = ROUTE_WRITES),
    ROUTE(DELETE, "/things/{id}", delete_thing, FAKE_BOSS, "Thing", "Removes a thing",
          .params = {&id_param}, .flags = ROUTE_WRITES),
    ROUTE(GET, "/kept", kept, ANYONE, "Thing", "A reply that is kept", .flags = ROUTE_CACHED),
    ROUTE(GET, "/kept-for-all", kept, ANYONE, "Thing", "A reply that is kept for all",
          .flags = ROUTE_CACHED | ROUTE_PUBLIC),
    ROUTE(GET, "/who", who, ANYONE, "Thing", "Who asks"),
    ROUTE(GET, "/boss", who, FAKE_BOSS, "Thing", "For one role"),
    ROUTE(POST, "/uploads", post_upload, FAKE_MEMBER, "Thing", "Takes a file",
          .body = "text/csv, application/geo+json", .body_max = 300000, .flags = ROUTE_UPLOAD),
    ROUTE(POST, "/sign-in", sign_in, ANYONE, "Thing", "Sets a cookie", .body = "Thing"),
    ROUTE(GET, "/events/{topic}", listen_to, ANYONE, "text/event-stream", "Events",
          .params = {&topic_param}, .flags = ROUTE_EVENTS),
    ROUTE(GET, "/stream", stream, ANYONE, "text/plain", "Many bytes",
          .params = {&bytes_param, &break_param}),
    ROUTE(GET, "/published/{id}", published, ANYONE, "Thing", "What is published",
          .params = {&id_param}, .flags = ROUTE_PUBLIC | ROUTE_PUBLISHED | ROUTE_IMMUTABLE),
    ROUTE(GET, "/quick/{id}", quick, ANYONE, "Thing", "What is quickly told", .params = {&id_param},
          .flags = ROUTE_PUBLIC | ROUTE_QUICK),
    ROUTE(GET, "/published-file", published_file, ANYONE, "application/geopackage+sqlite3",
          "A file", .flags = ROUTE_PUBLIC | ROUTE_PUBLISHED | ROUTE_IMMUTABLE),
    ROUTE(GET, "/broken", break_down, ANYONE, "Thing", "Fails"),
    ROUTE(GET, "/api/openapi.json", openapi_handler, ANYONE, "application/json", "This document",
          .flags = ROUTE_CACHED | ROUTE_PUBLIC),
};
const struct route_table fake_routes = {rows, sizeof rows / sizeof *rows};
