// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "base/number.h"
#include <locale.h>

static void decimals_are_read_to_the_nearest_double(void **state) {
    (void)state;
    static const struct {
        const char *text;
        char point;
        double value;
    } rows[] = {
        {"0", '.', 0},
        {"-12.5", '.', -12.5},
        {"+4", '.', 4},
        {"4,3517", ',', 4.3517},
        {"0.1", '.', 0.1},
        {".5", '.', 0.5},
        {"5.", '.', 5},
        {"1e3", '.', 1000},
        {"1E-7", '.', 1e-7},
        {"123456789012345678901234567890", '.', 123456789012345678901234567890.0},
        {"3.14159265358979323846264338327950288", '.', 3.14159265358979323846},
        {"2.2250738585072011e-308", '.', 2.2250738585072011e-308},
        {"9007199254740993", '.', 9007199254740993.0},
        {"7,2057594037927933e16", ',', 7.2057594037927933e16},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        double value = 99;
        assert_true(number_parse(rows[i].text, strlen(rows[i].text), rows[i].point, &value));
        assert_memory_equal(&value, &rows[i].value, sizeof value);
    }
}

static void what_is_no_number_is_refused(void **state) {
    (void)state;
    static const char *const rows[] = {"",   "-",   ".",  "1,5", "1.2.3", "0x10",  "inf", "nan",
                                       "1e", "1e+", " 1", "1 ",  "--1",   "1e999", "e5",  "1-"};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        double value = 99;
        assert_false(number_parse(rows[i], strlen(rows[i]), '.', &value));
        assert_true(value == 99);
    }
}

static void written_numbers_read_back_the_same_and_short(void **state) {
    (void)state;
    char text[NUMBER_TEXT_SIZE];
    number_format(0.1, text);
    assert_string_equal(text, "0.1");
    number_format(15.435270667076113, text);
    assert_string_equal(text, "15.435270667076113");
    number_format(-3, text);
    assert_string_equal(text, "-3");
    srand(1);
    for (int i = 0; i < 20000; i++) {
        double value = (double)rand() / (double)rand() * (i % 2 ? 1 : 1e-200), again;
        size_t len = number_format(value, text);
        assert_true(number_parse(text, len, '.', &again));
        assert_memory_equal(&value, &again, sizeof value);
    }
}

static void neither_way_follows_the_locale(void **state) {
    (void)state;
    bool changed = setlocale(LC_NUMERIC, "de_DE.UTF-8") || setlocale(LC_NUMERIC, "fr_FR.UTF-8");
    double value;
    assert_true(number_parse("3.14159265358979323846", 22, '.', &value));
    assert_true(value > 3.14);
    char text[NUMBER_TEXT_SIZE];
    number_format(2.5, text);
    assert_string_equal(text, "2.5");
    setlocale(LC_NUMERIC, "C");
    if (!changed)
        skip();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_are_read_to_the_nearest_double),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(written_numbers_read_back_the_same_and_short),
        cmocka_unit_test(neither_way_follows_the_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
