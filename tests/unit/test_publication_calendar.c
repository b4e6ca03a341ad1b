// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/publication_calendar.h"

#include "test.h"

static int64_t day(const char *text) {
    int64_t out = 0;
    assert_true(calendar_day_parse(text, &out));
    return out;
}

static void days_are_read_and_written(void **state) {
    (void)state;
    int64_t out;
    char text[CALENDAR_DAY_SIZE];
    calendar_day_format(day("2026-05-31"), text);
    assert_string_equal(text, "2026-05-31");
    assert_int_equal(day("1970-01-02"), 1);
    assert_false(calendar_day_parse("2026-02-30", &out));
    assert_false(calendar_day_parse("2026-05-31T00:00:00Z", &out));
    assert_false(calendar_day_parse("", &out));
}

static void a_session_counts_seven_whole_days_after_it_was_closed(void **state) {
    (void)state;
    const int64_t day_ms = 86400000, noon = day("2026-05-01") * day_ms + day_ms / 2;
    assert_int_equal(calendar_counted_from(noon), day("2026-05-09"));
    assert_true(noon <= calendar_closed_ms(day("2026-05-09")));
    assert_false(noon <= calendar_closed_ms(day("2026-05-08")));
    int64_t midnight = day("2026-05-01") * day_ms;
    assert_int_equal(calendar_counted_from(midnight), day("2026-05-08"));
    assert_true(midnight <= calendar_closed_ms(day("2026-05-08")));
}

static void the_delay_is_the_same_when_asked_again_and_of_every_length(void **state) {
    (void)state;
    uint8_t key[SECRET_KEY_SIZE] = {1, 2, 3}, other[SECRET_KEY_SIZE] = {1, 2, 4};
    unsigned seen[CALENDAR_DELAY_DAYS_MAX + 1] = {0}, differ = 0;
    for (unsigned number = 1; number <= 400; number++) {
        int delay = calendar_delay(key, number);
        assert_in_range(delay, 0, CALENDAR_DELAY_DAYS_MAX);
        assert_int_equal(delay, calendar_delay(key, number));
        differ += delay != calendar_delay(other, number);
        seen[delay]++;
    }
    for (int i = 0; i <= CALENDAR_DELAY_DAYS_MAX; i++)
        assert_in_range(seen[i], 20, 100);
    assert_true(differ > 200);
}

static void editions_lie_28_days_and_the_delay_apart(void **state) {
    (void)state;
    const int64_t published[] = {day("2026-05-01")};
    assert_int_equal(calendar_turn(NULL, 0, 7, day("2026-05-01")).from_day, 0);
    struct calendar_turn turn = calendar_turn(published, 1, 3, day("2026-05-31"));
    assert_true(turn.too_early);
    assert_false(turn.too_many);
    assert_int_equal(turn.from_day, day("2026-06-01"));
    turn = calendar_turn(published, 1, 3, day("2026-06-01"));
    assert_false(turn.too_early);
    assert_int_equal(turn.from_day, 0);
}

static void the_seventh_in_a_year_waits_for_the_first(void **state) {
    (void)state;
    const int64_t published[] = {day("2026-09-01"), day("2026-07-01"), day("2026-05-01"),
                                 day("2026-03-01"), day("2026-02-01"), day("2026-01-01")};
    struct calendar_turn turn = calendar_turn(published, 6, 0, day("2026-12-31"));
    assert_true(turn.too_many);
    assert_false(turn.too_early);
    assert_int_equal(turn.from_day, day("2027-01-01"));
    assert_false(calendar_turn(published, 6, 0, day("2027-01-01")).too_many);
    assert_false(calendar_turn(published, 5, 0, day("2026-12-31")).too_many);
}

static void a_quarter_of_the_last_is_needed_and_20_at_least(void **state) {
    (void)state;
    assert_int_equal(calendar_new_people(0), 20);
    assert_int_equal(calendar_new_people(80), 20);
    assert_int_equal(calendar_new_people(81), 21);
    assert_int_equal(calendar_new_people(400), 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_read_and_written),
        cmocka_unit_test(a_session_counts_seven_whole_days_after_it_was_closed),
        cmocka_unit_test(the_delay_is_the_same_when_asked_again_and_of_every_length),
        cmocka_unit_test(editions_lie_28_days_and_the_delay_apart),
        cmocka_unit_test(the_seventh_in_a_year_waits_for_the_first),
        cmocka_unit_test(a_quarter_of_the_last_is_needed_and_20_at_least),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
