// SPDX-License-Identifier: AGPL-3.0-or-later
// An edition's file: written and read back, the same bytes each time, nothing left of one that
// failed.
#include "failing_files.h"
#include "gpkg_room.h"
#include "sample_edition.h"
#include "test.h"
#include <sqlite3.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

static void read_back(const struct gpkg_room *room, struct arena *arena, struct edition *out) {
    struct fault fault = {0};
    if (gpkg_read(room->path, arena, &fault, out) != ERR_OK)
        fail_msg("%s: %s", fault.where, fault.why);
}

static void what_is_written_is_read_back(void **state) {
    struct gpkg_room *room = *state;
    struct edition edition;
    read_back(room, &room->arena, &edition);
    sample_edition_assert_equal(room->sample, &edition);
}

static void the_samples_shares_are_those_that_its_values_come_to(void **state) {
    struct gpkg_room *room = *state;
    struct edition edition;
    read_back(room, &room->arena, &edition);
    edition_shares(&edition);
    sample_edition_assert_equal(room->sample, &edition);
}

static void an_edition_of_nothing_is_read_back(void **state) {
    struct gpkg_room *room = *state;
    struct edition edition, *sample = room->sample;
    sample->exercise_count = sample->slice_count = sample->finding_count = 0;
    sample->asset_count = sample->overlay_count = 0;
    sample->base_map = "";
    sample->taken_down = "[\"safety-map.group.new\",\"finding 3\"]";
    sample->epsg = 6933;
    sample->bbox = (struct bbox){-71.123456789012345, -33.5, -70.1, -33.1};
    gpkg_room_rewrite(room);
    read_back(room, &room->arena, &edition);
    sample_edition_assert_equal(sample, &edition);
}

static void many_leaves_are_read_back(void **state) {
    struct gpkg_room *room = *state;
    struct edition edition;
    room->sample = sample_edition_large(&room->arena, 20000);
    gpkg_room_rewrite(room);
    read_back(room, &room->arena, &edition);
    sample_edition_assert_equal(room->sample, &edition);
}

/* Lines, points and areas of one and of several parts; the many are kept, a multi of one becomes
 * that one. */
static void a_mixed_overlay_is_split_and_comes_together_again(void **state) {
    struct gpkg_room *room = *state;
    double coords[] = {4.3, 50.8, 4.4, 50.8, 4.4, 50.9, 4.3, 50.8,
                       4.1, 50.1, 4.2, 50.1, 4.2, 50.2, 4.1, 50.1};
    uint32_t four[] = {4, 4}, eight[] = {8}, two_rings[] = {2}, one_ring[] = {1, 1};
    const struct geometry geometries[] = {
        {GEOMETRY_POLYGON, 4, coords, 1, four, 1, one_ring},
        {GEOMETRY_LINE, 8, coords, 1, eight, 0, NULL},
        {GEOMETRY_MULTI_POINT, 3, coords, 0, NULL, 0, NULL},
        {GEOMETRY_MULTI_LINE, 8, coords, 2, four, 0, NULL},
        {GEOMETRY_POINT, 1, coords, 0, NULL, 0, NULL},
        {GEOMETRY_MULTI_POLYGON, 8, coords, 2, four, 2, one_ring},
        {GEOMETRY_MULTI_POLYGON, 8, coords, 2, four, 1, two_rings}, // one polygon
        {GEOMETRY_MULTI_POINT, 1, coords, 0, NULL, 0, NULL},        // one point
    };
    struct edition_overlay_feature features[COUNT_OF(geometries)];
    for (size_t i = 0; i < COUNT_OF(geometries); i++)
        features[i] = (struct edition_overlay_feature){"a part", geometries[i]};
    struct edition_overlay overlay = {9, "Mixed", "mixed", "", "", COUNT_OF(features), features};
    struct edition edition;
    room->sample->overlay_count = 1;
    room->sample->overlays = &overlay;
    gpkg_room_rewrite(room);
    read_back(room, &room->arena, &edition);
    features[6].geometry.type = GEOMETRY_POLYGON;
    features[7].geometry.type = GEOMETRY_POINT;
    sample_edition_assert_equal(room->sample, &edition);
    overlay.kind = "areas";
    struct fault fault;
    char other[FOLDER_PATH_SIZE];
    folder_path(room->folder, "other.gpkg", other);
    assert_int_equal(gpkg_write(room->sample, room->crs, other, &fault), ERR_BAD_GEOMETRY);
    assert_int_not_equal(access(other, F_OK), 0);
}

