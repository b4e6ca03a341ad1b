// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "base/clock.h"

static void times_are_written_in_utc(void **state) {
    (void)state;
    static const struct {
        int64_t time_ms;
        const char *text;
    } rows[] = {
        {0, "1970-01-01T00:00:00Z"},
        {1772357400000, "2026-03-01T09:30:00Z"},
        {-1, "1969-12-31T23:59:59Z"},
        {951782400000, "2000-02-29T00:00:00Z"},
        {253402300799999, "9999-12-31T23:59:59Z"},
        {INT64_MAX, "9999-12-31T23:59:59Z"},
        {INT64_MIN, "0001-01-01T00:00:00Z"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char text[CLOCK_TEXT_SIZE];
        clock_format(rows[i].time_ms, text);
        assert_string_equal(text, rows[i].text);
    }
}

static void dates_and_rfc_3339_times_are_read(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t time_ms;
    } rows[] = {
        {"1970-01-01", 0},
        {"2026-03-01T09:30:00Z", 1772357400000},
        {"2026-03-01t10:30:00+01:00", 1772357400000},
        {"2026-03-01 04:00:00-05:30", 1772357400000},
        {"1970-01-01T00:00:00.5Z", 500},
        {"1970-01-01T00:00:00.123456Z", 123},
        {"1969-12-31T23:59:59Z", -1000},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        int64_t time_ms = 77;
        assert_true(clock_parse(rows[i].text, strlen(rows[i].text), &time_ms));
        assert_int_equal(time_ms, rows[i].time_ms);
    }
}

static void what_is_no_time_is_refused(void **state) {
    (void)state;
    static const char *const rows[] = {"",
                                       "2026-02-29",
                                       "2026-13-01",
                                       "2026-00-10",
                                       "2026-1-1",
                                       "20260301",
                                       "2026-03-01T",
                                       "2026-03-01T09:30:00",
                                       "2026-03-01T24:00:00Z",
                                       "2026-03-01T09:30:00Zx",
                                       "2026-03-01T09:30:00+24:00",
                                       "2026-03-01T09:30:00.Z",
                                       "0000-01-01"};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        int64_t time_ms = 77;
        assert_false(clock_parse(rows[i], strlen(rows[i]), &time_ms));
        assert_int_equal(time_ms, 77);
    }
}

static void every_day_of_four_centuries_goes_there_and_back(void **state) {
    (void)state;
    for (int64_t day = -150000; day < 150000; day += 7) {
        char text[CLOCK_TEXT_SIZE];
        int64_t again;
        clock_format(day * 86400000, text);
        assert_true(clock_parse(text, 10, &again));
        assert_int_equal(again, day * 86400000);
    }
}

static void the_monotonic_clock_does_not_go_back(void **state) {
    (void)state;
    int64_t before = clock_monotonic_ms();
    assert_true(clock_monotonic_ms() >= before);
    assert_true(clock_now_ms() > 1700000000000);
}

static void a_wait_ends_at_its_time_without_a_signal(void **state) {
    (void)state;
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t condition;
    clock_cond_init(&condition);
    int64_t until_ms = clock_monotonic_ms() + 30;
    pthread_mutex_lock(&mutex);
    while (clock_cond_wait(&condition, &mutex, until_ms))
        continue; // woken without a cause
    pthread_mutex_unlock(&mutex);
    assert_in_range(clock_monotonic_ms() - until_ms, 0, 5000);
    pthread_cond_destroy(&condition);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_written_in_utc),
        cmocka_unit_test(dates_and_rfc_3339_times_are_read),
        cmocka_unit_test(what_is_no_time_is_refused),
        cmocka_unit_test(every_day_of_four_centuries_goes_there_and_back),
        cmocka_unit_test(the_monotonic_clock_does_not_go_back),
        cmocka_unit_test(a_wait_ends_at_its_time_without_a_signal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
