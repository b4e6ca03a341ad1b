// SPDX-License-Identifier: AGPL-3.0-or-later
#include "heat.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { VALUES = HEAT_SIDE * HEAT_SIDE };

static struct heat_point point_at(double lon_deg, double lat_deg) {
    struct heat_point point = {.weight = 1};
    tile_from_degrees(lon_deg, lat_deg, &point.x_m, &point.y_m);
    return point;
}

static double *density(const struct heat_point *points, size_t count, double bandwidth_m,
                       struct tile tile) {
    double *values = calloc(VALUES, sizeof *values);
    assert_int_equal(heat_density(points, count, bandwidth_m, tile, values), ERR_OK);
    return values;
}

/** Contributions that a tile holds: its densities by the ground area of its pixels. */
static double mass(const double *values, struct tile tile) {
    struct tile_box box = tile_bounds(tile);
    double pixel_m = tile_pixel_m(tile.z), sum = 0;
    for (size_t row = 0; row < HEAT_SIDE; row++) {
        double scale = tile_scale_factor(box.max_y_m - ((double)row + 0.5) * pixel_m);
        double km2 = pixel_m / scale * pixel_m / scale / 1e6;
        for (size_t column = 0; column < HEAT_SIDE; column++)
            sum += values[row * HEAT_SIDE + column] * km2;
    }
    return sum;
}

static double mass_around(const struct heat_point *points, size_t count, double bandwidth_m,
                          unsigned z, uint32_t reach) {
    struct tile middle = tile_at(z, points[0].x_m, points[0].y_m);
    double sum = 0;
    for (uint32_t x = middle.x - reach; x <= middle.x + reach; x++) {
        for (uint32_t y = middle.y - reach; y <= middle.y + reach; y++) {
            struct tile tile = {z, x, y};
            double *values = density(points, count, bandwidth_m, tile);
            sum += mass(values, tile);
            free(values);
        }
    }
    return sum;
}

static void no_contribution_is_lost_or_invented_at_any_zoom(void **state) {
    (void)state;
    const struct heat_point points[] = {point_at(-30.2, 44.6), point_at(-30.199, 44.601),
                                        point_at(-30.21, 44.595)};
    for (unsigned z = 10; z <= 15; z++) {
        double sum = mass_around(points, 3, 150, z, 2);
        if (fabs(sum - 3) > 0.03)
            fail_msg("zoom %u holds %.4f contributions, not 3", z, sum);
    }
}

static void mercator_does_not_stretch_a_metre(void **state) {
    (void)state;
    const struct heat_point south = point_at(10, 1), north = point_at(10, 68);
    double low, high;
    assert_int_equal(heat_peak(&south, 1, 200, &low), ERR_OK);
    assert_int_equal(heat_peak(&north, 1, 200, &high), ERR_OK);
    // one contribution: 1 / (2 pi sigma^2)
    double expected = 1e6 / (2 * M_PI * 200 * 200);
    assert_true(fabs(low / expected - 1) < 0.02);
    assert_true(fabs(high / expected - 1) < 0.02);
}

static void the_highest_pixel_is_the_peak(void **state) {
    (void)state;
    struct heat_point points[40];
    for (size_t i = 0; i < 40; i++)
        points[i] = point_at(-30.2 + 0.0007 * (double)(i % 7), 44.6 + 0.0005 * (double)(i % 5));
    double peak, most = 0;
    assert_int_equal(heat_peak(points, 40, 150, &peak), ERR_OK);
    struct tile middle = tile_at(14, points[0].x_m, points[0].y_m);
    for (uint32_t x = middle.x - 1; x <= middle.x + 1; x++) {
        for (uint32_t y = middle.y - 1; y <= middle.y + 1; y++) {
            double *values = density(points, 40, 150, (struct tile){14, x, y});
            for (size_t i = 0; i < VALUES; i++)
                most = fmax(most, values[i]);
            free(values);
        }
    }
    if (fabs(peak / most - 1) > 0.02)
        fail_msg("peak %.2f, highest pixel %.2f", peak, most);
}

