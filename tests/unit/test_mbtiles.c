// SPDX-License-Identifier: AGPL-3.0-or-later
// Archives: written and read back, broken in every way we know of, and real ones of other makers.
#include "base/zip.h"
#include "mbtiles.h"
#include "mbtiles_info.h"
#include "mbtiles_write.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REAL SOURCE_DIR "/../shared/data/basemaps/"

struct room {
    char folder[64], path[128];
};

static int room_open(void **state) {
    struct room *room = calloc(1, sizeof *room);
    snprintf(room->folder, sizeof room->folder, "/tmp/mbtiles-XXXXXX");
    assert_non_null(mkdtemp(room->folder));
    snprintf(room->path, sizeof room->path, "%s/a %%20 map?.mbtiles", room->folder);
    *state = room;
    return 0;
}

static int room_close(void **state) {
    struct room *room = *state;
    unlink(room->path);
    assert_int_equal(rmdir(room->folder), 0);
    free(room);
    return 0;
}

/** Makes a file of these statements, as some other program might have. */
static void make(const char *path, const char *sql) {
    sqlite3 *db;
    char *message = NULL;
    unlink(path);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s", message);
    sqlite3_close(db);
}

#define TABLES                                                                                     \
    "CREATE TABLE metadata (name text, value text);"                                               \
    "CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer,"               \
    " tile_data blob);"
#define TABLES_UNDER_A_VIEW                                                                        \
    "CREATE TABLE t (zoom_level, tile_column, tile_row, tile_data);"                               \
    "INSERT INTO t VALUES (3, 4, 5, x'89504e47');"
#define A_TILE "INSERT INTO tiles VALUES (3, 4, 5, x'89504e470d0a1a0a00');"

static void refused(const struct room *room, const char *sql, const char *why) {
    struct fault fault = {0};
    struct mbtiles *mbtiles;
    make(room->path, sql);
    assert_int_equal(mbtiles_open(room->path, &fault, &mbtiles), ERR_NOT_A_STORE);
    if (strstr(fault.why, why) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", fault.why, why);
}

static void an_archive_we_write_is_read_back(void **state) {
    struct room *room = *state;
    struct fault fault;
    struct mbtiles_writer *writer;
    assert_int_equal(mbtiles_writer_open(room->path, TILE_PBF, &fault, &writer), ERR_OK);
    assert_int_equal(mbtiles_writer_meta(writer, "name", "Ville"), ERR_OK);
    assert_int_equal(mbtiles_writer_meta(writer, "bounds", "-30.3,44.5,-30.1,44.7"), ERR_OK);
    assert_int_equal(mbtiles_writer_meta(writer, "attribution", "ourselves"), ERR_OK);
    assert_int_equal(mbtiles_writer_tile(writer, (struct tile){2, 1, 0}, "north", 5), ERR_OK);
    assert_int_equal(mbtiles_writer_tile(writer, (struct tile){3, 1, 7}, "south", 5), ERR_OK);
    assert_int_not_equal(access(room->path, F_OK), 0); // not under its name yet
    assert_int_equal(mbtiles_writer_finish(writer), ERR_OK);

    struct mbtiles *mbtiles;
    assert_int_equal(mbtiles_open(room->path, &fault, &mbtiles), ERR_OK);
    const struct archive_info *info = mbtiles_info(mbtiles);
    assert_string_equal(info->title, "Ville");
    assert_string_equal(info->attribution, "ourselves");
    assert_null(info->vector_layers);
    assert_int_equal(info->format, TILE_PBF);
    assert_int_equal(info->minzoom, 2);
    assert_int_equal(info->maxzoom, 3);
    assert_true(info->bounds_deg[0] == -30.3 && info->bounds_deg[3] == 44.7);
    struct buf stored, plain;
    buf_init(&stored);
    buf_init(&plain);
    assert_int_equal(mbtiles_tile(mbtiles, (struct tile){3, 1, 7}, &stored), ERR_OK);
    assert_int_equal(zip_gunzip(stored.data, stored.len, 100, &plain), ERR_OK);
    assert_int_equal(plain.len, 5);
    assert_memory_equal(plain.data, "south", 5);
    assert_int_equal(mbtiles_tile(mbtiles, (struct tile){3, 1, 0}, &stored), ERR_NOT_FOUND);
    buf_fini(&stored);
    buf_fini(&plain);
    mbtiles_close(mbtiles);
}

static void rows_in_the_file_count_from_the_south(void **state) {
    struct room *room = *state;
    struct mbtiles_writer *writer;
    assert_int_equal(mbtiles_writer_open(room->path, TILE_PBF, NULL, &writer), ERR_OK);
    assert_int_equal(mbtiles_writer_tile(writer, (struct tile){4, 3, 2}, "x", 1), ERR_OK);
    assert_int_equal(mbtiles_writer_finish(writer), ERR_OK);
    sqlite3 *db;
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_open(room->path, &db), SQLITE_OK);
    sqlite3_prepare_v2(db, "SELECT tile_row FROM tiles", -1, &stmt, NULL);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(stmt, 0), 13);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
}

