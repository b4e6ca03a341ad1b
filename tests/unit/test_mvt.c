// SPDX-License-Identifier: AGPL-3.0-or-later
// Vector tiles: shapes made for a tile, tiles written and read back by a strict reader, and the
// public fixtures of the format.
#include "mvt.h"
#include "mvt_read.h"
#include "mvt_shape.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIXTURES SOURCE_DIR "/../shared/data/conformance/mvt-fixtures/fixtures"

/** A tile whose units are metres: 4096 m wide, upper left corner at `left`, `top`. */
static const struct tile tile = {14, 6800, 5900};

static void to_metres(double units_x, double units_y, double *xy_m) {
    struct tile_box box = tile_bounds(tile);
    double unit_m = (box.max_x_m - box.min_x_m) / MVT_EXTENT;
    xy_m[0] = box.min_x_m + units_x * unit_m;
    xy_m[1] = box.max_y_m - units_y * unit_m;
}

static void all_to_metres(const double *units, size_t count, double *xy_m) {
    for (size_t i = 0; i < count; i++)
        to_metres(units[2 * i], units[2 * i + 1], xy_m + 2 * i);
}

static void same_vertices(const struct mvt_shape *shape, const int32_t *expected, size_t count) {
    assert_int_equal(shape->vertex_count, count);
    assert_memory_equal(shape->xy, expected, 2 * count * sizeof *expected);
}

static void points_beyond_the_margin_are_left_out(void **state) {
    (void)state;
    struct mvt_shape shape = {0};
    const double units[] = {10.4, 20.6, 4159.9, 4160, 4161, 0, -64, -64, -65, 5};
    double xy_m[10];
    all_to_metres(units, 5, xy_m);
    assert_int_equal(mvt_shape_points(&shape, tile, xy_m, 5), ERR_OK);
    const int32_t expected[] = {10, 21, 4160, 4160, -64, -64};
    same_vertices(&shape, expected, 3);
    assert_int_equal(shape.part_count, 1);
    mvt_shape_fini(&shape);
}

static void a_line_is_cut_at_the_margin_and_has_no_repeats(void **state) {
    (void)state;
    struct mvt_shape shape = {0};
    const double units[] = {100, 100, 100.2, 100.2, 99.8, 100.3, 5000, 100, 5000, 200, 100, 200};
    double xy_m[12];
    all_to_metres(units, 6, xy_m);
    assert_int_equal(mvt_shape_line(&shape, tile, xy_m, 6), ERR_OK);
    const int32_t expected[] = {100, 100, 4160, 100, 4160, 200, 100, 200};
    same_vertices(&shape, expected, 4);
    assert_int_equal(shape.part_count, 2);
    mvt_shape_fini(&shape);
}

static void a_line_that_shrinks_to_a_dot_is_dropped(void **state) {
    (void)state;
    struct mvt_shape shape = {0};
    const double units[] = {100, 100, 100.2, 100.2};
    double xy_m[4];
    all_to_metres(units, 2, xy_m);
    assert_int_equal(mvt_shape_line(&shape, tile, xy_m, 2), ERR_OK);
    assert_int_equal(shape.part_count, 0);
    mvt_shape_fini(&shape);
}

static int64_t area_twice(const int32_t *xy, size_t count) {
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        size_t next = (i + 1) % count;
        sum += (int64_t)xy[2 * i] * xy[2 * next + 1] - (int64_t)xy[2 * next] * xy[2 * i + 1];
    }
    return sum;
}

static void rings_are_wound_by_what_they_are_whatever_they_were(void **state) {
    (void)state;
    const double ring[2][10] = {{0, 0, 100, 0, 100, 100, 0, 100, 0, 0},
                                {0, 0, 0, 100, 100, 100, 100, 0, 0, 0}};
    const double hole[2][10] = {{20, 20, 60, 20, 60, 60, 20, 60, 20, 20},
                                {20, 20, 20, 60, 60, 60, 60, 20, 20, 20}};
    const uint32_t rings[] = {5, 5};
    for (int i = 0; i < 4; i++) {
        struct mvt_shape shape = {0};
        double xy_m[20];
        all_to_metres(ring[i % 2], 5, xy_m);
        all_to_metres(hole[i / 2], 5, xy_m + 10);
        assert_int_equal(mvt_shape_polygon(&shape, tile, xy_m, rings, 2), ERR_OK);
        assert_int_equal(shape.part_count, 2);
        assert_int_equal(shape.part_vertices[0], 4);
        assert_int_equal(area_twice(shape.xy, 4), 2 * 100 * 100);
        assert_int_equal(area_twice(shape.xy + 8, 4), -2 * 40 * 40);
        mvt_shape_fini(&shape);
    }
}

