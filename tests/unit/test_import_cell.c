// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "base/clock.h"
#include "model/import_cell.h"

static void numbers_are_read_as_people_write_them(void **state) {
    (void)state;
    static const struct {
        const char *text;
        char decimal;
        double value;
    } rows[] = {
        {"8.549422", '.', 8.549422},
        {" 50,8466 ", ',', 50.8466},
        {"2 683 920", '.', 2683920},
        {"2'683'920.5", '.', 2683920.5},
        {"\xC2\xA0"
         "4.5",
         '.', 4.5},
        {"1\xC2\xA0"
         "234,5",
         ',', 1234.5},
        {"-72.533333", '.', -72.533333},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        double value = 0;
        assert_true(import_number(rows[i].text, strlen(rows[i].text), rows[i].decimal, &value));
        assert_true(value == rows[i].value);
    }
}

static void what_is_no_number_stays_none(void **state) {
    (void)state;
    static const char *const rows[] = {"",      " ",   "n/a",   "1 2",   "12 34",
                                       "4.5 E", "4,5", "'1234", "1234'", "4 5678 9"};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        double value;
        assert_false(import_number(rows[i], strlen(rows[i]), '.', &value));
    }
}

static void dates_follow_the_order_that_was_said(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum import_date_order order;
        const char *time; // NULL: no date
    } rows[] = {
        {"05/07/2010 17:26", DATE_DMY, "2010-07-05T17:26:00Z"},
        {"05/07/2010 17:26", DATE_MDY, "2010-05-07T17:26:00Z"},
        {"28.06.2010", DATE_DMY, "2010-06-28T00:00:00Z"},
        {"1-2-2024 9:05:07", DATE_DMY, "2024-02-01T09:05:07Z"},
        {"2016-06-27", DATE_YMD, "2016-06-27T00:00:00Z"},
        {"2016-06-27", DATE_DMY, "2016-06-27T00:00:00Z"},
        {"2016/6/7", DATE_MDY, "2016-06-07T00:00:00Z"},
        {"2016-06-27T08:00:00+02:00", DATE_DMY, "2016-06-27T06:00:00Z"},
        {"28/06/2010", DATE_MDY, NULL},
        {"05/07/10", DATE_DMY, NULL},
        {"30/02/2010", DATE_DMY, NULL},
        {"05/07-2010", DATE_DMY, NULL},
        {"05/07/2010 25:00", DATE_DMY, NULL},
        {"05/07/2010 1:5", DATE_DMY, NULL},
        {"05/07/2010x", DATE_DMY, NULL},
        {"July 5, 2010", DATE_DMY, NULL},
        {"", DATE_DMY, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        int64_t ms;
        char text[CLOCK_TEXT_SIZE];
        bool read = import_date(rows[i].text, strlen(rows[i].text), rows[i].order, &ms);
        if (read != (rows[i].time != NULL))
            fail_msg("%s", rows[i].text);
        if (!read)
            continue;
        clock_format(ms, text);
        assert_string_equal(text, rows[i].time);
    }
}

static void a_cell_of_several_gives_its_parts_without_empty_ones(void **state) {
    (void)state;
    const char *cell = "1. Urgences | Emergency, 3. Public Health, ";
    size_t at = 0, len = strlen(cell);
    struct import_part part;
    assert_true(import_next_part(cell, len, ',', &at, &part));
    assert_int_equal(part.len, 23);
    assert_memory_equal(part.text, "1. Urgences | Emergency", 23);
    assert_true(import_next_part(cell, len, ',', &at, &part));
    assert_memory_equal(part.text, "3. Public Health", part.len);
    assert_false(import_next_part(cell, len, ',', &at, &part));
    at = 0;
    assert_true(import_next_part(" a, b ", 6, 0, &at, &part));
    assert_int_equal(part.len, 4);
    assert_false(import_next_part(" a, b ", 6, 0, &at, &part));
    at = 0;
    assert_false(import_next_part(" , ,", 4, ',', &at, &part));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_as_people_write_them),
        cmocka_unit_test(what_is_no_number_stays_none),
        cmocka_unit_test(dates_follow_the_order_that_was_said),
        cmocka_unit_test(a_cell_of_several_gives_its_parts_without_empty_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
