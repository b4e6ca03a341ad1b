// SPDX-License-Identifier: AGPL-3.0-or-later
// Who withdraws leaves nothing in what is kept of editions but the number of those who went.
#include "sample_store.h"
#include "store/participant_store.h"
#include "test.h"

/* Two leaves of an edition: she is in both, another person of another session in the first. */
static int setup(void **state) {
    if (sample_setup(state) != 0)
        return -1;
    struct sample *s = *state;
    sample_sql(s->db,
               "INSERT INTO session (id, project_id, exercise_id, title, held_on, west_deg, south_deg,"
               " east_deg, north_deg, precision_m, languages, consent, help_contacts, seat_limit,"
               " created_ms) SELECT 2, 1, 1, title, held_on, 0, 0, 1, 1, 50, '[]', '{}', '[]', 9, 1"
               " FROM session;"
               "INSERT INTO participant (id, session_id, pseudonym, state, joined_ms, contributor)"
               " VALUES (2, 2, 'tapir', 'admitted', 1, 7);"
               "UPDATE participant SET contributor = 4242 WHERE id = 1;"
               "INSERT INTO edition (id, project_id, number, published_on, file_hash)"
               " VALUES (1, 1, 1, '2026-05-31', zeroblob(32));"
               "INSERT INTO edition_session (edition_id, session_id) VALUES (1, 1), (1, 2);"
               "INSERT INTO edition_leaf (id, edition_id, slice, top_column, top_row, cells, value)"
               " VALUES (1, 1, 'safety-map.all', 1, 1, x'01', 20),"
               " (2, 1, 'safety-map.all', 1, 2, x'01', 15);"
               "INSERT INTO edition_member (leaf_id, contributor) VALUES (1, 4242), (1, 7), (2, 4242)");
    return 0;
}

static int64_t number(struct sample *s, const char *sql) {
    return sample_number(s->db, sql);
}

static void assert_she_is_gone(struct sample *s) {
    assert_int_equal(
        number(s, "SELECT count(*) FROM edition_member WHERE contributor = 4242"), 0);
    assert_int_equal(number(s, "SELECT count(*) FROM edition_member WHERE contributor = 7"), 1);
    assert_int_equal(number(s, "SELECT gone FROM edition_leaf WHERE id = 1"), 1);
    assert_int_equal(number(s, "SELECT gone FROM edition_leaf WHERE id = 2"), 1);
    assert_int_equal(number(s, "SELECT value FROM edition_leaf WHERE id = 1"), 20);
}

static void a_withdrawal_is_counted_in_each_leaf_she_was_in(void **state) {
    struct sample *s = *state;
    assert_int_equal(participant_delete(s->db, 1), ERR_OK);
    assert_she_is_gone(s);
    assert_int_equal(participant_delete(s->db, 2), ERR_OK);
    assert_int_equal(number(s, "SELECT gone FROM edition_leaf WHERE id = 1"), 2);
    assert_int_equal(number(s, "SELECT gone FROM edition_leaf WHERE id = 2"), 1);
    assert_int_equal(number(s, "SELECT count(*) FROM edition_member"), 0);
}

static void so_is_the_end_of_her_session(void **state) {
    struct sample *s = *state;
    sample_sql(s->db, "DELETE FROM session WHERE id = 1");
    assert_she_is_gone(s);
    assert_int_equal(number(s, "SELECT count(*) FROM edition_session"), 1);
}

static void the_end_of_the_project_ends_all_of_it(void **state) {
    struct sample *s = *state;
    sample_sql(s->db, "DELETE FROM project WHERE id = 1");
    assert_int_equal(number(s, "SELECT count(*) FROM participant"), 0);
    assert_int_equal(number(s, "SELECT count(*) FROM edition"), 0);
    assert_int_equal(number(s, "SELECT count(*) FROM edition_leaf"), 0);
    assert_int_equal(number(s, "SELECT count(*) FROM edition_member"), 0);
    assert_int_equal(number(s, "SELECT count(*) FROM edition_session"), 0);
}

static void who_is_in_no_edition_changes_none(void **state) {
    struct sample *s = *state;
    sample_sql(s->db, "INSERT INTO participant (id, session_id, pseudonym, state, joined_ms, contributor)"
                      " VALUES (3, 1, 'puma', 'admitted', 1, 99)");
    assert_int_equal(participant_delete(s->db, 3), ERR_OK);
    assert_int_equal(number(s, "SELECT sum(gone) FROM edition_leaf"), 0);
    assert_int_equal(number(s, "SELECT count(*) FROM edition_member"), 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, sample_teardown)
        CASE(a_withdrawal_is_counted_in_each_leaf_she_was_in),
        CASE(so_is_the_end_of_her_session),
        CASE(the_end_of_the_project_ends_all_of_it),
        CASE(who_is_in_no_edition_changes_none),
#undef CASE
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
