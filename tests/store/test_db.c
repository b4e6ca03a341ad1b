// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/db.h"

#include "sample_store.h"
#include "store/db_private.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static enum err try_open(const char *path, enum db_mode mode, struct fault *fault) {
    struct db *db = NULL;
    enum err err = db_open(path, mode, fault, &db);
    db_close(db);
    return err;
}

static enum err insert_staff(struct db *db, const char *name) {
    struct stmt *stmt = db_stmt(db, QUERY_STAFF_INSERT);
    db_bind_text(stmt, ":name", name);
    db_bind_text(stmt, ":role", "researcher");
    db_bind_null(stmt, ":password_hash");
    db_bind_i64(stmt, ":now_ms", 1);
    return db_run(stmt, NULL);
}

static void a_missing_file_is_not_found(void **state) {
    (void)state;
    struct fault fault = {0};
    assert_int_equal(try_open("/nonexistent/repere.sqlite", DB_READ, &fault), ERR_NOT_FOUND);
    assert_string_equal(fault.where, "/nonexistent/repere.sqlite");
}

static void a_foreign_or_empty_file_is_not_a_store(void **state) {
    struct sample *s = *state;
    char path[FOLDER_PATH_SIZE];
    struct fault fault = {0};
    folder_path(s->folder, "other.sqlite", path);
    folder_write(path, "", 0);
    assert_int_equal(try_open(path, DB_READ, &fault), ERR_NOT_A_STORE);
    char text[5000];
    memset(text, 'a', sizeof text);
    folder_write(path, text, sizeof text);
    assert_int_equal(try_open(path, DB_READ, &fault), ERR_NOT_A_STORE);
    unlink(path);
    sqlite3 *other = NULL;
    assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "CREATE TABLE session (id)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    assert_int_equal(try_open(path, DB_READ, &fault), ERR_NOT_A_STORE);
}

static void a_newer_database_is_left_alone(void **state) {
    struct sample *s = *state;
    struct fault fault = {0};
    sample_sql(s->db, "PRAGMA user_version=9999");
    assert_int_equal(try_open(s->path, DB_READ, &fault), ERR_NEWER_DATABASE);
    assert_non_null(strstr(fault.why, "9999"));
}

static void a_second_writer_is_locked_out_and_the_command_line_is_not(void **state) {
    struct sample *s = *state;
    struct fault fault = {0};
    struct db *beside = NULL;
    assert_int_equal(try_open(s->path, DB_WRITE, &fault), ERR_LOCKED);
    assert_int_equal(db_open(s->path, DB_WRITE_BESIDE, &fault, &beside), ERR_OK);
    assert_int_equal(insert_staff(beside, "amal"), ERR_OK);
    db_close(beside);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM staff WHERE name = 'amal'"), 1);
    db_close(s->db);
    assert_int_equal(db_open(s->path, DB_WRITE, &fault, &s->db), ERR_OK);
}

static void a_reader_cannot_write(void **state) {
    struct sample *s = *state;
    struct db *reader = sample_reader(s);
    assert_int_equal(insert_staff(reader, "amal"), ERR_READ_ONLY);
    db_close(reader);
}