static void an_existing_file_is_not_written_over(void **state) {
    struct room *room = *state;
    struct fault fault;
    struct mbtiles_writer *writer;
    make(room->path, TABLES);
    assert_int_equal(mbtiles_writer_open(room->path, TILE_PBF, &fault, &writer), ERR_CONFLICT);
}

static void an_abandoned_archive_leaves_no_file(void **state) {
    struct room *room = *state;
    struct mbtiles_writer *writer;
    assert_int_equal(mbtiles_writer_open(room->path, TILE_PBF, NULL, &writer), ERR_OK);
    assert_int_equal(mbtiles_writer_tile(writer, (struct tile){0, 0, 0}, "x", 1), ERR_OK);
    assert_int_equal(mbtiles_writer_tile(writer, (struct tile){0, 0, 0}, "x", 1), ERR_CONFLICT);
    mbtiles_writer_abandon(writer);
    assert_int_not_equal(access(room->path, F_OK), 0); // and room_close finds the folder empty
}

static void what_is_no_archive_is_refused_with_its_reason(void **state) {
    struct room *room = *state;
    refused(room, "CREATE TABLE other (a);", "no MBTiles archive");
    refused(room, "CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data);" A_TILE,
            "metadata");
    refused(room, TABLES, "no tiles");
    refused(room, TABLES A_TILE "INSERT INTO metadata VALUES ('format', 'tiff');", "tiff");
    refused(room, TABLES "INSERT INTO tiles VALUES (3, 4, 5, x'ffffffffff');", "format");
    refused(room, TABLES "INSERT INTO tiles VALUES (99, 4, 5, x'89504e470d0a1a0a');", "zooms");
    refused(room, TABLES "INSERT INTO tiles VALUES (3, 4, 8, x'89504e470d0a1a0a');", "outside");
    refused(room, TABLES "INSERT INTO tiles VALUES (3, 'w', 5, x'89504e470d0a1a0a');", "outside");
    refused(room, TABLES A_TILE "INSERT INTO tiles VALUES ('z', 4, 5, x'00');", "zooms");
}

static void a_file_that_is_not_there_is_not_found(void **state) {
    struct room *room = *state;
    struct mbtiles *mbtiles;
    assert_int_equal(mbtiles_open(room->path, NULL, &mbtiles), ERR_NOT_FOUND);
}

static void a_file_of_noise_is_refused(void **state) {
    struct room *room = *state;
    struct mbtiles *mbtiles;
    FILE *file = fopen(room->path, "wb");
    for (int i = 0; i < 20000; i++)
        fputc((i * 7919) >> 3 & 0xff, file);
    fclose(file);
    assert_int_equal(mbtiles_open(room->path, NULL, &mbtiles), ERR_NOT_A_STORE);
}

static void what_is_left_out_is_taken_from_the_tiles(void **state) {
    struct room *room = *state;
    struct mbtiles *mbtiles;
    make(room->path, TABLES A_TILE "INSERT INTO tiles VALUES (2, 0, 0, x'00');"
                                   "INSERT INTO metadata VALUES ('bounds', '9,9,1,1');"
                                   "INSERT INTO metadata VALUES ('minzoom', 'low');");
    assert_int_equal(mbtiles_open(room->path, NULL, &mbtiles), ERR_OK);
    const struct archive_info *info = mbtiles_info(mbtiles);
    assert_string_equal(info->title, "a %20 map?");
    assert_int_equal(info->format, TILE_PNG);
    assert_int_equal(info->minzoom, 2);
    assert_int_equal(info->maxzoom, 3);
    // tile 4, 5 from the south of zoom 3
    assert_true(fabs(info->bounds_deg[0] - 0) < 1e-9 && fabs(info->bounds_deg[2] - 45) < 1e-9);
    assert_true(fabs(info->bounds_deg[1] - 40.97989806962013) < 1e-9);
    assert_true(fabs(info->bounds_deg[3] - 66.51326044311186) < 1e-9);
    mbtiles_close(mbtiles);
}