static void the_same_edition_gives_the_same_bytes(void **state) {
    struct gpkg_room *room = *state;
    size_t len, again_len;
    char *bytes = folder_read(room->path, &len);
    char *scattered[64]; // the memory is not as it was the first time
    for (size_t i = 0; i < COUNT_OF(scattered); i++)
        memset(scattered[i] = malloc(100 * i + 5000), 0xa5, 100 * i + 5000);
    for (size_t i = 0; i < COUNT_OF(scattered); i++)
        free(scattered[i]);
    gpkg_room_rewrite(room);
    char *again = folder_read(room->path, &again_len);
    assert_int_equal(len, again_len);
    assert_memory_equal(bytes, again, len);
    // what was read gives them, too
    struct edition edition;
    read_back(room, &room->arena, &edition);
    room->sample = &edition;
    gpkg_room_rewrite(room);
    free(again);
    again = folder_read(room->path, &again_len);
    assert_int_equal(len, again_len);
    assert_memory_equal(bytes, again, len);
    free(bytes);
    free(again);
}

static void a_file_that_exists_is_not_written_over(void **state) {
    struct gpkg_room *room = *state;
    struct fault fault;
    folder_write(room->path, "mine", 4);
    assert_int_equal(gpkg_write(room->sample, room->crs, room->path, &fault), ERR_CONFLICT);
    assert_string_equal(fault.where, "1-2 %?#.gpkg"); // no folder of the server's
    size_t len;
    char *bytes = folder_read(room->path, &len);
    assert_string_equal(bytes, "mine");
    free(bytes);
}

static void a_folder_that_is_not_there_is_said(void **state) {
    struct gpkg_room *room = *state;
    char path[FOLDER_PATH_SIZE];
    struct fault fault;
    folder_path(room->folder, "none/1-1.gpkg", path);
    assert_int_equal(gpkg_write(room->sample, room->crs, path, &fault), ERR_IO);
    assert_string_equal(fault.why, "the file cannot be made");
    struct edition edition;
    assert_int_equal(gpkg_read(path, &room->arena, &fault, &edition), ERR_NOT_FOUND);
}

/* A limit on the size of files answers as a full disk does. */
static void a_disk_without_room_is_said_to_be_full(void **state) {
    struct gpkg_room *room = *state;
    struct rlimit before, tight;
    struct fault fault;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    tight = before;
    tight.rlim_cur = 40000;
    unlink(room->path);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
    enum err err = gpkg_write(room->sample, room->crs, room->path, &fault);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_DFL);
    assert_string_equal(err_name(err), "DISK_FULL");
    assert_int_not_equal(access(room->path, F_OK), 0);
}

static void nothing_is_left_of_a_file_that_could_not_be_written(void **state) {
    struct gpkg_room *room = *state;
    char path[FOLDER_PATH_SIZE];
    struct fault fault;
    int failures = 0, n = 1;
    folder_path(room->folder, "1-3.gpkg", path);
    failing_files_install();
    for (bool done = false; !done; n++) {
        failing_files_fail_write(n, n % 2 == 0);
        enum err err = gpkg_write(room->sample, room->crs, path, &fault);
        done = !failing_files_failed();
        failing_files_fail_write(0, false);
        if (done) {
            assert_int_equal(err, ERR_OK);
            continue;
        }
        assert_int_equal(err, ERR_IO);
        assert_string_equal(fault.why, "the file cannot be written");
        assert_int_not_equal(access(path, F_OK), 0);
        failures++;
    }
    assert_true(failures > 20); // each page of the file
    unlink(path);
    failing_files_fail_sync(1, true);
    assert_int_equal(gpkg_write(room->sample, room->crs, path, &fault), ERR_IO);
    assert_true(failing_files_failed()); // the file is brought to the disk
    failing_files_fail_sync(0, false);
    assert_int_not_equal(access(path, F_OK), 0);
}

/* One number, or fails. */
static int64_t number(sqlite3 *db, const char *sql) {
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return value;
}

