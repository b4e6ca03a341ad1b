// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sample_store.h"
#include "store/finding_store.h"
#include "test.h"

static struct finding sample_finding(double lon_lat[2]) {
    return (struct finding){
        .session_id = 1,
        .geometry = {.type = GEOMETRY_POINT, .vertex_count = 1, .coords = lon_lat},
        .statement = "The lamp at the stop is broken",
        .recommendation = "Mend it",
        .who = "city",
        .urgency = "amber",
        .language = "en",
        .created_ms = 5,
    };
}

static int64_t insert(struct sample *s) {
    double at[2] = {4.35, 50.85};
    struct finding f = sample_finding(at);
    int64_t id = 0;
    assert_int_equal(finding_insert(s->db, &f, &id), ERR_OK);
    return id;
}

static struct finding select_one(struct sample *s, int64_t id) {
    struct finding found;
    assert_int_equal(finding_select(s->db, id, &s->arena, &found), ERR_OK);
    return found;
}

static void keeps_what_was_worded_as_a_draft(void **state) {
    struct sample *s = *state;
    struct finding found = select_one(s, insert(s));
    assert_int_equal(found.state, FINDING_DRAFT);
    assert_int_equal(found.session_id, 1);
    assert_int_equal(found.project_id, 1);
    assert_string_equal(found.exercise_key, "safety-map");
    assert_string_equal(found.held_on, "2026-03-07");
    assert_string_equal(found.statement, "The lamp at the stop is broken");
    assert_string_equal(found.recommendation, "Mend it");
    assert_string_equal(found.who, "city");
    assert_string_equal(found.urgency, "amber");
    assert_string_equal(found.language, "en");
    assert_int_equal(found.created_ms, 5);
    assert_int_equal(found.agreed_ms, 0);
    assert_int_equal(found.version, 1);
    assert_int_equal(found.geometry.type, GEOMETRY_POINT);
    assert_true(found.geometry.coords[0] == 4.35 && found.geometry.coords[1] == 50.85);
}

static void an_agreed_one_that_is_worded_anew_is_a_draft_again(void **state) {
    struct sample *s = *state;
    int64_t id = insert(s);
    assert_int_equal(finding_update_state(s->db, id, FINDING_AGREED, 77), ERR_OK);
    struct finding found = select_one(s, id);
    assert_int_equal(found.state, FINDING_AGREED);
    assert_int_equal(found.agreed_ms, 77);
    assert_int_equal(found.version, 2);
    found.statement = "Both lamps are broken";
    assert_int_equal(finding_update(s->db, &found), ERR_OK);
    found = select_one(s, id);
    assert_string_equal(found.statement, "Both lamps are broken");
    assert_int_equal(found.state, FINDING_DRAFT);
    assert_int_equal(found.agreed_ms, 0);
    assert_int_equal(found.version, 3);
}

static void what_is_not_there_is_not_written(void **state) {
    struct sample *s = *state;
    double at[2] = {4.35, 50.85};
    struct finding f = sample_finding(at);
    f.id = 99;
    assert_int_equal(finding_update(s->db, &f), ERR_NOT_FOUND);
    assert_int_equal(finding_update_state(s->db, 99, FINDING_AGREED, 1), ERR_NOT_FOUND);
    assert_int_equal(finding_delete(s->db, 99), ERR_NOT_FOUND);
    assert_int_equal(finding_select(s->db, 99, &s->arena, &f), ERR_NOT_FOUND);
    f.who = "mayor";
    int64_t id = 0;
    assert_int_equal(finding_insert(s->db, &f, &id), ERR_CONFLICT);
}

