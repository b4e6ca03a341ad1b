// SPDX-License-Identifier: AGPL-3.0-or-later
// Cuts: what they hold is what the archive has there, byte for byte, in either kind of file.
#include "archive_cut.h"
#include "archive_room.h"
#include "base/json.h"
#include "base/zip.h"
#include "mbtiles_write.h"
#include "shared_data.h"
#include "test.h"
#include <math.h>
#include <unistd.h>

struct comparison {
    struct archive *cut, *whole;
    uint64_t tiles;
};

static enum err compare_run(void *context, const struct archive_run *run) {
    struct comparison *comparison = context;
    struct buf a, b;
    bool gzipped;
    buf_init(&a);
    buf_init(&b);
    struct tile tile = hilbert_tile(run->id);
    assert_int_equal(archive_tile(comparison->cut, tile, &a, &gzipped), ERR_OK);
    assert_int_equal(archive_tile(comparison->whole, tile, &b, &gzipped), ERR_OK);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
    comparison->tiles += run->tiles;
    buf_fini(&a);
    buf_fini(&b);
    return ERR_OK;
}

/* Every tile of a cut is in the archive, too, and the same. Gives their number. */
static uint64_t compared(const char *cut_path, struct archive *whole) {
    struct comparison comparison = {archive_opened(cut_path), whole, 0};
    for (unsigned z = 0; z <= 18; z++) {
        const struct tile_range all = {z, 0, 0, (1u << z) - 1, (1u << z) - 1};
        assert_int_equal(archive_runs(comparison.cut, &all, NULL, compare_run, &comparison), ERR_OK);
    }
    archive_close(comparison.cut);
    return comparison.tiles;
}

static struct archive *real(const char *name) {
    char path[SHARED_PATH_SIZE], below[64];
    snprintf(below, sizeof below, "basemaps/%s", name);
    if (!shared_data_path(below, path)) {
        print_message("not here: ../shared/data/%s\n", below);
        skip();
    }
    return archive_opened(path);
}

/* How many tiles of a box there are, each asked for. */
static uint64_t counted(struct archive *archive, const double wsen_deg[4], unsigned maxzoom) {
    double west_m, south_m, east_m, north_m;
    uint64_t count = 0;
    struct buf bytes;
    bool gzipped;
    buf_init(&bytes);
    tile_from_degrees(wsen_deg[0], wsen_deg[1], &west_m, &south_m);
    tile_from_degrees(wsen_deg[2], wsen_deg[3], &east_m, &north_m);
    for (unsigned z = 0; z <= maxzoom; z++) {
        struct tile low = tile_at(z, west_m, north_m), high = tile_at(z, east_m, south_m);
        for (uint32_t x = low.x; x <= high.x; x++)
            for (uint32_t y = low.y; y <= high.y; y++)
                count += archive_tile(archive, (struct tile){z, x, y}, &bytes, &gzipped) == ERR_OK;
    }
    buf_fini(&bytes);
    return count;
}

