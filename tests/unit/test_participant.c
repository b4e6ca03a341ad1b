// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/participant.h"

#include "model/session.h"
#include "test.h"

static void each_state_has_a_name_that_leads_back(void **state) {
    (void)state;
    for (int i = PARTICIPANT_WAITING; i <= PARTICIPANT_REMOVED; i++) {
        enum participant_state again = PARTICIPANT_WAITING;
        assert_true(
            participant_state_parse(participant_state_name((enum participant_state)i), &again));
        assert_int_equal(again, i);
    }
}

static void other_words_are_no_state(void **state) {
    (void)state;
    enum participant_state unchanged = PARTICIPANT_ADMITTED;
    assert_false(participant_state_parse("gone", &unchanged));
    assert_false(participant_state_parse("", &unchanged));
    assert_false(participant_state_parse(NULL, &unchanged));
    assert_int_equal(unchanged, PARTICIPANT_ADMITTED);
}

static int compare(const void *a, const void *b) {
    return strcmp(a, b);
}

static void every_draw_below_the_count_is_another_pseudonym(void **state) {
    (void)state;
    size_t count = pseudonym_count();
    char(*all)[PSEUDONYM_SIZE] = calloc(count, sizeof *all);
    assert_non_null(all);
    for (size_t i = 0; i < count; i++)
        pseudonym_make((uint32_t)i, all[i]);
    qsort(all, count, sizeof *all, compare);
    for (size_t i = 1; i < count; i++)
        assert_string_not_equal(all[i - 1], all[i]);
    free(all);
}

static void there_are_many_more_pseudonyms_than_seats(void **state) {
    (void)state;
    assert_true(pseudonym_count() >= 10 * SESSION_SEATS_MAX);
}

static void a_pseudonym_is_a_plain_word_and_two_digits(void **state) {
    (void)state;
    for (uint32_t draw = 0; draw < pseudonym_count(); draw++) {
        char text[PSEUDONYM_SIZE];
        pseudonym_make(draw, text);
        size_t letters = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
        assert_true(letters >= 3);
        assert_int_equal(text[letters], ' ');
        assert_int_equal(strlen(text), letters + 3);
        assert_int_equal(strspn(text + letters + 1, "0123456789"), 2);
    }
}

static void draws_beyond_the_count_wrap(void **state) {
    (void)state;
    char first[PSEUDONYM_SIZE], wrapped[PSEUDONYM_SIZE];
    pseudonym_make(3, first);
    pseudonym_make(3 + (uint32_t)pseudonym_count(), wrapped);
    assert_string_equal(first, wrapped);
    pseudonym_make(UINT32_MAX, wrapped);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_state_has_a_name_that_leads_back),
        cmocka_unit_test(other_words_are_no_state),
        cmocka_unit_test(every_draw_below_the_count_is_another_pseudonym),
        cmocka_unit_test(there_are_many_more_pseudonyms_than_seats),
        cmocka_unit_test(a_pseudonym_is_a_plain_word_and_two_digits),
        cmocka_unit_test(draws_beyond_the_count_wrap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