static void the_file_is_a_geopackage_by_its_own_rules(void **state) {
    struct gpkg_room *room = *state;
    sqlite3 *db;
    assert_int_equal(sqlite3_open_v2(room->path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(number(db, "PRAGMA application_id"), 0x47504b47);
    assert_int_equal(number(db, "PRAGMA user_version"), 10300);
    assert_int_equal(number(db, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_int_equal(
        number(db, "SELECT count(*) FROM gpkg_spatial_ref_sys WHERE srs_id IN (-1, 0, 4326, 3035)"),
        4);
    assert_int_equal(
        number(db, "SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')"), 0);
    assert_int_equal(number(db, "SELECT count(*) FROM gpkg_contents WHERE data_type = 'features'"),
                     15);
    assert_int_equal(
        number(db, "SELECT count(*) FROM gpkg_contents WHERE data_type = 'attributes'"), 5);
    assert_int_equal(
        number(db,
               "SELECT count(*) FROM gpkg_contents WHERE last_change = '2026-05-31T00:00:00.000Z'"),
        20);
    assert_int_equal(
        number(
            db,
            "SELECT count(*) FROM gpkg_geometry_columns g JOIN gpkg_contents c USING (table_name)"
            " WHERE g.srs_id = c.srs_id AND c.data_type = 'features'"),
        15);
    // a residual region of a 4 km square, in metres of the grid
    assert_int_equal(
        number(db,
               "SELECT min_x = 3920000 AND min_y = 3092000 AND max_x = 3928000 AND max_y = 3100000"
               " FROM gpkg_contents WHERE table_name = 'safety_map_all'"),
        1);
    assert_int_equal(
        number(
            db,
            "SELECT min_x IS NULL FROM gpkg_contents WHERE table_name = 'safety_map_group_long'"),
        1);
    assert_int_equal(
        number(db, "SELECT count(*) FROM safety_map_all WHERE whole = 0 AND code LIKE '%-part'"),
        4);
    assert_int_equal(
        number(db, "SELECT area_km2 = 15.0 AND side_m = 4000 FROM safety_map_all WHERE fid = 7"),
        1);
    assert_int_equal(
        number(
            db,
            "SELECT count(*) FROM repere_metadata WHERE value LIKE '%not differential privacy%'"),
        1);
    sqlite3_close(db);
}

static int64_t rows_attributed_to(const struct gpkg_room *room, const char *edition) {
    sqlite3 *db;
    char sql[200];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM repere_metadata WHERE name = 'attribution' AND value LIKE '%%, %s of %%'",
             edition);
    assert_int_equal(sqlite3_open_v2(room->path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    int64_t count = number(db, sql);
    sqlite3_close(db);
    return count;
}

static void who_cites_it_names_its_address(void **state) {
    struct gpkg_room *room = *state;
    assert_int_equal(rows_attributed_to(room, "edition 2"), 1);
    room->sample->revision = 2; // after one takedown
    gpkg_room_rewrite(room);
    assert_int_equal(rows_attributed_to(room, "edition 2.1"), 1);
}

static void tables_have_names_of_their_own(void **state) {
    struct gpkg_room *room = *state;
    static const char *const ids[] = {"gpkg.all", "overlay.all", "a-b.category.c", "a.category.b_c",
                                      "a_b.category.c"};
    struct edition edition;
    struct edition_slice slices[COUNT_OF(ids)];
    struct edition_exercise exercises[5];
    static const char *const keys[] = {"gpkg", "overlay", "a-b", "a", "a_b"};
    for (size_t i = 0; i < 5; i++) {
        exercises[i] = room->sample->exercises[0];
        exercises[i].key = keys[i];
        slices[i] = (struct edition_slice){.id = ids[i],
                                           .exercise = i,
                                           .kind = i < 2 ? SLICE_ALL : SLICE_CATEGORY,
                                           .title = "{\"en\":\"x\"}",
                                           .colour = "",
                                           .icon = ""};
    }
    room->sample->exercises = exercises;
    room->sample->slices = slices;
    room->sample->exercise_count = room->sample->slice_count = 5;
    gpkg_room_rewrite(room);
    read_back(room, &room->arena, &edition);
    sample_edition_assert_equal(room->sample, &edition);
    sqlite3 *db;
    assert_int_equal(sqlite3_open_v2(room->path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(
        number(db, "SELECT count(*) FROM repere_slices WHERE table_name IN ('slice_gpkg_all', "
                   "'slice_overlay_all', 'a_b_category_c', 'a_category_b_c', 'a_b_category_c_2')"),
        5);
    sqlite3_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, gpkg_room_open, gpkg_room_close)
        IN_A_ROOM(what_is_written_is_read_back),
        IN_A_ROOM(the_samples_shares_are_those_that_its_values_come_to),
        IN_A_ROOM(an_edition_of_nothing_is_read_back),
        IN_A_ROOM(many_leaves_are_read_back),
        IN_A_ROOM(a_mixed_overlay_is_split_and_comes_together_again),
        IN_A_ROOM(the_same_edition_gives_the_same_bytes),
        IN_A_ROOM(a_file_that_exists_is_not_written_over),
        IN_A_ROOM(a_folder_that_is_not_there_is_said),
        IN_A_ROOM(the_file_is_a_geopackage_by_its_own_rules),
        IN_A_ROOM(who_cites_it_names_its_address),
        IN_A_ROOM(tables_have_names_of_their_own),
        IN_A_ROOM(a_disk_without_room_is_said_to_be_full),
        IN_A_ROOM(
            nothing_is_left_of_a_file_that_could_not_be_written), // last: files fail from here on
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