static void a_read_only_folder_is_said_to_be_one(void **state) {
    struct sample *s = *state;
    char lock[FOLDER_PATH_SIZE];
    db_close(s->db);
    s->db = NULL;
    folder_path(s->folder, "lock", lock);
    unlink(lock);
    assert_int_equal(chmod(s->path, 0444), 0);
    assert_int_equal(chmod(s->folder, 0555), 0);
    pid_t child = fork();
    if (child == 0) { // root may write everywhere, so somebody else tries
        struct fault fault = {0};
        if (getuid() == 0 && setuid(65534) != 0)
            _exit(0);
        _exit(try_open(s->path, DB_WRITE, &fault) == ERR_READ_ONLY && fault.why[0] ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    chmod(s->folder, 0755);
    assert_int_equal(status, 0);
}

static void what_is_written_is_synced_and_what_is_deleted_is_zeroed(void **state) {
    struct sample *s = *state;
    assert_int_equal(sample_number(s->db, "PRAGMA synchronous"), 2); // FULL
    assert_int_equal(sample_number(s->db, "PRAGMA secure_delete"), 1);
    assert_int_equal(sample_number(s->db, "PRAGMA temp_store"), 2); // memory
    assert_int_equal(sample_number(s->db, "PRAGMA foreign_keys"), 1);
    assert_int_equal(sample_number(s->db, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
}

static void a_broken_rule_is_a_conflict_and_the_statement_works_again(void **state) {
    struct sample *s = *state;
    assert_int_equal(insert_staff(s->db, "amal"), ERR_OK);
    assert_int_equal(insert_staff(s->db, "AMAL"), ERR_CONFLICT);
    assert_int_equal(insert_staff(s->db, "ines"), ERR_OK);
    assert_int_equal(db_last_id(s->db), 3);
}

static void a_row_that_is_not_there_is_not_found(void **state) {
    struct sample *s = *state;
    struct stmt *stmt = db_stmt(s->db, QUERY_STAFF_BY_NAME);
    db_bind_text(stmt, ":name", "nobody");
    assert_int_equal(db_one(stmt), ERR_NOT_FOUND);
    stmt = db_stmt(s->db, QUERY_STAFF_BY_NAME);
    db_bind_text(stmt, ":name", "NADIA");
    assert_int_equal(db_one(stmt), ERR_OK);
    assert_int_equal(db_i64(stmt, 0), 1);
    assert_true(db_is_null(stmt, 2));
    assert_null(db_text_copy(stmt, 2, &s->arena));
    db_reset(stmt);
}

static void a_name_the_statement_does_not_have_aborts(void **state) {
    struct sample *s = *state;
    pid_t child = fork();
    if (child == 0) {
        close(STDERR_FILENO);
        signal(SIGABRT, SIG_DFL);
        db_bind_i64(db_stmt(s->db, QUERY_STAFF_BY_NAME), ":nmae", 1);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void the_box_query_uses_the_spatial_index(void **state) {
    struct sample *s = *state;
    const char *plan = NULL;
    struct db *reader = sample_reader(s);
    assert_int_equal(db_explain(reader, QUERY_CONTRIBUTIONS_IN_BOX, &s->arena, &plan), ERR_OK);
    const char *index = strstr(plan, "VIRTUAL TABLE INDEX 2:");
    assert_non_null(index);
    const char *table = strstr(plan, "SEARCH");
    assert_true(table == NULL || table > index); // and it is the outermost loop
    db_close(reader);
}

static void the_spatial_index_follows_every_change(void **state) {
    struct sample *s = *state;
    for (int i = 0; i < 500; i++)
        sample_contribution(s->db, s, 4.2 + i * 0.0005, 50.7 + (i % 17) * 0.01, "");
    sample_sql(s->db, "UPDATE contribution SET geometry = MakePoint(-70, 10, 4326) WHERE id % 3 = 0");
    sample_sql(s->db, "DELETE FROM contribution WHERE id % 5 = 0");
    assert_int_equal(sample_number(s->db, "SELECT CheckSpatialIndex('contribution', 'geometry')"), 1);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM idx_contribution_geometry"), 400);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM idx_contribution_geometry "
                                          "WHERE xmin < 0"), 133);
}

static void every_table_of_a_deleted_project_is_emptied(void **state) {
    struct sample *s = *state;
    sample_contribution(s->db, s, 4.3, 50.8, "");
    sample_sql(s->db, "DELETE FROM session WHERE project_id = 1; DELETE FROM project WHERE id = 1");
    assert_int_equal(sample_number(s->db, "SELECT (SELECT count(*) FROM contribution) + "
                                          "(SELECT count(*) FROM participant) + "
                                          "(SELECT count(*) FROM idx_contribution_geometry)"), 0);
}

static void gdal_lists_the_geometry_layers(void **state) {
    struct sample *s = *state;
    char command[3 * FOLDER_PATH_SIZE], out[4096] = "";
    if (system("command -v ogrinfo >/dev/null 2>&1") != 0)
        skip();
    sample_contribution(s->db, s, 4.3, 50.8, "");
    sample_contribution(s->db, s, 4.4, 50.9, "");
    snprintf(command, sizeof command,
             "ogrinfo -ro -so -spat 4.25 50.75 4.35 50.85 '%s' contribution 2>&1; ogrinfo -ro '%s' 2>&1",
             s->path, s->path);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t len = fread(out, 1, sizeof out - 1, pipe);
    out[len] = 0;
    assert_int_equal(pclose(pipe), 0);
    assert_non_null(strstr(out, "Feature Count: 1\n"));
    assert_non_null(strstr(out, "ID[\"EPSG\",4326]"));
    assert_non_null(strstr(out, "1: contribution"));
    assert_non_null(strstr(out, "2: overlay_feature"));
    assert_null(strstr(out, "ERROR"));
}

/* True when adding staff in one transaction ends with DISK_FULL, no file growing over a size. */
static bool limited(struct db *db, rlim_t file_size) {
    struct rlimit old, limit;
    getrlimit(RLIMIT_FSIZE, &old);
    limit = (struct rlimit){.rlim_cur = file_size, .rlim_max = old.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    enum err err = db_begin(db);
    for (int i = 0; i < 2000 && err == ERR_OK; i++) {
        char name[64];
        snprintf(name, sizeof name, "somebody with a rather long name, number %d", i);
        err = insert_staff(db, name);
    }
    if (err == ERR_OK)
        err = db_commit(db);
    db_rollback(db);
    setrlimit(RLIMIT_FSIZE, &old);
    return err == ERR_DISK_FULL;
}

static void a_full_disk_is_said_to_be_one_and_passes(void **state) {
    struct sample *s = *state;
    assert_int_equal(db_scrub(s->db), ERR_OK); // the log is empty now, so that it has to grow
    assert_true(limited(s->db, 10000));
    assert_false(db_in_transaction(s->db));
    assert_int_equal(insert_staff(s->db, "amal"), ERR_OK);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM staff"), 2);
}

static void flipped_bits_are_refused_or_read(void **state) {
    struct sample *s = *state;
    char path[FOLDER_PATH_SIZE];
    size_t len;
    for (int i = 0; i < 60; i++)
        sample_contribution(s->db, s, 4.2 + i * 0.001, 50.8, "");
    assert_int_equal(db_scrub(s->db), ERR_OK);
    char *good = folder_read(s->path, &len);
    folder_path(s->folder, "flipped.sqlite", path);
    uint32_t random = 20260307;
    for (int round = 0; round < 80; round++) {
        char *bad = malloc(len);
        memcpy(bad, good, len);
        for (int flips = 0; flips < 3; flips++) {
            random = random * 1664525 + 1013904223;
            bad[(random ^ random >> 15) % len] ^= (char)(1 << (random >> 29));
        }
        folder_write(path, bad, len);
        free(bad);
        struct db *db = NULL;
        struct fault fault;
        if (db_open(path, DB_READ, &fault, &db) != ERR_OK)
            continue;
        struct stmt *stmt = db_stmt(db, QUERY_CONTRIBUTIONS_IN_BOX);
        struct geometry geometry;
        bool row = true;
        db_bind_i64(stmt, ":session", 1);
        db_bind_f64(stmt, ":west_deg", 4);
        db_bind_f64(stmt, ":east_deg", 5);
        db_bind_f64(stmt, ":south_deg", 50);
        db_bind_f64(stmt, ":north_deg", 51);
        while (db_step(stmt, &row) == ERR_OK && row)
            db_geometry(stmt, 11, &s->arena, &geometry);
        db_close(db);
    }
    free(good);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, sample_setup, sample_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_missing_file_is_not_found),
        CASE(a_foreign_or_empty_file_is_not_a_store),
        CASE(a_newer_database_is_left_alone),
        CASE(a_second_writer_is_locked_out_and_the_command_line_is_not),
        CASE(a_reader_cannot_write),
        CASE(a_read_only_folder_is_said_to_be_one),
        CASE(what_is_written_is_synced_and_what_is_deleted_is_zeroed),
        CASE(a_broken_rule_is_a_conflict_and_the_statement_works_again),
        CASE(a_row_that_is_not_there_is_not_found),
        CASE(a_name_the_statement_does_not_have_aborts),
        CASE(the_box_query_uses_the_spatial_index),
        CASE(the_spatial_index_follows_every_change),
        CASE(every_table_of_a_deleted_project_is_emptied),
        CASE(gdal_lists_the_geometry_layers),
        CASE(a_full_disk_is_said_to_be_one_and_passes),
        CASE(flipped_bits_are_refused_or_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
