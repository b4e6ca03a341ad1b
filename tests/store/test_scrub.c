// SPDX-License-Identifier: AGPL-3.0-or-later
// What was deleted leaves no bytes, neither in the store nor in a copy; what a copy is good for.
#include "base/clock.h"
#include "sample_store.h"
#include "store/db_private.h"
#include "store/db_restore.h"
#include "store/migrate.h"
#include "store/writer.h"
#include "test.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CANARIES = 300 };
static const char canary_text[] = "canary: behind the laundry";

/* A position whose bytes nothing else in the file has. */
static double canary_lon(int i) {
    return 4.3217654321 + i * 0.00013579;
}
static double canary_lat(int i) {
    return 50.8123456789 + (i * 7919 % CANARIES) * 0.00024681;
}

static void add_canaries(struct db *db, const struct sample *s) {
    assert_int_equal(db_begin(db), ERR_OK);
    for (int i = 0; i < CANARIES; i++)
        sample_contribution(db, s, canary_lon(i), canary_lat(i), canary_text);
    // neighbours that stay, so that the index's nodes stay too
    for (int i = 0; i < CANARIES; i++)
        sample_contribution(db, s, canary_lon(i) + 0.00007, canary_lat(i) + 0.00007, "stays");
    assert_int_equal(db_commit(db), ERR_OK);
}

static void delete_canaries(struct db *db) {
    char sql[256];
    snprintf(sql, sizeof sql, "DELETE FROM contribution WHERE answers LIKE '%%%s%%'", canary_text);
    sample_sql(db, sql);
    assert_int_equal(sample_number(db, "SELECT count(*) FROM contribution"), CANARIES);
}

static int occurrences(const char *bytes, size_t len, const void *what, size_t what_len) {
    int count = 0;
    const char *at = bytes, *end = bytes + len;
    while ((at = memmem(at, (size_t)(end - at), what, what_len)) != NULL) {
        count++;
        at++;
    }
    return count;
}

/* Texts, float64 positions (blobs) and float32 positions (index nodes, big-endian) of the canaries. */
static int canary_bytes_of(const char *path) {
    size_t len = 0;
    int count = 0;
    char *bytes = folder_read(path, &len);
    if (!bytes)
        return 0;
    count += occurrences(bytes, len, canary_text, strlen(canary_text));
    for (int i = 0; i < CANARIES; i++) {
        double lon = canary_lon(i);
        count += occurrences(bytes, len, &lon, sizeof lon);
        // the index rounds outwards: either neighbour of the nearest float32
        float nearest = (float)lon;
        for (int step = -1; step <= 1; step++) {
            uint32_t bits;
            memcpy(&bits, &nearest, sizeof bits);
            bits = __builtin_bswap32(bits + (uint32_t)step);
            count += occurrences(bytes, len, &bits, sizeof bits);
        }
    }
    free(bytes);
    return count;
}

static int canary_bytes(const struct sample *s) {
    char log[FOLDER_PATH_SIZE + 8];
    snprintf(log, sizeof log, "%s-wal", s->path);
    return canary_bytes_of(s->path) + canary_bytes_of(log);
}

static void deleted_contributions_leave_no_bytes(void **state) {
    struct sample *s = *state;
    add_canaries(s->db, s);
    delete_canaries(s->db);
    assert_in_range(canary_bytes(s), CANARIES, 100000); // deleting alone leaves them
    assert_int_equal(db_scrub(s->db), ERR_OK);
    assert_int_equal(canary_bytes(s), 0);
    assert_int_equal(sample_number(s->db, "SELECT CheckSpatialIndex('contribution', 'geometry')"), 1);
    assert_int_equal(db_check(s->path, NULL), ERR_OK);
}

static void a_scrub_that_finds_no_list_of_indexes_is_no_success(void **state) {
    struct sample *s = *state;
    char path[FOLDER_PATH_SIZE + 8];
    struct db *db = NULL;
    snprintf(path, sizeof path, "%s.plain", s->path);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    assert_int_equal(db_connect(path, flags, NULL, &db), ERR_OK);
    assert_int_equal(db_scrub(db), ERR_INTERNAL);
    assert_false(db_in_transaction(db));
    db_close(db);
}

static void a_reader_delays_the_scrub_and_the_writer_tries_again(void **state) {
    struct sample *s = *state;
    struct writer *writer = NULL;
    bool row = false;
    add_canaries(s->db, s);
    struct db *reader = sample_reader(s);
    struct stmt *stmt = db_stmt(reader, QUERY_STAFF_LIST);
    assert_int_equal(db_step(stmt, &row), ERR_OK);
    assert_true(row); // and is left there, its snapshot with it
    delete_canaries(s->db);
    assert_int_equal(db_scrub(s->db), ERR_BUSY);

    assert_int_equal(writer_start(s->db, s->db, &writer), ERR_OK);
    writer_scrub_later(writer);
    usleep(2500000);
    assert_int_not_equal(canary_bytes(s), 0);
    db_reset_all(reader);
    int64_t until_ms = clock_monotonic_ms() + 10000;
    while (canary_bytes(s) != 0 && clock_monotonic_ms() < until_ms)
        usleep(200000);
    assert_int_equal(canary_bytes(s), 0);
    writer_free(writer);
    db_close(reader);
}

