// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "base/buf.h"
#include <locale.h>
#include <math.h>

static void assert_holds(struct buf *buf, const char *text) {
    assert_false(buf->failed);
    assert_int_equal(buf->len, strlen(text));
    assert_memory_equal(buf->len ? buf->data : "", text, buf->len);
    buf_clear(buf);
}

static void pieces_follow_each_other(void **state) {
    (void)state;
    struct buf buf;
    buf_init(&buf);
    buf_str(&buf, "a");
    buf_char(&buf, 'b');
    buf_bytes(&buf, "c", 1);
    buf_bytes(&buf, NULL, 0);
    buf_printf(&buf, "%03d", 7);
    assert_holds(&buf, "abc007");
    for (int i = 0; i < 100000; i++)
        buf_char(&buf, 'x');
    assert_int_equal(buf.len, 100000);
    buf_fini(&buf);
}

static void whole_numbers_reach_both_ends_of_64_bits(void **state) {
    (void)state;
    struct buf buf;
    buf_init(&buf);
    buf_i64(&buf, INT64_MIN);
    assert_holds(&buf, "-9223372036854775808");
    buf_i64(&buf, INT64_MAX);
    assert_holds(&buf, "9223372036854775807");
    buf_i64(&buf, 0);
    assert_holds(&buf, "0");
    buf_fini(&buf);
}

static void decimals_are_rounded_and_trailing_zeros_dropped(void **state) {
    (void)state;
    static const struct {
        double value;
        int decimals;
        const char *text;
    } rows[] = {
        {4.3517, 7, "4.3517"},
        {50.8466, 2, "50.85"},
        {-0.00000001, 7, "0"},
        {-0.0, 3, "0"},
        {-12.5, 0, "-13"},
        {0.5, 1, "0.5"},
        {1e-7, 7, "0.0000001"},
        {-179.9999999, 7, "-179.9999999"},
        {100, 9, "100"},
        {1e15, 7, "1000000000000000"},
        {9007199254740993.0, 3, "9007199254740992"},
        {1e22, 2, "10000000000000000000000"},
        {12345678901.25, 9, "12345678901.25"},
        {1.5, -4, "2"},
        {1.5, 40, "1.5"},
        {INFINITY, 3, "null"},
        {NAN, 3, "null"},
    };
    struct buf buf;
    buf_init(&buf);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        buf_fixed(&buf, rows[i].value, rows[i].decimals);
        assert_holds(&buf, rows[i].text);
    }
    buf_fixed(&buf, -1.7976931348623157e308, 9);
    assert_int_equal(buf.len, 310);
    buf_fini(&buf);
}

static void decimals_do_not_follow_the_locale(void **state) {
    (void)state;
    struct buf buf;
    buf_init(&buf);
    bool changed = setlocale(LC_NUMERIC, "de_DE.UTF-8") || setlocale(LC_NUMERIC, "fr_FR.UTF-8");
    buf_fixed(&buf, 98765432109876.5, 9);
    assert_holds(&buf, "98765432109876.5");
    setlocale(LC_NUMERIC, "C");
    buf_fini(&buf);
    if (!changed)
        skip();
}

static void a_reservation_that_overflows_is_remembered_as_a_failure(void **state) {
    (void)state;
    struct buf buf;
    buf_init(&buf);
    buf_str(&buf, "kept");
    assert_null(buf_reserve(&buf, SIZE_MAX - 2));
    assert_true(buf.failed);
    buf_str(&buf, "dropped");
    assert_int_equal(buf.len, 4);
    buf_clear(&buf);
    buf_str(&buf, "again");
    assert_holds(&buf, "again");
    buf_fini(&buf);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_follow_each_other),
        cmocka_unit_test(whole_numbers_reach_both_ends_of_64_bits),
        cmocka_unit_test(decimals_are_rounded_and_trailing_zeros_dropped),
        cmocka_unit_test(decimals_do_not_follow_the_locale),
        cmocka_unit_test(a_reservation_that_overflows_is_remembered_as_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
