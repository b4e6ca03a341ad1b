// SPDX-License-Identifier: AGPL-3.0-or-later
// What the log is told is read where it goes: standard error, turned into a file meanwhile.
#include "service/basemap_health.h"
#include "base/log.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct listening {
    int file, real;
};

static struct listening listen_to_the_log(void) {
    char path[] = "/tmp/health-XXXXXX";
    struct listening listening = {mkstemp(path), dup(STDERR_FILENO)};
    unlink(path);
    log_set_level(LOG_WARN);
    dup2(listening.file, STDERR_FILENO);
    return listening;
}

static size_t lines_heard(struct listening listening, char *text, size_t size) {
    size_t lines = 0;
    dup2(listening.real, STDERR_FILENO);
    close(listening.real);
    ssize_t len = pread(listening.file, text, size - 1, 0);
    close(listening.file);
    assert_true(len >= 0);
    text[len] = '\0';
    for (const char *at = text; (at = strchr(at, '\n')) != NULL; at++)
        lines++;
    return lines;
}

static void a_hundred_tiles_that_cannot_be_read_are_one_line(void **state) {
    (void)state;
    struct basemap_health health = {0};
    char text[2000];
    struct listening listening = listen_to_the_log();
    for (int i = 0; i < 100; i++)
        basemap_health_failed(&health, "town", ERR_NOT_A_STORE);
    assert_int_equal(lines_heard(listening, text, sizeof text), 1);
    assert_non_null(strstr(text, "town"));
    assert_int_equal(atomic_load(&health.untold), 99);
    assert_false(basemap_health_rests(&health));
}

static void a_minute_later_the_next_one_is_told_with_how_many_there_were(void **state) {
    (void)state;
    struct basemap_health health = {0};
    char text[2000];
    struct listening listening = listen_to_the_log();
    basemap_health_failed(&health, "town", ERR_IO);
    basemap_health_failed(&health, "town", ERR_IO);
    atomic_fetch_sub(&health.told_ms, BASEMAP_TELL_MS);
    basemap_health_failed(&health, "town", ERR_IO);
    assert_int_equal(lines_heard(listening, text, sizeof text), 2);
    assert_non_null(strstr(text, "such line: 2"));
}

static void an_archive_that_took_too_long_is_left_alone_for_a_while(void **state) {
    (void)state;
    struct basemap_health health = {0};
    char text[2000];
    struct listening listening = listen_to_the_log();
    basemap_health_failed(&health, "town", ERR_BUSY);
    assert_int_equal(lines_heard(listening, text, sizeof text), 1);
    assert_true(basemap_health_rests(&health));
    atomic_fetch_sub(&health.rests_until_ms, BASEMAP_REST_MS + 1);
    assert_false(basemap_health_rests(&health));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hundred_tiles_that_cannot_be_read_are_one_line),
        cmocka_unit_test(a_minute_later_the_next_one_is_told_with_how_many_there_were),
        cmocka_unit_test(an_archive_that_took_too_long_is_left_alone_for_a_while),
    };
    return cmocka_run_group_tests_name("basemap_health", tests, NULL, NULL);
}
