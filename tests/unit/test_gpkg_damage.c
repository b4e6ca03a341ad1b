// SPDX-License-Identifier: AGPL-3.0-or-later
// Files that are no edition, or not one any more: each is refused for what is wrong with it.
#include "gpkg_room.h"
#include "sample_edition.h"
#include "shared_data.h"
#include "test.h"
#include <sys/stat.h>
#include <unistd.h>

#define META(name, value) "UPDATE repere_metadata SET value = '" value "' WHERE name = '" name "'"

/* What another program may do to a file. */
static const struct {
    const char *sql;
    enum err err;
    const char *why;
} changes[] = {
    // the file
    {"PRAGMA application_id = 1", ERR_NOT_A_STORE, "no GeoPackage"},
    {"PRAGMA user_version = 10200", ERR_NOT_A_STORE, "another version than 1.3"},
    {"PRAGMA journal_mode = WAL", ERR_NOT_A_STORE, "another program has changed it"},
    {"PRAGMA page_size = 8192; VACUUM", ERR_NOT_A_STORE, "another program has changed it"},
    {META("format", "2"), ERR_NEWER_DATABASE, "format 2"},
    {"DELETE FROM repere_metadata WHERE name = 'format'", ERR_NOT_A_STORE,
     "does not say its format"},
    // its tables
    {"CREATE TRIGGER t AFTER INSERT ON repere_slices BEGIN SELECT 1; END", ERR_NOT_A_STORE,
     "a trigger"},
    {"CREATE VIEW v AS SELECT 1", ERR_NOT_A_STORE, "a view"},
    {"CREATE INDEX i ON repere_slices (slice)", ERR_NOT_A_STORE, "an index"},
    {"CREATE TABLE other (a)", ERR_NOT_A_STORE, "\"other\""},
    {"CREATE VIRTUAL TABLE other USING rtree (id, a, b)", ERR_NOT_A_STORE, "\"other\""},
    {"DROP TABLE repere_metadata", ERR_NOT_A_STORE, "no edition"},
    {"ALTER TABLE repere_metadata ADD COLUMN more TEXT", ERR_NOT_A_STORE,
     "repere_metadata is not as it was made"},
    {"ALTER TABLE repere_slices ADD COLUMN more TEXT", ERR_NOT_A_STORE,
     "repere_slices is not as it was made"},
    {"ALTER TABLE safety_map_all ADD COLUMN more AS (zeroblob(9)) VIRTUAL", ERR_NOT_A_STORE,
     "safety_map_all"},
    {"DROP TABLE layer_styles", ERR_NOT_A_STORE, "layer_styles is missing"},
    {"DROP TABLE safety_map_group_new", ERR_NOT_A_STORE, "safety_map_group_new\" is missing"},
    {"ALTER TABLE findings_lines RENAME TO findings_walks", ERR_NOT_A_STORE,
     "features are missing"},
    // what it says it is
    {META("bbox_deg", "4,50,5"), ERR_NOT_A_STORE, "bbox_deg"},
    {META("bbox_deg", "4,50,5,inf"), ERR_NOT_A_STORE, "bbox_deg"},
    {META("epsg", "4326"), ERR_NOT_A_STORE, "epsg"},
    {META("project", "007"), ERR_NOT_A_STORE, "project"},
    {META("revision", "0"), ERR_NOT_A_STORE, "revision"},
    {META("published_on", "2026-02-30"), ERR_NOT_A_STORE, "published_on"},
    {META("published_on", "2026-02-20T00:00:00Z"), ERR_NOT_A_STORE, "published_on"},
    {META("taken_down", "{}"), ERR_NOT_A_STORE, "taken_down"},
    {META("taken_down", "[3]"), ERR_NOT_A_STORE, "taken_down"},
    {META("base_map", "../brussels"), ERR_NOT_A_STORE, "base_map"},
    {META("findings", "5"), ERR_NOT_A_STORE, "features are missing: 4 are there, 5 are told"},
    {META("findings", "3"), ERR_NOT_A_STORE, "other features"},
    {META("overlays", "3"), ERR_NOT_A_STORE, "repere_overlays"},
    {"UPDATE repere_metadata SET name = 'caption' WHERE name = 'title'", ERR_NOT_A_STORE,
     "another row belongs here"},
    {"DELETE FROM repere_metadata WHERE id > 12", ERR_NOT_A_STORE, "findings"},
    {"UPDATE repere_exercises SET title = '[]'", ERR_NOT_A_STORE, "by language"},
    {"UPDATE repere_exercises SET title = '{\"en\":1}'", ERR_NOT_A_STORE, "by language"},
    {"UPDATE repere_exercises SET base_m = 300", ERR_NOT_A_STORE, "4 km"},
    {"UPDATE repere_exercises SET attendances = 303", ERR_NOT_A_STORE, "rounded to 5"},
    {"UPDATE repere_exercises SET since = 3", ERR_NOT_A_STORE, "out of its range"},
    {"UPDATE repere_exercises SET exercise = 'safety-map'", ERR_NOT_A_STORE, "twice"},
    {"DELETE FROM repere_exercises WHERE id = 2", ERR_NOT_A_STORE, "rows are missing"},
    {"UPDATE repere_exercises SET id = 7 WHERE id = 2", ERR_NOT_A_STORE,
     "other rows than are told"},
    {"UPDATE repere_slices SET leaves = 1000001 WHERE id = 1", ERR_TOO_LARGE, "a million leaves"},
    {"UPDATE repere_slices SET leaves = 900000 WHERE id = 1", ERR_NOT_A_STORE,
     "more leaves than it can hold"},
    {"UPDATE repere_slices SET table_name = 'safety_map_none' WHERE id = 1", ERR_NOT_A_STORE,
     "another name"},
    {"UPDATE repere_slices SET kind = 'time' WHERE id = 2", ERR_NOT_A_STORE, "its id"},
    {"UPDATE repere_slices SET exercise = 'asset-map' WHERE id = 2", ERR_NOT_A_STORE, "its id"},
    {"UPDATE repere_slices SET exercise = 'walk' WHERE id = 2", ERR_NOT_A_STORE, "its exercise"},
    {"UPDATE repere_slices SET slice = 'safety-map.all' WHERE id = 2", ERR_NOT_A_STORE, "its id"},
    {"UPDATE repere_slices SET colour = 'red' WHERE id = 2", ERR_NOT_A_STORE, "#rrggbb"},
    {"UPDATE repere_slices SET icon = '<b>' WHERE id = 2", ERR_NOT_A_STORE, "other signs"},
    {"DELETE FROM repere_slices WHERE id = 8;" META("slices", "7"), ERR_NOT_A_STORE,
     "does not tell of"},
    {"UPDATE repere_overlays SET features = 100000", ERR_NOT_A_STORE,
     "more features than it can hold"},
    {"UPDATE repere_overlays SET kind = 'points'", ERR_NOT_A_STORE, "not of its kind"},
    {"UPDATE repere_overlays SET overlay = 2 WHERE id = 2", ERR_NOT_A_STORE, "twice"},
    {"UPDATE gpkg_geometry_columns SET geometry_type_name = 'GEOMETRY'", ERR_NOT_A_STORE,
     "catalog"},
    {"UPDATE gpkg_contents SET srs_id = 4326", ERR_NOT_A_STORE, "catalog"},
    {"DELETE FROM gpkg_contents WHERE table_name = 'overlay_5'", ERR_NOT_A_STORE, "catalog"},
    // leaves
    {"UPDATE safety_map_all SET value = 21 WHERE fid = 3", ERR_NOT_A_STORE,
     "row 3: its value is not a multiple of 5"},
    {"UPDATE safety_map_all SET value = 0 WHERE fid = 3", ERR_NOT_A_STORE, "out of its range"},
    {"UPDATE safety_map_all SET value = 'many' WHERE fid = 3", ERR_NOT_A_STORE, "another type"},
    {"UPDATE safety_map_all SET cells = zeroblob(32) WHERE fid = 3", ERR_NOT_A_STORE, "empty"},
    {"UPDATE safety_map_all SET cells = x'0f' WHERE fid = 3", ERR_NOT_A_STORE, "32 bytes"},
    {"UPDATE safety_map_all SET cells = CAST(zeroblob(31) || x'80' AS BLOB) WHERE fid = 3",
     ERR_NOT_A_STORE, "beyond its square"},
    {"UPDATE safety_map_all SET top_row = top_row + 1", ERR_NOT_A_STORE,
     "geometry is not its region's"},
    {"UPDATE safety_map_all SET geom = (SELECT geom FROM safety_map_all WHERE fid = 2)",
     ERR_NOT_A_STORE, "geometry"},
    {"UPDATE safety_map_all SET geom = x'4750' WHERE fid = 8", ERR_NOT_A_STORE,
     "geometry is not its region's"},
    {"UPDATE safety_map_all SET code = 'CRS3035RES500mN1E1' WHERE fid = 3", ERR_NOT_A_STORE,
     "code, side or area"},
    {"UPDATE safety_map_all SET side_m = 1000 WHERE fid = 3", ERR_NOT_A_STORE,
     "code, side or area"},
    {"UPDATE safety_map_all SET whole = 1 WHERE fid = 3", ERR_NOT_A_STORE, "code, side or area"},
    {"UPDATE safety_map_all SET area_km2 = 2.0 WHERE fid = 3", ERR_NOT_A_STORE,
     "code, side or area"},
    {"UPDATE safety_map_all SET share = '61%' WHERE fid = 3", ERR_NOT_A_STORE,
     "none of those it may be"},
    {"DELETE FROM safety_map_all WHERE fid = 8", ERR_NOT_A_STORE, "leaves are missing"},
    {"UPDATE safety_map_all SET fid = 9 WHERE fid = 8", ERR_NOT_A_STORE, "other leaves"},
    {"INSERT INTO safety_map_group_long SELECT * FROM safety_map_group_new", ERR_NOT_A_STORE,
     "other leaves"},
    // findings, assets, overlays
    {"UPDATE findings_points SET urgency = 'blue'", ERR_NOT_A_STORE, "none of those it may be"},
    {"UPDATE findings_points SET who = 'me'", ERR_NOT_A_STORE, "none of those it may be"},
    {"UPDATE findings_points SET month = '2026-13'", ERR_NOT_A_STORE, "YYYY-MM"},
    {"UPDATE findings_points SET month = '2026-03-14'", ERR_NOT_A_STORE, "YYYY-MM"},
    {"UPDATE findings_points SET finding = 0", ERR_NOT_A_STORE, "out of its range"},
    {"UPDATE findings_points SET statement = CAST(x'c328' AS TEXT)", ERR_NOT_A_STORE, "UTF-8"},
    {"UPDATE findings_points SET statement = 'a' || char(0) || 'b'", ERR_NOT_A_STORE, "UTF-8"},
    {"UPDATE findings_points SET statement = hex(zeroblob(40000))", ERR_NOT_A_STORE, "too long"},
    {"UPDATE findings_points SET language = hex(zeroblob(18))", ERR_NOT_A_STORE, "too long"},
    {"UPDATE findings_points SET geom = zeroblob(29)", ERR_NOT_A_STORE, "header"},
    {"UPDATE findings_points SET geom = 'here'", ERR_NOT_A_STORE, "another type"},
    {"UPDATE findings_lines SET geom = (SELECT geom FROM findings_areas)", ERR_NOT_A_STORE,
     "another type than its layer"},
    {"UPDATE findings_lines SET fid = 1", ERR_NOT_A_STORE, "another layer has this feature too"},
    {"UPDATE findings_lines SET fid = -1", ERR_NOT_A_STORE, "not in order"},
    {"DROP TABLE findings_areas", ERR_NOT_A_STORE, "features are missing"},
    {"UPDATE assets_points SET details = '{}'", ERR_NOT_A_STORE, "JSON array"},
    {"UPDATE assets_points SET label = 'Person'", ERR_NOT_A_STORE, "by language"},
    {"UPDATE assets_points SET category = ''", ERR_NOT_A_STORE, "empty"},
    {"UPDATE assets_points SET precision_m = 250.5", ERR_NOT_A_STORE, "another type"},
    {"DROP TABLE overlay_5", ERR_NOT_A_STORE, "features are missing"},
    {"UPDATE overlay_5 SET fid = 4 WHERE fid = 3", ERR_NOT_A_STORE, "other features"},
};