static void bounds_are_four_ordered_numbers_within_the_world(void **state) {
    (void)state;
    double wsen[4];
    assert_true(mbtiles_bounds_parse("-180,-85.0511,180,85.0511", wsen));
    assert_true(mbtiles_bounds_parse(" 1, 2, 3 ,4 ", wsen));
    static const char *const bad[] = {"",         "1,2,3",     "1,2,3,4,5", "3,2,1,4",
                                      "1,4,3,2",  "1,2,3,nan", "1,2,3,inf", "-181,0,1,1",
                                      "0,0,1,91", "a,b,c,d",   "1;2;3;4",   "1,2,3,4x"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        if (mbtiles_bounds_parse(bad[i], wsen))
            fail_msg("took \"%s\"", bad[i]);
    }
}

static void an_empty_tile_counts_as_absent(void **state) {
    struct room *room = *state;
    struct mbtiles *mbtiles;
    struct buf bytes;
    buf_init(&bytes);
    make(room->path, TABLES A_TILE "INSERT INTO tiles VALUES (3, 0, 0, NULL);"
                                   "INSERT INTO tiles VALUES (3, 1, 0, x'');");
    assert_int_equal(mbtiles_open(room->path, NULL, &mbtiles), ERR_OK);
    assert_int_equal(mbtiles_tile(mbtiles, (struct tile){3, 0, 7}, &bytes), ERR_NOT_FOUND);
    assert_int_equal(mbtiles_tile(mbtiles, (struct tile){3, 1, 7}, &bytes), ERR_NOT_FOUND);
    assert_int_equal(mbtiles_tile(mbtiles, (struct tile){3, 4, 2}, &bytes), ERR_OK);
    assert_int_equal(bytes.len, 9);
    buf_fini(&bytes);
    mbtiles_close(mbtiles);
}

#define FORMAT_AND_ZOOMS                                                                           \
    "CREATE TABLE metadata (name text, value text);"                                               \
    "INSERT INTO metadata VALUES ('format', 'png'), ('minzoom', '3'), ('maxzoom', '3');"
#define BOUNDS "INSERT INTO metadata VALUES ('bounds', '0,0,1,1');"
/* A hundred numbers, four of which together are enough work for a day, without a loop or a function. */
#define NUMBERS                                                                                    \
    "CREATE TABLE number (n); INSERT INTO number WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL"      \
    " SELECT n + 1 FROM i WHERE n < 100) SELECT n FROM i;"
#define FOR_EVER                                                                                   \
    "(SELECT max(a.n + b.n + c.n + d.n + e.n) FROM number a, number b, number c, number d, number e)"

/* A view is as long as somebody wants it to be: reading a tile of it comes to an end all the same. */
static void a_tile_that_cannot_be_found_quickly_is_given_up(void **state) {
    struct room *room = *state;
    struct mbtiles *mbtiles;
    struct buf bytes;
    buf_init(&bytes);
    make(room->path, FORMAT_AND_ZOOMS BOUNDS NUMBERS
         "CREATE TABLE place (x); INSERT INTO place VALUES (4), (5);"
         "CREATE VIEW tiles AS SELECT 3 AS zoom_level, x AS tile_column, 5 AS tile_row,"
         " CASE x WHEN 4 THEN x'89504e47' ELSE " FOR_EVER " END AS tile_data FROM place;");
    assert_int_equal(mbtiles_open(room->path, NULL, &mbtiles), ERR_OK);
    assert_int_equal(mbtiles_tile(mbtiles, (struct tile){3, 5, 2}, &bytes), ERR_BUSY);
    assert_int_equal(bytes.len, 0);
    assert_int_equal(mbtiles_tile(mbtiles, (struct tile){3, 4, 2}, &bytes), ERR_OK);
    assert_int_equal(bytes.len, 4);
    buf_fini(&bytes);
    mbtiles_close(mbtiles);
}

static void an_archive_that_cannot_be_looked_through_in_time_is_refused(void **state) {
    struct room *room = *state;
    refused(room, FORMAT_AND_ZOOMS NUMBERS
            "CREATE VIEW tiles AS SELECT 3 AS zoom_level, " FOR_EVER " AS tile_column, 5 AS tile_row,"
            " x'89504e47' AS tile_data FROM number;",
            "too long");
}

