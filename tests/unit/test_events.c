// SPDX-License-Identifier: AGPL-3.0-or-later
// Event streams, long bodies and the server's end: whatever keeps a connection busy for long.
#include "test.h"
#include "base/clock.h"
#include "fake_server.h"
#include "http/server_parts.h"
#include "raw_http.h"
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define PUT                                                                                        \
    "PUT /things/7 HTTP/1.1\r\nHost: a\r\nX-Requested-With: repere\r\nAuthorization: Bearer "      \
    "member\r\nContent-Type: application/json\r\n"

static int setup(void **state) {
    *state = fake_start(true);
    return *state ? 0 : -1;
}

static int teardown(void **state) {
    fake_stop(*state);
    return 0;
}

static void announce(struct fake *fake, const char *topic, const char *event, const char *json,
                     size_t len) {
    events_announce(fake_server(fake)->events, topic, event, json, len);
}

static int listen_to(void **state, const char *topic) {
    char text[200];
    snprintf(text, sizeof text,
             "GET /events/%s HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n", topic);
    int fd = raw_connect(fake_port(*state));
    raw_send_text(fd, text);
    return fd;
}

/* Reads until `part` has come; false after two seconds. Adds to what is in `text`. */
static bool wait_for(int fd, char *text, size_t room, const char *part) {
    int64_t until_ms = clock_monotonic_ms() + 2000;
    size_t len = strlen(text);
    while (!strstr(text, part)) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        int64_t left_ms = until_ms - clock_monotonic_ms();
        if (left_ms <= 0 || poll(&ready, 1, (int)left_ms) <= 0 || len + 1 >= room)
            return false;
        ssize_t n = recv(fd, text + len, room - 1 - len, 0);
        if (n <= 0)
            return false;
        len += (size_t)n;
        text[len] = '\0';
    }
    return true;
}

static void listeners_hear_of_a_write_after_its_commit(void **state) {
    char text[8192] = "";
    int fd = listen_to(state, "things");
    assert_true(wait_for(fd, text, sizeof text, "retry: 2000\n\n"));
    assert_non_null(strstr(text, "Content-Type: text/event-stream\r\n"));
    assert_non_null(strstr(text, "Cache-Control: no-store\r\n"));
    struct raw_reply reply =
        raw_request(fake_port(*state), PUT "Content-Length: 9\r\n\r\n{\n\"a\":1\r}");
    assert_int_equal(reply.status, 201);
    raw_reply_free(&reply);
    // a line end in the JSON must not cut the event in two
    assert_true(wait_for(fd, text, sizeof text, "event: thing\ndata: { \"a\":1 }\n\n"));
    close(fd);
}

static void they_do_not_hear_of_one_that_failed_or_of_other_topics(void **state) {
    char text[8192] = "", other[8192] = "";
    int fd = listen_to(state, "things"), other_fd = listen_to(state, "others");
    assert_true(wait_for(fd, text, sizeof text, "retry: 2000\n\n"));
    assert_true(wait_for(other_fd, other, sizeof other, "retry: 2000\n\n"));
    fake_fail_commits(*state, ERR_DISK_FULL);
    struct raw_reply reply =
        raw_request(fake_port(*state), PUT "Content-Length: 7\r\n\r\n{\"b\":2}");
    assert_int_equal(reply.status, 507);
    raw_reply_free(&reply);
    fake_fail_commits(*state, ERR_OK);
    reply = raw_request(fake_port(*state), PUT "Content-Length: 7\r\n\r\n{\"c\":3}");
    assert_int_equal(reply.status, 201);
    raw_reply_free(&reply);
    assert_true(wait_for(fd, text, sizeof text, "\"c\":3"));
    assert_null(strstr(text, "\"b\":2"));
    announce(*state, "others", "word", "{}", 2);
    assert_true(wait_for(other_fd, other, sizeof other, "event: word\ndata: {}\n\n"));
    assert_null(strstr(other, "\"c\":3"));
    close(other_fd);
    close(fd);
}

static void a_silent_stream_shows_that_it_lives(void **state) {
    char text[8192] = "";
    int fd = listen_to(state, "quiet");
    assert_true(wait_for(fd, text, sizeof text, "\n:\n\n"));
    close(fd);
}

