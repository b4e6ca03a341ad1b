// SPDX-License-Identifier: AGPL-3.0-or-later
#include "exercise_fixture.h"
#include "model/role.h"
#include "sample_store.h"
#include "service/exercise_cache.h"
#include "service/exercise_service.h"
#include "test.h"
#include <pthread.h>

#define SMALL "tests/fixtures/exercises/small.json"

/* The sample's own project 1 has a safety map; project 2 is somebody else's. */
static const struct caller nadia = {.roles = ROLE_ANYONE | ROLE_FACILITATOR, .id = 1};
static const struct caller stranger = {.roles = ROLE_ANYONE | ROLE_FACILITATOR, .id = 2};
static const struct caller admin = {.roles = ROLE_ANYONE | ROLE_ADMINISTRATOR, .id = 3};
static const struct caller participant = {.roles = ROLE_ANYONE | ROLE_PARTICIPANT, .id = 1, .session_id = 1};

static int set_up(void **state) {
    int failed = sample_setup(state);
    struct sample *s = *state;
    sample_sql(s->db, "INSERT INTO staff (id, name, role, created_ms) VALUES"
                      " (2, 'otto', 'facilitator', 1), (3, 'root', 'administrator', 1)");
    sample_sql(s->db, "INSERT INTO project (id, title, west_deg, south_deg, east_deg, north_deg, created_ms)"
                      " VALUES (2, 'Elsewhere', 4, 50, 5, 51, 1)");
    return failed;
}

static struct context context_of(struct sample *s) {
    return (struct context){.db = s->db};
}

static const struct exercise *small(struct sample *s, const char *replace, const char *by) {
    const char *text = fixture_text(&s->arena, SMALL, NULL);
    if (replace)
        text = fixture_replaced(&s->arena, text, replace, by);
    const struct exercise *exercise = NULL;
    assert_int_equal(exercise_parse(text, strlen(text), &s->arena, NULL, &exercise), ERR_OK);
    return exercise;
}

static struct exercise_row save(struct sample *s, const struct exercise *exercise, bool is_new) {
    struct context context = context_of(s);
    struct exercise_row row = {0};
    bool was_new = !is_new;
    assert_int_equal(exercise_save(&context, nadia, 1, exercise, &s->arena, &row, &was_new), ERR_OK);
    assert_int_equal(was_new, is_new);
    return row;
}

static size_t listed(struct sample *s, int64_t project_id, struct exercise_row **rows) {
    struct context context = context_of(s);
    size_t count = 0;
    assert_int_equal(
        exercise_list(&context, nadia, project_id, 0, 100, &s->arena, rows, &count), ERR_OK);
    return count;
}

static void install(struct sample *s, const char *text, enum err expected) {
    const char *const texts[] = {"small", text, NULL, NULL};
    struct fault fault = {0};
    assert_int_equal(exercise_install_templates(s->db, texts, &fault), expected);
    if (expected)
        assert_string_equal(fault.where, "small");
}

static void templates_are_installed_once(void **state) {
    struct sample *s = *state;
    const char *text = fixture_text(&s->arena, SMALL, NULL);
    struct exercise_row *rows;
    install(s, text, ERR_OK);
    install(s, text, ERR_OK);
    assert_int_equal(listed(s, 0, &rows), 1);
    assert_string_equal(rows[0].key, "small");
    assert_int_equal(rows[0].project_id, 0);
    assert_string_equal(rows[0].title, "{\"en\":\"Small\",\"fr\":\"Petit\"}");
    assert_string_equal(rows[0].sensitivity, "standard");
    assert_null(rows[0].document);
}

static void a_newer_template_stands_beside_the_old_one(void **state) {
    struct sample *s = *state;
    const char *text = fixture_text(&s->arena, SMALL, NULL);
    struct exercise_row *rows;
    install(s, fixture_replaced(&s->arena, text, "\"version\":1", "\"version\":2"), ERR_OK);
    install(s, text, ERR_OK);
    assert_int_equal(listed(s, 0, &rows), 1);
    assert_int_equal(rows[0].version, 2);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM exercise WHERE project_id IS NULL"), 2);
}

static void a_template_that_is_no_exercise_leaves_the_store_as_it_was(void **state) {
    struct sample *s = *state;
    install(s, "{}", ERR_INTERNAL);
    install(s, "{", ERR_INTERNAL);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM exercise"), 1);
    install(s, fixture_text(&s->arena, SMALL, NULL), ERR_OK); // no transaction was left open
}

