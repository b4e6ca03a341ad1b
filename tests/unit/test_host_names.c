// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "http/host_names.h"

#include <unistd.h>

static struct span span(const char *text) {
    return (struct span){text, strlen(text)};
}

static void takes_port_brackets_and_the_last_dot_away(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"room.example", "room.example"}, {"room.example:80", "room.example"},
        {"room.example.", "room.example"}, {"room.example.:80", "room.example"},
        {"[::1]", "::1"},                  {"[::1]:8080", "::1"},
        {"[::1", "[::1"},                  {":80", ""},
        {".", "."},                        {"", ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct span got = host_of_header(span(cases[i][0]));
        assert_int_equal(got.len, strlen(cases[i][1]));
        assert_memory_equal(got.text, cases[i][1], got.len);
    }
}

static void knows_its_names_and_addresses_and_no_other(void **state) {
    (void)state;
    struct host_names *names;
    assert_int_equal(host_names_new("https://map.example.org:8443", "a.lan, B.lan", &names), ERR_OK);
    static const char *const ours[] = {"map.example.org", "A.lan:80", "b.lan", "localhost",
                                       "10.0.0.1",        "[fe80::1]", "[::ffff:10.0.0.1]:1"};
    static const char *const others[] = {"",         "example.org", "xmap.example.org", "a.la", "a.lann",
                                         "10.0.0",   "10.0.0.1.nip.io", "010.0.0.0x1", "[::g]", "*",
                                         "1111111111111111111111111111111111111111111111111111111"};
    for (size_t i = 0; i < COUNT_OF(ours); i++)
        if (!host_names_know(names, span(ours[i])))
            fail_msg("%s is ours", ours[i]);
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (host_names_know(names, span(others[i])))
            fail_msg("%s is not ours", others[i]);
    host_names_free(names);
}

static void goes_by_the_machines_own_name(void **state) {
    (void)state;
    char own[256] = "", local[300];
    struct host_names *names;
    assert_int_equal(gethostname(own, sizeof own - 1), 0);
    snprintf(local, sizeof local, "%.*s.local:8080", (int)strcspn(own, "."), own);
    assert_int_equal(host_names_new(NULL, NULL, &names), ERR_OK);
    assert_true(host_names_know(names, span(own)));
    assert_true(host_names_know(names, span(local)));
    assert_false(host_names_know(names, span("local")));
    host_names_free(names);
}

static void holds_as_many_names_as_it_is_given(void **state) {
    (void)state;
    char list[4096] = "";
    struct host_names *names;
    size_t len = 0;
    for (int i = 0; i < 100; i++)
        len += (size_t)snprintf(list + len, sizeof list - len, "n%d.lan,", i);
    assert_int_equal(host_names_new(NULL, list, &names), ERR_OK);
    assert_true(host_names_know(names, span("n0.lan")));
    assert_true(host_names_know(names, span("n99.lan")));
    assert_false(host_names_know(names, span("n100.lan")));
    assert_true(host_names_know(names, span("localhost")));
    host_names_free(names);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_port_brackets_and_the_last_dot_away),
        cmocka_unit_test(knows_its_names_and_addresses_and_no_other),
        cmocka_unit_test(goes_by_the_machines_own_name),
        cmocka_unit_test(holds_as_many_names_as_it_is_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
