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

/* ---- tries ---- */

static const uint8_t here[SECRET_HASH_SIZE] = {1}, there[SECRET_HASH_SIZE] = {2};

/* How many of `count` tries at that moment are let through. */
static int tries(struct limiter *limiter, const struct attempt *attempt, int count, int64_t now_ms) {
    int taken = 0;
    for (int i = 0; i < count; i++)
        taken += limiter_take(limiter, attempt, now_ms, NULL) == ERR_OK;
    return taken;
}

static int codes(struct limiter *limiter, const uint8_t *from, int count, int64_t now_ms) {
    const struct attempt attempt = {.limit = LIMIT_CODE, .from = from};
    return tries(limiter, &attempt, count, now_ms);
}

static int passwords(struct limiter *limiter, const uint8_t *from, const char *name, int count,
                     int64_t now_ms) {
    const struct attempt attempt = {.limit = LIMIT_PASSWORD, .from = from, .name = name};
    return tries(limiter, &attempt, count, now_ms);
}

static void who_guesses_closes_the_door_for_herself_alone(void **state) {
    assert_int_equal(codes(*state, here, 200, 0), 120);
    assert_int_equal(codes(*state, there, 100, 0), 100);
}

static void a_room_behind_one_address_may_mistype_three_times_each(void **state) {
    const struct attempt attempt = {.limit = LIMIT_CODE, .from = here};
    for (int person = 0; person < 30; person++) {
        assert_int_equal(codes(*state, here, 3, 0), 3);
        assert_int_equal(limiter_take(*state, &attempt, 0, NULL), ERR_OK); // the right one
        limiter_give_back(*state, &attempt);
    }
}

static void an_address_gets_ten_more_tries_a_minute(void **state) {
    codes(*state, here, 120, 0);
    assert_int_equal(codes(*state, here, 1, 5999), 0);
    assert_int_equal(codes(*state, here, 2, 6000), 1);
    assert_int_equal(codes(*state, here, 100, 6000 + MINUTE_MS), 10);
    assert_int_equal(codes(*state, here, 200, 60 * MINUTE_MS), 120); // and never more than at first
}

/* What decision 0007 computes the chance of a guess from. */
static void the_life_of_a_code_sees_14400_wrong_ones_and_no_more(void **state) {
    enum { LIFE_MS = 4 * 60 * MINUTE_MS, ADDRESSES = 40 };
    int taken = 0;
    for (int64_t now_ms = 0; now_ms < LIFE_MS; now_ms += 1000) {
        for (int i = 0; i < ADDRESSES; i++)
            taken += codes(*state, (uint8_t[SECRET_HASH_SIZE]){(uint8_t)i}, 4, now_ms);
    }
    assert_in_range(taken, 14390, 14400);
}

static void one_stranger_for_hours_leaves_the_common_bucket_to_the_others(void **state) {
    for (int64_t now_ms = 0; now_ms < 60 * MINUTE_MS; now_ms += 500)
        codes(*state, here, 1, now_ms);
    assert_in_range(codes(*state, NULL, 3000, 60 * MINUTE_MS), 2399, 2400);
}

static void where_no_address_is_known_all_share_one_bucket(void **state) {
    assert_int_equal(codes(*state, NULL, 3000, 0), 2400);
    assert_int_equal(codes(*state, here, 1, 0), 0);
    assert_int_equal(codes(*state, NULL, 100, MINUTE_MS), 50);
}

static void who_is_refused_is_told_when_to_try_again(void **state) {
    const struct attempt own = {.limit = LIMIT_CODE, .from = here}, all = {.limit = LIMIT_CODE};
    struct fault fault = {.retry_s = 0};
    codes(*state, here, 120, 0);
    assert_int_equal(limiter_take(*state, &own, 0, &fault), ERR_TOO_MANY);
    assert_int_equal(fault.retry_s, 6);
    assert_int_equal(limiter_take(*state, &own, 5500, &fault), ERR_TOO_MANY);
    assert_int_equal(fault.retry_s, 1);
    assert_int_equal(limiter_take(*state, &own, 6000, &fault), ERR_OK);
    codes(*state, NULL, 3000, 6000);
    assert_int_equal(limiter_take(*state, &all, 6000, &fault), ERR_TOO_MANY);
    assert_int_equal(fault.retry_s, 2); // 1.2
}

static void who_is_refused_by_all_keeps_her_own_tries(void **state) {
    codes(*state, NULL, 2400, 0);
    assert_int_equal(codes(*state, here, 120, 0), 0);
    assert_int_equal(codes(*state, here, 121, 60 * MINUTE_MS), 120);
}

