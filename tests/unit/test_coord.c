// SPDX-License-Identifier: AGPL-3.0-or-later
#include "coord.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.9f is not %.9f", value, expected);
}

static void the_world_is_one_tile_at_zoom_0(void **state) {
    (void)state;
    struct tile_box box = tile_bounds((struct tile){0, 0, 0});
    near(box.min_x_m, -TILE_HALF_WORLD_M, 1e-6);
    near(box.max_y_m, TILE_HALF_WORLD_M, 1e-6);
    near(box.max_x_m, TILE_HALF_WORLD_M, 1e-6);
}

static void rows_count_from_the_north(void **state) {
    (void)state;
    struct tile_box north = tile_bounds((struct tile){1, 0, 0});
    near(north.min_y_m, 0, 1e-6);
    near(north.max_x_m, 0, 1e-6);
}

static void indexes_outside_the_zoom_are_refused(void **state) {
    (void)state;
    assert_true(tile_valid(0, 0, 0));
    assert_true(tile_valid(24, 16777215, 16777215));
    assert_false(tile_valid(0, 1, 0));
    assert_false(tile_valid(3, 7, 8));
    assert_false(tile_valid(3, -1, 0));
    assert_false(tile_valid(-1, 0, 0));
    assert_false(tile_valid(25, 0, 0));
    assert_false(tile_valid(INT64_MAX, INT64_MAX, INT64_MAX));
    assert_false(tile_valid(24, INT64_MAX, INT64_MIN));
}

static void flipping_a_row_twice_gives_it_again(void **state) {
    (void)state;
    assert_int_equal(tile_flip(0, 0), 0);
    assert_int_equal(tile_flip(3, 0), 7);
    assert_int_equal(tile_flip(14, tile_flip(14, 5411)), 5411);
}

static void the_tile_of_a_known_place_is_known(void **state) {
    (void)state;
    double x_m, y_m;
    tile_from_degrees(4.3517, 50.8466, &x_m, &y_m);
    struct tile tile = tile_at(14, x_m, y_m);
    assert_int_equal(tile.x, 8390);
    assert_int_equal(tile.y, 5496);
}

static void positions_off_the_square_get_the_nearest_tile(void **state) {
    (void)state;
    struct tile tile = tile_at(4, 1e30, -1e30);
    assert_int_equal(tile.x, 15);
    assert_int_equal(tile.y, 15);
    tile = tile_at(4, -1e30, NAN);
    assert_int_equal(tile.x, 0);
    assert_int_equal(tile.y, 0);
}

static void degrees_survive_the_way_there_and_back(void **state) {
    (void)state;
    for (double lat_deg = -85; lat_deg <= 85; lat_deg += 17) {
        double x_m, y_m, lon_deg, lat_again_deg;
        tile_from_degrees(-30.2, lat_deg, &x_m, &y_m);
        tile_to_degrees(x_m, y_m, &lon_deg, &lat_again_deg);
        near(lon_deg, -30.2, 1e-9);
        near(lat_again_deg, lat_deg, 1e-9);
    }
}

static void a_ground_metre_measures_two_at_60_degrees(void **state) {
    (void)state;
    double x_m, y_m;
    tile_from_degrees(0, 60, &x_m, &y_m);
    near(tile_scale_factor(y_m), 2, 1e-9);
    near(tile_scale_factor(0), 1, 1e-12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_world_is_one_tile_at_zoom_0),
        cmocka_unit_test(rows_count_from_the_north),
        cmocka_unit_test(indexes_outside_the_zoom_are_refused),
        cmocka_unit_test(flipping_a_row_twice_gives_it_again),
        cmocka_unit_test(the_tile_of_a_known_place_is_known),
        cmocka_unit_test(positions_off_the_square_get_the_nearest_tile),
        cmocka_unit_test(degrees_survive_the_way_there_and_back),
        cmocka_unit_test(a_ground_metre_measures_two_at_60_degrees),
    };
    return cmocka_run_group_tests_name("coord", tests, NULL, NULL);
}