static void each_change_is_refused_by_name(void **state) {
    struct gpkg_room *room = *state;
    for (size_t i = 0; i < COUNT_OF(changes); i++) {
        gpkg_room_rewrite(room);
        gpkg_room_sql(room, changes[i].sql);
        gpkg_room_refused(room, changes[i].err, changes[i].why);
    }
}

/* What a program of ours could do wrong: the sample, made worse before it is written. */
static void leaves_overlap(struct edition *edition) {
    edition->slices[0].leaves[4].region.bits[0] |= edition->slices[0].leaves[5].region.bits[0];
}
static void leaves_are_out_of_order(struct edition *edition) {
    struct edition_leaf first = edition->slices[0].leaves[0];
    edition->slices[0].leaves[0] = edition->slices[0].leaves[1];
    edition->slices[0].leaves[1] = first;
}
static void a_value_is_exact(struct edition *edition) {
    edition->slices[0].leaves[0].value = 23;
}
static void a_ring_is_open(struct edition *edition) {
    edition->findings[2].geometry.coords[0] += 0.001;
}
static void a_place_is_on_the_moon(struct edition *edition) {
    edition->assets[0].geometry.coords[1] = 384400;
}
static void a_slice_is_there_twice(struct edition *edition) {
    edition->slices[2] = edition->slices[1];
}
static void an_exercise_has_a_name_with_a_path(struct edition *edition) {
    edition->findings[0].exercise = "../safety-map";
}

