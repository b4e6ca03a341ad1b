// SPDX-License-Identifier: AGPL-3.0-or-later
// A request target: percent_target_ok, the router, percent_decode and the parameters of a row with
// one parameter of each type. What is let through must keep what the row promises to a handler.
#include "base/utf8.h"
#include "http/params.h"
#include "http/percent.h"
#include "http/request.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void require(bool condition) {
    if (!condition)
        abort();
}

static enum err nothing(struct request *request, struct response *response) {
    (void)request, (void)response;
    return ERR_OK;
}

static const char *const words[] = {"approved", "hidden", NULL};
static const struct param id = {.name = "id", .type = PARAM_INT, .min = 1, .max = 1e15};
static const struct param uuid = {.name = "uuid", .type = PARAM_UUID};
static const struct param offset = {.name = "offset", .type = PARAM_INT, .min = -2, .max = 2};
static const struct param bbox = {.name = "bbox", .type = PARAM_BBOX};
static const struct param word = {.name = "word", .type = PARAM_WORD, .max = 8};
static const struct param text = {.name = "text", .type = PARAM_TEXT, .max = 12};
static const struct param choice = {.name = "state", .type = PARAM_ONE_OF, .words = words};
static const struct param limit = {
    .name = "limit", .type = PARAM_INT, .min = 1, .max = 9, .fallback = "3"};

static const struct route rows[] = {
    ROUTE(GET, "/s/{id}", nothing, 1, "X", "one",
          .params = {&id, &offset, &bbox, &word, &text, &choice, &limit}),
    ROUTE(GET, "/s/{id}/m/{uuid}", nothing, 1, "X", "two", .params = {&id, &uuid, &word}),
    ROUTE(GET, "/t/{text}", nothing, 1, "X", "text", .params = {&text}),
};

static void check_texts(const struct request *request) {
    const char *value = request_text(request, "word");
    if (value)
        require(strlen(value) >= 1 && strlen(value) <= 8 && !strpbrk(value, " /%<>\"'&"));
    value = request_text(request, "text");
    if (value) {
        require(strlen(value) >= 1 && strlen(value) <= 12);
        require(utf8_valid(value, strlen(value), NULL));
        for (; *value; value++)
            require((unsigned char)*value >= 0x20 && *value != 0x7f);
    }
    value = request_text(request, "state");
    require(!value || strcmp(value, "approved") == 0 || strcmp(value, "hidden") == 0);
}

static void check_numbers(const struct request *request) {
    require(request_int(request, "id") >= 1 && request_int(request, "id") <= 1000000000000000);
    require(request_int(request, "offset") >= -2 && request_int(request, "offset") <= 2);
    require(request_int(request, "limit") >= 1 && request_int(request, "limit") <= 9);
    double wsen[4];
    if (request_bbox(request, "bbox", wsen))
        require(fabs(wsen[0]) <= 180 && fabs(wsen[2]) <= 180 && wsen[1] >= -90 && wsen[3] <= 90 &&
                wsen[1] <= wsen[3]);
}

static void read_target(const struct router *router, const char *target, size_t len) {
    const char *mark = memchr(target, '?', len);
    size_t path_len = mark ? (size_t)(mark - target) : len;
    struct route_match match;
    if (router_find(router, METHOD_GET, target, path_len, &match) != ERR_OK)
        return;
    struct arena arena;
    arena_init(&arena);
    struct fault fault = {0};
    struct request request = {0};
    enum err err = params_read(&match, mark ? mark + 1 : NULL, mark ? len - path_len - 1 : 0,
                               &arena, &fault, &request.params);
    if (err == ERR_OK && match.route == &rows[0]) {
        check_texts(&request);
        check_numbers(&request);
    } else if (err != ERR_OK) {
        require(err == ERR_BAD_PARAMETER || err == ERR_BAD_BBOX);
        require(fault.where[0] && fault.why[0]);
        require(utf8_valid(fault.where, strlen(fault.where), NULL));
    }
    arena_fini(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct route_table table = {rows, sizeof rows / sizeof *rows};
    struct router *router;
    require(router_new(&table, NULL, &router) == ERR_OK);
    // a copy without a byte behind it, so that reading past the end is seen
    char *target = malloc(size ? size : 1);
    require(target != NULL);
    memcpy(target, data, size);
    if (percent_target_ok(target, size))
        require(!memchr(target, '\0', size));
    read_target(router, target, size);
    free(target);
    router_free(router);
    return 0;
}
