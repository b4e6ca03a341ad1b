// SPDX-License-Identifier: AGPL-3.0-or-later
// Geometries are written in cells of the grid, with fractions, and taken to degrees and back.
#include "test.h"
#include "geo/equal_area.h"
#include <math.h>

enum { MAX_CELLS = 5000, RING_MAX = 64 };
// a town in the middle of EPSG:3035, in cells of 250 m
static const double origin[2] = {15000, 12000};

static struct crs *crs;
static struct arena arena;

static int open_crs(void **state) {
    (void)state;
    arena_init(&arena);
    return crs_open(&crs) == ERR_OK ? 0 : -1;
}

static int close_crs(void **state) {
    (void)state;
    crs_close(crs);
    arena_fini(&arena);
    return 0;
}

static double random_between(double low, double high) {
    return low + (high - low) * (double)rand() / RAND_MAX;
}

/* Moves positions from cells to degrees. */
static void to_degrees(double *xy, size_t count) {
    for (size_t i = 0; i < 2 * count; i++)
        xy[i] = (xy[i] + origin[i % 2]) * 250;
    assert_int_equal(crs_transform(crs, "EPSG:3035", "EPSG:4326", xy, count, NULL), ERR_OK);
}

static size_t cells_of(struct geometry *geometry, struct cell **out) {
    size_t count;
    to_degrees(geometry->coords, geometry->vertex_count);
    assert_int_equal(equal_area_cells(crs, 3035, 250, geometry, MAX_CELLS, &arena, out, &count),
                     ERR_OK);
    for (size_t i = 0; i < count; i++) {
        (*out)[i].column -= (int32_t)origin[0];
        (*out)[i].row -= (int32_t)origin[1];
    }
    for (size_t i = 1; i < count; i++) {
        const struct cell *a = &(*out)[i - 1], *b = &(*out)[i];
        assert_true(a->row < b->row || (a->row == b->row && a->column < b->column));
    }
    return count;
}

static bool among(const struct cell *cells, size_t count, double column, double row) {
    for (size_t i = 0; i < count; i++)
        if (cells[i].column == column && cells[i].row == row)
            return true;
    return false;
}

static void expect_cells(struct geometry geometry, const struct cell *expected, size_t count) {
    struct cell *cells;
    size_t found = cells_of(&geometry, &cells);
    assert_int_equal(found, count);
    for (size_t i = 0; i < count; i++)
        assert_true(among(cells, found, expected[i].column, expected[i].row));
}

static struct geometry line(double *xy, uint32_t *count) {
    return (struct geometry){.type = GEOMETRY_LINE, .vertex_count = *count, .coords = xy,
                             .part_count = 1, .part_vertices = count};
}

