// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "base/json.h"
#include "base/zip.h"
#include "fake_server.h"
#include "raw_http.h"
#include <dirent.h>
#include <unistd.h>

#define OWN    "Host: a\r\nX-Requested-With: repere\r\n"
#define MEMBER "Authorization: Bearer member\r\n"
#define BOSS   "Cookie: x=y; repere=boss\r\n"
#define JSON   "Content-Type: application/json\r\n"

static int setup(void **state) {
    *state = fake_start(false);
    return *state ? 0 : -1;
}

static int teardown(void **state) {
    fake_stop(*state);
    return 0;
}

static struct raw_reply request(void **state, const char *text) {
    return raw_request(fake_port(*state), text);
}

static void assert_status(void **state, const char *text, int status) {
    struct raw_reply reply = request(state, text);
    if (reply.status != status)
        fail_msg("%d instead of %d for %s", reply.status, status, text);
    raw_reply_free(&reply);
}

static void assert_header(const struct raw_reply *reply, const char *name, const char *expected) {
    char *value = raw_header(reply, name);
    if (!expected && value)
        fail_msg("%s: %s", name, value);
    if (expected) {
        if (!value)
            fail_msg("no %s", name);
        assert_string_equal(value, expected);
    }
    free(value);
}

static void a_get_is_answered_with_what_the_handler_wrote(void **state) {
    struct raw_reply reply =
        request(state, "GET /things/7?limit=5&bbox=4.5,1,5,2 HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.body, "{\"id\":7,\"limit\":5,\"west\":4.5}");
    assert_header(&reply, "Content-Type", "application/json");
    assert_header(&reply, "ETag", "\"12\"");
    raw_reply_free(&reply);
}

static void every_reply_carries_the_security_headers(void **state) {
    static const char *const requests[] = {"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                                           "GET /who HTTP/1.1\r\nHost: a\r\n\r\n",
                                           "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n",
                                           "GET /kept HTTP/1.1\r\nHost: a\r\n\r\n",
                                           "GET /stream?bytes=3 HTTP/1.1\r\nHost: a\r\n\r\n",
                                           "GET / HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n\r\n",
                                           "GET /who HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"};
    for (size_t i = 0; i < COUNT_OF(requests); i++) {
        struct raw_reply reply = request(state, requests[i]);
        assert_header(&reply, "X-Content-Type-Options", "nosniff");
        assert_header(&reply, "Referrer-Policy", "no-referrer");
        assert_header(&reply, "Cross-Origin-Opener-Policy", "same-origin");
        assert_header(&reply, "Cross-Origin-Resource-Policy", "same-origin");
        assert_header(&reply, "Permissions-Policy", "geolocation=(self)");
        assert_header(&reply, "Access-Control-Allow-Origin", NULL);
        char *policy = raw_header(&reply, "Content-Security-Policy");
        assert_non_null(strstr(policy, "default-src 'none'; script-src 'self'; style-src 'self'; "
                                       "img-src 'self' blob: data:; media-src blob:; connect-src 'self';"));
        assert_non_null(strstr(policy, "frame-ancestors 'none'"));
        free(policy);
        raw_reply_free(&reply);
    }
}

static void private_replies_are_not_stored_by_anybody(void **state) {
    static const struct {
        const char *path, *cache_control;
    } cases[] = {
        {"/who", "no-store"},     {"/kept", "no-store"},
        {"/nothing", "no-store"}, {"/kept-for-all", "no-cache"},
        {"/", "no-cache"},        {"/app-1a2b.js", "public, max-age=31536000, immutable"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[200];
        snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", cases[i].path);
        struct raw_reply reply = request(state, text);
        assert_header(&reply, "Cache-Control", cases[i].cache_control);
        raw_reply_free(&reply);
    }
}

static void unknown_paths_and_methods_are_told_apart(void **state) {
    assert_status(state, "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n", 404);
    assert_status(state, "GET /things/ HTTP/1.1\r\nHost: a\r\n\r\n", 404);
    struct raw_reply reply = request(state, "POST /things/7 HTTP/1.1\r\n" OWN "\r\n");
    assert_int_equal(reply.status, 405);
    assert_header(&reply, "Allow", "GET, HEAD, PUT, DELETE");
    assert_header(&reply, "Content-Type", "application/problem+json");
    assert_true(raw_has(&reply, "\"type\":\"/errors/METHOD_NOT_ALLOWED\""));
    raw_reply_free(&reply);
    assert_status(state, "OPTIONS /things/7 HTTP/1.1\r\nHost: a\r\n\r\n", 405);
    assert_status(state, "get /things/7 HTTP/1.1\r\nHost: a\r\n\r\n", 405);
    reply = request(state, "POST / HTTP/1.1\r\n" OWN "\r\n");
    assert_int_equal(reply.status, 405);
    assert_header(&reply, "Allow", "GET, HEAD");
    raw_reply_free(&reply);
}

static void head_is_get_without_the_body(void **state) {
    static const char *const paths[] = {"/things/7", "/kept", "/", "/nothing"};
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        char text[200];
        snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", paths[i]);
        struct raw_reply get = request(state, text);
        snprintf(text, sizeof text, "HEAD %s HTTP/1.1\r\nHost: a\r\n\r\n", paths[i]);
        struct raw_reply head = request(state, text);
        assert_int_equal(head.status, get.status);
        assert_int_equal(head.body_len, 0);
        char *length = raw_header(&get, "Content-Length"), *etag = raw_header(&get, "ETag");
        assert_header(&head, "Content-Length", length);
        assert_header(&head, "ETag", etag);
        free(length);
        free(etag);
        raw_reply_free(&head);
        raw_reply_free(&get);
    }
}

static void a_connection_serves_one_request_after_the_other(void **state) {
    static const struct {
        const char *text;
        int status;
    } requests[] = {
        {"GET /who HTTP/1.1\r\nHost: a\r\n\r\n", 200},
        {"GET /kept HTTP/1.1\r\nHost: a\r\n\r\n", 200},
        {"GET /kept HTTP/1.1\r\nHost: a\r\n\r\n", 200},
        {"GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n", 404},
        {"PUT /things/7 HTTP/1.1\r\n" OWN MEMBER JSON "Content-Length: 2\r\n\r\n{}", 201},
        {"PUT /things/7 HTTP/1.1\r\n" OWN JSON "Content-Length: 2\r\n\r\n{}", 401},
        {"PUT /things/7 HTTP/1.1\r\n" OWN MEMBER "Content-Length: 2\r\n\r\n{}", 415},
        {"POST /uploads HTTP/1.1\r\n" OWN "Content-Type: text/csv\r\nContent-Length: 2\r\n\r\n{}",
         401},
        {"POST /uploads HTTP/1.1\r\n" OWN MEMBER
         "Content-Type: text/csv\r\nContent-Length: 2\r\n\r\na,",
         200},
        {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", 200},
        {"GET /stream?bytes=100000 HTTP/1.1\r\nHost: a\r\n\r\n", 200},
        {"GET /who HTTP/1.1\r\nHost: a\r\n\r\n", 200},
    };
    int fd = raw_connect(fake_port(*state));
    for (size_t i = 0; i < COUNT_OF(requests); i++) {
        raw_send_text(fd, requests[i].text);
        struct raw_reply reply = raw_read(fd, false, 5000, 0);
        if (reply.status != requests[i].status || reply.closed)
            fail_msg("request %zu: %d", i, reply.status);
        raw_reply_free(&reply);
    }
    close(fd);
}

static void requests_sent_at_once_are_answered_in_their_order(void **state) {
    int fd = raw_connect(fake_port(*state));
    raw_send_text(fd, "GET /things/1 HTTP/1.1\r\nHost: a\r\n\r\n"
                      "PUT /things/2 HTTP/1.1\r\n" OWN MEMBER JSON "Content-Length: 2\r\n\r\n{}"
                      "HEAD /kept HTTP/1.1\r\nHost: a\r\n\r\n"
                      "GET /things/3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    struct raw_reply reply = raw_read(fd, false, 5000, 2000);
    const char *at = strstr(reply.text, "{\"id\":1");
    at = at ? strstr(at, "{\"stored\":true}HTTP/1.1 200") : NULL;
    at = at ? strstr(at, "\r\n\r\nHTTP/1.1 200") : NULL;
    assert_non_null(at ? strstr(at, "{\"id\":3") : NULL);
    assert_true(reply.closed);
    raw_reply_free(&reply);
    close(fd);
}

static void a_known_etag_gets_304_whatever_its_form(void **state) {
    struct raw_reply first = request(state, "GET /kept HTTP/1.1\r\nHost: a\r\n\r\n");
    struct raw_reply packed =
        request(state, "GET /kept HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
    char *etag = raw_header(&first, "ETag"), *packed_etag = raw_header(&packed, "ETag");
    assert_string_not_equal(etag, packed_etag);
    const char *const tags[] = {etag, packed_etag, "*"};
    for (size_t i = 0; i < COUNT_OF(tags); i++) {
        char text[300];
        snprintf(text, sizeof text,
                 "GET /kept HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"x\", %s\r\n\r\n", tags[i]);
        if (i == 2)
            snprintf(text, sizeof text,
                     "GET /kept HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n\r\n");
        struct raw_reply reply = request(state, text);
        assert_int_equal(reply.status, 304);
        assert_int_equal(reply.body_len, 0);
        assert_header(&reply, "ETag", etag);
        raw_reply_free(&reply);
    }
    assert_status(state, "GET /kept HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"x\"\r\n\r\n", 200);
    assert_status(state, "GET /things/7 HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"12\"\r\n\r\n", 304);
    free(etag);
    free(packed_etag);
    raw_reply_free(&packed);
    raw_reply_free(&first);
}

static void large_texts_are_compressed_for_those_who_take_it(void **state) {
    static const char *const paths[] = {"/kept", "/kept-for-all", "/api/openapi.json"};
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        char text[200];
        snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", paths[i]);
        struct raw_reply plain = request(state, text);
        snprintf(text, sizeof text,
                 "GET %s HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br, gzip;q=0.5\r\n\r\n", paths[i]);
        struct raw_reply packed = request(state, text);
        assert_header(&plain, "Content-Encoding", NULL);
        assert_header(&plain, "Vary", "Accept-Encoding");
        assert_header(&packed, "Content-Encoding", "gzip");
        assert_header(&packed, "Vary", "Accept-Encoding");
        struct buf out;
        buf_init(&out);
        assert_int_equal(zip_gunzip(packed.body, packed.body_len, 1 << 20, &out), ERR_OK);
        assert_true(packed.body_len < out.len / 2);
        assert_int_equal(out.len, plain.body_len);
        assert_memory_equal(out.data, plain.body, out.len);
        buf_fini(&out);
        raw_reply_free(&packed);
        raw_reply_free(&plain);
    }
    struct raw_reply reply =
        request(state, "GET /kept HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip;q=0\r\n\r\n");
    assert_header(&reply, "Content-Encoding", NULL);
    raw_reply_free(&reply);
    reply = request(state, "GET /who HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
    assert_header(&reply, "Content-Encoding", NULL); // too small to gain
    raw_reply_free(&reply);
}

static void pages_come_in_the_form_the_browser_takes(void **state) {
    struct raw_reply reply =
        request(state, "GET /?lang=fr HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip, br\r\n\r\n");
    assert_header(&reply, "Content-Encoding", "br");
    assert_header(&reply, "ETag", "\"page1-b\"");
    assert_string_equal(reply.body, "brotli page");
    raw_reply_free(&reply);
    reply = request(state, "GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
    assert_string_equal(reply.body, "gzipped page");
    raw_reply_free(&reply);
    reply = request(state, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_string_equal(reply.body, "<p>page</p>");
    assert_header(&reply, "Content-Type", "text/html; charset=utf-8");
    raw_reply_free(&reply);
    assert_status(state, "GET / HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"page1-b\"\r\n\r\n", 304);
}

static void bad_parameters_are_named(void **state) {
    struct raw_reply reply = request(state, "GET /things/7?limt=1 HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_int_equal(reply.status, 400);
    assert_true(raw_has(&reply, "\"type\":\"/errors/BAD_PARAMETER\""));
    assert_true(raw_has(&reply, "\"where\":\"limt\""));
    raw_reply_free(&reply);
    reply = request(state, "GET /things/7?bbox=1 HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_true(raw_has(&reply, "\"type\":\"/errors/BAD_BBOX\""));
    raw_reply_free(&reply);
    assert_status(state, "GET /things/0 HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    assert_status(state, "GET /things/%37 HTTP/1.1\r\nHost: a\r\n\r\n", 200);
    assert_status(state, "GET /things/%C3 HTTP/1.1\r\nHost: a\r\n\r\n", 400);
}

static void roles_are_asked_for(void **state) {
    assert_status(state, "GET /boss HTTP/1.1\r\nHost: a\r\n\r\n", 401);
    assert_status(state, "GET /boss HTTP/1.1\r\nHost: a\r\n" MEMBER "\r\n", 403);
    assert_status(state, "GET /boss HTTP/1.1\r\nHost: a\r\n" BOSS "\r\n", 200);
    assert_status(state, "GET /boss HTTP/1.1\r\nHost: a\r\nCookie: repere=old\r\n\r\n", 401);
    // who is not signed in learns nothing about parameters
    assert_status(state, "GET /boss?x=1 HTTP/1.1\r\nHost: a\r\n\r\n", 401);
    // an old cookie hinders nobody where anyone may come
    assert_status(state, "GET /who HTTP/1.1\r\nHost: a\r\nCookie: repere=old\r\n\r\n", 200);
    // but a token that has ended is told so everywhere
    assert_status(state, "GET /who HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer old\r\n\r\n", 401);
    // over the https origin the cookie is the __Host- one
    assert_status(state, "GET /boss HTTP/1.1\r\nHost: map.example.org\r\n" BOSS "\r\n", 401);
    assert_status(state,
                  "GET /boss HTTP/1.1\r\nHost: map.example.org\r\n"
                  "Cookie: __Host-repere=boss\r\n\r\n",
                  200);
}

static void writes_of_other_sites_are_refused(void **state) {
    static const char *const foreign[] = {
        "POST /sign-in HTTP/1.1\r\nHost: a\r\n" JSON "Content-Length: 2\r\n\r\n{}",
        "POST /sign-in HTTP/1.1\r\n" OWN JSON "Origin: http://b\r\nContent-Length: 2\r\n\r\n{}",
        "POST /sign-in HTTP/1.1\r\n" OWN JSON
        "Sec-Fetch-Site: cross-site\r\nContent-Length: 2\r\n\r\n{}",
        "DELETE /things/7 HTTP/1.1\r\nHost: a\r\n" BOSS "\r\n",
    };
    for (size_t i = 0; i < COUNT_OF(foreign); i++) {
        struct raw_reply reply = request(state, foreign[i]);
        assert_int_equal(reply.status, 403);
        assert_true(raw_has(&reply, "CROSS_SITE"));
        raw_reply_free(&reply);
    }
    assert_status(state,
                  "POST /sign-in HTTP/1.1\r\n" OWN JSON
                  "Origin: http://a\r\nSec-Fetch-Site: same-origin\r\n"
                  "Content-Length: 2\r\n\r\n{}",
                  200);
    assert_status(state, "DELETE /things/7 HTTP/1.1\r\n" OWN BOSS "\r\n", 204);
}

static void a_body_that_is_not_wanted_is_refused(void **state) {
    assert_status(state, "GET /who HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}", 400);
    assert_status(state, "DELETE /things/7 HTTP/1.1\r\n" OWN BOSS "Content-Length: 2\r\n\r\n{}",
                  400);
    assert_status(state,
                  "PUT /things/7 HTTP/1.1\r\n" OWN MEMBER
                  "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}",
                  415);
    assert_status(state, "PUT /things/7 HTTP/1.1\r\n" OWN MEMBER JSON "Content-Length: 0\r\n\r\n",
                  400);
    // told by its length before a byte came
    assert_status(state,
                  "PUT /things/7 HTTP/1.1\r\n" OWN MEMBER JSON "Content-Length: 999999999\r\n\r\n{",
                  413);
}

static void a_chunked_body_is_counted_as_it_comes(void **state) {
    char text[4000], filler[1001];
    memset(filler, ' ', 1000);
    filler[1000] = '\0';
    snprintf(text, sizeof text,
             "PUT /things/7 HTTP/1.1\r\n" OWN MEMBER JSON "Transfer-Encoding: chunked\r\n\r\n"
             "3e8\r\n%s\r\n0\r\n\r\n",
             filler);
    assert_status(state, text, 201); // 1,000 bytes is what the route takes
    snprintf(text, sizeof text,
             "PUT /things/7 HTTP/1.1\r\n" OWN MEMBER JSON "Transfer-Encoding: chunked\r\n\r\n"
             "3e8\r\n%s\r\n1\r\n \r\n0\r\n\r\n",
             filler);
    struct raw_reply reply = request(state, text);
    assert_int_equal(reply.status, 413);
    assert_true(raw_has(&reply, "1000 bytes at most"));
    raw_reply_free(&reply);
}

static void a_write_is_answered_once_it_is_committed(void **state) {
    char thing[64];
    assert_status(state,
                  "PUT /things/7 HTTP/1.1\r\n" OWN MEMBER JSON "Content-Length: 7\r\n\r\n{\"a\":1}",
                  201);
    fake_thing(*state, thing);
    assert_string_equal(thing, "{\"a\":1}");
}

static void a_handlers_error_undoes_the_write(void **state) {
    char before[64], after[64];
    fake_thing(*state, before);
    struct raw_reply reply = request(state, "PUT /things/7?fail=true HTTP/1.1\r\n" OWN MEMBER JSON
                                            "Content-Length: 7\r\n\r\n{\"b\":2}");
    assert_int_equal(reply.status, 409);
    assert_true(raw_has(&reply, "\"where\":\"thing\""));
    assert_false(raw_has(&reply, "\"stored\""));
    raw_reply_free(&reply);
    fake_thing(*state, after);
    assert_string_equal(before, after);
}

static void a_failed_commit_takes_the_answers_place(void **state) {
    char before[64], after[64];
    fake_thing(*state, before);
    fake_fail_commits(*state, ERR_DISK_FULL);
    struct raw_reply reply = request(state, "PUT /things/7 HTTP/1.1\r\n" OWN MEMBER JSON
                                            "Content-Length: 7\r\n\r\n{\"c\":3}");
    fake_fail_commits(*state, ERR_OK);
    assert_int_equal(reply.status, 507);
    assert_true(raw_has(&reply, "/errors/DISK_FULL"));
    assert_false(raw_has(&reply, "\"stored\""));
    raw_reply_free(&reply);
    fake_thing(*state, after);
    assert_string_equal(before, after);
}

static void a_kept_reply_is_made_once_until_something_is_written(void **state) {
    assert_status(state, "GET /kept HTTP/1.1\r\nHost: a\r\n\r\n", 200);
    int calls = fake_kept_calls(*state);
    assert_status(state, "GET /kept HTTP/1.1\r\nHost: a\r\n\r\n", 200);
    assert_status(state, "HEAD /kept HTTP/1.1\r\nHost: a\r\n\r\n", 200);
    assert_int_equal(fake_kept_calls(*state), calls);
    // another caller's is another reply, unless it is the same for all
    assert_status(state, "GET /kept HTTP/1.1\r\nHost: a\r\n" BOSS "\r\n", 200);
    assert_int_equal(fake_kept_calls(*state), calls + 1);
    assert_status(state, "GET /kept-for-all HTTP/1.1\r\nHost: a\r\n" BOSS "\r\n", 200);
    calls = fake_kept_calls(*state);
    assert_status(state, "GET /kept-for-all HTTP/1.1\r\nHost: a\r\n\r\n", 200);
    assert_int_equal(fake_kept_calls(*state), calls);
    assert_status(state, "PUT /things/7 HTTP/1.1\r\n" OWN MEMBER JSON "Content-Length: 2\r\n\r\n{}",
                  201);
    assert_status(state, "GET /kept HTTP/1.1\r\nHost: a\r\n\r\n", 200);
    assert_int_equal(fake_kept_calls(*state), calls + 1);
}

static size_t files_in(const char *folder) {
    DIR *dir = opendir(folder);
    size_t n = 0;
    while (readdir(dir))
        n++;
    closedir(dir);
    return n - 2;
}

static void an_upload_is_a_private_file_while_its_handler_runs(void **state) {
    enum { SIZE = 200000 };
    char *text = malloc(SIZE + 1000);
    int n = snprintf(text, 1000,
                     "POST /uploads HTTP/1.1\r\n" OWN MEMBER
                     "Content-Type: Text/CSV; charset=utf-8\r\nContent-Length: %d\r\n\r\n",
                     SIZE);
    memset(text + n, 'x', SIZE);
    text[n + SIZE] = '\0';
    struct raw_reply reply = request(state, text);
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.body, "{\"bytes\":200000,\"mode\":\"600\",\"type\":\"text/csv\"}");
    raw_reply_free(&reply);
    free(text);
    assert_int_equal(files_in(fake_upload_folder(*state)), 0);
}

static void an_upload_by_a_stranger_is_refused_before_it_comes(void **state) {
    int fd = raw_connect(fake_port(*state));
    raw_send_text(fd, "POST /uploads HTTP/1.1\r\n" OWN "Content-Type: text/csv\r\n"
                      "Content-Length: 290000\r\n\r\n");
    struct raw_reply reply = raw_read(fd, false, 3000, 1000);
    assert_int_equal(reply.status, 401);
    assert_true(reply.closed);
    raw_reply_free(&reply);
    close(fd);
    assert_int_equal(files_in(fake_upload_folder(*state)), 0);
}

static void an_upload_that_ends_early_leaves_no_file(void **state) {
    int fd = raw_connect(fake_port(*state));
    raw_send_text(fd, "POST /uploads HTTP/1.1\r\n" OWN MEMBER "Content-Type: text/csv\r\n"
                      "Content-Length: 200000\r\n\r\nabc");
    usleep(200000);
    assert_int_equal(files_in(fake_upload_folder(*state)), 1);
    close(fd);
    usleep(300000);
    assert_int_equal(files_in(fake_upload_folder(*state)), 0);
}

static void a_cookie_is_set_for_the_door_it_came_by(void **state) {
    struct raw_reply reply =
        request(state, "POST /sign-in HTTP/1.1\r\n" OWN JSON "Content-Length: 2\r\n\r\n{}");
    assert_header(&reply, "Set-Cookie",
                  "repere=token; Path=/; Max-Age=60; HttpOnly; SameSite=Strict");
    raw_reply_free(&reply);
    reply = request(state, "POST /sign-in HTTP/1.1\r\nHost: map.example.org\r\n"
                           "X-Requested-With: repere\r\nOrigin: https://map.example.org\r\n" JSON
                           "Content-Length: 2\r\n\r\n{}");
    assert_header(&reply, "Set-Cookie",
                  "__Host-repere=token; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure");
    raw_reply_free(&reply);
}

static void a_handler_learns_language_and_version(void **state) {
    struct raw_reply reply = request(state, "GET /who HTTP/1.1\r\nHost: a\r\n" MEMBER
                                            "Accept-Language: fr-BE,fr;q=0.9\r\n"
                                            "If-Match: \"12-g\"\r\n\r\n");
    assert_string_equal(reply.body, "{\"roles\":3,\"language\":\"fr-BE\",\"if_match\":\"12\"}");
    raw_reply_free(&reply);
}

static void a_breakdown_keeps_its_cause_inside(void **state) {
    struct raw_reply reply = request(state, "GET /broken HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_int_equal(reply.status, 500);
    assert_false(raw_has(&reply, "secret"));
    assert_false(raw_has(&reply, "cause"));
    raw_reply_free(&reply);
}

static void the_api_describes_itself(void **state) {
    struct raw_reply reply = request(state, "GET /api/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n");
    struct json_object *document;
    assert_int_equal(json_parse(reply.body, reply.body_len, NULL, &document), ERR_OK);
    size_t len;
    assert_string_equal(json_text(json_get(document, "openapi"), &len), "3.1.0");
    struct json_object *put =
        json_get(json_get(json_get(document, "paths"), "/things/{id}"), "put");
    assert_string_equal(json_text(json_at(json_get(put, "x-roles"), 1), &len), "boss");
    struct json_object *parameters = json_get(put, "parameters");
    assert_int_equal(json_length(parameters), 3);
    assert_string_equal(json_text(json_get(json_at(parameters, 0), "name"), &len),
                        "X-Requested-With");
    assert_string_equal(json_text(json_get(put, "operationId"), &len), "putThingsId");
    struct json_object *components = json_get(document, "components");
    assert_true(json_has(json_get(components, "schemas"), "Thing"));
    assert_true(json_has(json_get(components, "securitySchemes"), "participant"));
    assert_int_equal(json_length(json_get(document, "x-errors")), ERR_COUNT - 1);
    json_free(document);
    raw_reply_free(&reply);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_get_is_answered_with_what_the_handler_wrote),
        cmocka_unit_test(every_reply_carries_the_security_headers),
        cmocka_unit_test(private_replies_are_not_stored_by_anybody),
        cmocka_unit_test(unknown_paths_and_methods_are_told_apart),
        cmocka_unit_test(head_is_get_without_the_body),
        cmocka_unit_test(a_connection_serves_one_request_after_the_other),
        cmocka_unit_test(requests_sent_at_once_are_answered_in_their_order),
        cmocka_unit_test(a_known_etag_gets_304_whatever_its_form),
        cmocka_unit_test(large_texts_are_compressed_for_those_who_take_it),
        cmocka_unit_test(pages_come_in_the_form_the_browser_takes),
        cmocka_unit_test(bad_parameters_are_named),
        cmocka_unit_test(roles_are_asked_for),
        cmocka_unit_test(writes_of_other_sites_are_refused),
        cmocka_unit_test(a_body_that_is_not_wanted_is_refused),
        cmocka_unit_test(a_chunked_body_is_counted_as_it_comes),
        cmocka_unit_test(a_write_is_answered_once_it_is_committed),
        cmocka_unit_test(a_handlers_error_undoes_the_write),
        cmocka_unit_test(a_failed_commit_takes_the_answers_place),
        cmocka_unit_test(a_kept_reply_is_made_once_until_something_is_written),
        cmocka_unit_test(an_upload_is_a_private_file_while_its_handler_runs),
        cmocka_unit_test(an_upload_by_a_stranger_is_refused_before_it_comes),
        cmocka_unit_test(an_upload_that_ends_early_leaves_no_file),
        cmocka_unit_test(a_cookie_is_set_for_the_door_it_came_by),
        cmocka_unit_test(a_handler_learns_language_and_version),
        cmocka_unit_test(a_breakdown_keeps_its_cause_inside),
        cmocka_unit_test(the_api_describes_itself),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
