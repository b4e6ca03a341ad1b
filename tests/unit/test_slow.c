// SPDX-License-Identifier: AGPL-3.0-or-later
// Clients that take their time. libmicrohttpd's own timeout starts anew with every byte; these run
// against a server with short absolute deadlines.
#include "test.h"
#include "base/clock.h"
#include "fake_server.h"
#include "raw_http.h"
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

static int setup(void **state) {
    *state = fake_start(true);
    return *state ? 0 : -1;
}

static int teardown(void **state) {
    fake_stop(*state);
    return 0;
}

static bool is_cut(int fd) {
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    char byte;
    return poll(&ready, 1, 0) > 0 && recv(fd, &byte, 1, MSG_PEEK) <= 0;
}

/* Sends a byte every 20 ms until the server has had enough: after how many milliseconds. */
static int64_t drip(int fd, const char *text) {
    int64_t started_ms = clock_monotonic_ms();
    for (const char *at = text; !is_cut(fd) && clock_monotonic_ms() - started_ms < 5000; at++) {
        if (!*at)
            at = text + strlen(text) - 1; // and the last byte for ever
        raw_send(fd, at, 1);
        usleep(20000);
    }
    return clock_monotonic_ms() - started_ms;
}

static void dripped_headers_are_cut_at_their_deadline(void **state) {
    int fd = raw_connect(fake_port(*state));
    int64_t took_ms = drip(fd, "GET /who HTTP/1.1\r\nHost: a\r\nX: aaaaaaaaaaaaaaaa");
    close(fd);
    assert_in_range(took_ms, FAKE_HEADERS_MS - 50, 3 * FAKE_HEADERS_MS);
}

static void a_first_line_that_never_comes_is_cut_too(void **state) {
    int fd = raw_connect(fake_port(*state));
    int64_t took_ms = drip(fd, "GET /wwwwwwwwwwwwwwwwwwww");
    close(fd);
    assert_in_range(took_ms, FAKE_HEADERS_MS - 50, 3 * FAKE_HEADERS_MS);
}

static void a_dripped_body_is_cut_at_its_deadline(void **state) {
    int fd = raw_connect(fake_port(*state));
    raw_send_text(fd, "PUT /things/7 HTTP/1.1\r\nHost: a\r\nX-Requested-With: repere\r\n"
                      "Content-Type: application/json\r\nContent-Length: 900\r\n\r\n");
    int64_t took_ms = drip(fd, "{          ");
    close(fd);
    assert_in_range(took_ms, FAKE_BODY_MS - 50, 3 * FAKE_BODY_MS);
}

static void a_dripped_body_that_is_refused_anyway_is_cut_as_well(void **state) {
    int fd = raw_connect(fake_port(*state));
    raw_send_text(fd, "PUT /nothing HTTP/1.1\r\nHost: a\r\nX-Requested-With: repere\r\n"
                      "Content-Length: 900\r\n\r\n");
    int64_t took_ms = drip(fd, "{          ");
    close(fd);
    assert_in_range(took_ms, FAKE_BODY_MS - 50, 3 * FAKE_BODY_MS);
}

static void an_idle_connection_is_let_go(void **state) {
    int fd = raw_connect(fake_port(*state));
    raw_send_text(fd, "GET /who HTTP/1.1\r\nHost: a\r\n\r\n");
    struct raw_reply reply = raw_read(fd, false, 2000, 0);
    assert_int_equal(reply.status, 200);
    raw_reply_free(&reply);
    usleep((FAKE_IDLE_MS - 300) * 1000);
    assert_false(is_cut(fd));
    usleep(700000);
    assert_true(is_cut(fd));
    close(fd);
}

static void others_do_not_wait_for_the_slow(void **state) {
    enum { SLOW = 200 };
    int slow[SLOW];
    for (int i = 0; i < SLOW; i++) {
        slow[i] = raw_connect(fake_port(*state));
        raw_send_text(slow[i], i % 2 ? "GET /who HT"
                                     : "PUT /things/7 HTTP/1.1\r\nHost: a\r\n"
                                       "X-Requested-With: repere\r\nContent-Length: 9\r\n\r\n{");
    }
    int64_t started_ms = clock_monotonic_ms();
    for (int i = 0; i < 20; i++) {
        struct raw_reply reply =
            raw_request(fake_port(*state), "GET /who HTTP/1.1\r\nHost: a\r\n\r\n");
        assert_int_equal(reply.status, 200);
        raw_reply_free(&reply);
    }
    assert_true(clock_monotonic_ms() - started_ms < 2000);
    for (int i = 0; i < SLOW; i++)
        close(slow[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dripped_headers_are_cut_at_their_deadline),
        cmocka_unit_test(a_first_line_that_never_comes_is_cut_too),
        cmocka_unit_test(a_dripped_body_is_cut_at_its_deadline),
        cmocka_unit_test(a_dripped_body_that_is_refused_anyway_is_cut_as_well),
        cmocka_unit_test(an_idle_connection_is_let_go),
        cmocka_unit_test(others_do_not_wait_for_the_slow),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