static void what_breaks_an_editions_rules_is_not_read(void **state) {
    static const struct {
        void (*worsen)(struct edition *edition);
        const char *why;
    } cases[] = {
        {leaves_overlap, "two leaves overlap"},
        {leaves_are_out_of_order, "not in order"},
        {a_value_is_exact, "multiple of 5"},
        {a_ring_is_open, "not closed"},
        {a_place_is_on_the_moon, "beyond the earth"},
        {a_slice_is_there_twice, "twice"},
        {an_exercise_has_a_name_with_a_path, "other signs"},
    };
    struct gpkg_room *room = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        room->sample = sample_edition_make(&room->arena);
        cases[i].worsen(room->sample);
        gpkg_room_rewrite(room);
        gpkg_room_refused(room, ERR_NOT_A_STORE, cases[i].why);
    }
}

static void what_is_no_edition_at_all_is_said_to_be_none(void **state) {
    struct gpkg_room *room = *state;
    folder_write(room->path, "", 0);
    gpkg_room_refused(room, ERR_NOT_A_STORE, "not even an SQLite database");
    folder_write(room->path, "{\"type\": \"FeatureCollection\"}", 29);
    gpkg_room_refused(room, ERR_NOT_A_STORE, "not even an SQLite database");
    unlink(room->path);
    gpkg_room_refused(room, ERR_NOT_FOUND, "no such file");
    gpkg_room_sql(room, "CREATE TABLE tiles (a)");
    gpkg_room_refused(room, ERR_NOT_A_STORE, "no GeoPackage");
    gpkg_room_sql(room, "PRAGMA application_id = 1196444487; PRAGMA user_version = 10300");
    gpkg_room_refused(room, ERR_NOT_A_STORE, "no edition");
    unlink(room->path);
    assert_int_equal(mkdir(room->path, 0700), 0);
    gpkg_room_refused(room, ERR_NOT_A_STORE, "no file");
    rmdir(room->path);
    assert_int_equal(mkfifo(room->path, 0600),
                     0); // nobody writes to it: reading would wait for ever
    gpkg_room_refused(room, ERR_NOT_A_STORE, "no file");
}

