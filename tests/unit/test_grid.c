// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "geo/grid.h"
#include <math.h>

static const double precisions_m[] = {0, 25, 50, 100, 250};

static double random_between(double low, double high) {
    return low + (high - low) * (double)rand() / RAND_MAX;
}

static void snapping_a_snapped_position_gives_it_again(void **state) {
    (void)state;
    srand(7);
    static const double edges[][2] = {{180, 90},    {-180, -90},           {0, 0},
                                      {-0.0, -0.0}, {179.99999, 89.99999}, {-180, 90},
                                      {180, -90},   {4.35, 89.9},          {1e-9, -1e-9}};
    for (size_t p = 0; p < COUNT_OF(precisions_m); p++)
        for (size_t i = 0; i < 100000 + COUNT_OF(edges); i++) {
            bool edge = i < COUNT_OF(edges);
            double lon = edge ? edges[i][0] : random_between(-180, 180);
            double lat = edge ? edges[i][1] : random_between(-90, 90);
            grid_snap(precisions_m[p], &lon, &lat);
            assert_true(fabs(lon) <= 180 && fabs(lat) <= 90);
            double again_lon = lon, again_lat = lat;
            grid_snap(precisions_m[p], &again_lon, &again_lat);
            assert_true(again_lon == lon && again_lat == lat);
        }
}

static void a_position_moves_less_than_a_cell(void **state) {
    (void)state;
    srand(8);
    for (size_t p = 1; p < COUNT_OF(precisions_m); p++)
        for (int i = 0; i < 20000; i++) {
            double lon = random_between(-180, 180), lat = random_between(-85, 85);
            double snapped_lon = lon, snapped_lat = lat;
            grid_snap(precisions_m[p], &snapped_lon, &snapped_lat);
            double metres = hypot((snapped_lat - lat) * 111320,
                                  (snapped_lon - lon) * 111320 * cos(lat * M_PI / 180));
            assert_true(metres <= precisions_m[p] * 0.72);
        }
}

static void positions_of_one_cell_become_one_position(void **state) {
    (void)state;
    double a[2] = {4.351700, 50.846500}, b[2] = {a[0], a[1]};
    grid_snap(250, &a[0], &a[1]);
    b[0] = a[0] + 0.0009;
    b[1] = a[1] - 0.0009;
    grid_snap(250, &b[0], &b[1]);
    assert_true(a[0] == b[0] && a[1] == b[1]);
}

static void a_worked_example_pins_the_formula(void **state) {
    (void)state;
    double lon = 4.3517, lat = 50.8466;
    grid_snap(50, &lon, &lat);
    assert_true(lon == 4.3517654 && lat == 50.8464337);
}

static void exact_precision_only_rounds_to_a_centimetre(void **state) {
    (void)state;
    double lon = 4.35170000049, lat = -50.84659999951;
    grid_snap(0, &lon, &lat);
    assert_true(lon == 4.3517 && lat == -50.8466);
}

static struct geometry line(double *coords, uint32_t *parts, size_t n) {
    parts[0] = (uint32_t)n;
    return (struct geometry){.type = GEOMETRY_LINE,
                             .vertex_count = n,
                             .coords = coords,
                             .part_count = 1,
                             .part_vertices = parts};
}

static void repeats_that_arise_in_a_line_are_dropped(void **state) {
    (void)state;
    double coords[] = {4.35, 50.85, 4.35001, 50.85001, 4.36, 50.86, 4.37, 50.87};
    uint32_t parts[1];
    struct geometry walk = line(coords, parts, 4);
    grid_snap_geometry(250, &walk);
    assert_int_equal(walk.type, GEOMETRY_LINE);
    assert_int_equal(walk.vertex_count, 3);
    assert_int_equal(walk.part_vertices[0], 3);
    struct fault fault;
    assert_int_equal(geometry_check(&walk, 10, &fault), ERR_OK);
}

