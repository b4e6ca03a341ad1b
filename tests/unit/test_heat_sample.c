// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/heat_sample.h"

#include "test.h"
#include <math.h>

static struct heat_point *points_of(const struct buf *out, size_t *count) {
    *count = out->len / sizeof(struct heat_point);
    return (struct heat_point *)(void *)out->data;
}

static void weighs_one(const struct buf *out) {
    size_t count;
    struct heat_point *points = points_of(out, &count);
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += points[i].weight;
    assert_true(fabs(sum - 1) < 1e-9);
}

static void a_point_stands_for_itself(void **state) {
    (void)state;
    double at[2] = {4.35, 50.85};
    const struct geometry point = {.type = GEOMETRY_POINT, .vertex_count = 1, .coords = at};
    struct buf out;
    size_t count;
    buf_init(&out);
    heat_sample(&point, 50, &out);
    struct heat_point *points = points_of(&out, &count);
    double x_m, y_m;
    tile_from_degrees(at[0], at[1], &x_m, &y_m);
    assert_int_equal(count, 1);
    assert_true(points[0].x_m == x_m && points[0].y_m == y_m && points[0].weight == 1);
    buf_fini(&out);
}

static void a_line_is_sampled_at_even_steps_of_ground_metres(void **state) {
    (void)state;
    double coords[] = {4.35, 50.85, 4.35, 50.859}; // about 1,000 m
    uint32_t vertices = 2;
    const struct geometry line = {.type = GEOMETRY_LINE,
                                  .vertex_count = 2,
                                  .coords = coords,
                                  .part_count = 1,
                                  .part_vertices = &vertices};
    struct buf out;
    size_t count;
    buf_init(&out);
    heat_sample(&line, 100, &out);
    struct heat_point *points = points_of(&out, &count);
    assert_in_range(count, 10, 11);
    weighs_one(&out);
    double first = points[1].y_m - points[0].y_m,
           last = points[count - 1].y_m - points[count - 2].y_m;
    assert_true(fabs(first - last) < 1e-3);
    buf_fini(&out);
}

/* A square of about 1,000 m with a hole in its middle of half the width. */
static const double ring_coords[] = {
    4.350,   50.850,   4.3642,  50.850,   4.3642,  50.859,   4.350,   50.859,   4.350,   50.850,
    4.35355, 50.85225, 4.35355, 50.85675, 4.36065, 50.85675, 4.36065, 50.85225, 4.35355, 50.85225};

static struct geometry square_with_hole(double *coords, uint32_t *counts) {
    memcpy(coords, ring_coords, sizeof ring_coords);
    counts[0] = counts[1] = 5;
    counts[2] = 2;
    return (struct geometry){.type = GEOMETRY_POLYGON,
                             .vertex_count = 10,
                             .coords = coords,
                             .part_count = 2,
                             .part_vertices = counts,
                             .polygon_count = 1,
                             .polygon_rings = &counts[2]};
}

static void an_area_is_filled_but_for_its_holes(void **state) {
    (void)state;
    double coords[20];
    uint32_t counts[3];
    const struct geometry area = square_with_hole(coords, counts);
    struct buf out;
    size_t count;
    buf_init(&out);
    heat_sample(&area, 100, &out);
    struct heat_point *points = points_of(&out, &count);
    assert_in_range(count, 65, 90); // 100 cells, a quarter of them in the hole
    weighs_one(&out);
    for (size_t i = 0; i < count; i++) {
        double lon, lat;
        tile_to_degrees(points[i].x_m, points[i].y_m, &lon, &lat);
        assert_true(lon > 4.350 && lon < 4.3642 && lat > 50.850 && lat < 50.859);
        assert_false(lon > 4.3536 && lon < 4.3606 && lat > 50.8523 && lat < 50.8567);
    }
    buf_fini(&out);
}

static void a_large_shape_needs_no_more_samples_than_the_limit(void **state) {
    (void)state;
    double coords[] = {-10, -60, 10, -60, 10, 60, -10, 60, -10, -60};
    uint32_t counts[2] = {5, 1};
    const struct geometry area = {.type = GEOMETRY_POLYGON,
                                  .vertex_count = 5,
                                  .coords = coords,
                                  .part_count = 1,
                                  .part_vertices = &counts[0],
                                  .polygon_count = 1,
                                  .polygon_rings = &counts[1]};
    struct buf out;
    size_t count;
    buf_init(&out);
    heat_sample(&area, 25, &out);
    points_of(&out, &count);
    assert_in_range(count, 100, 2 * HEAT_SAMPLES_MAX);
    weighs_one(&out);
    buf_fini(&out);
}

static void an_area_smaller_than_a_step_is_a_point_within(void **state) {
    (void)state;
    double coords[] = {4.35, 50.85, 4.3501, 50.85, 4.3501, 50.8501, 4.35, 50.85};
    uint32_t counts[2] = {4, 1};
    const struct geometry area = {.type = GEOMETRY_POLYGON,
                                  .vertex_count = 4,
                                  .coords = coords,
                                  .part_count = 1,
                                  .part_vertices = &counts[0],
                                  .polygon_count = 1,
                                  .polygon_rings = &counts[1]};
    struct buf out;
    size_t count;
    buf_init(&out);
    heat_sample(&area, 500, &out);
    points_of(&out, &count);
    assert_int_equal(count, 1);
    weighs_one(&out);
    buf_fini(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_point_stands_for_itself),
        cmocka_unit_test(a_line_is_sampled_at_even_steps_of_ground_metres),
        cmocka_unit_test(an_area_is_filled_but_for_its_holes),
        cmocka_unit_test(a_large_shape_needs_no_more_samples_than_the_limit),
        cmocka_unit_test(an_area_smaller_than_a_step_is_a_point_within),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