static void a_geopackage_of_somebody_else_is_no_edition(void **state) {
    struct gpkg_room *room = *state;
    size_t len;
    char *bytes = shared_data_or_skip("overlays/zurich_districts.gpkg", &len);
    folder_write(room->path, bytes, len);
    free(bytes);
    gpkg_room_refused(room, ERR_NOT_A_STORE, "");
}

static void a_file_that_is_too_large_is_not_read(void **state) {
    struct gpkg_room *room = *state;
    assert_int_equal(truncate(room->path, (off_t)513 << 20), 0); // takes no room on the disk
    gpkg_room_refused(room, ERR_TOO_LARGE, "512 MiB");
}

static void a_file_that_was_cut_off_is_never_read(void **state) {
    struct gpkg_room *room = *state;
    size_t len;
    char *bytes = folder_read(room->path, &len);
    for (size_t cut = 0; cut < len; cut += cut % 4096 == 0 || cut % 4096 == 4095 ? 1 : 4094) {
        folder_write(room->path, bytes, cut);
        gpkg_room_refused(room, ERR_NOT_A_STORE,
                          cut < 100 ? "not even an SQLite database" : "it is not whole");
    }
    free(bytes);
}

/* Numbers without a clock: the same flips each time (Marsaglia's xorshift64). */
static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* What is read after all keeps an edition's rules: written and read again it is the same. */
static void holds_together(const struct gpkg_room *room, const struct edition *edition) {
    char path[FOLDER_PATH_SIZE];
    struct arena arena;
    struct fault fault = {0};
    struct edition again;
    arena_init(&arena);
    folder_path(room->folder, "again.gpkg", path);
    assert_int_equal(gpkg_write(edition, room->crs, path, &fault), ERR_OK);
    if (gpkg_read(path, &arena, &fault, &again) != ERR_OK)
        fail_msg("%s", fault.why);
    sample_edition_assert_equal(edition, &again);
    unlink(path);
    arena_fini(&arena);
}

