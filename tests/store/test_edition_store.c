// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/edition_store.h"

#include "sample_store.h"
#include "store/publication_store.h"
#include "test.h"

static int64_t publish(struct sample *s, unsigned number) {
    struct edition_row row = {.project_id = s->project_id,
                              .number = number,
                              .published_on = "2026-05-31",
                              .overlays = "[3]",
                              .file_hash = {(uint8_t)number}};
    int64_t id = 0;
    assert_int_equal(edition_row_insert(s->db, &row, &id), ERR_OK);
    return id;
}

static const struct leaf_row leaf = {
    .slice = "safety-map.all", .region = {.top = {-980, 774}, .bits = {0x8000000000000001, 2, 0, 0xF0}},
    .value = 25, .gone = 2};

static void insert_leaf(struct sample *s, int64_t edition, const int64_t *ids, size_t count) {
    struct leaf_row row = leaf;
    row.ids = ids;
    row.id_count = count;
    assert_int_equal(leaf_insert(s->db, edition, &row), ERR_OK);
}

static struct leaf_row only_leaf(struct sample *s, int64_t edition) {
    struct leaf_row *rows = NULL;
    size_t count = 0;
    assert_int_equal(leaf_list(s->db, edition, &s->arena, &rows, &count), ERR_OK);
    assert_int_equal(count, 1);
    return rows[0];
}

/* Two people more, whose contributors are known. */
static void add_people(struct sample *s) {
    sample_sql(s->db, "UPDATE participant SET contributor = -5 WHERE id = 1;"
                      "INSERT INTO participant (id, session_id, pseudonym, consent, state, joined_ms, contributor)"
                      " VALUES (2, 1, 'Fig 12', '{\"aggregate\":true}', 'admitted', 1, 7),"
                      "        (3, 1, 'Fig 13', '{\"aggregate\":false}', 'admitted', 1, 9)");
}

static void editions_are_listed_newest_first(void **state) {
    struct sample *s = *state;
    struct edition_row *rows = NULL;
    size_t count = 0;
    publish(s, 1);
    int64_t second = publish(s, 2);
    struct edition_row again = {.project_id = s->project_id, .number = 2, .published_on = "2026-06-01", .overlays = "[]"};
    assert_int_equal(edition_row_insert(s->db, &again, &second), ERR_CONFLICT);
    uint8_t hash[SECRET_HASH_SIZE] = {9};
    assert_int_equal(edition_row_revise(s->db, second, 2, hash), ERR_OK);
    assert_int_equal(edition_row_list(s->db, s->project_id, &s->arena, &rows, &count), ERR_OK);
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].number, 2);
    assert_int_equal(rows[0].revision, 2);
    assert_int_equal(rows[0].file_hash[0], 9);
    assert_int_equal(rows[1].file_hash[0], 1);
    assert_string_equal(rows[1].overlays, "[3]");
    assert_int_equal(edition_row_list(s->db, 77, &s->arena, &rows, &count), ERR_OK);
    assert_int_equal(count, 0);
    assert_int_equal(edition_row_delete(s->db, second), ERR_OK);
    assert_int_equal(edition_row_delete(s->db, second), ERR_NOT_FOUND);
}

static void a_leaf_comes_back_as_it_was_with_its_people_rising(void **state) {
    struct sample *s = *state;
    const int64_t ids[] = {9, -5, 7};
    add_people(s);
    int64_t edition = publish(s, 1);
    insert_leaf(s, edition, ids, 3);
    struct leaf_row row = only_leaf(s, edition);
    assert_string_equal(row.slice, leaf.slice);
    assert_true(region_equal(&row.region, &leaf.region));
    assert_int_equal(row.value, 25);
    assert_int_equal(row.gone, 2);
    assert_int_equal(row.id_count, 3);
    assert_int_equal(row.ids[0], -5);
    assert_int_equal(row.ids[1], 7);
    assert_int_equal(row.ids[2], 9);
    assert_int_equal(row.counted, 2); // one does not agree to be counted any more
}

static void who_withdraws_leaves_a_number_and_nothing_else(void **state) {
    struct sample *s = *state;
    const int64_t ids[] = {-5, 7};
    add_people(s);
    int64_t edition = publish(s, 1);
    insert_leaf(s, edition, ids, 2);
    sample_sql(s->db, "DELETE FROM participant WHERE id = 2");
    struct leaf_row row = only_leaf(s, edition);
    assert_int_equal(row.gone, 3);
    assert_int_equal(row.id_count, 1);
    assert_int_equal(row.ids[0], -5);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM edition_member WHERE contributor = 7"), 0);
}

static void who_withdrew_while_it_was_computed_is_not_written_down(void **state) {
    struct sample *s = *state;
    const int64_t ids[] = {-5, 7, 123456};
    add_people(s);
    int64_t edition = publish(s, 1);
    insert_leaf(s, edition, ids, 3);
    struct leaf_row row = only_leaf(s, edition);
    assert_int_equal(row.gone, 3);
    assert_int_equal(row.id_count, 2);
}

