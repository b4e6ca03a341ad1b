// SPDX-License-Identifier: AGPL-3.0-or-later
// Rows of what is published: given nothing else, open to everybody's pages, kept until it changes.
#include "test.h"
#include "fake_server.h"
#include "raw_http.h"
#include <unistd.h>

static int setup(void **state) {
    *state = fake_start(false);
    return *state ? 0 : -1;
}

static int teardown(void **state) {
    fake_stop(*state);
    return 0;
}

/** One request with these headers ("" or lines that end); to be freed. */
static struct raw_reply ask(void **state, const char *method, const char *path,
                            const char *headers) {
    char text[400];
    snprintf(text, sizeof text, "%s %s HTTP/1.1\r\nHost: a\r\n%s\r\n", method, path, headers);
    return raw_request(fake_port(*state), text);
}

static void assert_header(const struct raw_reply *reply, const char *name, const char *expected) {
    char *value = raw_header(reply, name);
    if ((expected == NULL) != (value == NULL) || (value && strcmp(value, expected) != 0))
        fail_msg("%s: %s", name, value ? value : "-");
    free(value);
}

static void assert_open(const struct raw_reply *reply) {
    assert_header(reply, "Access-Control-Allow-Origin", "*");
    assert_header(reply, "Cross-Origin-Resource-Policy", "cross-origin");
    assert_header(reply, "Set-Cookie", NULL);
}

static void nobody_is_asked_who_they_are(void **state) {
    static const char *const credentials[] = {
        "", "Authorization: Bearer stolen\r\n", "Authorization: Bearer member\r\n",
        "Cookie: repere=boss\r\n", "Accept-Language: fr\r\n"};
    for (size_t i = 0; i < COUNT_OF(credentials); i++) {
        struct raw_reply reply = ask(state, "GET", "/published/1", credentials[i]);
        assert_int_equal(reply.status, 200);
        // made once: neither a credential nor a language makes another reply of it
        assert_string_equal(reply.body, "{\"calls\":1,\"roles\":1,\"language\":\"\"}");
        raw_reply_free(&reply);
    }
}

static void a_quick_row_has_its_own_context_and_asks_nobody(void **state) {
    struct raw_reply reply = ask(state, "GET", "/quick/1", "Authorization: Bearer stolen\r\n");
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.body, "{\"context\":\"quick\",\"roles\":1}");
    assert_header(&reply, "ETag", "\"as-told\"");
    raw_reply_free(&reply);
    static const struct {
        const char *method, *path, *headers;
        int status;
    } cases[] = {
        {"GET", "/quick/1", "If-None-Match: \"as-told\"\r\n", 304},
        {"HEAD", "/quick/1", "", 200},
        {"GET", "/quick/12", "", 400},
        {"GET", "/quick/x", "", 400},
        {"GET", "/quick/1?more=1", "", 400},
        {"PUT", "/quick/1", "X-Requested-With: repere\r\nContent-Length: 0\r\n", 405},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        reply = ask(state, cases[i].method, cases[i].path, cases[i].headers);
        if (reply.status != cases[i].status)
            fail_msg("%s %s: %d", cases[i].method, cases[i].path, reply.status);
        raw_reply_free(&reply);
    }
}

static void pages_of_other_hosts_may_read_every_answer(void **state) {
    static const struct {
        const char *method, *path, *headers;
        int status;
    } cases[] = {
        {"GET", "/published/1", "", 200},
        {"GET", "/published/1", "If-None-Match: *\r\n", 304},
        {"GET", "/published/13", "", 400},
        {"GET", "/published/1?bbox=1,2,3,4", "", 400},
        {"GET", "/published/0", "", 400},
        {"GET", "/published-file", "", 200},
        {"GET", "/published-file", "If-None-Match: \"file1\"\r\n", 304},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct raw_reply reply = ask(state, cases[i].method, cases[i].path, cases[i].headers);
        if (reply.status != cases[i].status)
            fail_msg("%s: %d", cases[i].path, reply.status);
        assert_open(&reply);
        raw_reply_free(&reply);
    }
}

static void what_is_not_answered_is_told_with_what_is(void **state) {
    struct raw_reply reply = ask(state, "GET", "/published/13", "");
    assert_true(raw_has(&reply, "\"where\":\"id\",\"detail\":\"is not published; ask for 1 to 12 "
                                "below /published/13\""));
    raw_reply_free(&reply);
    reply = ask(state, "GET", "/published/1?from=2026-01-01", "");
    assert_true(raw_has(&reply, "\"where\":\"from\""));
    assert_true(raw_has(&reply, "ask for 1 to 12 below /published/1\""));
    raw_reply_free(&reply);
}

static int calls(void **state, const char *path) {
    int number = -1;
    struct raw_reply reply = ask(state, "GET", path, "");
    assert_int_equal(reply.status, 200);
    assert_int_equal(sscanf(reply.body, "{\"calls\":%d", &number), 1);
    raw_reply_free(&reply);
    return number;
}

static void a_write_to_the_store_leaves_them_a_publication_ends_them(void **state) {
    assert_int_equal(calls(state, "/published/1"), 1);
    struct raw_reply reply = ask(state, "DELETE", "/things/7",
                                 "X-Requested-With: repere\r\nCookie: repere=boss\r\n");
    assert_int_equal(reply.status, 204);
    raw_reply_free(&reply);
    assert_int_equal(calls(state, "/published/1"), 1);
    fake_publish(*state);
    assert_int_equal(calls(state, "/published/1"), 2);
}

static void a_file_comes_with_its_length_and_lasting_name(void **state) {
    struct raw_reply reply = ask(state, "GET", "/published-file", "");
    assert_string_equal(reply.body, "0123456789");
    assert_header(&reply, "Content-Length", "10");
    assert_header(&reply, "ETag", "\"file1\"");
    assert_header(&reply, "Vary", NULL);
    assert_header(&reply, "Cache-Control", "public, max-age=31536000, immutable");
    raw_reply_free(&reply);
    int fd = raw_connect(fake_port(*state));
    raw_send_text(fd, "HEAD /published-file HTTP/1.1\r\nHost: a\r\n\r\n");
    reply = raw_read(fd, true, 2000, 0);
    assert_int_equal(reply.status, 200);
    assert_header(&reply, "Content-Length", "10");
    assert_header(&reply, "ETag", "\"file1\"");
    raw_reply_free(&reply);
    close(fd);
}

static void only_the_page_made_for_it_may_be_framed(void **state) {
    struct raw_reply reply = ask(state, "GET", "/app-1a2b.js", "");
    char *policy = raw_header(&reply, "Content-Security-Policy");
    assert_non_null(strstr(policy, "frame-ancestors *"));
    assert_header(&reply, "Cross-Origin-Opener-Policy", NULL);
    assert_header(&reply, "Cross-Origin-Resource-Policy", "cross-origin");
    assert_header(&reply, "Access-Control-Allow-Origin", NULL);
    free(policy);
    raw_reply_free(&reply);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(nobody_is_asked_who_they_are),
        CASE(a_quick_row_has_its_own_context_and_asks_nobody),
        CASE(pages_of_other_hosts_may_read_every_answer),
        CASE(what_is_not_answered_is_told_with_what_is),
        CASE(a_write_to_the_store_leaves_them_a_publication_ends_them),
        CASE(a_file_comes_with_its_length_and_lasting_name),
        CASE(only_the_page_made_for_it_may_be_framed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
