// SPDX-License-Identifier: AGPL-3.0-or-later
// What goes when, with the time given by hand.
#include "service/retention.h"

#include "service_fixture.h"
#include "test.h"

static const int64_t DAY_MS = INT64_C(86400000);
enum { CLOSED_DAY = 20000, KEEP_DAYS = 90 };

/* A session that was closed on CLOSED_DAY, with a participant who holds a receipt and two marks, one entered
 * for the room; and an open one of old. */
static int setup(void **state) {
    if (service_setup(state) != 0)
        return -1;
    struct service_fixture *x = *state;
    struct sample *s = x->sample;
    sample_contribution(s->db, s, 4.35, 50.85, "hers");
    sample_contribution(s->db, s, 4.36, 50.86, "the room's");
    sample_sql(s->db,
               "UPDATE contribution SET participant_id = NULL WHERE id = 2;"
               "UPDATE participant SET token_hash = x'01', receipt_hmac = x'02', language = 'fr';"
               "INSERT INTO session (id, project_id, exercise_id, title, held_on, west_deg, south_deg,"
               " east_deg, north_deg, precision_m, languages, consent, help_contacts, seat_limit,"
               " created_ms) SELECT 2, 1, 1, title, held_on, 0, 0, 1, 1, 50, '[]', '{}', '[]', 9, 1"
               " FROM session;"
               "UPDATE session SET state = 'closed', closed_ms = 20000 * 86400000 WHERE id = 1;"
               "INSERT INTO participant (id, session_id, pseudonym, state, joined_ms, token_hash,"
               " contributor) VALUES (2, 2, 'Tapir 12', 'admitted', 1, x'03', 7);"
               "INSERT INTO finding (session_id, geometry, statement, who, urgency, language, created_ms)"
               " VALUES (1, '{}', 'No lamp', 'city', 'red', 'en', 1)");
    return 0;
}

/* All that is due so many days after the closing. */
static int sweep(struct service_fixture *x, int days, unsigned keep_days) {
    bool more = true;
    int pieces = 0;
    for (; more; pieces++) {
        enum err err = retention_sweep(&x->context, keep_days, (CLOSED_DAY + days) * DAY_MS, &more);
        assert_int_equal(err, ERR_OK);
    }
    return pieces - 1;
}

static int64_t number(struct service_fixture *x, const char *sql) {
    return sample_number(x->sample->db, sql);
}

static void nothing_goes_before_its_time(void **state) {
    struct service_fixture *x = *state;
    assert_int_equal(sweep(x, 13, KEEP_DAYS), 0);
    assert_int_equal(
        number(x, "SELECT count(*) FROM participant WHERE id = 1 AND pseudonym = 'heron'"), 1);
    assert_int_equal(number(x, "SELECT count(*) FROM contribution"), 2);
}

static void pseudonyms_are_forgotten_after_14_days_and_receipts_stay(void **state) {
    struct service_fixture *x = *state;
    assert_int_equal(sweep(x, 14, KEEP_DAYS), 1);
    assert_int_equal(number(x, "SELECT count(*) FROM participant WHERE id = 1 AND pseudonym = '#1'"
                               " AND language = '' AND token_hash IS NULL AND receipt_hmac = x'02'"),
                     1);
    assert_int_equal(number(x, "SELECT count(*) FROM contribution WHERE participant_id = 1"), 1);
    assert_int_equal(sweep(x, 15, KEEP_DAYS), 0);
}

static void a_session_that_is_open_keeps_everything(void **state) {
    struct service_fixture *x = *state;
    sweep(x, 4000, KEEP_DAYS);
    assert_int_equal(number(x, "SELECT count(*) FROM participant WHERE id = 2"
                               " AND pseudonym = 'Tapir 12' AND token_hash = x'03'"),
                     1);
}

static void contributions_and_participants_go_after_the_days_that_were_set(void **state) {
    struct service_fixture *x = *state;
    sweep(x, 89, KEEP_DAYS);
    assert_int_equal(number(x, "SELECT count(*) FROM contribution"), 2);
    sweep(x, 90, KEEP_DAYS);
    assert_int_equal(number(x, "SELECT count(*) FROM contribution"), 0);
    assert_int_equal(number(x, "SELECT count(*) FROM participant WHERE session_id = 1"), 0);
    assert_int_equal(number(x, "SELECT count(*) FROM idx_contribution_geometry"), 0);
    assert_int_equal(number(x, "SELECT count(*) FROM session"), 2);
    assert_int_equal(number(x, "SELECT count(*) FROM finding"), 1);
}

static void fewer_days_may_be_set(void **state) {
    struct service_fixture *x = *state;
    sweep(x, 29, 30);
    assert_int_equal(number(x, "SELECT count(*) FROM contribution"), 2);
    sweep(x, 30, 30);
    assert_int_equal(number(x, "SELECT count(*) FROM contribution"), 0);
}

static void what_was_shared_goes_by_age_and_is_not_taken_down_from_editions(void **state) {
    struct service_fixture *x = *state;
    sample_sql(x->sample->db,
               "INSERT INTO asset_ended (id, asset_id, project_id) VALUES (5, 77, 1);"
               "INSERT INTO shared_asset (id, project_id, contribution_id, title, approved_ms)"
               " VALUES (9, 1, 1, 'A choir', 1)");
    sweep(x, 90, KEEP_DAYS);
    assert_int_equal(number(x, "SELECT count(*) FROM shared_asset"), 0);
    assert_int_equal(number(x, "SELECT group_concat(asset_id) = '77' FROM asset_ended"), 1);
}

static void a_large_session_goes_in_pieces(void **state) {
    struct service_fixture *x = *state;
    sample_sql(x->sample->db,
               "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4500)"
               " INSERT INTO contribution (uuid, session_id, category, answers, body_hash, state,"
               " created_ms, changed_ms, geometry) SELECT randomblob(16), 1, 'safe', '{}',"
               " zeroblob(32), 'approved', 1, 1, MakePoint(4.3, 50.8, 4326) FROM n");
    // three of contributions, one of participants
    assert_int_equal(sweep(x, 90, KEEP_DAYS), 4);
    assert_int_equal(number(x, "SELECT count(*) FROM contribution"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, service_teardown)
        CASE(nothing_goes_before_its_time),
        CASE(pseudonyms_are_forgotten_after_14_days_and_receipts_stay),
        CASE(a_session_that_is_open_keeps_everything),
        CASE(contributions_and_participants_go_after_the_days_that_were_set),
        CASE(fewer_days_may_be_set),
        CASE(what_was_shared_goes_by_age_and_is_not_taken_down_from_editions),
        CASE(a_large_session_goes_in_pieces),
#undef CASE
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