/** Neighbouring tiles at zoom z must show what one finer zoom and one coarser zoom show too. */
static void the_picture_stays_where_it_is_when_zoomed(void **state) {
    (void)state;
    const struct heat_point points[] = {point_at(-30.2, 44.6), point_at(-30.196, 44.6),
                                        point_at(-30.2, 44.604)};
    double peak;
    assert_int_equal(heat_peak(points, 3, 150, &peak), ERR_OK);
    for (unsigned z = 12; z <= 17; z++) {
        struct tile tile = tile_at(z, points[0].x_m, points[0].y_m);
        double *values = density(points, 3, 150, tile);
        struct tile parent = {z - 1, tile.x / 2, tile.y / 2};
        double *coarse = density(points, 3, 150, parent);
        size_t left = tile.x % 2 * HEAT_SIDE / 2, top = tile.y % 2 * HEAT_SIDE / 2;
        for (size_t row = 0; row < HEAT_SIDE; row += 2) {
            for (size_t column = 0; column < HEAT_SIDE; column += 2) {
                const double *fine = values + row * HEAT_SIDE + column;
                double four = (fine[0] + fine[1] + fine[HEAT_SIDE] + fine[HEAT_SIDE + 1]) / 4;
                double one = coarse[(top + row / 2) * HEAT_SIDE + left + column / 2];
                if (fabs(four - one) > 0.02 * peak)
                    fail_msg("zoom %u: %.3f, its parent: %.3f", z, four, one);
            }
        }
        free(values);
        free(coarse);
    }
}

/** The density's centre of mass in a tile is where the mark is, also where pixels lie between
 * cells. */
static void the_middle_of_the_picture_is_the_mark(void **state) {
    (void)state;
    for (unsigned z = 14; z <= 17; z++) {
        struct tile tile = tile_at(z, -3361848, 5558767);
        struct tile_box box = tile_bounds(tile);
        double side_m = box.max_x_m - box.min_x_m, x = 0, y = 0, sum = 0;
        const struct heat_point point = {box.min_x_m + 0.47 * side_m, box.max_y_m - 0.54 * side_m,
                                         1};
        double *values = density(&point, 1, 20, tile);
        for (size_t row = 0; row < HEAT_SIDE; row++) {
            for (size_t column = 0; column < HEAT_SIDE; column++) {
                double here = values[row * HEAT_SIDE + column];
                x += here * ((double)column + 0.5);
                y += here * ((double)row + 0.5);
                sum += here;
            }
        }
        double off_x_m = (x / sum / HEAT_SIDE - 0.47) * side_m;
        double off_y_m = (y / sum / HEAT_SIDE - 0.54) * side_m;
        if (fabs(off_x_m) > 0.3 || fabs(off_y_m) > 0.3)
            fail_msg("zoom %u: off by %.2f m, %.2f m", z, off_x_m, off_y_m);
        free(values);
    }
}

/** What a tile shows is the same to the bit when points lie beyond its border: here a far point
 * that makes the window of cells another one. */
static void tiles_agree_to_the_bit_whatever_the_window(void **state) {
    (void)state;
    struct heat_point points[] = {point_at(-30.2, 44.6), point_at(-30.197, 44.602),
                                  point_at(120, 80)};
    for (unsigned z = 11; z <= 18; z += 1) {
        struct tile tile = tile_at(z, points[0].x_m, points[0].y_m);
        double *alone = density(points, 2, 150, tile);
        double *wide = density(points, 3, 150, tile);
        assert_memory_equal(alone, wide, VALUES * sizeof *alone);
        free(alone);
        free(wide);
    }
}

/** The last column of a tile and the first of the next go on from each other: the step between them
 *  is no larger than steps inside. */
static void there_is_no_step_at_the_seam(void **state) {
    (void)state;
    for (unsigned z = 12; z <= 18; z++) {
        struct tile left = tile_at(z, -3e6, 5e6);
        struct tile_box box = tile_bounds(left);
        const struct heat_point point = {box.max_x_m + 17, (box.min_y_m + box.max_y_m) / 2, 1};
        double *a = density(&point, 1, 150, left);
        double *b = density(&point, 1, 150, (struct tile){z, left.x + 1, left.y});
        for (size_t row = 0; row < HEAT_SIDE; row++) {
            const double *end = a + row * HEAT_SIDE + HEAT_SIDE - 2, *start = b + row * HEAT_SIDE;
            double before = end[1] - end[0], across = start[0] - end[1],
                   after = start[1] - start[0];
            double low = fmin(before, after), high = fmax(before, after);
            double room = 0.6 * (high - low) + 1e-6;
            if (across < low - room || across > high + room)
                fail_msg("zoom %u row %zu: %.5f, %.5f, %.5f", z, row, before, across, after);
        }
        free(a);
        free(b);
    }
}

