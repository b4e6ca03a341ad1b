// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/limiter.h"

#include "base/secret.h"

#include "test.h"

enum { MINUTE_MS = 60 * 1000 };

static int set_up(void **state) {
    struct limiter *limiter = NULL;
    if (secret_init() != ERR_OK || limiter_new(&limiter) != ERR_OK)
        return -1;
    *state = limiter;
    return 0;
}

static int tear_down(void **state) {
    limiter_free(*state);
    return 0;
}

static void sixty_wrong_codes_a_minute_and_no_more(void **state) {
    for (int i = 0; i < 60; i++)
        assert_int_equal(limiter_take(*state, LIMIT_CODE, NULL, 1000 * i), ERR_OK);
    assert_int_equal(limiter_take(*state, LIMIT_CODE, NULL, MINUTE_MS - 1), ERR_TOO_MANY);
    assert_int_equal(limiter_take(*state, LIMIT_CODE, NULL, MINUTE_MS), ERR_OK);
}

static void no_minute_holds_more_than_sixty_failures_wherever_it_starts(void **state) {
    for (int i = 0; i < 60; i++) // all at the end of the first minute
        assert_int_equal(limiter_take(*state, LIMIT_CODE, NULL, MINUTE_MS - 1), ERR_OK);
    assert_int_equal(limiter_take(*state, LIMIT_CODE, NULL, MINUTE_MS + 1), ERR_TOO_MANY);
    assert_int_equal(limiter_take(*state, LIMIT_CODE, NULL, 2 * MINUTE_MS - 1), ERR_OK);
}

static void a_right_code_is_no_failure(void **state) {
    for (int i = 0; i < 500; i++) {
        assert_int_equal(limiter_take(*state, LIMIT_CODE, NULL, i), ERR_OK);
        limiter_give_back(*state, LIMIT_CODE, NULL);
    }
}

static void giving_back_what_was_never_taken_opens_nothing(void **state) {
    limiter_give_back(*state, LIMIT_RECEIPT, NULL);
    for (int i = 0; i < 60; i++)
        assert_int_equal(limiter_take(*state, LIMIT_RECEIPT, NULL, 0), ERR_OK);
    assert_int_equal(limiter_take(*state, LIMIT_RECEIPT, NULL, 0), ERR_TOO_MANY);
}

static void codes_receipts_and_links_are_counted_apart(void **state) {
    for (int i = 0; i < 60; i++)
        assert_int_equal(limiter_take(*state, LIMIT_CODE, NULL, 0), ERR_OK);
    assert_int_equal(limiter_take(*state, LIMIT_RECEIPT, NULL, 0), ERR_OK);
    assert_int_equal(limiter_take(*state, LIMIT_LINK, NULL, 0), ERR_OK);
}

static void ten_wrong_passwords_close_one_name_in_any_case_and_no_other(void **state) {
    for (int i = 0; i < 10; i++)
        assert_int_equal(limiter_take(*state, LIMIT_PASSWORD, i % 2 ? "Writer_One" : "wRITER_oNE", 0),
                         ERR_OK);
    assert_int_equal(limiter_take(*state, LIMIT_PASSWORD, "writer_one", 1), ERR_TOO_MANY);
    int others = 0; // a name may share a slot: of eight, not all do
    for (char name[] = "b"; name[0] < 'j'; name[0]++)
        others += limiter_take(*state, LIMIT_PASSWORD, name, 1) == ERR_OK;
    assert_true(others >= 7);
    assert_int_equal(limiter_take(*state, LIMIT_PASSWORD, "writer_one", MINUTE_MS), ERR_OK);
}

static void two_passwords_are_checked_at_once(void **state) {
    for (int i = 0; i < LIMITER_PASSWORDS_AT_ONCE; i++)
        assert_int_equal(limiter_password_enter(*state), ERR_OK);
    assert_int_equal(limiter_password_enter(*state), ERR_BUSY);
    limiter_password_leave(*state);
    assert_int_equal(limiter_password_enter(*state), ERR_OK);
}

static void two_sheets_are_drawn_at_once_whatever_passwords_do(void **state) {
    assert_int_equal(limiter_password_enter(*state), ERR_OK);
    for (int i = 0; i < LIMITER_SHEETS_AT_ONCE; i++)
        assert_int_equal(limiter_sheet_enter(*state), ERR_OK);
    assert_int_equal(limiter_sheet_enter(*state), ERR_BUSY);
    limiter_sheet_leave(*state);
    assert_int_equal(limiter_sheet_enter(*state), ERR_OK);
}

static void a_token_ends_after_thirty_idle_minutes_and_stays_ended(void **state) {
    uint8_t hash[SECRET_HASH_SIZE] = {7};
    int64_t now_ms = 5;
    for (int i = 0; i < 5; i++, now_ms += LIMITER_IDLE_MS - 1)
        assert_true(limiter_touch(*state, hash, now_ms));
    assert_false(limiter_touch(*state, hash, now_ms + 1));
    assert_false(limiter_touch(*state, hash, now_ms + 2));
}

static void a_token_that_is_forgotten_starts_anew(void **state) {
    uint8_t hash[SECRET_HASH_SIZE] = {7};
    assert_true(limiter_touch(*state, hash, 0));
    limiter_forget(*state, hash);
    assert_true(limiter_touch(*state, hash, 2 * LIMITER_IDLE_MS));
}

static void the_token_used_longest_ago_makes_room(void **state) {
    uint8_t first[SECRET_HASH_SIZE] = {0xff};
    assert_true(limiter_touch(*state, first, 0));
    for (int i = 0; i < 1023; i++) {
        uint8_t hash[SECRET_HASH_SIZE] = {(uint8_t)i, (uint8_t)(i >> 8), 1};
        assert_true(limiter_touch(*state, hash, 1 + i));
    }
    assert_false(limiter_touch(*state, first, LIMITER_IDLE_MS)); // 1,024 are remembered
    uint8_t one_more[SECRET_HASH_SIZE] = {1, 2, 3};
    assert_true(limiter_touch(*state, one_more, LIMITER_IDLE_MS));
    assert_true(limiter_touch(*state, first, LIMITER_IDLE_MS)); // and of those, not the oldest
}

static void the_decoy_is_a_hash_like_any_other(void **state) {
    assert_false(secret_password_verify(limiter_decoy_hash(*state), "", 0));
    assert_int_equal(strncmp(limiter_decoy_hash(*state), "$argon2id$", 10), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(sixty_wrong_codes_a_minute_and_no_more),
        CASE(no_minute_holds_more_than_sixty_failures_wherever_it_starts),
        CASE(a_right_code_is_no_failure),
        CASE(giving_back_what_was_never_taken_opens_nothing),
        CASE(codes_receipts_and_links_are_counted_apart),
        CASE(ten_wrong_passwords_close_one_name_in_any_case_and_no_other),
        CASE(two_passwords_are_checked_at_once),
        CASE(two_sheets_are_drawn_at_once_whatever_passwords_do),
        CASE(a_token_ends_after_thirty_idle_minutes_and_stays_ended),
        CASE(a_token_that_is_forgotten_starts_anew),
        CASE(the_token_used_longest_ago_makes_room),
        CASE(the_decoy_is_a_hash_like_any_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