/** A bow whose larger half is turned the other way round by rounding: the sign of the rounded ring
 *  counts, not that of the original. */
static void winding_is_that_of_the_rounded_ring(void **state) {
    (void)state;
    struct mvt_shape shape = {0};
    const double units[] = {0, 0, 10, 0.49, 10, 0.6, 0, 0.1, 0, 0};
    const uint32_t rings[] = {5};
    double xy_m[10];
    all_to_metres(units, 5, xy_m);
    assert_int_equal(mvt_shape_polygon(&shape, tile, xy_m, rings, 1), ERR_OK);
    assert_int_equal(shape.part_count, 1);
    assert_true(area_twice(shape.xy, shape.part_vertices[0]) > 0);
    mvt_shape_fini(&shape);
}

static void a_polygon_that_rounds_to_no_area_is_dropped_with_its_holes(void **state) {
    (void)state;
    struct mvt_shape shape = {0};
    const double units[] = {0, 0, 50, 0.1, 50, 0.4, 0, 0.3, 0, 0, //
                            1, 1, 9,  1,   9,  9,   1, 9,   1, 1};
    const uint32_t rings[] = {5, 5};
    double xy_m[20];
    all_to_metres(units, 10, xy_m);
    assert_int_equal(mvt_shape_polygon(&shape, tile, xy_m, rings, 2), ERR_OK);
    assert_int_equal(shape.part_count, 0);
    mvt_shape_fini(&shape);
}

static void a_polygon_around_the_tile_is_cut_to_the_margin(void **state) {
    (void)state;
    struct mvt_shape shape = {0};
    const double units[] = {-9000, -9000, 9000, -9000, 9000, 9000, -9000, 9000, -9000, -9000};
    const uint32_t rings[] = {5};
    double xy_m[10];
    all_to_metres(units, 5, xy_m);
    assert_int_equal(mvt_shape_polygon(&shape, tile, xy_m, rings, 1), ERR_OK);
    assert_int_equal(area_twice(shape.xy, shape.vertex_count), 2 * 4224 * 4224);
    mvt_shape_fini(&shape);
}

/** Writes the tile and reads it back. */
static void write_and_read(const struct mvt *mvt, struct arena *arena, struct mvt_read_tile *out) {
    struct buf bytes;
    buf_init(&bytes);
    assert_int_equal(mvt_write(mvt, &bytes), ERR_OK);
    char *copy = arena_strndup(arena, bytes.data, bytes.len);
    assert_true(mvt_read(copy, bytes.len, arena, out));
    buf_fini(&bytes);
}

static void keys_and_values_are_written_once(void **state) {
    (void)state;
    struct mvt *mvt;
    struct mvt_layer *layer;
    assert_int_equal(mvt_new(&mvt), ERR_OK);
    assert_int_equal(mvt_layer(mvt, "roads", &layer), ERR_OK);
    const int32_t xy[] = {1, 2};
    const uint32_t one = 1;
    for (int i = 0; i < 1000; i++) {
        struct mvt_property properties[] = {
            {"kind", {MVT_STRING, .string = {"residential", 11}}},
            {"rank", {MVT_INT, .i64 = i % 3}},
            // as a value of its own type, 1 is not the 1 above
            {"weight", {MVT_DOUBLE, .f64 = i % 3}},
        };
        struct mvt_feature feature = {.type = MVT_POINT,
                                      .xy = xy,
                                      .part_vertices = &one,
                                      .part_count = 1,
                                      .properties = properties,
                                      .property_count = 3};
        assert_int_equal(mvt_add(layer, &feature), ERR_OK);
    }
    struct buf bytes;
    buf_init(&bytes);
    assert_int_equal(mvt_write(mvt, &bytes), ERR_OK);
    size_t found = 0;
    for (size_t i = 0; i + 11 <= bytes.len; i++)
        found += memcmp(bytes.data + i, "residential", 11) == 0;
    assert_int_equal(found, 1);
    struct arena arena;
    arena_init(&arena);
    struct mvt_read_tile back;
    assert_true(mvt_read(bytes.data, bytes.len, &arena, &back));
    assert_int_equal(back.layers[0].feature_count, 1000);
    const struct mvt_feature *last = &back.layers[0].features[998];
    assert_int_equal(last->properties[1].value.type, MVT_INT);
    assert_int_equal(last->properties[1].value.i64, 2);
    assert_true(last->properties[2].value.f64 == 2);
    arena_fini(&arena);
    buf_fini(&bytes);
    mvt_free(mvt);
}

