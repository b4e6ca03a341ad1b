// SPDX-License-Identifier: AGPL-3.0-or-later
// The Solar Hijri calendar against days that are known: the official one began on 11 Farvardin 1304, the Islamic
// Republic was voted for on 10 and 11 Farvardin 1358; the other new years are those of printed calendars.
#include "base/clock.h"
#include "paper/solar_hijri.h"
#include "test.h"

static struct solar_hijri on(int year, int month, int day) {
    int64_t days;
    struct solar_hijri out = {0, 0, 0};
    assert_true(clock_days(year, month, day, &days));
    assert_true(solar_hijri_of(days, &out));
    return out;
}

static void known_days_are_called_as_they_are(void **state) {
    (void)state;
    static const struct {
        int gregorian[3];
        unsigned solar[3];
    } cases[] = {
        {{1925, 3, 31}, {1304, 1, 11}}, {{1979, 4, 1}, {1358, 1, 12}},  {{2000, 3, 20}, {1379, 1, 1}},
        {{2017, 3, 20}, {1395, 12, 30}}, {{2017, 3, 21}, {1396, 1, 1}}, {{2020, 3, 20}, {1399, 1, 1}},
        {{2021, 3, 20}, {1399, 12, 30}}, {{2021, 3, 21}, {1400, 1, 1}}, {{2024, 3, 20}, {1403, 1, 1}},
        {{2025, 3, 20}, {1403, 12, 30}}, {{2025, 3, 21}, {1404, 1, 1}}, {{2026, 3, 7}, {1404, 12, 16}},
        {{2026, 3, 20}, {1404, 12, 29}}, {{2026, 3, 21}, {1405, 1, 1}}, {{2026, 9, 22}, {1405, 6, 31}},
        {{2026, 9, 23}, {1405, 7, 1}},   {{2026, 12, 21}, {1405, 9, 30}}, {{2030, 3, 20}, {1408, 12, 30}},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const int *day = cases[i].gregorian;
        struct solar_hijri got = on(day[0], day[1], day[2]);
        const unsigned parts[] = {got.year, got.month, got.day};
        for (size_t j = 0; j < 3; j++)
            assert_int_equal(parts[j], cases[i].solar[j]);
    }
}

static void leap_years_are_those_of_the_printed_calendars(void **state) {
    (void)state;
    static const unsigned leap[] = {1354, 1358, 1362, 1366, 1370, 1375, 1379, 1383, 1387,
                                    1391, 1395, 1399, 1403, 1408, 1412, 1416, 1420};
    for (unsigned year = 1354, next = 0; year <= 1420; year++) {
        int last = 0; // day of March, of the Gregorian year, on which the year ends
        for (int day = 18; day <= 22; day++)
            if (on((int)year + 622, 3, day).year == year)
                last = day;
        bool is_leap = on((int)year + 622, 3, last).day == 30;
        assert_true(is_leap == (next < COUNT_OF(leap) && leap[next] == year));
        next += is_leap;
    }
}

static void each_day_follows_the_one_before(void **state) {
    (void)state;
    int64_t first, last;
    struct solar_hijri before, at;
    assert_true(clock_days(1799, 3, 21, &first));
    assert_true(clock_days(2123, 3, 20, &last));
    assert_true(solar_hijri_of(first, &before));
    assert_true(before.year == 1178 && before.month == 1 && before.day == 1);
    for (int64_t day = first + 1; day <= last; day++, before = at) {
        assert_true(solar_hijri_of(day, &at));
        bool next_day = at.year == before.year && at.month == before.month && at.day == before.day + 1;
        bool next_month = at.year == before.year && at.month == before.month + 1 && at.day == 1 &&
                          before.day == (before.month <= 6 ? 31u : 30u);
        bool next_year = at.year == before.year + 1 && at.month == 1 && at.day == 1 && before.month == 12 &&
                         (before.day == 29 || before.day == 30);
        assert_true(next_day || next_month || next_year);
    }
    assert_false(solar_hijri_of(first - 1, &at));
    assert_false(solar_hijri_of(last + 1, &at));
    assert_false(solar_hijri_of(INT64_C(-1000000), &at));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days_are_called_as_they_are),
        cmocka_unit_test(leap_years_are_those_of_the_printed_calendars),
        cmocka_unit_test(each_day_follows_the_one_before),
    };
    return cmocka_run_group_tests_name("solar_hijri", tests, NULL, NULL);
}
