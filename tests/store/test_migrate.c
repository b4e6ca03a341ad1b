// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/migrate.h"

#include "sample_store.h"
#include "store/db_private.h"
#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

/* The program's migrations and two later ones. */
static void with_later(const char **texts, const char *second, const char *third) {
    for (int i = 0; i < migration_count; i++)
        texts[i] = migration_texts[i];
    texts[migration_count] = second;
    texts[migration_count + 1] = third;
}
enum { LATER_MAX = 64 };

static int64_t number(const char *path, const char *sql) {
    struct db *db = NULL;
    struct fault fault;
    int64_t value = 0;
    assert_int_equal(db_connect(path, SQLITE_OPEN_READWRITE, &fault, &db), ERR_OK);
    assert_int_equal(db_value(db, sql, &value), ERR_OK);
    db_close(db);
    return value;
}

static void a_new_store_is_whole_and_marked(void **state) {
    struct sample *s = *state;
    assert_int_equal(number(s->path, "PRAGMA user_version"), migrate_latest());
    assert_int_equal(number(s->path, "PRAGMA application_id"), DB_APPLICATION_ID);
    assert_int_equal(number(s->path, "SELECT count(*) FROM geometry_columns WHERE srid = 4326 "
                                     "AND spatial_index_enabled = 1"), 2);
    assert_int_equal(number(s->path, "SELECT srid FROM spatial_ref_sys WHERE srid = 4326"), 4326);
}

static void a_store_is_never_made_over_another(void **state) {
    struct sample *s = *state;
    struct fault fault;
    assert_int_equal(migrate(s->path, true, &fault), ERR_CONFLICT);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM session"), 1);
}

static void a_folder_in_use_or_absent_is_told(void **state) {
    struct sample *s = *state;
    struct fault fault;
    char path[FOLDER_PATH_SIZE];
    assert_int_equal(migrate(s->path, false, &fault), ERR_LOCKED);
    assert_int_equal(migrate("/nonexistent/repere.sqlite", true, &fault), ERR_IO);
    db_close(s->db);
    s->db = NULL;
    folder_path(s->folder, "none.sqlite", path);
    assert_int_equal(migrate(path, false, &fault), ERR_NOT_FOUND);
}

static void an_older_store_takes_each_step_and_a_copy_stays(void **state) {
    struct sample *s = *state;
    struct fault fault;
    const char *texts[LATER_MAX];
    char copy[FOLDER_PATH_SIZE + 32];
    with_later(texts, "CREATE TABLE second (id INTEGER PRIMARY KEY); INSERT INTO second VALUES (7);",
               "ALTER TABLE second ADD COLUMN name TEXT; -- the end");
    db_close(s->db);
    s->db = NULL;
    assert_int_equal(migrate_with(texts, migration_count + 2, s->path, false, &fault), ERR_OK);
    assert_int_equal(number(s->path, "PRAGMA user_version"), migration_count + 2);
    assert_int_equal(number(s->path, "SELECT id FROM second WHERE name IS NULL"), 7);
    assert_int_equal(number(s->path, "SELECT count(*) FROM session"), 1);
    snprintf(copy, sizeof copy, "%s.version-%d", s->path, migration_count);
    assert_int_equal(number(copy, "PRAGMA user_version"), migration_count);
    assert_int_equal(number(copy, "SELECT count(*) FROM session"), 1);
    // this program does not touch what the newer one made
    assert_int_equal(migrate(s->path, false, &fault), ERR_NEWER_DATABASE);
    assert_int_equal(db_open(s->path, DB_WRITE, &fault, &s->db), ERR_NEWER_DATABASE);
}

static void a_step_that_fails_leaves_the_version_before_it(void **state) {
    struct sample *s = *state;
    struct fault fault = {0};
    const char *texts[LATER_MAX];
    with_later(texts, "CREATE TABLE second (id INTEGER PRIMARY KEY)",
               "CREATE TABLE third (id); INSERT INTO nowhere VALUES (1)");
    db_close(s->db);
    s->db = NULL;
    assert_int_not_equal(migrate_with(texts, migration_count + 2, s->path, false, &fault), ERR_OK);
    assert_non_null(strstr(fault.why, "nowhere"));
    assert_int_equal(number(s->path, "PRAGMA user_version"), migration_count + 1);
    assert_int_equal(number(s->path, "SELECT count(*) FROM sqlite_master WHERE name = 'third'"), 0);
    texts[migration_count + 1] = "CREATE TABLE third (id)";
    assert_int_equal(migrate_with(texts, migration_count + 2, s->path, false, &fault), ERR_OK);
    assert_int_equal(number(s->path, "PRAGMA user_version"), migration_count + 2);
}

static void a_spatial_function_that_refuses_fails_the_step(void **state) {
    struct sample *s = *state;
    struct fault fault = {0};
    const char *texts[LATER_MAX];
    with_later(texts, "SELECT AddGeometryColumn('no_such_table', 'geometry', 4326, 'POINT', 'XY')", "");
    db_close(s->db);
    s->db = NULL;
    assert_int_not_equal(migrate_with(texts, migration_count + 1, s->path, false, &fault), ERR_OK);
    assert_int_equal(number(s->path, "PRAGMA user_version"), migration_count);
}

static void a_store_is_made_whole_or_not_at_all(void **state) {
    struct sample *s = *state;
    struct fault fault = {0};
    struct stat info;
    char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE], fresh[FOLDER_PATH_SIZE];
    const char *texts[LATER_MAX];
    with_later(texts, "INSERT INTO nowhere VALUES (1)", "");
    folder_path(s->folder, "other", folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    folder_path(folder, "repere.sqlite", path);
    folder_path(folder, "repere.sqlite.new", fresh);
    assert_int_not_equal(migrate_with(texts, migration_count + 1, path, true, &fault), ERR_OK);
    assert_int_not_equal(stat(path, &info), 0);
    assert_int_not_equal(stat(fresh, &info), 0);
    folder_write(fresh, "cut off", 7); // what a power cut leaves
    assert_int_equal(migrate(path, true, &fault), ERR_OK);
    assert_int_equal(number(path, "PRAGMA user_version"), migrate_latest());
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, sample_setup, sample_teardown)
    const struct CMUnitTest tests[] = {
        CASE(a_new_store_is_whole_and_marked),
        CASE(a_store_is_never_made_over_another),
        CASE(a_folder_in_use_or_absent_is_told),
        CASE(an_older_store_takes_each_step_and_a_copy_stays),
        CASE(a_step_that_fails_leaves_the_version_before_it),
        CASE(a_spatial_function_that_refuses_fails_the_step),
        CASE(a_store_is_made_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
