// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "http/door.h"

static struct span span(const char *text) {
    return (struct span){text, text ? strlen(text) : 0};
}

static void a_write_must_come_from_our_own_pages(void **state) {
    (void)state;
    static const char public_origin[] = "https://map.example.org";
    static const struct {
        const char *requested_with, *fetch_site, *origin;
        enum err err;
    } cases[] = {
        {"repere", NULL, NULL, ERR_OK}, // a script, or a browser of before 2020
        {"repere", "same-origin", "http://10.0.0.1:8080", ERR_OK},
        {"repere", "none", NULL, ERR_OK},
        {"repere", NULL, "https://10.0.0.1:8080", ERR_OK},
        {"repere", NULL, "https://map.example.org", ERR_OK},
        {"repere", NULL, "HTTPS://MAP.example.org", ERR_OK},
        {NULL, "same-origin", "http://10.0.0.1:8080", ERR_CROSS_SITE},
        {"XMLHttpRequest", NULL, NULL, ERR_CROSS_SITE},
        {"repere", "cross-site", NULL, ERR_CROSS_SITE},
        {"repere", "same-site", NULL, ERR_CROSS_SITE},
        {"repere", "", NULL, ERR_CROSS_SITE},
        {"repere", NULL, "null", ERR_CROSS_SITE},
        {"repere", NULL, "", ERR_CROSS_SITE},
        {"repere", NULL, "http://10.0.0.1", ERR_CROSS_SITE},
        {"repere", NULL, "http://10.0.0.1:80801", ERR_CROSS_SITE},
        {"repere", NULL, "http://evil.example/://10.0.0.1:8080", ERR_CROSS_SITE},
        {"repere", NULL, "http://map.example.org", ERR_CROSS_SITE},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct head head = {.host = span("10.0.0.1:8080"),
                            .requested_with = span(cases[i].requested_with),
                            .fetch_site = span(cases[i].fetch_site),
                            .origin = span(cases[i].origin)};
        struct fault fault = {0};
        bool is_ours = cases[i].requested_with && strcmp(cases[i].requested_with, "repere") == 0;
        if (door_check_site(&head, public_origin, &fault) != cases[i].err)
            fail_msg("case %zu", i);
        assert_string_equal(fault.where, is_ours ? "" : "X-Requested-With");
    }
}

static void a_body_must_be_of_the_kind_the_route_takes(void **state) {
    (void)state;
    static const struct route none = {.path = "/"}, json = {.body = "Thing", .body_max = 100},
                              files = {.body = "text/csv, application/geo+json"};
    static const struct {
        const struct route *route;
        const char *type;
        uint64_t length;
        bool chunked;
        enum err err;
    } cases[] = {
        {&none, NULL, 0, false, ERR_OK},
        {&none, "application/json", 0, false, ERR_OK},
        {&none, NULL, 1, false, ERR_BAD_REQUEST},
        {&none, NULL, 0, true, ERR_BAD_REQUEST},
        {&json, "application/json", 100, false, ERR_OK},
        {&json, "Application/JSON ; charset=utf-8", 5, false, ERR_OK},
        {&json, "application/json", 101, false, ERR_TOO_LARGE},
        {&json, NULL, 5, false, ERR_WRONG_TYPE},
        {&json, "text/plain", 5, false, ERR_WRONG_TYPE},
        {&json, "application/x-www-form-urlencoded", 5, false, ERR_WRONG_TYPE},
        {&json, "application/jsonx", 5, false, ERR_WRONG_TYPE},
        {&json, "application/geo+json", 5, false, ERR_WRONG_TYPE},
        {&files, "text/csv", 5, true, ERR_OK},
        {&files, "application/geo+json", 5, false, ERR_OK},
        {&files, "application/json", 5, false, ERR_WRONG_TYPE},
        {&files, "", 5, false, ERR_WRONG_TYPE},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct head head = {.content_type = span(cases[i].type),
                            .content_length = cases[i].length,
                            .chunked = cases[i].chunked};
        struct fault fault = {0};
        if (door_check_body(cases[i].route, &head, &fault) != cases[i].err)
            fail_msg("case %zu", i);
    }
}

static void assert_span(struct span got, const char *expected) {
    if (!expected) {
        assert_null(got.text);
        return;
    }
    assert_non_null(got.text);
    assert_int_equal(got.len, strlen(expected));
    assert_memory_equal(got.text, expected, got.len);
}

static void finds_the_credential(void **state) {
    (void)state;
    static const struct {
        const char *cookie, *plain, *secure;
    } cookies[] = {
        {"repere=abc", "abc", NULL},
        {"a=b; repere=abc", "abc", NULL},
        {"a=b;repere=abc;c=d", "abc", NULL},
        {"__Host-repere=xyz; repere=abc", "abc", "xyz"},
        {"xrepere=abc", NULL, NULL},
        {"repere", NULL, NULL},
        {"reperes=abc", NULL, NULL},
        {"", NULL, NULL},
        {NULL, NULL, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cookies); i++) {
        struct head head = {.cookie = span(cookies[i].cookie)};
        assert_span(door_cookie(&head, false), cookies[i].plain);
        assert_span(door_cookie(&head, true), cookies[i].secure);
    }
    static const struct {
        const char *authorization, *token;
    } bearers[] = {{"Bearer abc", "abc"}, {"bearer  abc ", "abc"}, {"Basic abc", NULL},
                   {"Bearer", NULL},      {"Bearer ", NULL},       {"Bearerabc", NULL},
                   {NULL, NULL}};
    for (size_t i = 0; i < COUNT_OF(bearers); i++) {
        struct head head = {.authorization = span(bearers[i].authorization)};
        assert_span(door_bearer(&head), bearers[i].token);
    }
}

static void the_https_origin_is_secure_and_so_is_our_own_tls(void **state) {
    (void)state;
    struct head ours = {.host = span("map.example.org")}, other = {.host = span("10.0.0.1")};
    assert_true(door_is_secure(&ours, false, "https://map.example.org"));
    assert_false(door_is_secure(&other, false, "https://map.example.org"));
    assert_false(door_is_secure(&ours, false, "http://map.example.org"));
    assert_false(door_is_secure(&ours, false, NULL));
    assert_true(door_is_secure(&other, true, NULL));
}

static void takes_the_first_language(void **state) {
    (void)state;
    struct head head = {.accept_language = span("fr-BE,fr;q=0.9,en;q=0.8")};
    assert_span(door_language(&head), "fr-BE");
    head.accept_language = span("*");
    assert_span(door_language(&head), NULL);
    head.accept_language = span(NULL);
    assert_span(door_language(&head), NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_write_must_come_from_our_own_pages),
        cmocka_unit_test(a_body_must_be_of_the_kind_the_route_takes),
        cmocka_unit_test(finds_the_credential),
        cmocka_unit_test(the_https_origin_is_secure_and_so_is_our_own_tls),
        cmocka_unit_test(takes_the_first_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