/* None of these could be stopped once SQLite had begun with them. */
static void what_could_not_be_stopped_is_not_begun(void **state) {
    struct room *room = *state;
#define VIEW_OF(bytes)                                                                             \
    FORMAT_AND_ZOOMS BOUNDS "CREATE TABLE t (x); INSERT INTO t VALUES (4);"                        \
    "CREATE VIEW tiles AS SELECT 3 AS zoom_level, x AS tile_column, 5 AS tile_row, " bytes         \
    " AS tile_data FROM t;"
    refused(room, VIEW_OF("replace(x'89504e47', 'a', 'b')"), "not authorized");
    refused(room, VIEW_OF("zeroblob(8000000)"), "not authorized");
    refused(room, VIEW_OF("x LIKE '%a%a%a%a%a'"), "not authorized");
    refused(room, VIEW_OF("(WITH a AS (SELECT 1), b AS (SELECT 1 FROM a, a) SELECT 1 FROM b)"), "plain");
    refused(room, FORMAT_AND_ZOOMS BOUNDS TABLES_UNDER_A_VIEW
            "CREATE VIEW once AS SELECT * FROM t;"
            "CREATE VIEW tiles AS SELECT * FROM once UNION ALL SELECT * FROM once;",
            "prohibited");
    refused(room, FORMAT_AND_ZOOMS BOUNDS
            "CREATE TABLE tiles (zoom_level, tile_column, tile_row, x,"
            " tile_data GENERATED ALWAYS AS (replace(x, 'a', 'b')));"
            "INSERT INTO tiles VALUES (3, 4, 5, x'89504e47');",
            "computed");
}

static void a_view_that_joins_pictures_to_their_places_serves(void **state) {
    struct room *room = *state;
    struct mbtiles *mbtiles;
    struct buf bytes;
    struct fault fault = {0};
    buf_init(&bytes);
    make(room->path,
         "CREATE TABLE map (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_id TEXT);"
         "CREATE TABLE images (tile_data blob, tile_id text);"
         "CREATE UNIQUE INDEX map_index ON map (zoom_level, tile_column, tile_row);"
         "CREATE UNIQUE INDEX images_id ON images (tile_id);"
         "CREATE TABLE rows (name text, value text);"
         "CREATE VIEW metadata AS SELECT name, value FROM rows;"
         "CREATE VIEW tiles AS SELECT map.zoom_level AS zoom_level, map.tile_column AS tile_column,"
         " map.tile_row AS tile_row, images.tile_data AS tile_data"
         " FROM map JOIN images ON images.tile_id = map.tile_id;"
         "INSERT INTO rows VALUES ('name', 'Joined');"
         "INSERT INTO images VALUES (x'89504e470d0a1a0a00', 'sea');"
         "INSERT INTO map VALUES (3, 4, 5, 'sea'), (3, 5, 5, 'sea');");
    if (mbtiles_open(room->path, &fault, &mbtiles) != ERR_OK)
        fail_msg("%s", fault.why);
    assert_string_equal(mbtiles_info(mbtiles)->title, "Joined");
    assert_int_equal(mbtiles_tile(mbtiles, (struct tile){3, 5, 2}, &bytes), ERR_OK);
    assert_int_equal(bytes.len, 9);
    buf_fini(&bytes);
    mbtiles_close(mbtiles);
}

static enum err never_again(void *context) {
    unsigned *asked = context;
    return ++*asked > 3 ? ERR_DISK_FULL : ERR_OK; // some error that nothing else gives here
}

static enum err count_in(void *context, const struct archive_run *run) {
    *(uint64_t *)context += run->tiles;
    return ERR_OK;
}

static void whoever_reads_an_archive_through_can_end_it(void **state) {
    struct room *room = *state;
    struct mbtiles *mbtiles;
    uint64_t tiles = 0;
    unsigned asked = 0;
    const struct archive_patience patience = {never_again, &asked};
    const struct tile_range range = {3, 0, 0, 7, 7};
    make(room->path, FORMAT_AND_ZOOMS BOUNDS NUMBERS
         "CREATE VIEW tiles AS SELECT 3 AS zoom_level, a.n % 8 + b.n * 0 + c.n * 0 AS tile_column,"
         " 77 + a.n * b.n * c.n AS tile_row, x'89504e47' AS tile_data FROM number a, number b, number c;");
    assert_int_equal(mbtiles_open(room->path, NULL, &mbtiles), ERR_OK);
    assert_int_equal(mbtiles_runs(mbtiles, &range, &patience, count_in, &tiles), ERR_DISK_FULL);
    assert_int_equal(asked, 4);
    assert_int_equal(tiles, 0);
    mbtiles_close(mbtiles);
}

static void *read_often(void *argument) {
    struct mbtiles *mbtiles = argument;
    struct buf bytes;
    buf_init(&bytes);
    size_t good = 0;
    for (int i = 0; i < 500; i++) {
        buf_clear(&bytes);
        good += mbtiles_tile(mbtiles, (struct tile){3, 4, 2}, &bytes) == ERR_OK && bytes.len == 9;
    }
    buf_fini(&bytes);
    return good == 500 ? argument : NULL;
}

