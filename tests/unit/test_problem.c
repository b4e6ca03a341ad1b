// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "base/json.h"
#include "http/problem.h"
#include "http/response_parts.h"
#include "http/route.h"

struct fixture {
    struct arena arena;
    struct response response;
    struct json_object *document;
};

static void fill(struct fixture *f, enum err err, const struct fault *fault, unsigned methods) {
    arena_init(&f->arena);
    response_init(&f->response, &f->arena);
    problem_fill(&f->response,
                 &(struct problem){.err = err, .fault = fault, .methods = methods});
    assert_int_equal(json_parse(f->response.body.data, f->response.body.len, NULL, &f->document),
                     ERR_OK);
}

static void clear(struct fixture *f) {
    json_free(f->document);
    response_fini(&f->response);
    arena_fini(&f->arena);
}

static const char *member(struct fixture *f, const char *key) {
    size_t len;
    return json_text(json_get(f->document, key), &len);
}

static const char *header(struct fixture *f, const char *name) {
    for (struct response_header *h = f->response.headers; h; h = h->next) {
        if (strcmp(h->name, name) == 0)
            return h->value;
    }
    return NULL;
}

static void every_error_is_a_problem_with_its_listed_text_and_status(void **state) {
    (void)state;
    for (int err = ERR_OK + 1; err < ERR_COUNT; err++) {
        struct fixture f;
        fill(&f, (enum err)err, NULL, 0);
        char type[80];
        snprintf(type, sizeof type, "/errors/%s", err_name((enum err)err));
        assert_string_equal(member(&f, "type"), type);
        assert_string_equal(member(&f, "title"), err_text((enum err)err));
        int64_t status;
        assert_true(json_integer(json_get(f.document, "status"), &status));
        assert_int_equal(status, err_status((enum err)err));
        assert_int_equal(f.response.status, status);
        assert_string_equal(f.response.media_type, "application/problem+json");
        assert_false(json_has(f.document, "where"));
        assert_false(json_has(f.document, "detail"));
        clear(&f);
    }
}

static void a_client_is_told_where_and_why(void **state) {
    (void)state;
    struct fault fault = {.where = "answers.when", .why = "is not one of the options"};
    struct fixture f;
    fill(&f, ERR_BAD_FIELD, &fault, 0);
    assert_string_equal(member(&f, "where"), "answers.when");
    assert_string_equal(member(&f, "detail"), "is not one of the options");
    clear(&f);
}

static void the_servers_own_troubles_stay_inside(void **state) {
    (void)state;
    struct fault fault = {.where = "/var/lib/repere/repere.sqlite", .why = "disk I/O error"};
    struct fixture f;
    fill(&f, ERR_IO, &fault, 0);
    assert_null(member(&f, "where"));
    assert_null(member(&f, "detail"));
    clear(&f);
}

static void statuses_come_with_the_headers_they_ask_for(void **state) {
    (void)state;
    struct fixture f;
    fill(&f, ERR_NOT_SIGNED_IN, NULL, 0);
    assert_string_equal(header(&f, "WWW-Authenticate"), "Bearer");
    clear(&f);
    fill(&f, ERR_METHOD_NOT_ALLOWED, NULL, 1u << METHOD_GET | 1u << METHOD_PUT);
    assert_string_equal(header(&f, "Allow"), "GET, HEAD, PUT");
    clear(&f);
    fill(&f, ERR_TOO_MANY, NULL, 0);
    assert_string_equal(header(&f, "Retry-After"), "60");
    clear(&f);
    const struct fault soon = {.retry_s = 6};
    fill(&f, ERR_TOO_MANY, &soon, 0);
    assert_string_equal(header(&f, "Retry-After"), "6");
    clear(&f);
    fill(&f, ERR_BUSY, NULL, 0);
    assert_string_equal(header(&f, "Retry-After"), "1");
    clear(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_error_is_a_problem_with_its_listed_text_and_status),
        cmocka_unit_test(a_client_is_told_where_and_why),
        cmocka_unit_test(the_servers_own_troubles_stay_inside),
        cmocka_unit_test(statuses_come_with_the_headers_they_ask_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