static void a_real_map_is_cut_and_cut_again_without_a_change(void **state) {
    struct archive_room *room = *state;
    struct archive *whole = real("brussels_8_layers.mbtiles");
    const struct archive_cut all = {.bbox_deg = {-180, -90, 180, 90}, .maxzoom = 24};
    const struct archive_cut area = {{4.34, 50.83, 4.37, 50.86}, 16, 0, 0, NULL, NULL};
    struct archive_cut_report report, again;
    char other[FOLDER_PATH_SIZE];
    folder_path(room->folder, "again.mbtiles", other);

    assert_int_equal(archive_cut_measure(whole, &all, &report), ERR_OK);
    assert_int_equal(report.tiles, 19519);
    assert_int_equal(report.minzoom, 10);
    assert_int_equal(report.maxzoom, 18);
    assert_int_equal(archive_cut_write(whole, &all, room->path, NULL, &again), ERR_OK);
    assert_memory_equal(&again, &report, sizeof report);
    assert_int_equal(compared(room->path, whole), 19519);

    struct archive *copy = archive_opened(room->path);
    assert_true(archive_is_pmtiles(copy));
    assert_string_equal(archive_info(copy)->title, archive_info(whole)->title);
    assert_string_equal(archive_info(copy)->attribution, archive_info(whole)->attribution);
    assert_string_equal(archive_info(copy)->vector_layers, archive_info(whole)->vector_layers);
    assert_int_equal(archive_cut_measure(copy, &area, &report), ERR_OK);
    assert_int_equal(archive_cut_write(copy, &area, other, NULL, NULL), ERR_OK);
    assert_int_equal(compared(other, whole), report.tiles);
    assert_int_equal(report.tiles, counted(whole, area.bbox_deg, area.maxzoom));
    assert_int_equal(archive_cut_measure(whole, &area, &again), ERR_OK);
    assert_int_equal(again.tiles, report.tiles);

    struct archive *small = archive_opened(other);
    assert_false(archive_is_pmtiles(small));
    const struct archive_info *info = archive_info(small);
    assert_int_equal(info->minzoom, 10);
    assert_int_equal(info->maxzoom, 16);
    assert_true(info->bounds_deg[0] == 4.34 && info->bounds_deg[1] == 50.83);
    assert_true(info->bounds_deg[2] == 4.37 && info->bounds_deg[3] == 50.86);
    assert_string_equal(info->vector_layers, archive_info(whole)->vector_layers);
    archive_close(small);
    archive_close(copy);
    archive_close(whole);
}

static void pictures_pass_through_either_kind_unchanged(void **state) {
    struct archive_room *room = *state;
    struct archive *whole = real("raster_png.pmtiles");
    const struct archive_cut all = {.bbox_deg = {-180, -90, 180, 90}, .maxzoom = 24};
    char other[FOLDER_PATH_SIZE];
    folder_path(room->folder, "again.mbtiles", other);
    assert_int_equal(archive_cut_write(whole, &all, room->path, NULL, NULL), ERR_OK);
    assert_int_equal(archive_cut_write(whole, &all, other, NULL, NULL), ERR_OK);
    assert_int_equal(compared(room->path, whole), 5);
    assert_int_equal(compared(other, whole), 5);
    struct archive *small = archive_opened(other);
    assert_int_equal(archive_info(small)->format, TILE_PNG);
    archive_close(small);
    archive_close(whole);
}

/* The sample's zooms 0 to 3 are whole: a box over the antimeridian takes both ends of a row, each
 * tile once. */
static void a_box_over_the_antimeridian_takes_both_ends(void **state) {
    struct archive_room *room = *state;
    char path[FOLDER_PATH_SIZE];
    folder_path(room->folder, "cut.pmtiles", path);
    sample_pmtiles(room->path, 0);
    struct archive *whole = archive_opened(room->path);
    const struct archive_cut cut = {{170, -10, -170, -1}, 3, 0, 0, NULL, NULL};
    struct archive_cut_report report;
    assert_int_equal(archive_cut_write(whole, &cut, path, NULL, &report), ERR_OK);
    assert_int_equal(report.tiles, 1 + 2 + 2 + 2);
    assert_int_equal(compared(path, whole), 7);
    struct archive *small = archive_opened(path);
    struct buf bytes;
    bool gzipped;
    buf_init(&bytes);
    assert_int_equal(archive_tile(small, (struct tile){3, 0, 4}, &bytes, &gzipped), ERR_OK);
    assert_int_equal(archive_tile(small, (struct tile){3, 7, 4}, &bytes, &gzipped), ERR_OK);
    assert_int_equal(archive_tile(small, (struct tile){3, 1, 4}, &bytes, &gzipped), ERR_NOT_FOUND);
    assert_true(archive_info(small)->bounds_deg[0] == -180);
    assert_true(archive_info(small)->bounds_deg[2] == 180);
    buf_fini(&bytes);
    archive_close(small);
    archive_close(whole);
}