static void several_threads_read_at_the_same_time(void **state) {
    struct room *room = *state;
    struct mbtiles *mbtiles;
    pthread_t threads[4];
    make(room->path, TABLES A_TILE);
    assert_int_equal(mbtiles_open(room->path, NULL, &mbtiles), ERR_OK);
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_often, mbtiles), 0);
    for (int i = 0; i < 4; i++) {
        void *result;
        pthread_join(threads[i], &result);
        assert_ptr_equal(result, mbtiles);
    }
    mbtiles_close(mbtiles);
}

static void real(const char *name, enum tile_format format, unsigned maxzoom, struct tile tile) {
    char path[512];
    struct mbtiles *mbtiles;
    struct fault fault = {0};
    struct buf bytes;
    buf_init(&bytes);
    snprintf(path, sizeof path, REAL "%s.mbtiles", name);
    if (mbtiles_open(path, &fault, &mbtiles) != ERR_OK)
        fail_msg("%s: %s", name, fault.why);
    assert_int_equal(mbtiles_info(mbtiles)->format, format);
    assert_int_equal(mbtiles_info(mbtiles)->maxzoom, maxzoom);
    assert_int_equal(mbtiles_tile(mbtiles, tile, &bytes), ERR_OK);
    assert_true(bytes.len > 0);
    buf_fini(&bytes);
    mbtiles_close(mbtiles);
}

static void archives_of_other_makers_are_read(void **state) {
    (void)state;
    if (access(REAL "world_cities.mbtiles", F_OK) != 0)
        skip();
    const struct tile world = {0, 0, 0};
    real("geography-class-jpg", TILE_JPG, 1, world);
    real("geography-class-png", TILE_PNG, 1, world);
    real("geography-class-png-no-bounds", TILE_PNG, 1, world);
    real("geography-class-webp", TILE_WEBP, 1, world);
    real("world_cities", TILE_PBF, 6, world);
    real("world_cities_missing_center", TILE_PBF, 6, world);
    real("brussels_8_layers", TILE_PBF, 18, (struct tile){10, 524, 343});
    // holds an empty tile, and serves the others
    real("corrupt_null_tile", TILE_PNG, 4, world);
}

static void broken_archives_of_other_makers_are_refused(void **state) {
    (void)state;
    static const char *const names[] = {"corrupt", "invalid", "invalid-tile-format"};
    if (access(REAL "corrupt.mbtiles", F_OK) != 0)
        skip();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[512];
        struct mbtiles *mbtiles;
        struct fault fault = {0};
        snprintf(path, sizeof path, REAL "%s.mbtiles", names[i]);
        assert_int_equal(mbtiles_open(path, &fault, &mbtiles), ERR_NOT_A_STORE);
        assert_true(fault.why[0] != '\0');
    }
}

int main(void) {
#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, room_open, room_close)
    const struct CMUnitTest tests[] = {
        IN_A_ROOM(an_archive_we_write_is_read_back),
        IN_A_ROOM(rows_in_the_file_count_from_the_south),
        IN_A_ROOM(an_existing_file_is_not_written_over),
        IN_A_ROOM(an_abandoned_archive_leaves_no_file),
        IN_A_ROOM(what_is_no_archive_is_refused_with_its_reason),
        IN_A_ROOM(a_file_that_is_not_there_is_not_found),
        IN_A_ROOM(a_file_of_noise_is_refused),
        IN_A_ROOM(what_is_left_out_is_taken_from_the_tiles),
        cmocka_unit_test(bounds_are_four_ordered_numbers_within_the_world),
        IN_A_ROOM(an_empty_tile_counts_as_absent),
        IN_A_ROOM(a_tile_that_cannot_be_found_quickly_is_given_up),
        IN_A_ROOM(an_archive_that_cannot_be_looked_through_in_time_is_refused),
        IN_A_ROOM(what_could_not_be_stopped_is_not_begun),
        IN_A_ROOM(a_view_that_joins_pictures_to_their_places_serves),
        IN_A_ROOM(whoever_reads_an_archive_through_can_end_it),
        IN_A_ROOM(several_threads_read_at_the_same_time),
        cmocka_unit_test(archives_of_other_makers_are_read),
        cmocka_unit_test(broken_archives_of_other_makers_are_refused),
    };
    return cmocka_run_group_tests_name("mbtiles", tests, NULL, NULL);
}