static void europe_has_its_own_crs(void **state) {
    (void)state;
    static const struct {
        struct bbox box;
        int epsg;
    } rows[] = {
        {{4.2, 50.7, 4.5, 51.0}, 3035},   {{8.4, 47.3, 8.6, 47.5}, 3035},
        {{-25.7, 37.7, -25.6, 37.8}, 3035}, {{24, 35.2, 25, 35.4}, 3035},
        {{15, 78, 16, 78.5}, 3035},       {{-73.7, 45.4, -73.5, 45.6}, 6933},
        {{36.7, -1.4, 37, -1.2}, 6933},   {{31.1, 29.9, 31.4, 30.2}, 6933},
        {{69.1, 41.2, 69.4, 41.4}, 6933}, {{178, 40, -178, 41}, 6933},
        {{170, 60, -100, 62}, 6933},      {{100, 50, -80, 52}, 6933},
        {{160, 50, 140, 52}, 3035}, // all round the Earth, its middle at 30 W
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_int_equal(equal_area_epsg(&rows[i].box), rows[i].epsg);
    assert_string_equal(equal_area_name(3035), "EPSG:3035");
    assert_string_equal(equal_area_name(6933), "EPSG:6933");
}

static void a_point_lies_in_the_cell_that_surveyors_say(void **state) {
    (void)state;
    // EPSG:3035 has its origin at 10 E 52 N with 4321000, 3210000 added
    double at[2] = {10.0001, 52.0001};
    const struct geometry point = {.type = GEOMETRY_POINT, .vertex_count = 1, .coords = at};
    struct cell *cells;
    size_t count;
    assert_int_equal(equal_area_cells(crs, 3035, 500, &point, 1, &arena, &cells, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_int_equal(cells[0].column, 8642);
    assert_int_equal(cells[0].row, 6420);
    // EPSG:6933 has it at 0, 0: the cell to the south-west of it
    at[0] = at[1] = -0.0001;
    assert_int_equal(equal_area_cells(crs, 6933, 250, &point, 1, &arena, &cells, &count), ERR_OK);
    assert_int_equal(cells[0].column, -1);
    assert_int_equal(cells[0].row, -1);
    assert_true(point.coords == at && at[0] == -0.0001); // what is given stays as it is
}

static void points_of_a_kind_count_once(void **state) {
    (void)state;
    double xy[] = {0.5, 0.5, 3.2, 1.1, 0.9, 0.1, 3.3, 1.2};
    expect_cells((struct geometry){.type = GEOMETRY_MULTI_POINT, .vertex_count = 4, .coords = xy},
                 (struct cell[]){{0, 0}, {3, 1}}, 2);
}

static void a_line_touches_the_cells_it_passes(void **state) {
    (void)state;
    static const struct {
        double from[2], to[2];
        size_t count;
        struct cell cells[8];
    } rows[] = {
        {{0.5, 0.5}, {0.6, 0.7}, 1, {{0, 0}}},
        {{0.5, 0.5}, {3.5, 0.5}, 4, {{0, 0}, {1, 0}, {2, 0}, {3, 0}}},
        {{0.5, 2.5}, {0.5, -0.5}, 4, {{0, 2}, {0, 1}, {0, 0}, {0, -1}}},
        {{0.2, 0.5}, {2.2, 1.5}, 4, {{0, 0}, {1, 0}, {1, 1}, {2, 1}}},
        {{2.2, 1.5}, {0.2, 0.5}, 4, {{0, 0}, {1, 0}, {1, 1}, {2, 1}}},
        {{0.5, 1.5}, {-1.5, 0.4}, 4, {{0, 1}, {-1, 1}, {-1, 0}, {-2, 0}}},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        double xy[] = {rows[i].from[0], rows[i].from[1], rows[i].to[0], rows[i].to[1]};
        uint32_t count = 2;
        expect_cells(line(xy, &count), rows[i].cells, rows[i].count);
    }
}

/* How far a cell is from a segment, by the nearest of many points of it. */
static double distance(const struct cell *cell, const double *a, const double *b) {
    double least = INFINITY;
    for (int i = 0; i <= 4000; i++) {
        double x = a[0] + (b[0] - a[0]) * i / 4000, y = a[1] + (b[1] - a[1]) * i / 4000;
        double dx = fmax(fmax(cell->column - x, x - cell->column - 1), 0);
        double dy = fmax(fmax(cell->row - y, y - cell->row - 1), 0);
        least = fmin(least, hypot(dx, dy));
    }
    return least;
}

static void any_line_touches_the_cells_that_its_points_lie_in(void **state) {
    (void)state;
    srand(3);
    for (int world = 0; world < 300; world++) {
        double a[2] = {random_between(-8, 8), random_between(-8, 8)};
        double b[2] = {random_between(-8, 8), random_between(-8, 8)};
        double xy[] = {a[0], a[1], b[0], b[1]};
        uint32_t two = 2;
        struct geometry geometry = line(xy, &two);
        struct cell *cells;
        size_t count = cells_of(&geometry, &cells);
        for (int i = 0; i <= 1000; i++) {
            double x = a[0] + (b[0] - a[0]) * i / 1000, y = a[1] + (b[1] - a[1]) * i / 1000;
            // what rounding may put on the other side of a border is no evidence
            if (fabs(x - round(x)) > 1e-6 && fabs(y - round(y)) > 1e-6)
                assert_true(among(cells, count, floor(x), floor(y)));
        }
        for (size_t i = 0; i < count; i++)
            assert_true(distance(&cells[i], a, b) < 0.01);
        arena_reset(&arena);
    }
}

static void the_lines_of_a_kind_are_not_joined(void **state) {
    (void)state;
    double xy[] = {0.5, 0.5, 1.5, 0.5, 5.5, 0.5, 5.5, 1.5};
    uint32_t counts[] = {2, 2};
    expect_cells((struct geometry){.type = GEOMETRY_MULTI_LINE, .vertex_count = 4, .coords = xy,
                                   .part_count = 2, .part_vertices = counts},
                 (struct cell[]){{0, 0}, {1, 0}, {5, 0}, {5, 1}}, 4);
}

static void an_area_touches_what_it_covers_and_not_its_hole(void **state) {
    (void)state;
    double xy[] = {0.5, 0.5, 4.5, 0.5, 4.5, 3.5, 0.5, 3.5, 0.5, 0.5,
                   1.9, 0.9, 1.9, 3.1, 3.1, 3.1, 3.1, 0.9, 1.9, 0.9};
    uint32_t counts[] = {5, 5}, rings = 2;
    struct cell expected[20];
    size_t count = 0;
    for (int row = 0; row < 4; row++)
        for (int column = 0; column < 5; column++)
            if (column != 2 || row == 0 || row == 3)
                expected[count++] = (struct cell){column, row};
    expect_cells((struct geometry){.type = GEOMETRY_POLYGON, .vertex_count = 10, .coords = xy,
                                   .part_count = 2, .part_vertices = counts,
                                   .polygon_count = 1, .polygon_rings = &rings},
                 expected, count);
}

static void an_area_within_a_cell_touches_it(void **state) {
    (void)state;
    double xy[] = {0.6, 0.6, 0.8, 0.6, 0.7, 0.9, 0.6, 0.6};
    uint32_t count = 4, rings = 1;
    expect_cells((struct geometry){.type = GEOMETRY_POLYGON, .vertex_count = 4, .coords = xy,
                                   .part_count = 1, .part_vertices = &count,
                                   .polygon_count = 1, .polygon_rings = &rings},
                 (struct cell[]){{0, 0}}, 1);
}

static void areas_of_a_kind_are_united_even_where_they_overlap(void **state) {
    (void)state;
    double xy[] = {0.1, 0.1, 2.9, 0.1, 2.9, 2.9, 0.1, 2.9, 0.1, 0.1,
                   1.1, 1.1, 3.9, 1.1, 3.9, 1.9, 1.1, 1.9, 1.1, 1.1};
    uint32_t counts[] = {5, 5}, rings[] = {1, 1};
    struct cell expected[10] = {{3, 1}};
    for (int i = 0; i < 9; i++)
        expected[i + 1] = (struct cell){i % 3, i / 3};
    expect_cells((struct geometry){.type = GEOMETRY_MULTI_POLYGON, .vertex_count = 10, .coords = xy,
                                   .part_count = 2, .part_vertices = counts,
                                   .polygon_count = 2, .polygon_rings = rings},
                 expected, 10);
}

/* The part of a ring on one side of a line (Sutherland and Hodgman): axis 0 or 1, sign 1: above the limit. */
static size_t clip_side(const double *in, size_t count, int axis, double limit, int sign,
                        double *out) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const double *a = in + 2 * i, *b = in + 2 * ((i + 1) % count);
        double da = sign * (a[axis] - limit), db = sign * (b[axis] - limit);
        if (da >= 0) {
            out[2 * kept] = a[0];
            out[2 * kept++ + 1] = a[1];
        }
        if ((da >= 0) != (db >= 0)) {
            out[2 * kept] = a[0] + (b[0] - a[0]) * da / (da - db);
            out[2 * kept++ + 1] = a[1] + (b[1] - a[1]) * da / (da - db);
        }
    }
    return kept;
}

/* How much of a cell a ring covers, as a share of the cell. */
static double covered(const double *ring, size_t count, double column, double row) {
    double a[4 * RING_MAX], b[4 * RING_MAX], twice = 0;
    count = clip_side(ring, count, 0, column, 1, a);
    count = clip_side(a, count, 0, column + 1, -1, b);
    count = clip_side(b, count, 1, row, 1, a);
    count = clip_side(a, count, 1, row + 1, -1, b);
    for (size_t i = 0; i < count; i++) {
        size_t next = (i + 1) % count;
        twice += b[2 * i] * b[2 * next + 1] - b[2 * next] * b[2 * i + 1];
    }
    return fabs(twice) / 2;
}

/* A star round a point: never crosses itself. Closed. */
static void make_star(double *xy, size_t count, double least, double most) {
    for (size_t i = 0; i < count; i++) {
        double angle = 2 * M_PI * (double)i / (double)count, radius = random_between(least, most);
        xy[2 * i] = 0.3 + radius * cos(angle);
        xy[2 * i + 1] = 0.4 + radius * sin(angle);
    }
    xy[2 * count] = xy[0];
    xy[2 * count + 1] = xy[1];
}

static void any_area_touches_the_cells_it_shares_ground_with(void **state) {
    (void)state;
    srand(4);
    size_t tested = 0;
    for (int world = 0; world < 200; world++) {
        enum { OUTER = 20, HOLE = 12 };
        double xy[2 * (OUTER + HOLE + 2)], degrees[2 * (OUTER + HOLE + 2)];
        uint32_t counts[] = {OUTER + 1, HOLE + 1}, rings = 2;
        make_star(xy, OUTER, 3.5, 9);
        make_star(xy + 2 * (OUTER + 1), HOLE, 0.2, 1.6); // the nearest side of the outer ring is 1.68 away
        memcpy(degrees, xy, sizeof xy);
        struct geometry star = {.type = GEOMETRY_POLYGON, .vertex_count = OUTER + HOLE + 2,
                                .coords = degrees, .part_count = 2, .part_vertices = counts,
                                .polygon_count = 1, .polygon_rings = &rings};
        struct cell *cells;
        size_t count = cells_of(&star, &cells);
        for (int row = -10; row <= 10; row++)
            for (int column = -10; column <= 10; column++) {
                double share = covered(xy, OUTER, column, row) -
                               covered(xy + 2 * (OUTER + 1), HOLE, column, row);
                if (share > 1e-14 && share < 1e-6) // rounding decides
                    continue;
                tested++;
                assert_int_equal(among(cells, count, column, row), share >= 1e-6);
            }
        arena_reset(&arena);
    }
    assert_true(tested > 87000);
}

static void too_many_cells_are_refused(void **state) {
    (void)state;
    struct cell *cells;
    size_t count;
    double xy[] = {0.5, 0.5, 99.5, 0.5};
    uint32_t two = 2;
    struct geometry geometry = line(xy, &two);
    to_degrees(xy, 2);
    assert_int_equal(equal_area_cells(crs, 3035, 250, &geometry, 99, &arena, &cells, &count),
                     ERR_TOO_LARGE);
    assert_int_equal(equal_area_cells(crs, 3035, 250, &geometry, 100, &arena, &cells, &count),
                     ERR_OK);
    assert_int_equal(count, 100);
    // there and back a thousand times is still the same hundred cells
    enum { TIMES = 2000 };
    double *often = malloc(2 * TIMES * sizeof *often);
    for (size_t i = 0; i < 2 * TIMES; i++)
        often[i] = xy[i % 4];
    uint32_t many = TIMES;
    geometry = line(often, &many);
    assert_int_equal(equal_area_cells(crs, 3035, 250, &geometry, 100, &arena, &cells, &count),
                     ERR_OK);
    assert_int_equal(count, 100);
    free(often);
}

static void where_the_crs_does_not_reach_is_refused(void **state) {
    (void)state;
    struct cell *cells;
    size_t count;
    double at[2] = {-170, -52}; // the other side of the Earth
    const struct geometry point = {.type = GEOMETRY_POINT, .vertex_count = 1, .coords = at};
    assert_int_equal(equal_area_cells(crs, 3035, 250, &point, 1, &arena, &cells, &count),
                     ERR_BAD_CRS);
    assert_int_equal(equal_area_cells(crs, 6933, 250, &point, 1, &arena, &cells, &count), ERR_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(europe_has_its_own_crs),
        cmocka_unit_test(a_point_lies_in_the_cell_that_surveyors_say),
        cmocka_unit_test(points_of_a_kind_count_once),
        cmocka_unit_test(a_line_touches_the_cells_it_passes),
        cmocka_unit_test(any_line_touches_the_cells_that_its_points_lie_in),
        cmocka_unit_test(the_lines_of_a_kind_are_not_joined),
        cmocka_unit_test(an_area_touches_what_it_covers_and_not_its_hole),
        cmocka_unit_test(an_area_within_a_cell_touches_it),
        cmocka_unit_test(areas_of_a_kind_are_united_even_where_they_overlap),
        cmocka_unit_test(any_area_touches_the_cells_it_shares_ground_with),
        cmocka_unit_test(too_many_cells_are_refused),
        cmocka_unit_test(where_the_crs_does_not_reach_is_refused),
    };
    return cmocka_run_group_tests(tests, open_crs, close_crs);
}