static void finer_zooms_are_left_out_until_it_fits(void **state) {
    struct archive_room *room = *state;
    sample_pmtiles(room->path, 50);
    struct archive *whole = archive_opened(room->path);
    struct archive_cut cut = {{-180, -90, 180, 90}, 24, 0, 0, NULL, NULL};
    struct archive_cut_report report;
    char bytes[SAMPLE_TILE_SIZE];
    uint64_t coarse = 4 * sample_tile((struct tile){0, 0, 0}, bytes);
    assert_int_equal(archive_cut_measure(whole, &cut, &report), ERR_OK);
    assert_int_equal(report.maxzoom, 12);
    assert_int_equal(report.tiles, 85 + 50);
    assert_true(report.bytes > coarse);
    cut.bytes_max = report.bytes;
    assert_int_equal(archive_cut_measure(whole, &cut, &report), ERR_OK);
    assert_int_equal(report.maxzoom, 12);
    cut.bytes_max--;
    assert_int_equal(archive_cut_measure(whole, &cut, &report), ERR_OK);
    assert_int_equal(report.maxzoom, 3);
    assert_int_equal(report.tiles, 85);
    assert_int_equal(report.bytes, coarse);
    cut.bytes_max = 1;
    assert_int_equal(archive_cut_measure(whole, &cut, &report), ERR_TOO_LARGE);
    cut.bytes_max = 0;
    cut.runs_max = 4 + 50; // at zooms 0 to 3 all tiles of a zoom are one run
    assert_int_equal(archive_cut_measure(whole, &cut, &report), ERR_OK);
    assert_int_equal(report.maxzoom, 12);
    cut.runs_max--;
    assert_int_equal(archive_cut_measure(whole, &cut, &report), ERR_OK);
    assert_int_equal(report.maxzoom, 3);
    archive_close(whole);
}

static enum err give_up_at(void *context) {
    unsigned *left = context;
    return (*left)-- == 0 ? ERR_BUSY : ERR_OK;
}

static void a_cut_ends_when_it_is_told_to_and_leaves_no_file(void **state) {
    struct archive_room *room = *state;
    char path[FOLDER_PATH_SIZE];
    sample_pmtiles(room->path, 50);
    folder_path(room->folder, "cut.pmtiles", path);
    struct archive *whole = archive_opened(room->path);
    for (unsigned after = 0; after < 40; after += 13) {
        unsigned left = after;
        const struct archive_patience patience = {give_up_at, &left};
        const struct archive_cut cut = {{-180, -90, 180, 90}, 24, 0, 0, &patience, NULL};
        assert_int_equal(archive_cut_write(whole, &cut, path, NULL, NULL), ERR_BUSY);
        assert_int_equal(access(path, F_OK), -1);
    }
    archive_close(whole);
}

static void a_list_that_would_fill_the_memory_is_not_read(void **state) {
    (void)state;
    struct json_object *document = NULL;
    struct buf text;
    buf_init(&text);
    buf_str(&text, "{\"a\":[1");
    for (int i = 0; i < 200000; i++)
        buf_str(&text, ",1");
    buf_str(&text, "]}");
    assert_int_equal(archive_json_parse(text.data, text.len, &document), ERR_OK);
    json_free(document);
    text.len -= 2;
    for (int i = 0; i < 20000; i++)
        buf_str(&text, ",[]");
    buf_str(&text, "]}");
    assert_int_equal(archive_json_parse(text.data, text.len, &document), ERR_TOO_LARGE);
    buf_fini(&text);
}