static void put_byte(const struct gpkg_room *room, size_t at, char byte) {
    FILE *file = fopen(room->path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, (long)at, SEEK_SET), 0);
    assert_int_equal(fputc(byte, file), (unsigned char)byte);
    assert_int_equal(fclose(file), 0);
}

/* Whether it was read after all. */
static bool read_flipped(const struct gpkg_room *room, unsigned long long bit, bool look_closely) {
    struct arena arena;
    struct fault fault = {0};
    struct edition edition;
    arena_init(&arena);
    enum err err = gpkg_read(room->path, &arena, &fault, &edition);
    bool by_name = err == ERR_NOT_A_STORE || err == ERR_NEWER_DATABASE || err == ERR_TOO_LARGE;
    if (err == ERR_OK && look_closely)
        holds_together(room, &edition);
    if (err != ERR_OK && (!by_name || !fault.why[0]))
        fail_msg("bit %llu: %s, \"%s\"", bit, err_name(err), fault.why);
    arena_fini(&arena);
    return err == ERR_OK;
}

static void a_flipped_bit_is_refused_or_makes_another_edition(void **state) {
    enum { FLIPS = 2000 };
    struct gpkg_room *room = *state;
    size_t len, taken = 0;
    char *bytes = folder_read(room->path, &len);
    uint64_t random = 20260531;
    for (int flip = 0; flip < FLIPS;) {
        const size_t at = next_random(&random) % len;
        const unsigned bit = (unsigned)(next_random(&random) % 8);
        if (flip % 4 != 0 && bytes[at] == 0)
            continue; // most of the file is room that nothing uses
        put_byte(room, at, (char)(bytes[at] ^ (1 << bit)));
        taken += read_flipped(room, 8 * at + bit, flip % 10 == 0);
        put_byte(room, at, bytes[at]);
        flip++;
    }
    print_message("%d flips, %zu of them read\n", FLIPS, taken);
    assert_in_range(taken, 1, FLIPS - 1);
    assert_true(read_flipped(room, 0, true)); // the file is as it was
    free(bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, gpkg_room_open, gpkg_room_close)
        IN_A_ROOM(each_change_is_refused_by_name),
        IN_A_ROOM(what_breaks_an_editions_rules_is_not_read),
        IN_A_ROOM(what_is_no_edition_at_all_is_said_to_be_none),
        IN_A_ROOM(a_geopackage_of_somebody_else_is_no_edition),
        IN_A_ROOM(a_file_that_is_too_large_is_not_read),
        IN_A_ROOM(a_file_that_was_cut_off_is_never_read),
        IN_A_ROOM(a_flipped_bit_is_refused_or_makes_another_edition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