static void a_point_in_the_middle_gives_a_symmetric_picture(void **state) {
    (void)state;
    // the corner of four pixels in the middle of a tile at the equator
    struct tile tile = {15, 1 << 14, 1 << 14};
    struct tile_box box = tile_bounds(tile);
    struct heat_point point = {(box.min_x_m + box.max_x_m) / 2, (box.min_y_m + box.max_y_m) / 2, 1};
    double *values = density(&point, 1, 40, tile);
    double peak = values[(HEAT_SIDE / 2) * HEAT_SIDE + HEAT_SIDE / 2];
    for (size_t row = 0; row < HEAT_SIDE; row++) {
        for (size_t column = 0; column < HEAT_SIDE; column++) {
            double here = values[row * HEAT_SIDE + column];
            double mirrored = values[row * HEAT_SIDE + HEAT_SIDE - 1 - column];
            double turned = values[column * HEAT_SIDE + row];
            assert_true(fabs(here - mirrored) < 1e-9 * peak);
            assert_true(fabs(here - turned) < 1e-4 * peak);
        }
    }
    free(values);
}

static void the_farthest_zooms_and_widest_kernels_are_answered(void **state) {
    (void)state;
    const struct heat_point points[] = {
        point_at(179.9, 85), point_at(-179.9, -85), point_at(0, 0), {NAN, INFINITY, 1}};
    double *values = calloc(VALUES, sizeof *values);
    double peak;
    for (unsigned z = 0; z <= TILE_ZOOM_MAX; z += 8) {
        uint32_t last = ((uint32_t)1 << z) - 1;
        assert_int_equal(heat_density(points, 4, 1, (struct tile){z, last, 0}, values), ERR_OK);
        assert_int_equal(heat_density(points, 4, 1e6, (struct tile){z, 0, last}, values), ERR_OK);
    }
    assert_int_equal(heat_peak(points, 4, 1e6, &peak), ERR_OK);
    assert_true(isfinite(peak) && peak > 0);
    free(values);
}

static void a_wrong_bandwidth_or_tile_is_refused(void **state) {
    (void)state;
    double *values = calloc(VALUES, sizeof *values), peak;
    const struct tile world = {0, 0, 0};
    assert_int_equal(heat_density(NULL, 0, 0.5, world, values), ERR_BAD_PARAMETER);
    assert_int_equal(heat_density(NULL, 0, NAN, world, values), ERR_BAD_PARAMETER);
    assert_int_equal(heat_density(NULL, 0, 100, (struct tile){1, 2, 0}, values), ERR_BAD_PARAMETER);
    assert_int_equal(heat_peak(NULL, 0, 2e6, &peak), ERR_BAD_PARAMETER);
    assert_int_equal(heat_peak(NULL, 0, 100, &peak), ERR_OK);
    assert_true(peak == 0);
    free(values);
}

static void levels_rise_to_below_the_peak_in_readable_numbers(void **state) {
    (void)state;
    struct heat_levels levels = heat_levels_below(117.38, 5);
    assert_int_equal(levels.count, 5);
    const double expected[] = {10, 32, 53, 74, 96};
    for (size_t i = 0; i < 5; i++)
        assert_true(fabs(levels.from_per_km2[i] - expected[i]) < 1e-9);
    levels = heat_levels_below(0.00123, 3);
    assert_true(levels.from_per_km2[2] < 0.00123 && levels.from_per_km2[0] > 0);
    assert_int_equal(heat_levels_below(0, 5).count, 0);
}

static void each_density_gets_the_level_it_has_reached(void **state) {
    (void)state;
    double *values = calloc(VALUES, sizeof *values);
    uint8_t *indexes = calloc(VALUES, 1);
    const struct heat_levels levels = {3, {1, 2, 4}};
    values[1] = 0.99;
    values[2] = 1;
    values[3] = 3.9;
    values[4] = 1e9;
    heat_classify(values, &levels, indexes);
    const uint8_t expected[] = {0, 0, 1, 2, 3, 0};
    assert_memory_equal(indexes, expected, sizeof expected);
    free(indexes);
    free(values);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_contribution_is_lost_or_invented_at_any_zoom),
        cmocka_unit_test(mercator_does_not_stretch_a_metre),
        cmocka_unit_test(the_highest_pixel_is_the_peak),
        cmocka_unit_test(the_picture_stays_where_it_is_when_zoomed),
        cmocka_unit_test(the_middle_of_the_picture_is_the_mark),
        cmocka_unit_test(tiles_agree_to_the_bit_whatever_the_window),
        cmocka_unit_test(there_is_no_step_at_the_seam),
        cmocka_unit_test(a_point_in_the_middle_gives_a_symmetric_picture),
        cmocka_unit_test(the_farthest_zooms_and_widest_kernels_are_answered),
        cmocka_unit_test(a_wrong_bandwidth_or_tile_is_refused),
        cmocka_unit_test(levels_rise_to_below_the_peak_in_readable_numbers),
        cmocka_unit_test(each_density_gets_the_level_it_has_reached),
    };
    return cmocka_run_group_tests_name("heat", tests, NULL, NULL);
}