static void a_line_within_one_cell_becomes_the_point_of_the_cell(void **state) {
    (void)state;
    double coords[] = {4.35, 50.85, 4.35001, 50.85001};
    uint32_t parts[1];
    struct geometry walk = line(coords, parts, 2);
    grid_snap_geometry(250, &walk);
    assert_int_equal(walk.type, GEOMETRY_POINT);
    assert_int_equal(walk.vertex_count, 1);
    double lon = 4.35, lat = 50.85;
    grid_snap(250, &lon, &lat);
    assert_true(walk.coords[0] == lon && walk.coords[1] == lat);
}

static void a_sliver_that_loses_its_area_becomes_a_point(void **state) {
    (void)state;
    double coords[] = {4.35, 50.85, 4.36, 50.85, 4.36, 50.85001, 4.35, 50.85001, 4.35, 50.85};
    uint32_t parts[] = {5}, rings[] = {1};
    struct geometry area = {.type = GEOMETRY_POLYGON,
                            .vertex_count = 5,
                            .coords = coords,
                            .part_count = 1,
                            .part_vertices = parts,
                            .polygon_count = 1,
                            .polygon_rings = rings};
    grid_snap_geometry(250, &area);
    assert_int_equal(area.type, GEOMETRY_POINT);
}

static void a_small_hole_goes_and_the_area_stays(void **state) {
    (void)state;
    double coords[] = {4.35,  50.85, 4.37,  50.85,  4.37,  50.87,  4.35,    50.87, 4.35,
                       50.85, 4.36,  50.86, 4.3601, 50.86, 4.3601, 50.8601, 4.36,  50.86};
    uint32_t parts[] = {5, 4}, rings[] = {2};
    struct geometry area = {.type = GEOMETRY_POLYGON,
                            .vertex_count = 9,
                            .coords = coords,
                            .part_count = 2,
                            .part_vertices = parts,
                            .polygon_count = 1,
                            .polygon_rings = rings};
    grid_snap_geometry(250, &area);
    assert_int_equal(area.type, GEOMETRY_POLYGON);
    assert_int_equal(area.part_count, 1);
    assert_int_equal(area.polygon_rings[0], 1);
    assert_int_equal(area.vertex_count, 5);
    assert_int_equal(geometry_check(&area, 10, NULL), ERR_OK);
}

static void the_small_one_of_two_areas_goes(void **state) {
    (void)state;
    double coords[] = {4.35, 50.85, 4.3501, 50.85, 4.3501, 50.8501, 4.35, 50.85,
                       4.40, 50.85, 4.42,   50.85, 4.42,   50.87,   4.40, 50.85};
    uint32_t parts[] = {4, 4}, rings[] = {1, 1};
    struct geometry areas = {.type = GEOMETRY_MULTI_POLYGON,
                             .vertex_count = 8,
                             .coords = coords,
                             .part_count = 2,
                             .part_vertices = parts,
                             .polygon_count = 2,
                             .polygon_rings = rings};
    grid_snap_geometry(250, &areas);
    assert_int_equal(areas.polygon_count, 1);
    assert_int_equal(areas.vertex_count, 4);
    assert_true(areas.coords[0] > 4.39);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(snapping_a_snapped_position_gives_it_again),
        cmocka_unit_test(a_position_moves_less_than_a_cell),
        cmocka_unit_test(positions_of_one_cell_become_one_position),
        cmocka_unit_test(a_worked_example_pins_the_formula),
        cmocka_unit_test(exact_precision_only_rounds_to_a_centimetre),
        cmocka_unit_test(repeats_that_arise_in_a_line_are_dropped),
        cmocka_unit_test(a_line_within_one_cell_becomes_the_point_of_the_cell),
        cmocka_unit_test(a_sliver_that_loses_its_area_becomes_a_point),
        cmocka_unit_test(a_small_hole_goes_and_the_area_stays),
        cmocka_unit_test(the_small_one_of_two_areas_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
