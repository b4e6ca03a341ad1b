// SPDX-License-Identifier: AGPL-3.0-or-later
// Each write, each sync and each allocation that fails: a clean error, nothing acknowledged is lost, and
// the store is whole afterwards.
#include "failing_files.h"
#include "sample_store.h"
#include "store/db_private.h"
#include "store/db_restore.h"
#include "store/migrate.h"
#include "store/writer.h"
#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

enum { TRIES = 60 };

struct add {
    struct write_op op;
    char name[32];
};
static enum err add_apply(struct write_op *op, void *context) {
    struct stmt *stmt = db_stmt(context, QUERY_STAFF_INSERT);
    db_bind_text(stmt, ":name", ((struct add *)op)->name);
    db_bind_text(stmt, ":role", "researcher");
    db_bind_null(stmt, ":password_hash");
    db_bind_i64(stmt, ":now_ms", 1);
    return db_run(stmt, NULL);
}

static enum err add(struct writer *writer, int number) {
    struct add add = {.op = {.apply = add_apply}};
    snprintf(add.name, sizeof add.name, "number %d", number);
    return writer_run(writer, &add.op);
}

/* What was acknowledged is there, also for who opens the file anew. */
static void assert_there(struct sample *s, const bool *acknowledged, int count) {
    struct db *reader = sample_reader(s);
    for (int i = 0; i < count; i++) {
        char sql[96];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM staff WHERE name = 'number %d'", i);
        if (acknowledged[i])
            assert_int_equal(sample_number(reader, sql), 1);
    }
    db_close(reader);
    assert_int_equal(db_check(s->path, NULL), ERR_OK);
}

static void fail_each(struct sample *s, void (*fail_call)(int n, bool for_good)) {
    struct writer *writer = NULL;
    bool acknowledged[4 * TRIES] = {0};
    int failures = 0;
    assert_int_equal(writer_start(s->db, s->db, &writer), ERR_OK);
    for (int i = 0; i < 4 * TRIES; i += 4) {
        fail_call(1 + i / 4 % 8, i % 8 >= 4); // a single one, or the disk is gone for a while
        for (int j = i; j < i + 3; j++) {
            enum err err = add(writer, j);
            acknowledged[j] = err == ERR_OK;
            assert_true(err == ERR_OK || err == ERR_IO);
            failures += err != ERR_OK;
        }
        fail_call(0, false);
        assert_int_equal(add(writer, i + 3), ERR_OK); // the disk is well again
        acknowledged[i + 3] = true;
    }
    assert_true(failures > 10);
    writer_free(writer);
    assert_there(s, acknowledged, 4 * TRIES);
}

static void a_write_that_fails_loses_nothing_acknowledged(void **state) {
    fail_each(*state, failing_files_fail_write);
}

static void a_sync_that_fails_is_no_acknowledgement(void **state) {
    fail_each(*state, failing_files_fail_sync);
}

static void a_store_is_made_whole_or_not_at_all_whichever_write_fails(void **state) {
    struct sample *s = *state;
    char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];
    struct fault fault;
    struct stat info;
    folder_path(s->folder, "other", folder);
    mkdir(folder, 0700);
    folder_path(folder, "repere.sqlite", path);
    bool failed = true;
    int made = 0;
    for (int n = 1; failed; n += 7) {
        failing_files_fail_write(n, false);
        enum err err = migrate(path, true, &fault);
        failed = failing_files_failed();
        failing_files_fail_write(0, false);
        if (err == ERR_OK) { // a last write that is not needed may fail
            assert_int_equal(db_check(path, &fault), ERR_OK);
            unlink(path);
            made++;
        } else {
            assert_int_not_equal(stat(path, &info), 0);
        }
    }
    assert_in_range(made, 1, 5);
}

static void a_copy_that_cannot_be_written_is_not_left_half(void **state) {
    struct sample *s = *state;
    char path[FOLDER_PATH_SIZE];
    struct fault fault;
    struct stat info;
    folder_path(s->folder, "copy.sqlite", path);
    bool failed = true;
    for (int n = 1; failed; n += 11) {
        failing_files_fail_write(n, false);
        enum err err = db_backup(s->db, path, &fault);
        failed = failing_files_failed();
        failing_files_fail_write(0, false);
        assert_int_equal(stat(path, &info) == 0, err == ERR_OK);
        unlink(path);
    }
}

static enum err add_staff(struct db *db, int count) {
    enum err err = db_begin(db);
    for (int i = 0; i < count && err == ERR_OK; i++) {
        struct add add;
        snprintf(add.name, sizeof add.name, "number %d", i);
        err = add_apply(&add.op, db);
    }
    if (err == ERR_OK)
        err = db_commit(db);
    db_rollback(db);
    return err;
}

static void a_shortage_of_memory_is_said_to_be_one_and_passes(void **state) {
    struct sample *s = *state;
    int short_of_memory = 0;
    for (int kib = 0; kib < 160; kib += 4) {
        sqlite3_hard_heap_limit64(sqlite3_memory_used() + kib * 1024);
        enum err err = add_staff(s->db, 1000);
        sqlite3_hard_heap_limit64(0);
        assert_true(err == ERR_OK || err == ERR_NO_MEMORY);
        short_of_memory += err == ERR_NO_MEMORY;
        sample_sql(s->db, "DELETE FROM staff WHERE name LIKE 'number %'");
    }
    assert_true(short_of_memory > 0);
    assert_int_equal(add_staff(s->db, 1000), ERR_OK);
    assert_int_equal(db_check(s->path, NULL), ERR_OK);
}

static int setup(void **state) {
    failing_files_install();
    return sample_setup(state);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, sample_teardown)
    const struct CMUnitTest tests[] = {
        CASE(a_write_that_fails_loses_nothing_acknowledged),
        CASE(a_sync_that_fails_is_no_acknowledgement),
        CASE(a_store_is_made_whole_or_not_at_all_whichever_write_fails),
        CASE(a_copy_that_cannot_be_written_is_not_left_half),
        CASE(a_shortage_of_memory_is_said_to_be_one_and_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