static void what_cannot_be_cut_is_refused(void **state) {
    struct archive_room *room = *state;
    struct archive_cut_report report;
    struct fault fault = {0};
    sample_pmtiles(room->path, 50);
    struct archive *whole = archive_opened(room->path);
    struct archive_cut cut = {{1, 1, 2, 2}, 3, 0, 0, NULL, NULL};
    assert_int_equal(archive_cut_write(whole, &cut, room->path, &fault, NULL), ERR_CONFLICT);
    assert_string_equal(fault.where, room->path);
    assert_int_equal(archive_cut_write(whole, &cut, "/nonexistent/x.mbtiles", NULL, NULL), ERR_IO);
    static const double bad[][4] = {
        {-181, 0, 1, 1}, {0, 2, 1, 1}, {0, 0, 1, 91}, {0, 0, (double)INFINITY, 1}, {NAN, 0, 1, 1}};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        memcpy(cut.bbox_deg, bad[i], sizeof bad[i]);
        assert_int_equal(archive_cut_measure(whole, &cut, &report), ERR_BAD_BBOX);
    }
    archive_close(whole);
}

static void a_cut_without_tiles_is_not_found_and_leaves_no_file(void **state) {
    struct archive_room *room = *state;
    char path[FOLDER_PATH_SIZE];
    struct mbtiles_writer *writer;
    folder_path(room->folder, "small.mbtiles", path);
    assert_int_equal(mbtiles_writer_open(path, TILE_PBF, NULL, &writer), ERR_OK);
    assert_int_equal(mbtiles_writer_tile(writer, (struct tile){5, 20, 20}, "x", 1), ERR_OK);
    assert_int_equal(mbtiles_writer_finish(writer), ERR_OK);
    struct archive *whole = archive_opened(path);
    struct archive_cut cut = {{-100, 10, -90, 20}, 24, 0, 0, NULL, NULL};
    assert_int_equal(archive_cut_write(whole, &cut, room->path, NULL, NULL), ERR_NOT_FOUND);
    assert_int_not_equal(access(room->path, F_OK), 0);
    cut = (struct archive_cut){{-180, -90, 180, 90}, 4, 0, 0, NULL, NULL}; // coarser than it begins
    assert_int_equal(archive_cut_write(whole, &cut, room->path, NULL, NULL), ERR_NOT_FOUND);
    archive_close(whole);
}

static void vector_tiles_that_are_not_gzipped_become_so(void **state) {
    struct archive_room *room = *state;
    char path[FOLDER_PATH_SIZE];
    struct mbtiles_writer *writer;
    folder_path(room->folder, "plain.mbtiles", path);
    assert_int_equal(mbtiles_writer_open(path, TILE_PBF, NULL, &writer), ERR_OK);
    assert_int_equal(mbtiles_writer_tile_stored(writer, (struct tile){1, 0, 0}, "\x1alayer", 6),
                     ERR_OK);
    assert_int_equal(mbtiles_writer_finish(writer), ERR_OK);
    struct archive *whole = archive_opened(path);
    const struct archive_cut all = {.bbox_deg = {-180, -90, 180, 90}, .maxzoom = 24};
    assert_int_equal(archive_cut_write(whole, &all, room->path, NULL, NULL), ERR_OK);
    struct archive *cut = archive_opened(room->path);
    struct buf bytes, plain;
    bool gzipped;
    buf_init(&bytes);
    buf_init(&plain);
    assert_int_equal(archive_tile(cut, (struct tile){1, 0, 0}, &bytes, &gzipped), ERR_OK);
    assert_true(gzipped);
    assert_int_equal(zip_gunzip(bytes.data, bytes.len, 100, &plain), ERR_OK);
    assert_memory_equal(plain.data, "\x1alayer", 6);
    buf_fini(&bytes);
    buf_fini(&plain);
    archive_close(cut);
    archive_close(whole);
}

static void titled_mbtiles(const char *path, const char *title) {
    struct mbtiles_writer *writer;
    unlink(path);
    assert_int_equal(mbtiles_writer_open(path, TILE_PBF, NULL, &writer), ERR_OK);
    if (title != NULL)
        assert_int_equal(mbtiles_writer_meta(writer, "name", title), ERR_OK);
    assert_int_equal(mbtiles_writer_meta(writer, "attribution", "whoever"), ERR_OK);
    assert_int_equal(mbtiles_writer_tile(writer, (struct tile){1, 0, 0}, "x", 1), ERR_OK);
    assert_int_equal(mbtiles_writer_finish(writer), ERR_OK);
}

