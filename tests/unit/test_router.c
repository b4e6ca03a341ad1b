// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "http/router.h"

static enum err nothing(struct request *request, struct response *response) {
    (void)request, (void)response;
    return ERR_OK;
}

static const struct param id = {.name = "id", .type = PARAM_INT};
static const struct param uuid = {.name = "uuid", .type = PARAM_UUID};
static const struct param limit = {.name = "limit", .type = PARAM_INT, .fallback = "10"};

static const struct route rows[] = {
    ROUTE(GET, "/", nothing, 1, "X", "root"),
    ROUTE(GET, "/api/sessions", nothing, 1, "X", "list", .params = {&limit}),
    ROUTE(POST, "/api/sessions", nothing, 1, "X", "make", .body = "X"),
    ROUTE(GET, "/api/sessions/{id}", nothing, 1, "X", "one", .params = {&limit, &id}),
    ROUTE(GET, "/api/sessions/all", nothing, 1, "X", "a literal beside a name"),
    ROUTE(PUT, "/api/sessions/{id}/marks/{uuid}", nothing, 1, "X", "two names",
          .params = {&uuid, &id}, .body = "X"),
    ROUTE(DELETE, "/api/sessions/{id}/marks/{uuid}", nothing, 1, "X", "the same path",
          .params = {&id, &uuid}),
};

static int setup(void **state) {
    struct route_table table = {rows, COUNT_OF(rows)};
    struct fault fault = {0};
    struct router *router;
    if (router_new(&table, &fault, &router) != ERR_OK) {
        fprintf(stderr, "%s %s\n", fault.where, fault.why);
        return -1;
    }
    *state = router;
    return 0;
}

static int teardown(void **state) {
    router_free(*state);
    return 0;
}

static enum err find(void **state, int method, const char *path, struct route_match *match) {
    return router_find(*state, method, path, strlen(path), match);
}

static void finds_the_row_of_a_path_and_method(void **state) {
    struct route_match match;
    assert_int_equal(find(state, METHOD_GET, "/", &match), ERR_OK);
    assert_ptr_equal(match.route, &rows[0]);
    assert_int_equal(find(state, METHOD_GET, "/api/sessions", &match), ERR_OK);
    assert_ptr_equal(match.route, &rows[1]);
    assert_int_equal(find(state, METHOD_POST, "/api/sessions", &match), ERR_OK);
    assert_ptr_equal(match.route, &rows[2]);
    assert_int_equal(match.value_count, 0);
}

static void takes_what_stands_for_a_name(void **state) {
    struct route_match match;
    assert_int_equal(find(state, METHOD_PUT, "/api/sessions/7/marks/%C3%A9", &match), ERR_OK);
    assert_ptr_equal(match.route, &rows[5]);
    assert_int_equal(match.value_count, 2);
    assert_int_equal(match.values[0].param, 1); // id is the row's second parameter
    assert_memory_equal(match.values[0].text, "7", match.values[0].len);
    assert_int_equal(match.values[1].param, 0);
    assert_int_equal(match.values[1].len, 6);
    assert_memory_equal(match.values[1].text, "%C3%A9", 6);
}

static void prefers_a_literal_step_to_a_name(void **state) {
    struct route_match match;
    assert_int_equal(find(state, METHOD_GET, "/api/sessions/all", &match), ERR_OK);
    assert_ptr_equal(match.route, &rows[4]);
    assert_int_equal(find(state, METHOD_GET, "/api/sessions/alle", &match), ERR_OK);
    assert_ptr_equal(match.route, &rows[3]);
}

static void falls_back_to_the_name_when_the_literal_leads_nowhere(void **state) {
    struct route_match match;
    assert_int_equal(find(state, METHOD_DELETE, "/api/sessions/all/marks/x", &match), ERR_OK);
    assert_ptr_equal(match.route, &rows[6]);
}

static void does_not_find_other_paths(void **state) {
    static const char *const paths[] = {"",
                                        "api",
                                        "/api",
                                        "/api/",
                                        "/api/sessions/",
                                        "//api/sessions",
                                        "/api//sessions",
                                        "/api/sessions/7/",
                                        "/API/sessions",
                                        "/api/sessions/7/marks",
                                        "/api/sessions/7/marks/x/y"};
    struct route_match match;
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        if (find(state, METHOD_GET, paths[i], &match) != ERR_NOT_FOUND)
            fail_msg("%s was found", paths[i]);
    }
}

static void tells_the_methods_of_a_path_that_lacks_this_one(void **state) {
    struct route_match match;
    assert_int_equal(find(state, METHOD_DELETE, "/api/sessions", &match), ERR_METHOD_NOT_ALLOWED);
    assert_int_equal(match.methods, 1 << METHOD_GET | 1 << METHOD_POST);
    assert_null(match.route);
    assert_int_equal(find(state, -1, "/api/sessions/7/marks/x", &match), ERR_METHOD_NOT_ALLOWED);
    assert_int_equal(match.methods, 1 << METHOD_PUT | 1 << METHOD_DELETE);
}

static void refuses_a_table_that_contradicts_itself(void **state) {
    (void)state;
    static const struct param no_words = {.name = "a", .type = PARAM_ONE_OF};
    static const struct param bad_fallback = {.name = "a", .type = PARAM_INT, .fallback = "x"};
    const struct route bad[][2] = {
        {ROUTE(GET, "/a", nothing, 1, "X", "once"), ROUTE(GET, "/a", nothing, 1, "X", "twice")},
        {ROUTE(GET, "/{id}", nothing, 1, "X", "no parameter")},
        {ROUTE(GET, "/a", nothing, 0, "X", "no role")},
        {ROUTE(GET, "/a", NULL, 1, "X", "no handler")},
        {ROUTE(GET, "/a", nothing, 1, "X", "writes", .flags = ROUTE_WRITES)},
        {ROUTE(GET, "/a", nothing, 1, "X", "body", .body = "X")},
        {ROUTE(POST, "/a", nothing, 1, "X", "kept", .flags = ROUTE_CACHED)},
        {ROUTE(POST, "/a", nothing, 1, "X", "no type", .body = "X", .flags = ROUTE_UPLOAD)},
        {ROUTE(POST, "/a", nothing, 1, "X", "prepares", .prepare = nothing)},
        {ROUTE(GET, "/a", nothing, 1, "X", "no words", .params = {&no_words})},
        {ROUTE(GET, "/a", nothing, 1, "X", "fallback", .params = {&bad_fallback})},
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct route_table table = {bad[i], bad[i][1].path ? 2 : 1};
        struct fault fault = {0};
        struct router *router = NULL;
        if (router_new(&table, &fault, &router) != ERR_INTERNAL)
            fail_msg("%s was let through", bad[i][0].summary);
        assert_string_equal(fault.where, bad[i][0].path);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_row_of_a_path_and_method),
        cmocka_unit_test(takes_what_stands_for_a_name),
        cmocka_unit_test(prefers_a_literal_step_to_a_name),
        cmocka_unit_test(falls_back_to_the_name_when_the_literal_leads_nowhere),
        cmocka_unit_test(does_not_find_other_paths),
        cmocka_unit_test(tells_the_methods_of_a_path_that_lacks_this_one),
        cmocka_unit_test(refuses_a_table_that_contradicts_itself),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
