// SPDX-License-Identifier: AGPL-3.0-or-later
// Requests that two servers in a row could cut differently. Each must be answered 400 and its
// connection closed, so that nothing behind it is ever taken for a second request.
#include "test.h"
#include "fake_server.h"
#include "raw_http.h"
#include <unistd.h>

#define SECOND "GET /who HTTP/1.1\r\nHost: a\r\n\r\n"
#define PUT_HEAD                                                                                   \
    "PUT /things/7 HTTP/1.1\r\nHost: a\r\nX-Requested-With: repere\r\n"                            \
    "Authorization: Bearer member\r\nContent-Type: application/json\r\n"

static const struct {
    const char *name, *bytes;
    size_t len; // 0: to the NUL
} attacks[] = {
    /* two ways to tell the body's length */
    {"length and chunked",
     PUT_HEAD "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SECOND, 0},
    {"chunked and length",
     PUT_HEAD "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" SECOND, 0},
    {"two equal lengths", PUT_HEAD "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}" SECOND, 0},
    {"two unequal lengths", PUT_HEAD "Content-Length: 2\r\nContent-Length: 31\r\n\r\n{}" SECOND, 0},
    {"a list of lengths", PUT_HEAD "Content-Length: 2, 2\r\n\r\n{}" SECOND, 0},
    {"two codings",
     PUT_HEAD "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SECOND,
     0},
    /* a length that is no number */
    {"length with a plus", PUT_HEAD "Content-Length: +2\r\n\r\n{}" SECOND, 0},
    {"length below zero", PUT_HEAD "Content-Length: -2\r\n\r\n{}" SECOND, 0},
    {"hexadecimal length", PUT_HEAD "Content-Length: 0x2\r\n\r\n{}" SECOND, 0},
    {"length with a letter", PUT_HEAD "Content-Length: 2a\r\n\r\n{}" SECOND, 0},
    {"length with a point", PUT_HEAD "Content-Length: 2.0\r\n\r\n{}" SECOND, 0},
    {"empty length", PUT_HEAD "Content-Length:\r\n\r\n" SECOND, 0},
    {"length in quotes", PUT_HEAD "Content-Length: \"2\"\r\n\r\n{}" SECOND, 0},
    {"length with a space inside", PUT_HEAD "Content-Length: 2 2\r\n\r\n{}" SECOND, 0},
    {"length with a blank behind", PUT_HEAD "Content-Length: 2 \r\n\r\n{}" SECOND, 0},
    /* a coding that is not chunked */
    {"identity", PUT_HEAD "Transfer-Encoding: identity\r\n\r\n{}" SECOND, 0},
    {"gzip, chunked", PUT_HEAD "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" SECOND, 0},
    {"chunked, identity", PUT_HEAD "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" SECOND,
     0},
    {"xchunked", PUT_HEAD "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" SECOND, 0},
    {"chunked with a tab before",
     PUT_HEAD "Transfer-Encoding: \x0b"
              "chunked\r\n\r\n0\r\n\r\n" SECOND,
     0},
    {"chunked in quotes", PUT_HEAD "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n" SECOND, 0},
    {"chunked with a parameter", PUT_HEAD "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n" SECOND,
     0},
    {"chunked twice in one", PUT_HEAD "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" SECOND,
     0},
    {"empty coding", PUT_HEAD "Transfer-Encoding:\r\n\r\n0\r\n\r\n" SECOND, 0},
    {"chunked in HTTP/1.0",
     "PUT /things/7 HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SECOND, 0},
    /* chunks that are none */
    {"hexadecimal prefix",
     PUT_HEAD "Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n" SECOND, 0},
    {"chunk below zero", PUT_HEAD "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n" SECOND,
     0},
    {"chunk longer than told",
     PUT_HEAD "Transfer-Encoding: chunked\r\n\r\n2\r\n{}x\r\n0\r\n\r\n" SECOND, 0},
    {"chunk without a size",
     PUT_HEAD "Transfer-Encoding: chunked\r\n\r\n\r\n{}\r\n0\r\n\r\n" SECOND, 0},
    /* names that are not tokens */
    {"a blank before the colon", PUT_HEAD "Content-Length : 2\r\n\r\n{}" SECOND, 0},
    {"a tab before the colon", PUT_HEAD "Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n" SECOND, 0},
    {"a blank before the name", "GET /who HTTP/1.1\r\n Host: a\r\nHost: a\r\n\r\n" SECOND, 0},
    {"a name with a blank", "GET /who HTTP/1.1\r\nHost: a\r\nX A: b\r\n\r\n" SECOND, 0},
    {"a name with a control character", "GET /who HTTP/1.1\r\nHost: a\r\nX\x01: b\r\n\r\n" SECOND,
     0},
    {"a name in brackets", "GET /who HTTP/1.1\r\nHost: a\r\n(X): b\r\n\r\n" SECOND, 0},
    {"a name beyond ASCII", "GET /who HTTP/1.1\r\nHost: a\r\nX\xc3\xa9: b\r\n\r\n" SECOND, 0},
    {"no name", "GET /who HTTP/1.1\r\nHost: a\r\n: b\r\nX: c\r\n\r\n" SECOND, 0},
    {"no colon", "GET /who HTTP/1.1\r\nHost: a\r\nX\r\n\r\n" SECOND, 0},
    {"NUL in a name", "GET /who HTTP/1.1\r\nHost: a\r\nX\0A: b\r\n\r\n" SECOND,
     sizeof "GET /who HTTP/1.1\r\nHost: a\r\nX\0A: b\r\n\r\n" SECOND - 1},
    /* lines that end or go on in a way of their own */
    {"NUL in a value", "GET /who HTTP/1.1\r\nHost: a\r\nX: b\0c\r\nY: d\r\n\r\n" SECOND,
     sizeof "GET /who HTTP/1.1\r\nHost: a\r\nX: b\0c\r\nY: d\r\n\r\n" SECOND - 1},
    {"NUL in the length", PUT_HEAD "Content-Length: 2\0\x31\r\nY: d\r\n\r\n{}" SECOND,
     sizeof PUT_HEAD "Content-Length: 2\0\x31\r\nY: d\r\n\r\n{}" SECOND - 1},
    {"a bare LF after a header", PUT_HEAD "X: b\nContent-Length: 2\r\n\r\n{}" SECOND, 0},
    {"a bare LF after the first line", "GET /who HTTP/1.1\nHost: a\r\n\r\n" SECOND, 0},
    {"a bare CR in a value",
     "GET /who HTTP/1.1\r\nHost: a\r\nX: b\rContent-Length: 9\r\n\r\n" SECOND, 0},
    {"a continued line", "GET /who HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\nY: d\r\n\r\n" SECOND, 0},
    {"a continued length", PUT_HEAD "Content-Length: 1\r\n 0\r\nY: d\r\n\r\n{}" SECOND, 0},
    {"a continued coding",
     PUT_HEAD "Transfer-Encoding:\r\n chunked\r\nY: d\r\n\r\n0\r\n\r\n" SECOND, 0},
    {"a bare LF after the last header", "GET /who HTTP/1.1\r\nHost: a\r\nX: b\n\r\n" SECOND, 0},
    {"a bare LF for the empty line", "GET /who HTTP/1.1\r\nHost: a\r\n\n" SECOND, 0},
    {"bare LFs throughout", "GET /who HTTP/1.1\nHost: a\n\n" SECOND, 0},
    {"two bare LFs", "GET /who HTTP/1.1\r\nHost: a\n\n" SECOND, 0},
    {"a continued last line", "GET /who HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n" SECOND, 0},
    {"NUL in the last value", "GET /who HTTP/1.1\r\nHost: a\0b\r\n\r\n" SECOND,
     sizeof "GET /who HTTP/1.1\r\nHost: a\0b\r\n\r\n" SECOND - 1},
    {"a control character in a value", "GET /who HTTP/1.1\r\nHost: a\r\nX: b\x0b\r\n\r\n" SECOND,
     0},
    {"DEL in a value", "GET /who HTTP/1.1\r\nHost: a\r\nX: b\x7f\r\n\r\n" SECOND, 0},
    /* the host */
    {"no Host", "GET /who HTTP/1.1\r\nX: b\r\n\r\n" SECOND, 0},
    {"no Host in HTTP/1.0", "GET /who HTTP/1.0\r\n\r\n" SECOND, 0},
    {"two Hosts", "GET /who HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n" SECOND, 0},
    {"empty Host", "GET /who HTTP/1.1\r\nHost:\r\n\r\n" SECOND, 0},
    {"a Host with a path", "GET /who HTTP/1.1\r\nHost: a/b\r\n\r\n" SECOND, 0},
    {"a Host with a user", "GET /who HTTP/1.1\r\nHost: u@a\r\n\r\n" SECOND, 0},
    {"two Hosts in one", "GET /who HTTP/1.1\r\nHost: a, b\r\n\r\n" SECOND, 0},
    /* other headers that count, twice */
    {"two credentials",
     "GET /who HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\nAuthorization: Bearer "
     "member\r\n\r\n" SECOND,
     0},
    {"two Cookie headers",
     "GET /who HTTP/1.1\r\nHost: a\r\nCookie: repere=x\r\nCookie: repere=boss\r\n\r\n" SECOND, 0},
    {"two Origins",
     "GET /who HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\nOrigin: http://b\r\n\r\n" SECOND, 0},
    /* the first line */
    {"a NUL in the path", "GET /wh%00o HTTP/1.1\r\nHost: a\r\n\r\n" SECOND, 0},
    {"a NUL in the query", "GET /who?a=%00 HTTP/1.1\r\nHost: a\r\n\r\n" SECOND, 0},
    {"a step up", "GET /things/../who HTTP/1.1\r\nHost: a\r\n\r\n" SECOND, 0},
    {"an escaped step up", "GET /things/%2e%2E/who HTTP/1.1\r\nHost: a\r\n\r\n" SECOND, 0},
    {"an escaped slash", "GET /things%2F7 HTTP/1.1\r\nHost: a\r\n\r\n" SECOND, 0},
    {"a broken escape", "GET /who%2 HTTP/1.1\r\nHost: a\r\n\r\n" SECOND, 0},
    {"a whole address", "GET http://a/who HTTP/1.1\r\nHost: a\r\n\r\n" SECOND, 0},
    {"a star", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n" SECOND, 0},
    {"an authority", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n" SECOND, 0},
    {"a fragment", "GET /who#a HTTP/1.1\r\nHost: a\r\n\r\n" SECOND, 0},
    {"a blank in the path", "GET /who b HTTP/1.1\r\nHost: a\r\n\r\n" SECOND, 0},
    {"two blanks", "GET  /who  HTTP/1.1\r\nHost: a\r\n\r\n" SECOND, 0},
    {"raw UTF-8", "GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n" SECOND, 0},
    {"no version", "GET /who\r\nHost: a\r\n\r\n" SECOND, 0},
    {"HTTP/1.2", "GET /who HTTP/1.2\r\nHost: a\r\n\r\n" SECOND, 0},
    {"a blank after the version", "GET /who HTTP/1.1 \r\nHost: a\r\n\r\n" SECOND, 0},
    {"a method that is no token", "G(T /who HTTP/1.1\r\nHost: a\r\n\r\n" SECOND, 0},
};

static int setup(void **state) {
    *state = fake_start(false);
    return *state ? 0 : -1;
}

static int teardown(void **state) {
    fake_stop(*state);
    return 0;
}

static void each_malformed_framing_gets_400_and_a_closed_connection(void **state) {
    size_t let_through = 0;
    assert_true(COUNT_OF(attacks) >= 50);
    for (size_t i = 0; i < COUNT_OF(attacks); i++) {
        int fd = raw_connect(fake_port(*state));
        raw_send(fd, attacks[i].bytes, attacks[i].len ? attacks[i].len : strlen(attacks[i].bytes));
        struct raw_reply reply = raw_read(fd, false, 2000, 2000);
        if (reply.status != 400 || !reply.closed || raw_has(&reply, "HTTP/1.1 20")) {
            print_message("let through: %s (%d, %s)\n", attacks[i].name, reply.status,
                          reply.closed ? "closed" : "open");
            let_through++;
        }
        raw_reply_free(&reply);
        close(fd);
    }
    assert_int_equal(let_through, 0);
}

static void the_writer_saw_none_of_them(void **state) {
    char thing[64];
    fake_thing(*state, thing);
    assert_string_equal(thing, "");
}

static void honest_framings_are_served(void **state) {
    static const struct {
        const char *bytes;
        int status;
    } honest[] = {
        {"GET /who HTTP/1.1\r\nHost: a\r\n\r\n", 200},
        {"GET /who HTTP/1.0\r\nHost: a\r\n\r\n", 200},
        {"\r\nGET /who HTTP/1.1\r\nHost: a\r\n\r\n", 200},
        {"GET /who HTTP/1.1\r\nHost: [::1]:8080\r\nEmpty:\r\nBlank: \r\nX-\xc3: \xc3\xa9\r\n\r\n",
         400},
        {"GET /who HTTP/1.1\r\nhost:a\r\nX: \xc3\xa9 \t b  \r\nEmpty:\r\nBlank: \r\nY: a:b\r\n\r\n",
         200},
        {PUT_HEAD "Content-Length: 2\r\n\r\n{}", 201},
        {PUT_HEAD "Transfer-Encoding: Chunked\r\n\r\n1\r\n{\r\n1;a=b\r\n}\r\n0\r\n\r\n", 201},
        {PUT_HEAD "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nTrailer: x\r\n\r\n", 201},
        {"GET /who HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 200},
    };
    for (size_t i = 0; i < COUNT_OF(honest); i++) {
        struct raw_reply reply = raw_request(fake_port(*state), honest[i].bytes);
        if (reply.status != honest[i].status)
            fail_msg("request %zu got %d", i, reply.status);
        raw_reply_free(&reply);
    }
}

static void a_head_larger_than_its_room_is_refused(void **state) {
    size_t len = 100000;
    char *head = malloc(len + 1);
    int n = snprintf(head, len, "GET /who HTTP/1.1\r\nHost: a\r\nX: ");
    memset(head + n, 'x', len - (size_t)n);
    head[len] = '\0';
    int fd = raw_connect(fake_port(*state));
    raw_send(fd, head, len);
    struct raw_reply reply = raw_read(fd, false, 2000, 2000);
    assert_true(reply.closed);
    assert_true(reply.status == 431 || reply.status == 413 || reply.status == 0);
    raw_reply_free(&reply);
    close(fd);
    free(head);
}

static void a_very_long_target_is_refused(void **state) {
    char *text = malloc(20000);
    int n = snprintf(text, 20000, "GET /"); // a shorter one would be 404
    memset(text + n, 'a', 9000);
    snprintf(text + n + 9000, 1000, " HTTP/1.1\r\nHost: a\r\n\r\n");
    struct raw_reply reply = raw_request(fake_port(*state), text);
    assert_int_equal(reply.status, 400);
    raw_reply_free(&reply);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_malformed_framing_gets_400_and_a_closed_connection),
        cmocka_unit_test(the_writer_saw_none_of_them),
        cmocka_unit_test(honest_framings_are_served),
        cmocka_unit_test(a_head_larger_than_its_room_is_refused),
        cmocka_unit_test(a_very_long_target_is_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