static void saving_counts_versions_whatever_the_document_says(void **state) {
    struct sample *s = *state;
    struct exercise_row first = save(s, small(s, "\"version\":1", "\"version\":77"), true);
    assert_int_equal(first.version, 1);
    assert_int_equal(first.project_id, 1);
    assert_non_null(strstr(first.document, "\"version\":1,"));
    struct exercise_row second = save(s, small(s, "Small", "Smaller"), true);
    assert_int_equal(second.version, 2);
    assert_true(second.id != first.id);
    struct exercise_row *rows;
    assert_int_equal(listed(s, 1, &rows), 2); // the safety map of the sample is the other
    assert_int_equal(rows[0].id, second.id);
}

static void the_same_again_adds_no_version(void **state) {
    struct sample *s = *state;
    struct exercise_row first = save(s, small(s, NULL, NULL), true);
    struct exercise_row again = save(s, small(s, "\"version\":1", "\"version\":5"), false);
    assert_int_equal(again.id, first.id);
    save(s, small(s, "Small", "Smaller"), true);
    assert_int_equal(save(s, small(s, NULL, NULL), true).version, 3); // back to the first words
}

static void saving_is_noted_in_the_audit(void **state) {
    struct sample *s = *state;
    save(s, small(s, NULL, NULL), true);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM staff_audit WHERE action = 'exercise.save'"
                                          " AND staff_id = 1"), 1);
}

static void a_projects_exercise_is_its_staffs_alone(void **state) {
    struct sample *s = *state;
    struct context context = context_of(s);
    struct exercise_row row, *rows;
    size_t count;
    bool is_new;
    int64_t id = save(s, small(s, NULL, NULL), true).id;
    assert_int_equal(exercise_find(&context, nadia, id, &s->arena, &row), ERR_OK);
    assert_int_equal(exercise_find(&context, admin, id, &s->arena, &row), ERR_OK);
    assert_int_equal(exercise_find(&context, stranger, id, &s->arena, &row), ERR_NOT_FOUND);
    assert_int_equal(exercise_find(&context, participant, id, &s->arena, &row), ERR_NOT_FOUND);
    assert_int_equal(exercise_list(&context, stranger, 1, 0, 9, &s->arena, &rows, &count),
                     ERR_NOT_FOUND);
    assert_int_equal(exercise_save(&context, stranger, 1, small(s, NULL, NULL), &s->arena, &row, &is_new),
                     ERR_NOT_FOUND);
    assert_int_equal(exercise_save(&context, nadia, 2, small(s, NULL, NULL), &s->arena, &row, &is_new),
                     ERR_NOT_FOUND);
    assert_int_equal(exercise_save(&context, admin, 9, small(s, NULL, NULL), &s->arena, &row, &is_new),
                     ERR_NOT_FOUND);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM exercise"), 2);
}

static void templates_are_for_all_staff(void **state) {
    struct sample *s = *state;
    struct context context = context_of(s);
    struct exercise_row row, *rows;
    install(s, fixture_text(&s->arena, SMALL, NULL), ERR_OK);
    assert_int_equal(listed(s, 0, &rows), 1);
    assert_int_equal(exercise_find(&context, stranger, rows[0].id, &s->arena, &row), ERR_OK);
    assert_non_null(row.document);
    assert_int_equal(exercise_find(&context, participant, rows[0].id, &s->arena, &row),
                     ERR_NOT_FOUND);
}

static void lists_page_from_the_newest(void **state) {
    struct sample *s = *state;
    struct context context = context_of(s);
    struct exercise_row *rows;
    size_t count = 0;
    int64_t id = save(s, small(s, NULL, NULL), true).id;
    assert_int_equal(exercise_list(&context, nadia, 1, 0, 1, &s->arena, &rows, &count), ERR_OK);
    assert_true(count == 1 && rows[0].id == id);
    assert_int_equal(exercise_list(&context, nadia, 1, id, 9, &s->arena, &rows, &count), ERR_OK);
    assert_true(count == 1 && rows[0].id == s->exercise_id);
}