static void many_listeners_hear_all_in_order(void **state) {
    enum { LISTENERS = 300, MESSAGES = 20 };
    static char text[LISTENERS][8192];
    int fds[LISTENERS];
    for (int i = 0; i < LISTENERS; i++) {
        fds[i] = listen_to(state, "crowd");
        text[i][0] = '\0';
    }
    for (int i = 0; i < LISTENERS; i++)
        assert_true(wait_for(fds[i], text[i], sizeof text[i], "retry"));
    for (int m = 0; m < MESSAGES; m++) {
        char json[32];
        int len = snprintf(json, sizeof json, "{\"n\":%d}", m);
        announce(*state, "crowd", "count", json, (size_t)len);
    }
    for (int i = 0; i < LISTENERS; i++) {
        assert_true(wait_for(fds[i], text[i], sizeof text[i], "{\"n\":19}"));
        const char *at = text[i];
        for (int m = 0; m < MESSAGES; m++) {
            char json[32];
            snprintf(json, sizeof json, "{\"n\":%d}", m);
            at = strstr(at, json);
            assert_non_null(at);
        }
        close(fds[i]);
    }
}

static void a_listener_that_does_not_read_is_dropped(void **state) {
    char text[8192] = "", large[60000];
    memset(large, ' ', sizeof large);
    large[0] = '{';
    large[sizeof large - 1] = '}';
    int fd = listen_to(state, "flood");
    assert_true(wait_for(fd, text, sizeof text, "retry"));
    bool cut = false;
    for (int i = 0; i < 400 && !cut; i++) {
        announce(*state, "flood", "large", large, sizeof large);
        usleep(5000);
        struct pollfd gone = {.fd = fd, .events = 0};
        cut = poll(&gone, 1, 0) > 0 && (gone.revents & (POLLHUP | POLLERR));
    }
    char *piece = malloc(1 << 20);
    ssize_t n = 1;
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    while (n > 0 && poll(&ready, 1, 2000) > 0)
        n = recv(fd, piece, 1 << 20, 0);
    assert_true(n <= 0);
    free(piece);
    close(fd);
}

