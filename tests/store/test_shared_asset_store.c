// SPDX-License-Identifier: AGPL-3.0-or-later
// Which contributions may be shared, and what takes an approval back.
#include "sample_store.h"
#include "store/contribution_store.h"
#include "store/participant_store.h"
#include "store/shared_asset_store.h"
#include "test.h"

/* The sample's session, held with the asset map, and one place that its participant gave for everybody. */
static int setup(void **state) {
    if (sample_setup(state) != 0)
        return -1;
    struct sample *s = *state;
    sample_sql(s->db, "UPDATE exercise SET key = 'asset-map', document = json_set(document,"
                      " '$.sensitivity', 'standard')");
    int64_t id = sample_contribution(s->db, s, 4.35, 50.85, "x");
    assert_int_equal(id, 1);
    sample_sql(s->db, "UPDATE contribution SET category = 'association', uuid = zeroblob(16), answers ="
                      " '{\"level\":\"association\",\"shareable\":\"public\"}'");
    return 0;
}

static const uint8_t uuid[CONTRIBUTION_UUID_SIZE];

static size_t candidates(struct sample *s) {
    struct shared_asset *items = NULL, one;
    size_t count = 0;
    assert_int_equal(
        shared_asset_select_page(s->db, 1, INT64_MAX, 10, &s->arena, &items, &count), ERR_OK);
    assert_int_equal(shared_asset_select(s->db, 1, uuid, &s->arena, &one),
                     count ? ERR_OK : ERR_NOT_FOUND);
    return count;
}

static size_t approved(struct sample *s) {
    struct shared_asset *items = NULL;
    size_t count = 0;
    assert_int_equal(shared_asset_list(s->db, 1, &s->arena, &items, &count), ERR_OK);
    return count;
}

static void approve(struct sample *s) {
    assert_int_equal(shared_asset_put(s->db, 1, "A choir", 1, 9), ERR_OK);
    assert_int_equal(approved(s), 1);
}

static void a_candidate_is_told_with_all_that_an_edition_needs(void **state) {
    struct sample *s = *state;
    struct shared_asset one;
    assert_int_equal(shared_asset_select(s->db, 1, uuid, &s->arena, &one), ERR_OK);
    assert_int_equal(one.contribution_id, 1);
    assert_int_equal(one.session_id, 1);
    assert_string_equal(one.category, "association");
    assert_string_equal(one.answers, "{\"level\":\"association\",\"shareable\":\"public\"}");
    assert_int_equal(one.answers_len, strlen(one.answers));
    assert_int_equal(one.exercise_id, 1);
    assert_string_equal(one.exercise_key, "asset-map");
    assert_string_equal(one.held_on, "2026-03-07");
    assert_true(one.session_precision_m == 50);
    assert_int_equal(one.geometry.type, GEOMETRY_POINT);
    assert_int_equal(one.id, 0);
    assert_null(one.title);
    approve(s);
    assert_int_equal(shared_asset_select(s->db, 1, uuid, &s->arena, &one), ERR_OK);
    assert_true(one.id > 0);
    assert_string_equal(one.title, "A choir");
    assert_int_equal(one.approved_ms, 9);
}

static void another_title_is_the_same_asset(void **state) {
    struct sample *s = *state;
    approve(s);
    int64_t id = sample_number(s->db, "SELECT id FROM shared_asset");
    assert_int_equal(shared_asset_put(s->db, 1, "The choir of the quarter", 1, 10), ERR_OK);
    assert_int_equal(sample_number(s->db, "SELECT id FROM shared_asset WHERE approved_ms = 10"), id);
}

/* Each of these alone keeps it from being shared, also when it was approved before. */
static void only_what_its_author_gave_for_everybody_may_be_shared(void **state) {
    struct sample *s = *state;
    static const struct {
        const char *sql, *back;
    } cases[] = {
        {"UPDATE exercise SET document = json_set(document, '$.sensitivity', 'sensitive')",
         "UPDATE exercise SET document = json_set(document, '$.sensitivity', 'standard')"},
        {"UPDATE contribution SET participant_id = NULL", "UPDATE contribution SET participant_id = 1"},
        {"UPDATE session SET project_id = 2", "UPDATE session SET project_id = 1"},
    };
    sample_sql(s->db, "INSERT INTO project (id, title, west_deg, south_deg, east_deg, north_deg,"
                      " created_ms) VALUES (2, 'Other', 0, 0, 1, 1, 1)");
    approve(s);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct shared_asset *items = NULL;
        size_t count = 0;
        sample_sql(s->db, cases[i].sql);
        if (approved(s) != 0)
            fail_msg("still shared after %s", cases[i].sql);
        assert_int_equal(
            shared_asset_select_page(s->db, 1, INT64_MAX, 10, &s->arena, &items, &count), ERR_OK);
        if (count != 0)
            fail_msg("still a candidate after %s", cases[i].sql);
        sample_sql(s->db, cases[i].back);
        if (approved(s) != 1)
            fail_msg("not shared after %s", cases[i].back);
    }
}

