// SPDX-License-Identifier: AGPL-3.0-or-later
// Parts of a file: what a Range header comes to, and what is sent then.
#include "test.h"
#include "fake_server.h"
#include "http/range.h"
#include "raw_http.h"
#include <string.h>

/* ---- the header ---- */

static struct span span_of(const char *text) {
    return (struct span){text, text ? strlen(text) : 0};
}

static void one_range_is_the_bytes_it_names(void **state) {
    (void)state;
    static const struct {
        const char *header;
        uint64_t size, from, len;
    } cases[] = {
        {"bytes=0-0", 10, 0, 1},
        {"bytes=0-9", 10, 0, 10},
        {"bytes=9-9", 10, 9, 1},
        {"bytes=5-", 10, 5, 5},
        {"bytes=0-", 10, 0, 10},
        {"bytes=-5", 10, 5, 5},
        {"bytes=-10", 10, 0, 10},
        {"bytes=-11", 10, 0, 10},
        {"bytes=3-100", 10, 3, 7},
        {"BYTES=3-4", 10, 3, 2},
        {"bytes=007-0008", 10, 7, 2},
        {"bytes=3-18446744073709551615", 10, 3, 7},
        {"bytes=3-99999999999999999999999999", 10, 3, 7},
        {"bytes=-99999999999999999999999999", 10, 0, 10},
        {"bytes=1-1", UINT64_MAX, 1, 1},
        {"bytes=1-", UINT64_MAX, 1, UINT64_MAX - 1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct range range = {0, 0};
        if (range_read(span_of(cases[i].header), cases[i].size, &range) != RANGE_PART)
            fail_msg("%s", cases[i].header);
        assert_int_equal(range.from, cases[i].from);
        assert_int_equal(range.len, cases[i].len);
    }
}

static void bytes_that_are_not_there_are_beyond(void **state) {
    (void)state;
    static const char *const headers[] = {
        "bytes=10-", "bytes=10-10", "bytes=11-12", "bytes=18446744073709551615-",
        "bytes=99999999999999999999-99999999999999999999", "bytes=-0"};
    struct range range;
    for (size_t i = 0; i < COUNT_OF(headers); i++)
        if (range_read(span_of(headers[i]), 10, &range) != RANGE_BEYOND)
            fail_msg("%s", headers[i]);
    assert_int_equal(range_read(span_of("bytes=0-"), 0, &range), RANGE_BEYOND);
    assert_int_equal(range_read(span_of("bytes=-1"), 0, &range), RANGE_BEYOND);
}

static void what_is_not_one_range_of_bytes_asks_for_nothing(void **state) {
    (void)state;
    static const char *const headers[] = {
        NULL,          "",           "bytes",        "bytes=",       "bytes=-",    "bytes=--5",
        "bytes=5-4",   "bytes=0-1,", "bytes=0-1,3-", "bytes=,0-1",   "bytes=0",    "bytes= 0-1",
        "bytes=0 -1",  "bytes=0-1 ", "bytes=a-b",    "bytes=0x1-2",  "bytes=+1-2", "bytes=1.0-2",
        "items=0-1",   "bytes 0-1",  "0-1",          "bytes=1-2-3",  "bytes=1--",  "bytes:0-1"};
    struct range range;
    for (size_t i = 0; i < COUNT_OF(headers); i++)
        if (range_read(span_of(headers[i]), 10, &range) != RANGE_WHOLE)
            fail_msg("%s", headers[i] ? headers[i] : "none");
}

static void if_range_is_the_strong_tag_or_nothing(void **state) {
    (void)state;
    assert_true(range_holds(span_of(NULL), "v1"));
    assert_true(range_holds(span_of(NULL), ""));
    assert_true(range_holds(span_of("\"v1\""), "v1"));
    static const char *const others[] = {"",       "v1",        "\"v2\"",      "\"v1",
                                         "\"v1\" ", "W/\"v1\"", "\"v1\",\"v1\"", "\"\"",
                                         "Sat, 01 Jan 2050 00:00:00 GMT"};
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (range_holds(span_of(others[i]), "v1"))
            fail_msg("%s", others[i]);
    assert_false(range_holds(span_of("\"\""), ""));
}

/* ---- over the wire: /published-file holds "0123456789" under the tag "file1" ---- */

static int setup(void **state) {
    *state = fake_start(false);
    return *state ? 0 : -1;
}

static int teardown(void **state) {
    fake_stop(*state);
    return 0;
}

static struct raw_reply ask(void **state, const char *method, const char *headers) {
    char text[400];
    snprintf(text, sizeof text, "%s /published-file HTTP/1.1\r\nHost: a\r\n%s\r\n", method, headers);
    return raw_request(fake_port(*state), text);
}

static void assert_header(const struct raw_reply *reply, const char *name, const char *expected) {
    char *value = raw_header(reply, name);
    if ((expected == NULL) != (value == NULL) || (value && strcmp(value, expected) != 0))
        fail_msg("%s: %s", name, value ? value : "-");
    free(value);
}

static void a_file_is_sent_in_the_part_that_is_asked_for(void **state) {
    static const struct {
        const char *headers;
        int status;
        const char *content_range, *body;
    } cases[] = {
        {"", 200, NULL, "0123456789"},
        {"Range: bytes=0-0\r\n", 206, "bytes 0-0/10", "0"},
        {"Range: bytes=-5\r\n", 206, "bytes 5-9/10", "56789"},
        {"Range: bytes=5-\r\n", 206, "bytes 5-9/10", "56789"},
        {"Range: bytes=8-99\r\n", 206, "bytes 8-9/10", "89"},
        {"Range: bytes=0-1,4-5\r\n", 200, NULL, "0123456789"},
        {"Range: bytes=5-4\r\n", 200, NULL, "0123456789"},
        {"Range: lines=1-2\r\n", 200, NULL, "0123456789"},
        {"Range: bytes=1-2\r\nIf-Range: \"file1\"\r\n", 206, "bytes 1-2/10", "12"},
        {"Range: bytes=1-2\r\nIf-Range: \"file0\"\r\n", 200, NULL, "0123456789"},
        {"Range: bytes=99-\r\nIf-Range: \"file0\"\r\n", 200, NULL, "0123456789"},
        {"Range: bytes=1-2\r\nIf-Range: W/\"file1\"\r\n", 200, NULL, "0123456789"},
        {"Range: bytes=1-2\r\nIf-None-Match: \"file1\"\r\n", 304, NULL, ""},
        {"Range: bytes=99-\r\nIf-None-Match: \"file1\"\r\n", 304, NULL, ""},
        {"Range: bytes=1-2\r\nIf-None-Match: \"file0\"\r\n", 206, "bytes 1-2/10", "12"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct raw_reply reply = ask(state, "GET", cases[i].headers);
        if (reply.status != cases[i].status)
            fail_msg("%s: %d", cases[i].headers, reply.status);
        assert_header(&reply, "Content-Range", cases[i].content_range);
        assert_int_equal(reply.body_len, strlen(cases[i].body));
        assert_memory_equal(reply.body, cases[i].body, reply.body_len);
        assert_header(&reply, "ETag", "\"file1\"");
        if (reply.status != 304)
            assert_header(&reply, "Accept-Ranges", "bytes");
        raw_reply_free(&reply);
    }
}

static void a_part_that_is_not_there_is_told_with_the_size(void **state) {
    struct raw_reply reply = ask(state, "GET", "Range: bytes=10-\r\n");
    assert_int_equal(reply.status, 416);
    assert_header(&reply, "Content-Range", "bytes */10");
    assert_header(&reply, "Cache-Control", "no-store");
    assert_true(raw_has(&reply, "\"type\":\"/errors/BAD_RANGE\""));
    raw_reply_free(&reply);
}

static void head_tells_of_the_whole_file(void **state) {
    struct raw_reply reply = ask(state, "HEAD", "Range: bytes=2-3\r\n");
    assert_int_equal(reply.status, 200);
    assert_header(&reply, "Content-Length", "10");
    assert_header(&reply, "Content-Range", NULL);
    assert_header(&reply, "Accept-Ranges", "bytes");
    raw_reply_free(&reply);
    reply = ask(state, "HEAD", "Range: bytes=99-\r\n");
    assert_int_equal(reply.status, 200);
    raw_reply_free(&reply);
}

static void two_range_headers_are_refused(void **state) {
    struct raw_reply reply = ask(state, "GET", "Range: bytes=2-3\r\nRange: bytes=4-5\r\n");
    assert_int_equal(reply.status, 400);
    raw_reply_free(&reply);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_range_is_the_bytes_it_names),
        cmocka_unit_test(bytes_that_are_not_there_are_beyond),
        cmocka_unit_test(what_is_not_one_range_of_bytes_asks_for_nothing),
        cmocka_unit_test(if_range_is_the_strong_tag_or_nothing),
        cmocka_unit_test(a_file_is_sent_in_the_part_that_is_asked_for),
        cmocka_unit_test(a_part_that_is_not_there_is_told_with_the_size),
        cmocka_unit_test(head_tells_of_the_whole_file),
        cmocka_unit_test(two_range_headers_are_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