static void a_layer_asked_for_twice_is_one_layer(void **state) {
    (void)state;
    struct mvt *mvt;
    struct mvt_layer *first, *second, *other;
    assert_int_equal(mvt_new(&mvt), ERR_OK);
    assert_int_equal(mvt_layer(mvt, "water", &first), ERR_OK);
    assert_int_equal(mvt_layer(mvt, "roads", &other), ERR_OK);
    assert_int_equal(mvt_layer(mvt, "water", &second), ERR_OK);
    assert_ptr_equal(first, second);
    assert_ptr_not_equal(first, other);
    mvt_free(mvt);
}

static void layers_without_features_are_not_written(void **state) {
    (void)state;
    struct mvt *mvt;
    struct mvt_layer *layer;
    struct buf bytes;
    buf_init(&bytes);
    assert_int_equal(mvt_new(&mvt), ERR_OK);
    assert_int_equal(mvt_layer(mvt, "water", &layer), ERR_OK);
    assert_int_equal(mvt_write(mvt, &bytes), ERR_OK);
    assert_int_equal(bytes.len, 0);
    buf_fini(&bytes);
    mvt_free(mvt);
}

static void a_feature_too_small_for_its_type_is_refused(void **state) {
    (void)state;
    struct mvt *mvt;
    struct mvt_layer *layer;
    assert_int_equal(mvt_new(&mvt), ERR_OK);
    assert_int_equal(mvt_layer(mvt, "water", &layer), ERR_OK);
    const int32_t xy[] = {0, 0, 5, 5};
    const uint32_t counts[] = {2};
    struct mvt_feature feature = {.type = MVT_POLYGON, .xy = xy, .part_vertices = counts};
    assert_int_equal(mvt_add(layer, &feature), ERR_BAD_GEOMETRY);
    feature.part_count = 1;
    assert_int_equal(mvt_add(layer, &feature), ERR_BAD_GEOMETRY);
    feature.type = MVT_LINE;
    assert_int_equal(mvt_add(layer, &feature), ERR_OK);
    mvt_free(mvt);
}

/** A small generator, the same numbers every time (xorshift). */
static double next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (double)(*state >> 11) / 9007199254740992.0;
}

static void any_shape_becomes_a_valid_feature_or_none(void **state) {
    (void)state;
    uint64_t seed = 88172645463325252u;
    for (int round = 0; round < 3000; round++) {
        enum { N = 12 };
        double units[2 * N], xy_m[2 * N];
        double size = pow(10, 5 * next_random(&seed) - 1);
        for (size_t i = 0; i < 2 * N; i++)
            units[i] = 2000 + size * (next_random(&seed) - 0.5);
        units[2 * N - 2] = units[0];
        units[2 * N - 1] = units[1];
        all_to_metres(units, N, xy_m);
        struct mvt_shape shape = {0};
        const uint32_t rings[] = {N};
        bool line = round % 2 == 0;
        assert_int_equal(line ? mvt_shape_line(&shape, tile, xy_m, N)
                              : mvt_shape_polygon(&shape, tile, xy_m, rings, 1),
                         ERR_OK);
        struct mvt *mvt;
        struct mvt_layer *layer;
        assert_int_equal(mvt_new(&mvt), ERR_OK);
        assert_int_equal(mvt_layer(mvt, "any", &layer), ERR_OK);
        struct mvt_feature feature = {.type = line ? MVT_LINE : MVT_POLYGON,
                                      .xy = shape.xy,
                                      .part_vertices = shape.part_vertices,
                                      .part_count = shape.part_count};
        if (shape.part_count > 0) {
            struct arena arena;
            struct mvt_read_tile back;
            arena_init(&arena);
            assert_int_equal(mvt_add(layer, &feature), ERR_OK);
            write_and_read(mvt, &arena, &back);
            for (size_t i = 0; i < 2 * shape.vertex_count; i++)
                assert_in_range(shape.xy[i] + MVT_MARGIN, 0, MVT_EXTENT + 2 * MVT_MARGIN);
            arena_fini(&arena);
        }
        mvt_free(mvt);
        mvt_shape_fini(&shape);
    }
}

