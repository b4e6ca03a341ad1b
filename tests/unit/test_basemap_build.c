// SPDX-License-Identifier: AGPL-3.0-or-later
// Base maps from GeoJSON: what each zoom shows of a feature, read back from the archive.
#include "base/zip.h"
#include "folder.h"
#include "mbtiles.h"
#include "mvt_read.h"
#include "service/basemap_build.h"
#include "test.h"

#include <math.h>

struct room {
    char folder[FOLDER_PATH_SIZE];
    struct arena arena;
};

static int room_open(void **state) {
    struct room *room = calloc(1, sizeof *room);
    folder_make(room->folder);
    arena_init(&room->arena);
    *state = room;
    return 0;
}

static int room_close(void **state) {
    struct room *room = *state;
    folder_drop(room->folder);
    arena_fini(&room->arena);
    free(room);
    return 0;
}

/** Builds zooms 8 to 14 of one layer from the features of a collection. */
static enum err build(struct room *room, const char *features, struct fault *fault,
                      struct mbtiles **out) {
    char path[FOLDER_PATH_SIZE], made[FOLDER_PATH_SIZE];
    struct basemap_report report;
    const char *text =
        arena_printf(&room->arena, "{\"type\":\"FeatureCollection\",\"features\":[%s]}", features);
    folder_path(room->folder, "layer.geojson", path);
    folder_path(room->folder, "made.mbtiles", made);
    folder_write(path, text, strlen(text));
    const struct basemap_layer layer = {"layer", path};
    const struct basemap_options options = {.out_path = made,
                                            .title = "made",
                                            .attribution = "",
                                            .minzoom = 8,
                                            .maxzoom = 14,
                                            .layers = &layer,
                                            .layer_count = 1};
    enum err err = basemap_build(&options, fault, &report);
    return err == ERR_OK ? mbtiles_open(made, fault, out) : err;
}

/** The features of the tile that holds a position, none when there is no tile. */
static struct mvt_read_layer tile_at_degrees(struct room *room, struct mbtiles *mbtiles, unsigned z,
                                             double lon_deg, double lat_deg) {
    double x_m, y_m;
    struct buf zipped, plain;
    struct mvt_read_tile tile = {0};
    buf_init(&zipped);
    buf_init(&plain);
    tile_from_degrees(lon_deg, lat_deg, &x_m, &y_m);
    if (mbtiles_tile(mbtiles, tile_at(z, x_m, y_m), &zipped) == ERR_OK) {
        assert_int_equal(zip_gunzip(zipped.data, zipped.len, 1 << 20, &plain), ERR_OK);
        const char *copy = arena_strndup(&room->arena, plain.data, plain.len);
        assert_true(mvt_read(copy, plain.len, &room->arena, &tile));
    }
    buf_fini(&zipped);
    buf_fini(&plain);
    return tile.layer_count == 0 ? (struct mvt_read_layer){0} : tile.layers[0];
}

#define POLYGON(rings)                                                                             \
    "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\","                  \
    "\"coordinates\":[" rings "]}}"

static void what_is_too_small_to_see_appears_at_the_finest_zoom(void **state) {
    struct room *room = *state;
    struct mbtiles *mbtiles;
    // a house of some 20 m, and a park of 2 km that keeps the coarser tiles there
    assert_int_equal(build(
                         room,
                         POLYGON("[[0.01,0.01],[0.0102,0.01],[0.0102,0.0102],[0.01,0.0102],[0.01,0."
                                 "01]]") "," POLYGON(
                             "[[0.001,0.001],[0.02,0.001],[0.02,0.02],[0.001,0.02],[0.001,0.001]]"),
                         NULL, &mbtiles),
                     ERR_OK);
    assert_int_equal(tile_at_degrees(room, mbtiles, 12, 0.01, 0.01).feature_count, 1);
    assert_int_equal(tile_at_degrees(room, mbtiles, 14, 0.01, 0.01).feature_count, 2);
    mbtiles_close(mbtiles);
}

static void a_hole_that_is_too_small_is_filled_until_it_can_be_seen(void **state) {
    struct room *room = *state;
    struct mbtiles *mbtiles;
    assert_int_equal(
        build(room,
              POLYGON("[[0.001,0.001],[0.02,0.001],[0.02,0.02],[0.001,0.02],[0.001,0.001]],"
                      "[[0.01,0.01],[0.0102,0.01],[0.0102,0.0102],[0.01,0.0102],[0.01,0.01]]"),
              NULL, &mbtiles),
        ERR_OK);
    struct mvt_read_layer coarse = tile_at_degrees(room, mbtiles, 10, 0.01, 0.01);
    struct mvt_read_layer fine = tile_at_degrees(room, mbtiles, 14, 0.01, 0.01);
    assert_int_equal(coarse.features[0].part_count, 1);
    assert_int_equal(fine.features[0].part_count, 2);
    mbtiles_close(mbtiles);
}

