// SPDX-License-Identifier: AGPL-3.0-or-later
// What the door forgets, and when. What it says is tested over HTTP (tests/http/account.test.mjs).
#include "service/auth_service.h"

#include "base/clock.h"
#include "model/role.h"
#include "service/participant_service.h"
#include "service/session_service.h"
#include "service/user_service.h"
#include "service_fixture.h"
#include "test.h"

static void sign_in(struct service_fixture *x, struct auth_signed_in *in) {
    uint8_t nobodys[SECRET_HASH_SIZE] = {0};
    assert_int_equal(auth_sign_in(&x->context, x->sample->staff_id, nobodys, &x->sample->arena, in),
                     ERR_OK);
}

static unsigned roles_of(struct service_fixture *x, const char *bearer, const char *cookie) {
    struct auth_found found = {0};
    enum err err = auth_find(&x->context, bearer, cookie, &found);
    return err == ERR_OK ? found.caller.roles : 0;
}

static void a_staff_token_lasts_eight_hours(void **state) {
    struct service_fixture *x = *state;
    struct auth_signed_in in;
    sign_in(x, &in);
    assert_int_equal(roles_of(x, NULL, in.token), ROLE_ANYONE | ROLE_FACILITATOR);
    int64_t left_ms =
        sample_number(x->sample->db, "SELECT expires_ms FROM staff_token") - clock_now_ms();
    assert_in_range(left_ms, 8 * 3600 * 1000 - 60000, 8 * 3600 * 1000);
    sample_sql(x->sample->db, "UPDATE staff_token SET expires_ms = 1");
    assert_int_equal(roles_of(x, NULL, in.token), ROLE_ANYONE);
}

static void tokens_that_ended_are_swept_at_the_next_sign_in(void **state) {
    struct service_fixture *x = *state;
    struct auth_signed_in in;
    sign_in(x, &in);
    sample_sql(x->sample->db, "UPDATE staff_token SET expires_ms = 1");
    sign_in(x, &in);
    assert_int_equal(sample_number(x->sample->db, "SELECT count(*) FROM staff_token"), 1);
}

static void the_store_holds_no_token_only_its_hash(void **state) {
    struct service_fixture *x = *state;
    struct auth_signed_in in;
    sign_in(x, &in);
    uint8_t hash[SECRET_HASH_SIZE];
    secret_hash(in.token, strlen(in.token), hash);
    int64_t id = 0;
    enum role role = 0;
    assert_int_equal(staff_token_find(x->sample->db, hash, clock_now_ms(), &id, &role), ERR_OK);
    assert_int_equal(id, x->sample->staff_id);
}

static void a_link_lasts_a_day(void **state) {
    struct service_fixture *x = *state;
    char link[SECRET_TOKEN_TEXT_SIZE];
    uint8_t nobodys[SECRET_HASH_SIZE] = {0};
    struct auth_signed_in in;
    assert_int_equal(user_link(&x->context, "NADIA", link), ERR_OK);
    int64_t left_ms =
        sample_number(x->sample->db, "SELECT expires_ms FROM signin_link") - clock_now_ms();
    assert_in_range(left_ms, 24 * 3600 * 1000 - 60000, 24 * 3600 * 1000);
    sample_sql(x->sample->db, "UPDATE signin_link SET expires_ms = 1");
    assert_int_equal(auth_sign_in_by_link(&x->context, link, nobodys, &x->sample->arena, NULL, &in),
                     ERR_BAD_CREDENTIALS);
}

static void an_account_without_a_password_has_none_that_fits(void **state) {
    struct service_fixture *x = *state;
    int64_t id = 0;
    assert_int_equal(auth_check_password(&x->context, NULL, "nadia", "", NULL, &id), ERR_BAD_CREDENTIALS);
}

static void somebody_disabled_while_her_password_is_checked_is_not_signed_in(void **state) {
    struct service_fixture *x = *state;
    uint8_t nobodys[SECRET_HASH_SIZE] = {0};
    struct auth_signed_in in;
    assert_int_equal(user_disable(&x->context, "nadia"), ERR_OK);
    assert_int_equal(
        auth_sign_in(&x->context, x->sample->staff_id, nobodys, &x->sample->arena, &in),
        ERR_BAD_CREDENTIALS);
}

static void a_participants_token_lasts_as_long_as_pseudonyms(void **state) {
    struct service_fixture *x = *state;
    struct joined joined;
    assert_int_equal(
        participant_join(&x->context, x->sample->session_id, "fr", NULL, &x->sample->arena, &joined),
        ERR_OK);
    assert_int_equal(roles_of(x, joined.token, NULL), ROLE_ANYONE | ROLE_PARTICIPANT);
    sample_sql(x->sample->db,
               "UPDATE participant SET joined_ms = joined_ms - 14 * 86400000 - 1000");
    struct auth_found found;
    assert_int_equal(auth_find(&x->context, joined.token, NULL, &found), ERR_NOT_SIGNED_IN);
}

static void the_bearer_goes_before_the_cookie(void **state) {
    struct service_fixture *x = *state;
    struct auth_signed_in in;
    struct joined joined;
    sign_in(x, &in);
    assert_int_equal(
        participant_join(&x->context, x->sample->session_id, "fr", NULL, &x->sample->arena, &joined),
        ERR_OK);
    assert_int_equal(roles_of(x, joined.token, in.token), ROLE_ANYONE | ROLE_PARTICIPANT);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, service_setup, service_teardown)
int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_staff_token_lasts_eight_hours),
        CASE(tokens_that_ended_are_swept_at_the_next_sign_in),
        CASE(the_store_holds_no_token_only_its_hash),
        CASE(a_link_lasts_a_day),
        CASE(an_account_without_a_password_has_none_that_fits),
        CASE(somebody_disabled_while_her_password_is_checked_is_not_signed_in),
        CASE(a_participants_token_lasts_as_long_as_pseudonyms),
        CASE(the_bearer_goes_before_the_cookie),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