static void a_stopping_writer_scrubs_at_once(void **state) {
    struct sample *s = *state;
    struct writer *writer = NULL;
    add_canaries(s->db, s);
    delete_canaries(s->db);
    assert_int_equal(writer_start(s->db, s->db, &writer), ERR_OK);
    writer_scrub_later(writer);
    writer_free(writer);
    assert_int_equal(canary_bytes(s), 0);
}

static void a_copy_is_whole_and_holds_nothing_deleted(void **state) {
    struct sample *s = *state;
    struct fault fault = {0};
    struct stat info;
    char copy[FOLDER_PATH_SIZE], log[FOLDER_PATH_SIZE + 8];
    add_canaries(s->db, s);
    delete_canaries(s->db);
    struct db *reader = sample_reader(s);
    folder_path(s->folder, "copy.sqlite", copy);
    snprintf(log, sizeof log, "%s-wal", copy);
    assert_int_equal(db_backup(reader, copy, &fault), ERR_OK);
    assert_int_not_equal(stat(log, &info), 0);
    assert_int_equal(stat(copy, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(canary_bytes_of(copy), 0);
    assert_int_equal(db_check(copy, &fault), ERR_OK);
    assert_int_equal(db_backup(reader, copy, &fault), ERR_CONFLICT);
    db_close(reader);
    db_close(s->db); // the copy's folder is this one's
    assert_int_equal(db_open(copy, DB_WRITE, &fault, &s->db), ERR_OK);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM contribution"), CANARIES);
}

static void a_copy_for_which_there_is_no_room_is_not_left_half(void **state) {
    struct sample *s = *state;
    struct fault fault = {0};
    struct stat info;
    struct rlimit old, limit;
    char copy[FOLDER_PATH_SIZE], part[FOLDER_PATH_SIZE + 8];
    struct db *reader = sample_reader(s);
    folder_path(s->folder, "copy.sqlite", copy);
    snprintf(part, sizeof part, "%s.part", copy);
    getrlimit(RLIMIT_FSIZE, &old);
    limit = (struct rlimit){.rlim_cur = 100000, .rlim_max = old.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    enum err err = db_backup(reader, copy, &fault);
    setrlimit(RLIMIT_FSIZE, &old);
    assert_int_equal(err, ERR_DISK_FULL);
    assert_int_not_equal(stat(copy, &info), 0);
    assert_int_not_equal(stat(part, &info), 0);
    assert_int_equal(db_backup(reader, copy, &fault), ERR_OK);
    db_close(reader);
}

static void a_backup_replaces_the_store_only_when_asked_and_sound(void **state) {
    struct sample *s = *state;
    struct fault fault = {0};
    char copy[FOLDER_PATH_SIZE], broken[FOLDER_PATH_SIZE];
    size_t len;
    folder_path(s->folder, "copy.sqlite", copy);
    folder_path(s->folder, "broken.sqlite", broken);
    for (int i = 0; i < 200; i++)
        sample_contribution(s->db, s, 4.3 + i * 0.0001, 50.8, "a text that takes some room");
    assert_int_equal(db_backup(s->db, copy, &fault), ERR_OK);
    sample_sql(s->db, "DELETE FROM contribution");
    assert_int_equal(db_restore(copy, s->path, true, &fault), ERR_LOCKED);
    db_close(s->db);
    s->db = NULL;
    assert_int_equal(db_restore(copy, s->path, false, &fault), ERR_CONFLICT);

    char *bytes = folder_read(copy, &len);
    memset(bytes + len - 20 * 4096, 0xAA, 4096);
    folder_write(broken, bytes, len);
    free(bytes);
    assert_int_equal(db_restore(broken, s->path, true, &fault), ERR_NOT_A_STORE);
    assert_int_equal(db_restore("/nonexistent", s->path, true, &fault), ERR_NOT_FOUND);
    assert_int_equal(db_open(s->path, DB_WRITE, &fault, &s->db), ERR_OK);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM contribution"), 0);
    db_close(s->db);

    assert_int_equal(db_restore(copy, s->path, true, &fault), ERR_OK);
    assert_int_equal(db_open(s->path, DB_WRITE, &fault, &s->db), ERR_OK);
    assert_int_equal(sample_number(s->db, "SELECT count(*) FROM contribution"), 200);
}

static void an_index_that_lost_a_row_is_noticed(void **state) {
    struct sample *s = *state;
    struct fault fault = {0};
    sample_contribution(s->db, s, 4.3, 50.8, "");
    assert_int_equal(db_check(s->path, &fault), ERR_OK);
    sample_sql(s->db, "DELETE FROM idx_contribution_geometry");
    assert_int_equal(db_check(s->path, &fault), ERR_NOT_A_STORE);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, sample_setup, sample_teardown)
    const struct CMUnitTest tests[] = {
        CASE(deleted_contributions_leave_no_bytes),
        CASE(a_scrub_that_finds_no_list_of_indexes_is_no_success),
        CASE(a_reader_delays_the_scrub_and_the_writer_tries_again),
        CASE(a_stopping_writer_scrubs_at_once),
        CASE(a_copy_is_whole_and_holds_nothing_deleted),
        CASE(a_copy_for_which_there_is_no_room_is_not_left_half),
        CASE(a_backup_replaces_the_store_only_when_asked_and_sound),
        CASE(an_index_that_lost_a_row_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