static void pages_are_of_one_session_or_of_one_project(void **state) {
    struct sample *s = *state;
    int64_t first = insert(s), second = insert(s);
    sample_sql(s->db,
               "INSERT INTO project (id, title, west_deg, south_deg, east_deg, north_deg, created_ms)"
               " VALUES (2, 'Other', 0, 0, 1, 1, 1);"
               "INSERT INTO session (id, project_id, exercise_id, title, held_on, west_deg, south_deg,"
               " east_deg, north_deg, precision_m, languages, consent, help_contacts, seat_limit,"
               " created_ms) SELECT 2, 1, exercise_id, title, held_on, 0, 0, 1, 1, 50, '[]', '{}', '[]', 9,"
               " 1 FROM session WHERE id = 1;"
               "INSERT INTO session (id, project_id, exercise_id, title, held_on, west_deg, south_deg,"
               " east_deg, north_deg, precision_m, languages, consent, help_contacts, seat_limit,"
               " created_ms) SELECT 3, 2, exercise_id, title, held_on, 0, 0, 1, 1, 50, '[]', '{}', '[]', 9,"
               " 1 FROM session WHERE id = 1;"
               "INSERT INTO finding (session_id, geometry, statement, who, urgency, language, created_ms)"
               " SELECT s.id, f.geometry, f.statement, f.who, f.urgency, f.language, 1"
               " FROM session AS s, finding AS f WHERE s.id > 1 AND f.id = 1");
    assert_int_equal(finding_update_state(s->db, first, FINDING_WITHDRAWN, 0), ERR_OK);
    struct finding *items = NULL;
    size_t count = 0;
    struct finding_page page = {
        .session_id = 1, .withdrawn_too = true, .before = INT64_MAX, .limit = 10};
    assert_int_equal(finding_select_page(s->db, &page, &s->arena, &items, &count), ERR_OK);
    assert_int_equal(count, 2);
    assert_int_equal(items[0].id, second);
    page.before = second;
    assert_int_equal(finding_select_page(s->db, &page, &s->arena, &items, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_int_equal(items[0].id, first);
    page = (struct finding_page){
        .project_id = 1, .withdrawn_too = true, .before = INT64_MAX, .limit = 10};
    assert_int_equal(finding_select_page(s->db, &page, &s->arena, &items, &count), ERR_OK);
    assert_int_equal(count, 3);
    page.withdrawn_too = false;
    assert_int_equal(finding_select_page(s->db, &page, &s->arena, &items, &count), ERR_OK);
    assert_int_equal(count, 2);
    page.limit = 1;
    assert_int_equal(finding_select_page(s->db, &page, &s->arena, &items, &count), ERR_OK);
    assert_int_equal(count, 1);
}

static void only_what_was_agreed_goes_to_an_edition(void **state) {
    struct sample *s = *state;
    int64_t agreed = insert(s), withdrawn = insert(s), late = insert(s);
    insert(s); // a draft
    assert_int_equal(finding_update_state(s->db, late, FINDING_AGREED, 70), ERR_OK);
    assert_int_equal(finding_update_state(s->db, agreed, FINDING_AGREED, 77), ERR_OK);
    assert_int_equal(finding_update_state(s->db, withdrawn, FINDING_AGREED, 77), ERR_OK);
    assert_int_equal(finding_update_state(s->db, withdrawn, FINDING_WITHDRAWN, 0), ERR_OK);
    struct finding *items = NULL;
    size_t count = 0;
    assert_int_equal(finding_list_agreed(s->db, 1, &s->arena, &items, &count), ERR_OK);
    assert_int_equal(count, 2);
    assert_int_equal(items[0].id, agreed);
    assert_int_equal(items[1].id, late);
    assert_int_equal(finding_list_agreed(s->db, 2, &s->arena, &items, &count), ERR_OK);
    assert_int_equal(count, 0);
}

static void a_place_that_cannot_be_read_is_said_and_not_guessed(void **state) {
    struct sample *s = *state;
    int64_t id = insert(s);
    struct finding found;
    sample_sql(s->db, "UPDATE finding SET geometry = '{\"type\":\"Point\"}'");
    assert_int_equal(finding_select(s->db, id, &s->arena, &found), ERR_NOT_A_STORE);
    sample_sql(s->db, "UPDATE finding SET geometry = 'nowhere'");
    assert_int_equal(finding_select(s->db, id, &s->arena, &found), ERR_NOT_A_STORE);
}

static void an_id_is_never_used_again(void **state) {
    struct sample *s = *state;
    int64_t first = insert(s);
    assert_int_equal(finding_delete(s->db, first), ERR_OK);
    assert_true(insert(s) > first);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, sample_setup, sample_teardown)
        CASE(keeps_what_was_worded_as_a_draft),
        CASE(an_agreed_one_that_is_worded_anew_is_a_draft_again),
        CASE(what_is_not_there_is_not_written),
        CASE(pages_are_of_one_session_or_of_one_project),
        CASE(only_what_was_agreed_goes_to_an_edition),
        CASE(a_place_that_cannot_be_read_is_said_and_not_guessed),
        CASE(an_id_is_never_used_again),
#undef CASE
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