static void a_session_finds_its_exercise_parsed(void **state) {
    struct sample *s = *state;
    struct context context = context_of(s);
    const struct exercise *exercise = NULL, *again = NULL;
    assert_int_equal(exercise_get(&context, 1, &s->arena, &exercise), ERR_OK);
    assert_string_equal(exercise->category->id, "feeling");
    assert_int_equal(exercise_get(&context, 99, &s->arena, &exercise), ERR_NOT_FOUND);
    assert_int_equal(exercise_cache_new(&context.exercises), ERR_OK);
    assert_int_equal(exercise_get(&context, 1, &s->arena, &exercise), ERR_OK);
    assert_int_equal(exercise_get(&context, 1, &s->arena, &again), ERR_OK);
    assert_ptr_equal(exercise, again);
    sample_sql(s->db, "UPDATE exercise SET document = '{}' WHERE id = 1");
    assert_int_equal(exercise_get(&context, 1, &s->arena, &again), ERR_NOT_A_STORE);
    exercise_cache_free(context.exercises);
}

static void an_id_used_again_gives_its_new_exercise(void **state) {
    struct sample *s = *state;
    struct exercise_cache *cache;
    const struct exercise *exercise;
    const char *text = fixture_text(&s->arena, SMALL, NULL);
    const char *other = fixture_replaced(&s->arena, text, "\"id\":\"small\"", "\"id\":\"other\"");
    assert_int_equal(exercise_cache_new(&cache), ERR_OK);
    exercise_cache_parse(cache, 7, text, strlen(text), &s->arena, &exercise);
    assert_string_equal(exercise->id, "small");
    exercise_cache_parse(cache, 7, other, strlen(other), &s->arena, &exercise);
    assert_string_equal(exercise->id, "other");
    exercise_cache_free(cache);
}

static void a_full_cache_still_answers(void **state) {
    struct sample *s = *state;
    struct exercise_cache *cache;
    const struct exercise *first, *exercise;
    const char *text = fixture_text(&s->arena, SMALL, NULL);
    assert_int_equal(exercise_cache_new(&cache), ERR_OK);
    exercise_cache_parse(cache, 1, text, strlen(text), &s->arena, &first);
    for (int64_t id = 2; id < 100; id++)
        assert_int_equal(exercise_cache_parse(cache, id, text, strlen(text), &s->arena, &exercise),
                         ERR_OK);
    assert_string_equal(exercise->id, "small");
    exercise_cache_parse(cache, 1, text, strlen(text), &s->arena, &exercise);
    assert_ptr_equal(exercise, first);
    exercise_cache_free(cache);
}

struct reader {
    struct exercise_cache *cache;
    const char *text;
    size_t bad;
};

static void *read_many(void *state) {
    struct reader *reader = state;
    for (int64_t i = 0; i < 300; i++) {
        struct arena arena;
        arena_init(&arena);
        const struct exercise *exercise = NULL;
        enum err err = exercise_cache_parse(reader->cache, i % 70, reader->text,
                                            strlen(reader->text), &arena, &exercise);
        reader->bad += err || strcmp(exercise->fields[5].id, "other") != 0;
        arena_fini(&arena);
    }
    return NULL;
}

static void threads_share_what_was_parsed(void **state) {
    struct sample *s = *state;
    struct exercise_cache *cache;
    assert_int_equal(exercise_cache_new(&cache), ERR_OK);
    struct reader readers[4];
    pthread_t threads[4];
    for (size_t i = 0; i < 4; i++) {
        readers[i] = (struct reader){cache, fixture_text(&s->arena, SMALL, NULL), 0};
        pthread_create(&threads[i], NULL, read_many, &readers[i]);
    }
    for (size_t i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(readers[i].bad, 0);
    }
    exercise_cache_free(cache);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, sample_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(templates_are_installed_once),
        CASE(a_newer_template_stands_beside_the_old_one),
        CASE(a_template_that_is_no_exercise_leaves_the_store_as_it_was),
        CASE(saving_counts_versions_whatever_the_document_says),
        CASE(the_same_again_adds_no_version),
        CASE(saving_is_noted_in_the_audit),
        CASE(a_projects_exercise_is_its_staffs_alone),
        CASE(templates_are_for_all_staff),
        CASE(lists_page_from_the_newest),
        CASE(a_session_finds_its_exercise_parsed),
        CASE(an_id_used_again_gives_its_new_exercise),
        CASE(a_full_cache_still_answers),
        CASE(threads_share_what_was_parsed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
