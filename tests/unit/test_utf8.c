// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "base/utf8.h"

static void well_formed_characters_are_stepped_over(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t step;
    } rows[] = {
        {"a", 1},
        {"\xC2\x80", 2},
        {"\xDF\xBF", 2},
        {"\xE0\xA0\x80", 3},
        {"\xED\x9F\xBF", 3},
        {"\xEF\xBF\xBF", 3},
        {"\xF0\x90\x80\x80", 4},
        {"\xF4\x8F\xBF\xBF", 4},
        // overlong, surrogate, beyond U+10FFFF, cut short, no beginning
        {"\xC0\x80", 0},
        {"\xC1\xBF", 0},
        {"\xE0\x9F\xBF", 0},
        {"\xED\xA0\x80", 0},
        {"\xF0\x8F\xBF\xBF", 0},
        {"\xF4\x90\x80\x80", 0},
        {"\xF5\x80\x80\x80", 0},
        {"\xE2\x82", 0},
        {"\x80", 0},
        {"\xFF", 0},
        {"", 0},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_int_equal(utf8_step(rows[i].text, strlen(rows[i].text)), rows[i].step);
}

static void the_first_bad_byte_is_named(void **state) {
    (void)state;
    size_t at = 0;
    assert_true(utf8_valid("quartier \xC3\xA9toile de la paix", 25, &at));
    assert_false(utf8_valid("twelve bytes\xFFmore and more", 26, &at));
    assert_int_equal(at, 12);
    assert_true(utf8_valid("", 0, NULL));
}

static void characters_are_counted_not_bytes(void **state) {
    (void)state;
    assert_int_equal(utf8_count("\xC3\xA9t\xC3\xA9", 5), 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed_characters_are_stepped_over),
        cmocka_unit_test(the_first_bad_byte_is_named),
        cmocka_unit_test(characters_are_counted_not_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