static void a_right_code_is_no_failure(void **state) {
    const struct attempt attempt = {.limit = LIMIT_CODE, .from = here};
    for (int i = 0; i < 5000; i++) {
        assert_int_equal(limiter_take(*state, &attempt, i / 100, NULL), ERR_OK);
        limiter_give_back(*state, &attempt);
    }
}

static void giving_back_what_was_never_taken_opens_nothing(void **state) {
    const struct attempt attempt = {.limit = LIMIT_CODE, .from = here};
    for (int i = 0; i < 500; i++)
        limiter_give_back(*state, &attempt);
    assert_int_equal(codes(*state, here, 200, 0), 120);
    assert_int_equal(codes(*state, NULL, 3000, 0), 2280);
}

/* The one nearest to being full makes room, so that small tries from everywhere bring no large one into
 * oblivion. */
static void of_1025_addresses_the_one_that_tried_least_is_forgotten(void **state) {
    codes(*state, here, 120, 0);
    codes(*state, there, 1, 0);
    for (int i = 0; i < 1023; i++)
        codes(*state, (uint8_t[SECRET_HASH_SIZE]){3, (uint8_t)i, (uint8_t)(i >> 8)}, 2, 0);
    assert_int_equal(codes(*state, here, 1, 0), 0);
    assert_int_equal(codes(*state, there, 200, 0), 120);
}

static void codes_receipts_links_and_passwords_are_counted_apart(void **state) {
    const struct attempt receipt = {.limit = LIMIT_RECEIPT}, link = {.limit = LIMIT_LINK};
    assert_int_equal(codes(*state, NULL, 2401, 0), 2400);
    assert_int_equal(tries(*state, &receipt, 61, 0), 60);
    assert_int_equal(tries(*state, &link, 61, 0), 60);
    assert_int_equal(tries(*state, &link, 61, MINUTE_MS), 60);
    assert_int_equal(codes(*state, here, 120, 60 * MINUTE_MS), 120);
    assert_int_equal(passwords(*state, here, "", 10, 60 * MINUTE_MS), 10);
}

static void ten_wrong_passwords_close_a_name_in_any_case_for_who_tried_them(void **state) {
    assert_int_equal(passwords(*state, here, "Writer_One", 5, 0), 5);
    assert_int_equal(passwords(*state, here, "wRITER_oNE", 6, 0), 5);
    assert_int_equal(passwords(*state, here, "writer_two", 10, 0), 10);
    assert_int_equal(passwords(*state, there, "writer_one", 10, 0), 10);
    assert_int_equal(passwords(*state, here, "writer_one", 10, MINUTE_MS), 2);
}

static void a_hundred_wrong_passwords_from_everywhere_close_one_name_and_no_other(void **state) {
    assert_int_equal(passwords(*state, NULL, "writer_one", 110, 0), 100);
    assert_int_equal(passwords(*state, here, "writer_one", 1, 0), 0);
    int others = 0; // a name may share a slot: of eight, not all do
    for (char name[] = "b"; name[0] < 'j'; name[0]++)
        others += passwords(*state, NULL, name, 1, 0);
    assert_true(others >= 7);
    assert_int_equal(passwords(*state, NULL, "writer_one", 100, MINUTE_MS), 10);
}

/* ---- at work, and tokens ---- */

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
        CASE(who_guesses_closes_the_door_for_herself_alone),
        CASE(a_room_behind_one_address_may_mistype_three_times_each),
        CASE(an_address_gets_ten_more_tries_a_minute),
        CASE(the_life_of_a_code_sees_14400_wrong_ones_and_no_more),
        CASE(one_stranger_for_hours_leaves_the_common_bucket_to_the_others),
        CASE(where_no_address_is_known_all_share_one_bucket),
        CASE(who_is_refused_is_told_when_to_try_again),
        CASE(who_is_refused_by_all_keeps_her_own_tries),
        CASE(a_right_code_is_no_failure),
        CASE(giving_back_what_was_never_taken_opens_nothing),
        CASE(of_1025_addresses_the_one_that_tried_least_is_forgotten),
        CASE(codes_receipts_links_and_passwords_are_counted_apart),
        CASE(ten_wrong_passwords_close_a_name_in_any_case_for_who_tried_them),
        CASE(a_hundred_wrong_passwords_from_everywhere_close_one_name_and_no_other),
        CASE(two_passwords_are_checked_at_once),
        CASE(two_sheets_are_drawn_at_once_whatever_passwords_do),
        CASE(a_token_ends_after_thirty_idle_minutes_and_stays_ended),
        CASE(a_token_that_is_forgotten_starts_anew),
        CASE(the_token_used_longest_ago_makes_room),
        CASE(the_decoy_is_a_hash_like_any_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
