// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "http/percent.h"

static void decodes_escapes_and_pluses(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool plus;
        const char *expected; // NULL: refused
    } cases[] = {
        {"", false, ""},
        {"plain", false, "plain"},
        {"a%20b", false, "a b"},
        {"a+b", true, "a b"},
        {"a+b", false, "a+b"},
        {"%C3%A9t%c3%a9", false, "\u00e9t\u00e9"},
        {"%2F%3f%25", false, "/?%"},
        {"%", false, NULL},
        {"%4", false, NULL},
        {"%zz", false, NULL},
        {"% 41", false, NULL},
        {"a%00b", false, NULL},
        {"a%0Ab", false, NULL},
        {"a%7Fb", false, NULL},
        {"%C3", false, NULL},
        {"%C0%80", false, NULL},
        {"%ED%A0%80", false, NULL},
        {"%FF", false, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena arena;
        arena_init(&arena);
        char *out = NULL;
        size_t len = 99;
        enum err err =
            percent_decode(cases[i].text, strlen(cases[i].text), cases[i].plus, &arena, &out, &len);
        if (cases[i].expected) {
            assert_int_equal(err, ERR_OK);
            assert_string_equal(out, cases[i].expected);
            assert_int_equal(len, strlen(cases[i].expected));
        } else if (err != ERR_BAD_REQUEST) {
            fail_msg("%s was not refused", cases[i].text);
        }
        arena_fini(&arena);
    }
}

static void looks_at_plain_targets_only(void **state) {
    (void)state;
    static const char *const good[] = {
        "/",    "/a/b", "/a?b=c", "/a?b=..", "/a?b=%2F..%2F", "/.well-known/x", "/a.b",
        "/..a", "/a..", "/...",   "/a%20b",  "/caf%C3%A9",    "/a?b=/../c",
    };
    static const char *const bad[] = {
        "",       "a",     "*",        "http://host/", "/..",     "/../",    "/a/../b",
        "/a/./b", "/.",    "/%2e%2e/", "/%2E.",        "/.%2e?x", "/a/..?b", "/a%2Fb",
        "/a%5cb", "/a\\b", "/a b",     "/a\tb",        "/a#b",    "/a%00",   "/a?b=%00",
        "/a%",    "/a%4",  "/a%zz",    "/\xc3\xa9",    "/a\x7f",  "/%2e%2E",
    };
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        if (!percent_target_ok(good[i], strlen(good[i])))
            fail_msg("%s was refused", good[i]);
    }
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        if (percent_target_ok(bad[i], strlen(bad[i])))
            fail_msg("%s was let through", bad[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes_escapes_and_pluses),
        cmocka_unit_test(looks_at_plain_targets_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