static void the_leaves_before_are_forgotten_and_those_of_an_exercise(void **state) {
    struct sample *s = *state;
    const int64_t ids[] = {-5};
    add_people(s);
    int64_t first = publish(s, 1), second = publish(s, 2);
    insert_leaf(s, first, ids, 1);
    insert_leaf(s, second, ids, 1);
    assert_int_equal(leaf_prune(s->db, s->project_id, 2), ERR_OK);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM edition_leaf"), 1);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM edition_member"), 1);
    only_leaf(s, second);
    assert_int_equal(leaf_drop_exercise(s->db, s->project_id, "safety"), ERR_OK);
    only_leaf(s, second); // of another exercise, whose name begins alike
    assert_int_equal(leaf_drop_exercise(s->db, s->project_id, "safety-map"), ERR_OK);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM edition_leaf"), 0);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM edition_member"), 0);
}

static void parts_and_sessions_of_an_edition_come_back(void **state) {
    struct sample *s = *state;
    struct edition_part part = {.key = "safety-map", .since = 1, .people = 125, .base_m = 500}, *parts = NULL;
    int64_t *sessions = NULL, edition = publish(s, 1);
    size_t count = 0;
    assert_int_equal(edition_part_insert(s->db, edition, &part), ERR_OK);
    assert_int_equal(edition_part_list(s->db, edition, &s->arena, &parts, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_string_equal(parts[0].key, "safety-map");
    assert_int_equal(parts[0].people, 125);
    assert_int_equal(parts[0].base_m, 500);
    assert_int_equal(edition_session_insert(s->db, edition, s->session_id), ERR_OK);
    assert_int_equal(edition_session_insert(s->db, edition, 99), ERR_OK); // it is gone
    assert_int_equal(edition_session_list(s->db, edition, &s->arena, &sessions, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_int_equal(sessions[0], s->session_id);
}

/* ---- what counts ---- */

struct marks {
    size_t count;
    double lon_deg;
};

static enum err note_mark(void *context, const struct counted_mark *mark) {
    struct marks *marks = context;
    marks->count++;
    marks->lon_deg = mark->geometry.coords[0];
    return ERR_OK;
}

static size_t counted(struct sample *s, int64_t closed_ms) {
    struct arena scratch;
    struct marks marks = {0};
    arena_init(&scratch);
    assert_int_equal(publication_marks(s->db, s->project_id, "safety-map", closed_ms, &scratch, note_mark, &marks),
                     ERR_OK);
    arena_fini(&scratch);
    return marks.count;
}

static void only_approved_marks_of_people_who_agreed_in_sessions_closed_long_ago_count(void **state) {
    struct sample *s = *state;
    static const struct {
        const char *change, *back;
    } cases[] = {
        {"UPDATE session SET state = 'open', closed_ms = 0", "UPDATE session SET state = 'closed', closed_ms = 5000"},
        {"UPDATE session SET closed_ms = 5001", "UPDATE session SET closed_ms = 5000"},
        {"UPDATE contribution SET state = 'pending'", "UPDATE contribution SET state = 'approved'"},
        {"UPDATE contribution SET state = 'hidden'", "UPDATE contribution SET state = 'approved'"},
        {"UPDATE contribution SET participant_id = NULL", "UPDATE contribution SET participant_id = 1"},
        {"UPDATE participant SET state = 'removed'", "UPDATE participant SET state = 'admitted'"},
        {"UPDATE participant SET state = 'waiting'", "UPDATE participant SET state = 'admitted'"},
        {"UPDATE participant SET consent = '{\"aggregate\":false}'",
         "UPDATE participant SET consent = '{\"aggregate\":true}'"},
        {"UPDATE participant SET consent = '{}'", "UPDATE participant SET consent = '{\"aggregate\":true}'"},
        {"UPDATE exercise SET key = 'another'", "UPDATE exercise SET key = 'safety-map'"},
    };
    sample_contribution(s->db, s, 4.35, 50.85, "x");
    sample_sql(s->db, "UPDATE session SET state = 'closed', closed_ms = 5000");
    assert_int_equal(counted(s, 5000), 1);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sample_sql(s->db, cases[i].change);
        if (counted(s, 5000) != 0)
            fail_msg("counted after %s", cases[i].change);
        sample_sql(s->db, cases[i].back);
        assert_int_equal(counted(s, 5000), 1);
    }
}

static void an_exercise_ends_once(void **state) {
    struct sample *s = *state;
    struct project_exercise end = {.project_id = s->project_id, .key = "safety-map"}, *ends = NULL;
    size_t count = 0;
    assert_int_equal(exercise_end_insert(s->db, &end, 1), ERR_OK);
    assert_int_equal(exercise_end_insert(s->db, &end, 2), ERR_OK);
    assert_int_equal(exercise_end_list(s->db, 0, &s->arena, &ends, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_int_equal(ends[0].project_id, s->project_id);
    assert_string_equal(ends[0].key, "safety-map");
    assert_int_equal(exercise_end_list(s->db, 77, &s->arena, &ends, &count), ERR_OK);
    assert_int_equal(count, 0);
}

#define STORE_TEST(name) cmocka_unit_test_setup_teardown(name, sample_setup, sample_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        STORE_TEST(editions_are_listed_newest_first),
        STORE_TEST(a_leaf_comes_back_as_it_was_with_its_people_rising),
        STORE_TEST(who_withdraws_leaves_a_number_and_nothing_else),
        STORE_TEST(who_withdrew_while_it_was_computed_is_not_written_down),
        STORE_TEST(the_leaves_before_are_forgotten_and_those_of_an_exercise),
        STORE_TEST(parts_and_sessions_of_an_edition_come_back),
        STORE_TEST(only_approved_marks_of_people_who_agreed_in_sessions_closed_long_ago_count),
        STORE_TEST(an_exercise_ends_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