static char *read_fixture(const char *number, size_t *len) {
    char path[512];
    snprintf(path, sizeof path, FIXTURES "/%s/tile.mvt", number);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    char *bytes = malloc(1 << 20);
    *len = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return bytes;
}

/** Reads a fixture, writes what was read with our own writer, and reads that: both tell the same.
 */
static void fixture_survives(const char *number) {
    size_t len;
    char *bytes = read_fixture(number, &len);
    assert_non_null(bytes);
    struct arena arena;
    arena_init(&arena);
    struct mvt_read_tile fixture, ours;
    if (!mvt_read(bytes, len, &arena, &fixture))
        fail_msg("fixture %s is valid and was not read", number);
    struct mvt *mvt;
    assert_int_equal(mvt_new(&mvt), ERR_OK);
    for (size_t i = 0; i < fixture.layer_count; i++) {
        struct mvt_layer *layer;
        assert_int_equal(mvt_layer(mvt, fixture.layers[i].name, &layer), ERR_OK);
        for (size_t j = 0; j < fixture.layers[i].feature_count; j++)
            assert_int_equal(mvt_add(layer, &fixture.layers[i].features[j]), ERR_OK);
    }
    write_and_read(mvt, &arena, &ours);
    struct buf expected, got;
    buf_init(&expected);
    buf_init(&got);
    mvt_read_text(&fixture, &expected);
    mvt_read_text(&ours, &got);
    buf_char(&expected, '\0');
    buf_char(&got, '\0');
    assert_string_equal(got.data, expected.data);
    buf_fini(&expected);
    buf_fini(&got);
    mvt_free(mvt);
    arena_fini(&arena);
    free(bytes);
}

static void valid_fixtures_are_written_with_the_same_content(void **state) {
    (void)state;
    static const char *const valid[] = {"001", "002", "009", "017", "018", "019", "020", "021",
                                        "022", "027", "032", "033", "034", "035", "036", "037",
                                        "038", "043", "053", "054", "055", "056", "059", "060",
                                        "062", "063", "064", "065", "066", "067", "068", "069",
                                        "070", "071", "072", "073", "074", "075", "076", "077"};
    size_t len;
    char *there = read_fixture("002", &len);
    if (there == NULL)
        skip();
    free(there);
    for (size_t i = 0; i < sizeof valid / sizeof valid[0]; i++)
        fixture_survives(valid[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_beyond_the_margin_are_left_out),
        cmocka_unit_test(a_line_is_cut_at_the_margin_and_has_no_repeats),
        cmocka_unit_test(a_line_that_shrinks_to_a_dot_is_dropped),
        cmocka_unit_test(rings_are_wound_by_what_they_are_whatever_they_were),
        cmocka_unit_test(winding_is_that_of_the_rounded_ring),
        cmocka_unit_test(a_polygon_that_rounds_to_no_area_is_dropped_with_its_holes),
        cmocka_unit_test(a_polygon_around_the_tile_is_cut_to_the_margin),
        cmocka_unit_test(keys_and_values_are_written_once),
        cmocka_unit_test(a_layer_asked_for_twice_is_one_layer),
        cmocka_unit_test(layers_without_features_are_not_written),
        cmocka_unit_test(a_feature_too_small_for_its_type_is_refused),
        cmocka_unit_test(any_shape_becomes_a_valid_feature_or_none),
        cmocka_unit_test(valid_fixtures_are_written_with_the_same_content),
    };
    return cmocka_run_group_tests_name("mvt", tests, NULL, NULL);
}