static void lines_have_fewer_vertices_in_coarser_tiles(void **state) {
    struct room *room = *state;
    struct mbtiles *mbtiles;
    struct buf text;
    buf_init(&text);
    buf_str(&text, "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"LineString\","
                   "\"coordinates\":[");
    for (int i = 0; i <= 200; i++)
        buf_printf(&text, "%s[%.6f,%.6f]", i == 0 ? "" : ",", 0.001 + i * 0.0001,
                   0.01 + 0.0004 * sin(i * 0.4));
    buf_str(&text, "]}}");
    buf_char(&text, '\0');
    assert_int_equal(build(room, text.data, NULL, &mbtiles), ERR_OK);
    size_t before = SIZE_MAX;
    for (int z = 14; z >= 8; z -= 3) {
        struct mvt_read_layer layer = tile_at_degrees(room, mbtiles, (unsigned)z, 0.01, 0.01);
        assert_int_equal(layer.feature_count, 1);
        assert_true(layer.features[0].part_vertices[0] < before);
        before = layer.features[0].part_vertices[0];
    }
    assert_true(before < 10);
    buf_fini(&text);
    mbtiles_close(mbtiles);
}

static void each_kind_of_geometry_is_drawn(void **state) {
    struct room *room = *state;
    struct mbtiles *mbtiles;
    assert_int_equal(
        build(room,
              "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"MultiPoint\","
              "\"coordinates\":[[0.001,0.001],[0.002,0.002]]}},"
              "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"MultiLineString\","
              "\"coordinates\":[[[0.001,0.001],[0.009,0.002]],[[0.001,0.005],[0.009,0.005]]]}},"
              "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"MultiPolygon\","
              "\"coordinates\":[[[[0.001,0.001],[0.004,0.001],[0.004,0.004],[0.001,0.001]]],"
              "[[[0.006,0.006],[0.009,0.006],[0.009,0.009],[0.006,0.006]]]]}},"
              "{\"type\":\"Feature\",\"properties\":{},\"geometry\":null}",
              NULL, &mbtiles),
        ERR_OK);
    struct mvt_read_layer layer = tile_at_degrees(room, mbtiles, 14, 0.005, 0.005);
    assert_int_equal(layer.feature_count, 3);
    assert_int_equal(layer.features[0].type, MVT_POINT);
    assert_int_equal(layer.features[0].part_vertices[0], 2);
    assert_int_equal(layer.features[1].type, MVT_LINE);
    assert_int_equal(layer.features[1].part_count, 2);
    assert_int_equal(layer.features[2].type, MVT_POLYGON);
    assert_int_equal(layer.features[2].part_count, 2);
    mbtiles_close(mbtiles);
}

static void a_line_over_the_border_of_two_tiles_reaches_into_both_margins(void **state) {
    struct room *room = *state;
    struct mbtiles *mbtiles;
    assert_int_equal(build(room,
                           "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":"
                           "\"LineString\",\"coordinates\":[[-0.01,0.01],[0.01,0.01]]}}",
                           NULL, &mbtiles),
                     ERR_OK);
    struct mvt_read_layer west = tile_at_degrees(room, mbtiles, 14, -0.005, 0.01);
    struct mvt_read_layer east = tile_at_degrees(room, mbtiles, 14, 0.005, 0.01);
    assert_int_equal(west.features[0].xy[2], 4096 + 64);
    assert_int_equal(east.features[0].xy[0], -64);
    assert_int_equal(west.features[0].xy[3], east.features[0].xy[1]);
    mbtiles_close(mbtiles);
}

static void what_cannot_be_drawn_is_named(void **state) {
    struct room *room = *state;
    struct mbtiles *mbtiles;
    struct fault fault;
    assert_int_equal(
        build(room,
              POLYGON("[[0,0],[1,0],[1,1],[0,0]]") "," POLYGON("[[0,0],[1,1],[1,0],[0,1],[0,0]]"),
              &fault, &mbtiles),
        ERR_BAD_GEOMETRY);
    assert_non_null(strstr(fault.where, "layer.geojson"));
    assert_non_null(strstr(fault.why, "feature 2"));
    assert_int_equal(build(room, "", &fault, &mbtiles), ERR_BAD_GEOMETRY);
    assert_non_null(strstr(fault.why, "no features"));
}

int main(void) {
#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, room_open, room_close)
    const struct CMUnitTest tests[] = {
        IN_A_ROOM(what_is_too_small_to_see_appears_at_the_finest_zoom),
        IN_A_ROOM(a_hole_that_is_too_small_is_filled_until_it_can_be_seen),
        IN_A_ROOM(lines_have_fewer_vertices_in_coarser_tiles),
        IN_A_ROOM(each_kind_of_geometry_is_drawn),
        IN_A_ROOM(a_line_over_the_border_of_two_tiles_reaches_into_both_margins),
        IN_A_ROOM(what_cannot_be_drawn_is_named),
    };
    return cmocka_run_group_tests_name("basemap_build", tests, NULL, NULL);
}