static void a_cut_is_called_as_it_is_told_in_either_kind(void **state) {
    struct archive_room *room = *state;
    char whole_path[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];
    folder_path(room->folder, "maker_v3 2023-06.mbtiles", whole_path);
    titled_mbtiles(whole_path, "maker's");
    struct archive *whole = archive_opened(whole_path);
    static const char *const titles[] = {NULL, "المدينة \u00ab1\u00bb"};
    static const char *const files[] = {"cut.pmtiles", "cut.mbtiles"};
    for (size_t i = 0; i < 4; i++) {
        const char *title = titles[i / 2];
        const struct archive_cut cut = {.bbox_deg = {-180, -90, 180, 90}, .maxzoom = 24, .title = title};
        folder_path(room->folder, files[i % 2], path);
        unlink(path);
        assert_int_equal(archive_cut_write(whole, &cut, path, NULL, NULL), ERR_OK);
        struct archive *made = archive_opened(path);
        assert_string_equal(archive_info(made)->title, title == NULL ? "maker's" : title);
        assert_string_equal(archive_info(made)->attribution, "whoever");
        assert_false(archive_info(made)->title_unfit);
        archive_close(made);
    }
    archive_close(whole);
}

static void a_title_that_cannot_be_shown_gives_way_to_the_files_name(void **state) {
    struct archive_room *room = *state;
    char path[FOLDER_PATH_SIZE], long_title[4 * ARCHIVE_TITLE_MAX];
    folder_path(room->folder, "old.town.mbtiles", path);
    memset(long_title, 'a', sizeof long_title);
    long_title[ARCHIVE_TITLE_MAX + 1] = '\0';
    const struct {
        const char *told;
        bool unfit;
    } cases[] = {{NULL, false}, {long_title + 1, false}, {long_title, true}, {"a\u202eb", true},
                 {"a\u2066b", true}, {"a\nb", true}, {"\x1b[2J", true}, {"\xff", true}, {" ", true}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        titled_mbtiles(path, cases[i].told);
        struct archive *archive = archive_opened(path);
        bool keeps = cases[i].told != NULL && !cases[i].unfit;
        assert_string_equal(archive_info(archive)->title, keeps ? cases[i].told : "old.town");
        assert_true(archive_info(archive)->title_unfit == cases[i].unfit);
        archive_close(archive);
    }
}

static void a_name_is_told_by_its_ending(void **state) {
    (void)state;
    size_t len;
    assert_true(archive_name("a.b.pmtiles", &len));
    assert_int_equal(len, 3);
    assert_true(archive_name(".mbtiles", &len));
    assert_int_equal(len, 0);
    assert_false(archive_name("a.mbtiles.part", &len));
    assert_false(archive_name("tiles", &len));
}

int main(void) {
#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, archive_room_open, archive_room_close)
    const struct CMUnitTest tests[] = {
        IN_A_ROOM(a_real_map_is_cut_and_cut_again_without_a_change),
        IN_A_ROOM(pictures_pass_through_either_kind_unchanged),
        IN_A_ROOM(a_box_over_the_antimeridian_takes_both_ends),
        IN_A_ROOM(finer_zooms_are_left_out_until_it_fits),
        IN_A_ROOM(a_cut_ends_when_it_is_told_to_and_leaves_no_file),
        cmocka_unit_test(a_list_that_would_fill_the_memory_is_not_read),
        IN_A_ROOM(what_cannot_be_cut_is_refused),
        IN_A_ROOM(a_cut_without_tiles_is_not_found_and_leaves_no_file),
        IN_A_ROOM(vector_tiles_that_are_not_gzipped_become_so),
        IN_A_ROOM(a_cut_is_called_as_it_is_told_in_either_kind),
        IN_A_ROOM(a_title_that_cannot_be_shown_gives_way_to_the_files_name),
        cmocka_unit_test(a_name_is_told_by_its_ending),
    };
    return cmocka_run_group_tests_name("archive_cut", tests, NULL, NULL);
}
