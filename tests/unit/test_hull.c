// SPDX-License-Identifier: AGPL-3.0-or-later
#include "geo/hull.h"

#include "test.h"

/* A polygon of one ring from `count` positions; the arrays are the caller's. */
static struct geometry ring_of(double *coords, uint32_t *counts, size_t count) {
    counts[0] = (uint32_t)count;
    counts[1] = 1;
    return (struct geometry){.type = GEOMETRY_POLYGON,
                             .vertex_count = count,
                             .coords = coords,
                             .part_count = 1,
                             .part_vertices = &counts[0],
                             .polygon_count = 1,
                             .polygon_rings = &counts[1]};
}

static void replace(struct geometry *geometry) {
    struct arena arena;
    arena_init(&arena);
    assert_true(hull_replace(geometry, &arena));
    arena_fini(&arena);
}

static void a_bow_tie_becomes_the_square_around_it(void **state) {
    (void)state;
    double coords[] = {0, 0, 1, 1, 1, 0, 0, 1, 0, 0};
    uint32_t counts[2];
    struct geometry geometry = ring_of(coords, counts, 5);
    replace(&geometry);
    const double square[] = {0, 0, 1, 0, 1, 1, 0, 1, 0, 0};
    assert_int_equal(geometry.type, GEOMETRY_POLYGON);
    assert_int_equal(geometry.vertex_count, 5);
    assert_int_equal(geometry.part_vertices[0], 5);
    assert_memory_equal(geometry.coords, square, sizeof square);
    assert_int_equal(geometry_check(&geometry, 10, NULL), ERR_OK);
}

static void what_lies_within_or_on_an_edge_goes(void **state) {
    (void)state;
    double coords[] = {0, 0, 1, 0, 2, 0, 1, 1, 2, 2, 0, 2, 0, 0};
    uint32_t counts[2];
    struct geometry geometry = ring_of(coords, counts, 7);
    replace(&geometry);
    assert_int_equal(geometry.vertex_count, 5);
}

static void holes_go(void **state) {
    (void)state;
    double coords[] = {0, 0, 4, 0, 4, 4, 0, 4, 0, 0, 1, 1, 1, 2, 2, 2, 1, 1};
    uint32_t counts[3] = {5, 4, 2};
    struct geometry geometry = {.type = GEOMETRY_POLYGON,
                                .vertex_count = 9,
                                .coords = coords,
                                .part_count = 2,
                                .part_vertices = counts,
                                .polygon_count = 1,
                                .polygon_rings = &counts[2]};
    replace(&geometry);
    assert_int_equal(geometry.vertex_count, 5);
    assert_int_equal(geometry.part_count, 1);
    assert_int_equal(geometry.polygon_rings[0], 1);
}

static void vertices_on_a_line_become_the_line_between_the_ends(void **state) {
    (void)state;
    double coords[] = {1, 1, 3, 3, 0, 0, 2, 2, 1, 1};
    uint32_t counts[2];
    struct geometry geometry = ring_of(coords, counts, 5);
    replace(&geometry);
    const double ends[] = {0, 0, 3, 3};
    assert_int_equal(geometry.type, GEOMETRY_LINE);
    assert_int_equal(geometry.vertex_count, 2);
    assert_memory_equal(geometry.coords, ends, sizeof ends);
}

static void a_single_place_becomes_a_point(void **state) {
    (void)state;
    double coords[] = {1, 2, 1, 2, 1, 2, 1, 2};
    uint32_t counts[2];
    struct geometry geometry = ring_of(coords, counts, 4);
    replace(&geometry);
    assert_int_equal(geometry.type, GEOMETRY_POINT);
    assert_int_equal(geometry.vertex_count, 1);
    assert_int_equal(geometry.part_count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bow_tie_becomes_the_square_around_it),
        cmocka_unit_test(what_lies_within_or_on_an_edge_goes),
        cmocka_unit_test(holes_go),
        cmocka_unit_test(vertices_on_a_line_become_the_line_between_the_ends),
        cmocka_unit_test(a_single_place_becomes_a_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
