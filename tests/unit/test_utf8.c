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

enum { LINE_CHARACTERS = 40 };

static bool is_line(const char *text) {
    return utf8_is_line(text, strlen(text), LINE_CHARACTERS);
}

static void words_of_any_language_are_a_text(void **state) {
    (void)state;
    assert_true(is_line("No bench at the stop"));
    assert_true(is_line("L\xC3\xA9" "clairage est cass\xC3\xA9"));
    assert_true(is_line("\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7"));
    assert_true(is_line("\xF0\x9F\x9A\x8F"));
}

static void a_text_has_something_to_read(void **state) {
    (void)state;
    assert_false(is_line(""));
    assert_false(is_line("   "));
    assert_false(is_line("\xC2\xA0\xC2\xA0")); // no-break spaces
}

static void the_length_is_counted_in_characters(void **state) {
    (void)state;
    char text[2 * LINE_CHARACTERS + 3] = "";
    for (int i = 0; i < LINE_CHARACTERS; i++) {
        text[2 * i] = '\xC3';
        text[2 * i + 1] = '\xA9';
    }
    assert_true(is_line(text));
    text[2 * LINE_CHARACTERS] = 'e';
    assert_false(is_line(text));
}

static void control_characters_are_refused(void **state) {
    (void)state;
    static const char *const texts[] = {
        "two\nlines", "a\ttab",          "\x1B[2J",         "del\x7F",           "c1 \xC2\x85",
        "c1 \xC2\x9F", "line\xE2\x80\xA8", "par\xE2\x80\xA9", "turned \xE2\x80\xAE", "apart \xE2\x81\xA6",
        "broken \xC3"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        if (is_line(texts[i]))
            fail_msg("text %zu was taken", i);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed_characters_are_stepped_over),
        cmocka_unit_test(the_first_bad_byte_is_named),
        cmocka_unit_test(characters_are_counted_not_bytes),
        cmocka_unit_test(words_of_any_language_are_a_text),
        cmocka_unit_test(a_text_has_something_to_read),
        cmocka_unit_test(the_length_is_counted_in_characters),
        cmocka_unit_test(control_characters_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
