// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "http/request.h"
#include "http/response_parts.h"

struct fixture {
    struct arena arena;
    struct response response;
};

static int setup(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    arena_init(&f->arena);
    response_init(&f->response, &f->arena);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    response_fini(&f->response);
    arena_fini(&f->arena);
    free(f);
    return 0;
}

static void a_header_with_a_line_end_is_refused(void **state) {
    struct fixture *f = *state;
    assert_int_equal(response_header(&f->response, "X-A", "a\r\nSet-Cookie: b"), ERR_BAD_REQUEST);
    assert_int_equal(response_header(&f->response, "X\n", "a"), ERR_BAD_REQUEST);
    assert_int_equal(response_header(&f->response, "X-A", "\u00e9"), ERR_BAD_REQUEST);
    assert_null(f->response.headers);
}

static void a_file_name_keeps_plain_characters_only(void **state) {
    struct fixture *f = *state;
    response_attachment(&f->response, "a \"b\"/\u00e9\r\n-1_2.csv");
    assert_string_equal(f->response.headers->value, "attachment; filename=\"ab-1_2.csv\"");
}

static void the_cookie_is_out_of_reach_of_scripts_and_other_sites(void **state) {
    struct fixture *f = *state;
    struct request plain = {0}, secure = {.secure = true};
    response_cookie(&f->response, &plain, "abc", 60);
    assert_string_equal(f->response.headers->value,
                        "repere=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Strict");
    response_cookie(&f->response, &secure, "abc", 60);
    assert_string_equal(f->response.headers->value,
                        "__Host-repere=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure");
    response_cookie(&f->response, &plain, NULL, 60);
    assert_string_equal(f->response.headers->value,
                        "repere=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
}

static void announcements_keep_their_order(void **state) {
    struct fixture *f = *state;
    char json[] = "{\"a\":1}";
    response_announce(&f->response, "session/1", "contribution", json, strlen(json));
    json[5] = '2'; // it was copied
    response_announce(&f->response, "session/1", "removed", json, strlen(json));
    const struct announcement *first = f->response.announcements;
    assert_string_equal(first->json, "{\"a\":1}");
    assert_string_equal(first->next->event, "removed");
    assert_null(first->next->next);
}

static int freed;
static void count_free(void *state) {
    (void)state;
    freed++;
}
static enum err no_piece(void *state, void *context, struct buf *out) {
    (void)state, (void)context, (void)out;
    return ERR_OK;
}

static void a_reset_frees_the_stream_and_forgets_all(void **state) {
    struct fixture *f = *state;
    freed = 0;
    buf_str(response_body(&f->response), "text");
    response_status(&f->response, 201);
    response_stream(&f->response, no_piece, NULL, count_free);
    response_reset(&f->response);
    assert_int_equal(freed, 1);
    assert_int_equal(f->response.status, 200);
    assert_int_equal(f->response.body.len, 0);
    assert_null(f->response.headers);
    response_reset(&f->response);
    assert_int_equal(freed, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_header_with_a_line_end_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(a_file_name_keeps_plain_characters_only, setup, teardown),
        cmocka_unit_test_setup_teardown(the_cookie_is_out_of_reach_of_scripts_and_other_sites,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(announcements_keep_their_order, setup, teardown),
        cmocka_unit_test_setup_teardown(a_reset_frees_the_stream_and_forgets_all, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