static void what_was_given_to_the_group_or_to_partners_is_no_candidate(void **state) {
    struct sample *s = *state;
    assert_int_equal(candidates(s), 1);
    sample_sql(s->db, "UPDATE contribution SET answers = '{\"level\":\"association\",\"shareable\":\"group\"}'");
    assert_int_equal(candidates(s), 0);
    sample_sql(s->db, "UPDATE contribution SET answers = '{\"level\":\"association\",\"shareable\":\"partners\"}'");
    assert_int_equal(candidates(s), 0);
    sample_sql(s->db, "UPDATE contribution SET answers = '{\"level\":\"person\"}'");
    assert_int_equal(candidates(s), 0);
}

static void an_edit_by_its_author_takes_the_approval_back(void **state) {
    struct sample *s = *state;
    static const uint8_t hash[SECRET_HASH_SIZE];
    struct contribution c;
    approve(s);
    assert_int_equal(contribution_find(s->db, 1, uuid, &s->arena, &c), ERR_OK);
    c.geometry.coords[0] = 4.36;
    assert_int_equal(contribution_update(s->db, &c, hash), ERR_OK);
    assert_int_equal(approved(s), 0);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM shared_asset"), 0);
    assert_int_equal(candidates(s), 1);
}

static void hiding_it_takes_the_approval_back_for_good(void **state) {
    struct sample *s = *state;
    approve(s);
    assert_int_equal(contribution_set_state(s->db, 1, CONTRIBUTION_HIDDEN, 2), ERR_OK);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM shared_asset"), 0);
    assert_int_equal(candidates(s), 0);
    assert_int_equal(contribution_set_state(s->db, 1, CONTRIBUTION_APPROVED, 3), ERR_OK);
    assert_int_equal(candidates(s), 1);
    assert_int_equal(approved(s), 0);
}

static void withdrawing_takes_it_away(void **state) {
    struct sample *s = *state;
    approve(s);
    assert_int_equal(participant_delete_contributions(s->db, 1), ERR_OK);
    assert_int_equal(participant_delete(s->db, 1), ERR_OK);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM shared_asset"), 0);
}

/* For good: who comes back into the count is asked anew. */
static void an_author_who_is_counted_no_more_takes_the_approval_back(void **state) {
    struct sample *s = *state;
    static const char *const cases[] = {
        "UPDATE participant SET consent = '{\"room\":true,\"aggregate\":false}'",
        "UPDATE participant SET consent = '{}'", "UPDATE participant SET state = 'removed'"};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        approve(s);
        sample_sql(s->db, "UPDATE participant SET pseudonym = '#1', language = ''");
        assert_int_equal(approved(s), 1);
        sample_sql(s->db, cases[i]);
        if (sample_number(s->db, "SELECT count(*) FROM shared_asset") != 0 || candidates(s) != 0)
            fail_msg("still shared after %s", cases[i]);
        sample_sql(s->db, "UPDATE participant SET state = 'admitted',"
                          " consent = '{\"room\":true,\"aggregate\":true}'");
        assert_int_equal(candidates(s), 1);
        assert_int_equal(approved(s), 0);
    }
}

/* However it ends; asked for when neither it nor the contribution is there any more. */
static void what_ended_is_noted_down_until_it_is_worked_off(void **state) {
    struct sample *s = *state;
    static const char *const cases[] = {
        "UPDATE contribution SET state = 'hidden'; UPDATE contribution SET state = 'approved'",
        "UPDATE participant SET state = 'removed'; UPDATE participant SET state = 'admitted'",
        "DELETE FROM shared_asset", "DELETE FROM contribution"};
    struct ended_asset *ended = NULL;
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        approve(s);
        int64_t id = sample_number(s->db, "SELECT id FROM shared_asset");
        assert_int_equal(ended_asset_list(s->db, 0, &s->arena, &ended, &count), ERR_OK);
        assert_int_equal(count, 0);
        sample_sql(s->db, cases[i]);
        assert_int_equal(ended_asset_list(s->db, 1, &s->arena, &ended, &count), ERR_OK);
        if (count != 1 || ended[0].id != id || ended[0].project_id != 1)
            fail_msg("not noted after %s", cases[i]);
        assert_int_equal(ended_asset_list(s->db, 2, &s->arena, &ended, &count), ERR_OK);
        assert_int_equal(count, 0);
        assert_int_equal(ended_asset_delete(s->db, id), ERR_OK);
    }
}

static void an_approval_that_is_not_there_cannot_be_taken_back(void **state) {
    struct sample *s = *state;
    assert_int_equal(shared_asset_delete(s->db, 1), ERR_NOT_FOUND);
    approve(s);
    assert_int_equal(shared_asset_delete(s->db, 1), ERR_OK);
    assert_int_equal(candidates(s), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, sample_teardown)
        CASE(a_candidate_is_told_with_all_that_an_edition_needs),
        CASE(another_title_is_the_same_asset),
        CASE(only_what_its_author_gave_for_everybody_may_be_shared),
        CASE(what_was_given_to_the_group_or_to_partners_is_no_candidate),
        CASE(an_edit_by_its_author_takes_the_approval_back),
        CASE(hiding_it_takes_the_approval_back_for_good),
        CASE(withdrawing_takes_it_away),
        CASE(an_author_who_is_counted_no_more_takes_the_approval_back),
        CASE(what_ended_is_noted_down_until_it_is_worked_off),
        CASE(an_approval_that_is_not_there_cannot_be_taken_back),
#undef CASE
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
