// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/session.h"

#include "test.h"

static void a_precision_is_one_of_five(void **state) {
    (void)state;
    const double known_m[] = {0, 25, 50, 100, 250};
    for (size_t i = 0; i < COUNT_OF(known_m); i++)
        assert_true(session_precision_known(known_m[i]));
    const double unknown_m[] = {-1, 1, 24.9, 75, 500, 1e300};
    for (size_t i = 0; i < COUNT_OF(unknown_m); i++)
        assert_false(session_precision_known(unknown_m[i]));
}

static void no_session_is_finer_than_its_exercise(void **state) {
    (void)state;
    assert_true(session_precision_allowed(50, 50, true));
    assert_true(session_precision_allowed(250, 50, true));
    assert_false(session_precision_allowed(25, 50, true));
    assert_false(session_precision_allowed(0, 25, false));
    assert_true(session_precision_allowed(0, 0, false));
}

static void a_sensitive_session_is_never_exact(void **state) {
    (void)state;
    assert_false(session_precision_allowed(0, 0, true));
    assert_true(session_precision_allowed(25, 0, true));
}

static void a_precision_that_is_none_is_never_allowed(void **state) {
    (void)state;
    assert_false(session_precision_allowed(60, 50, true));
}

static void language_tags_are_letters_then_parts(void **state) {
    (void)state;
    const char *good[] = {"fr", "en", "pt-BR", "zh-Hant", "kmr", "sr-Latn-RS", "de-1996"};
    for (size_t i = 0; i < COUNT_OF(good); i++)
        assert_true(session_language_valid(good[i]));
    const char *bad[] = {"",
                         "f",
                         "fr-",
                         "-fr",
                         "f r",
                         "fr--BR",
                         "fr_BR",
                         "1fr",
                         "fr-a",
                         "é",
                         "languages",
                         "fr-BR\n",
                         "aa-bb-cc-dd-ee-ff-gg-hh-ii-jj-kk-ll-mm"};
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(session_language_valid(bad[i]));
}

static void what_is_not_said_stays(void **state) {
    (void)state;
    struct session session = {.title = "Saturday",
                              .place = "Maison",
                              .held_on = "2026-03-07",
                              .precision_m = 50,
                              .seat_limit = 20,
                              .admit_by_hand = true,
                              .free_text = true};
    struct session before = session;
    struct session_change change = session_change_none();
    session_change_apply(&change, &session);
    assert_memory_equal(&session, &before, sizeof session);
}

static void what_is_said_is_laid_over(void **state) {
    (void)state;
    struct session session = {.title = "Saturday", .admit_by_hand = true, .seat_limit = 20};
    struct bbox box = {1, 2, 3, 4};
    struct session_change change = session_change_none();
    change.title = "Sunday";
    change.bbox = &box;
    change.seat_limit = 5;
    change.precision_m = 0;
    change.exercise_id = 9;
    change.admit_by_hand = 0;
    change.approve_by_hand = 1;
    session_change_apply(&change, &session);
    assert_string_equal(session.title, "Sunday");
    assert_true(session.bbox.north_deg == 4);
    assert_int_equal(session.seat_limit, 5);
    assert_int_equal(session.exercise_id, 9);
    assert_false(session.admit_by_hand);
    assert_true(session.approve_by_hand);
    assert_false(session.free_text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_precision_is_one_of_five),
        cmocka_unit_test(no_session_is_finer_than_its_exercise),
        cmocka_unit_test(a_sensitive_session_is_never_exact),
        cmocka_unit_test(a_precision_that_is_none_is_never_allowed),
        cmocka_unit_test(language_tags_are_letters_then_parts),
        cmocka_unit_test(what_is_not_said_stays),
        cmocka_unit_test(what_is_said_is_laid_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
