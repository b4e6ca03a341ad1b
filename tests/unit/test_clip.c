// SPDX-License-Identifier: AGPL-3.0-or-later
#include "clip.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const struct clip_box box = {0, 0, 10, 10};

static void same(const struct clip_parts *parts, const double *expected, size_t count) {
    assert_int_equal(parts->vertex_count, count);
    for (size_t i = 0; i < 2 * count; i++) {
        if (fabs(parts->xy[i] - expected[i]) > 1e-12)
            fail_msg("number %zu is %g, not %g", i, parts->xy[i], expected[i]);
    }
}

static void a_line_inside_stays_as_it_is(void **state) {
    (void)state;
    struct clip_parts parts = {0};
    const double line[] = {1, 1, 5, 9, 9, 1};
    assert_int_equal(clip_line(&box, line, 3, &parts), ERR_OK);
    assert_int_equal(parts.part_count, 1);
    same(&parts, line, 3);
    clip_parts_fini(&parts);
}

static void a_line_that_leaves_and_returns_becomes_two(void **state) {
    (void)state;
    struct clip_parts parts = {0};
    const double line[] = {5, 5, 15, 5, 15, 8, 5, 8};
    const double expected[] = {5, 5, 10, 5, 10, 8, 5, 8};
    assert_int_equal(clip_line(&box, line, 4, &parts), ERR_OK);
    assert_int_equal(parts.part_count, 2);
    assert_int_equal(parts.part_vertices[0], 2);
    assert_int_equal(parts.part_vertices[1], 2);
    same(&parts, expected, 4);
    clip_parts_fini(&parts);
}

static void a_line_that_leaves_from_the_border_is_not_joined_over_it(void **state) {
    (void)state;
    struct clip_parts parts = {0};
    const double line[] = {5, 5, 10, 5, 15, 5, 15, 8, 10, 8, 5, 8};
    const double expected[] = {5, 5, 10, 5, 10, 8, 5, 8};
    assert_int_equal(clip_line(&box, line, 6, &parts), ERR_OK);
    assert_int_equal(parts.part_count, 2);
    same(&parts, expected, 4);
    clip_parts_fini(&parts);
}

static void a_segment_through_the_whole_box_is_cut_at_both_sides(void **state) {
    (void)state;
    struct clip_parts parts = {0};
    const double line[] = {-5, -5, 15, 15};
    const double expected[] = {0, 0, 10, 10};
    assert_int_equal(clip_line(&box, line, 2, &parts), ERR_OK);
    same(&parts, expected, 2);
    clip_parts_fini(&parts);
}

static void a_line_that_misses_the_box_leaves_nothing(void **state) {
    (void)state;
    struct clip_parts parts = {0};
    const double past[] = {-5, 4, 4, 15, 30, 30};
    const double corner[] = {-5, 5, 5, -5};
    assert_int_equal(clip_line(&box, past, 3, &parts), ERR_OK);
    assert_int_equal(clip_line(&box, corner, 2, &parts), ERR_OK);
    assert_int_equal(parts.part_count, 0);
    clip_parts_fini(&parts);
}

static double area(const double *xy, size_t count) {
    double sum = 0;
    for (size_t i = 1; i < count; i++)
        sum += xy[2 * i - 2] * xy[2 * i + 1] - xy[2 * i] * xy[2 * i - 1];
    return fabs(sum) / 2;
}

static void a_ring_around_the_box_becomes_the_box(void **state) {
    (void)state;
    struct clip_parts parts = {0};
    const double ring[] = {-50, -50, 60, -50, 60, 60, -50, 60, -50, -50};
    assert_int_equal(clip_ring(&box, ring, 5, &parts), ERR_OK);
    assert_int_equal(parts.part_count, 1);
    assert_true(fabs(area(parts.xy, parts.vertex_count) - 100) < 1e-9);
    clip_parts_fini(&parts);
}

static void a_ring_over_a_corner_keeps_the_common_area_and_stays_closed(void **state) {
    (void)state;
    struct clip_parts parts = {0};
    const double ring[] = {5, 5, 20, 5, 20, 20, 5, 20, 5, 5};
    assert_int_equal(clip_ring(&box, ring, 5, &parts), ERR_OK);
    assert_true(fabs(area(parts.xy, parts.vertex_count) - 25) < 1e-9);
    size_t last = 2 * (parts.vertex_count - 1);
    assert_true(parts.xy[0] == parts.xy[last] && parts.xy[1] == parts.xy[last + 1]);
    clip_parts_fini(&parts);
}

static void nothing_of_a_ring_is_left_beyond_the_border(void **state) {
    (void)state;
    struct clip_parts parts = {0};
    const double ring[] = {-0.5, 2, 5, -0.25, 10.5, 3, 7, 10.125, -0.5, 2};
    assert_int_equal(clip_ring(&box, ring, 5, &parts), ERR_OK);
    assert_true(parts.vertex_count > 5);
    for (size_t i = 0; i < 2 * parts.vertex_count; i++)
        assert_true(parts.xy[i] >= 0 && parts.xy[i] <= 10);
    clip_parts_fini(&parts);
}

static void a_ring_outside_leaves_nothing(void **state) {
    (void)state;
    struct clip_parts parts = {0};
    const double ring[] = {15, 0, 25, 0, 25, 10, 15, 0};
    assert_int_equal(clip_ring(&box, ring, 4, &parts), ERR_OK);
    assert_int_equal(parts.part_count, 0);
    clip_parts_fini(&parts);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_inside_stays_as_it_is),
        cmocka_unit_test(a_line_that_leaves_and_returns_becomes_two),
        cmocka_unit_test(a_line_that_leaves_from_the_border_is_not_joined_over_it),
        cmocka_unit_test(a_segment_through_the_whole_box_is_cut_at_both_sides),
        cmocka_unit_test(a_line_that_misses_the_box_leaves_nothing),
        cmocka_unit_test(a_ring_around_the_box_becomes_the_box),
        cmocka_unit_test(a_ring_over_a_corner_keeps_the_common_area_and_stays_closed),
        cmocka_unit_test(nothing_of_a_ring_is_left_beyond_the_border),
        cmocka_unit_test(a_ring_outside_leaves_nothing),
    };
    return cmocka_run_group_tests_name("clip", tests, NULL, NULL);
}