static void a_stream_comes_whole(void **state) {
    struct raw_reply reply =
        raw_request(fake_port(*state), "GET /stream?bytes=300001 HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_int_equal(reply.status, 200);
    char *disposition = raw_header(&reply, "Content-Disposition");
    assert_string_equal(disposition, "attachment; filename=\"count.txt\"");
    free(disposition);
    size_t len;
    char *body = raw_dechunk(&reply, &len);
    assert_int_equal(len, 300001);
    for (size_t i = 0; i < len; i++)
        assert_int_equal(body[i], '0' + i % 65536 % 10);
    free(body);
    raw_reply_free(&reply);
    reply = raw_request(fake_port(*state), "GET /stream?bytes=0 HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.body, "0\r\n\r\n");
    raw_reply_free(&reply);
}

static long peak_kib(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static void a_stream_takes_no_memory_for_its_length(void **state) {
    enum { SIZE = 300000000 };
    char text[100], *piece = malloc(1 << 20);
    long before_kib = peak_kib();
    int fd = raw_connect(fake_port(*state));
    snprintf(text, sizeof text, "GET /stream?bytes=%d HTTP/1.1\r\nHost: a\r\n\r\n", SIZE);
    raw_send_text(fd, text);
    size_t got = 0;
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    while (got < SIZE && poll(&ready, 1, 5000) > 0) {
        ssize_t n = recv(fd, piece, 1 << 20, 0);
        if (n <= 0)
            break;
        got += (size_t)n;
    }
    close(fd);
    free(piece);
    assert_true(got >= SIZE);
    assert_true(peak_kib() - before_kib < 50000);
}

static void an_error_in_the_middle_cuts_the_stream(void **state) {
    int fd = raw_connect(fake_port(*state));
    raw_send_text(fd, "GET /stream?bytes=100000&break=true HTTP/1.1\r\nHost: a\r\n\r\n");
    struct raw_reply reply = raw_read(fd, false, 3000, 1000);
    assert_int_equal(reply.status, 200);
    assert_true(reply.closed);
    assert_memory_not_equal(reply.text + reply.len - 5, "0\r\n\r\n", 5);
    raw_reply_free(&reply);
    close(fd);
    // one that fails before its first piece is a plain problem
    reply = raw_request(fake_port(*state),
                        "GET /stream?bytes=0&break=true HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_int_equal(reply.status, 500);
    raw_reply_free(&reply);
}

static void a_stream_that_nobody_reads_to_its_end_is_given_up(void **state) {
    for (int i = 0; i < 20; i++) {
        int fd = raw_connect(fake_port(*state));
        raw_send_text(fd, "GET /stream?bytes=50000000 HTTP/1.1\r\nHost: a\r\n\r\n");
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        poll(&ready, 1, 1000);
        close(fd);
    }
    struct raw_reply reply = raw_request(fake_port(*state), "GET /who HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_int_equal(reply.status, 200);
    raw_reply_free(&reply);
}

static void head_of_a_stream_or_of_events_ends_at_once(void **state) {
    static const char *const paths[] = {"/stream?bytes=1000000", "/events/things"};
    int fd = raw_connect(fake_port(*state));
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        char text[100];
        snprintf(text, sizeof text, "HEAD %s HTTP/1.1\r\nHost: a\r\n\r\n", paths[i]);
        raw_send_text(fd, text);
        struct raw_reply reply = raw_read(fd, true, 2000, 0);
        assert_int_equal(reply.status, 200);
        assert_int_equal(reply.body_len, 0);
        raw_reply_free(&reply);
    }
    close(fd);
}

static void a_server_that_stops_finishes_what_it_began(void **unused) {
    (void)unused;
    struct fake *fake = fake_start(false);
    void *state = fake;
    char text[8192] = "";
    int events = listen_to(&state, "things");
    assert_true(wait_for(events, text, sizeof text, "retry"));
    int kept = raw_connect(fake_port(fake));
    raw_send_text(kept, "GET /who HTTP/1.1\r\nHost: a\r\n\r\n");
    struct raw_reply reply = raw_read(kept, false, 2000, 0);
    raw_reply_free(&reply);
    int stream = raw_connect(fake_port(fake));
    raw_send_text(stream, "GET /stream?bytes=900000000 HTTP/1.1\r\nHost: a\r\n\r\n");
    struct pollfd ready = {.fd = stream, .events = POLLIN};
    assert_int_equal(poll(&ready, 1, 2000), 1);

    server_quiesce(fake_server(fake));
    assert_true(wait_for(events, text, sizeof text, "0\r\n\r\n")); // a proper end: come again
    int late = raw_connect(fake_port(fake));
    assert_int_equal(late, -1);
    raw_send_text(kept, "GET /who HTTP/1.1\r\nHost: a\r\n\r\n");
    reply = raw_read(kept, false, 2000, 1000);
    assert_int_equal(reply.status, 503);
    assert_true(reply.closed);
    raw_reply_free(&reply);

    int64_t started_ms = clock_monotonic_ms();
    fake_stop(fake); // with a grace of one second for the stream that nobody reads
    assert_in_range(clock_monotonic_ms() - started_ms, 900, 4000);
    close(stream);
    close(kept);
    close(events);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(listeners_hear_of_a_write_after_its_commit),
        cmocka_unit_test(they_do_not_hear_of_one_that_failed_or_of_other_topics),
        cmocka_unit_test(a_silent_stream_shows_that_it_lives),
        cmocka_unit_test(many_listeners_hear_all_in_order),
        cmocka_unit_test(a_listener_that_does_not_read_is_dropped),
        cmocka_unit_test(a_stream_comes_whole),
        cmocka_unit_test(a_stream_takes_no_memory_for_its_length),
        cmocka_unit_test(an_error_in_the_middle_cuts_the_stream),
        cmocka_unit_test(a_stream_that_nobody_reads_to_its_end_is_given_up),
        cmocka_unit_test(head_of_a_stream_or_of_events_ends_at_once),
        cmocka_unit_test(a_server_that_stops_finishes_what_it_began),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
