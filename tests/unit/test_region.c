// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "geo/geos.h"
#include "geo/region.h"

enum { SIDE = 16 };

static void set_cell(struct region *region, unsigned column, unsigned row, unsigned side) {
    unsigned bit = row * side + column;
    region->bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

static bool has_cell(const struct region *region, unsigned column, unsigned row) {
    unsigned bit = row * SIDE + column;
    return region->bits[bit / 64] >> bit % 64 & 1;
}

/* Drawn as one sees it: the first text is the northernmost row of the south-western corner. */
static struct region drawn(const char *const *rows, unsigned count) {
    struct region region = {0};
    for (unsigned r = 0; r < count; r++)
        for (unsigned c = 0; rows[r][c]; c++)
            if (rows[r][c] == '#')
                set_cell(&region, c, count - 1 - r, SIDE);
    return region;
}

static double ring_area(const double *xy, size_t count) {
    double twice = 0;
    for (size_t i = 0; i + 1 < count; i++)
        twice += xy[2 * i] * xy[2 * i + 3] - xy[2 * i + 2] * xy[2 * i + 1];
    return twice / 2;
}

static void a_square_is_of_the_grid_that_starts_at_the_origin(void **state) {
    (void)state;
    struct region square = region_square((struct cell){17, 5}, 250, 1000);
    assert_int_equal(square.top.column, 1);
    assert_int_equal(square.top.row, 0);
    assert_int_equal(region_count(&square), 16);
    assert_true(has_cell(&square, 0, 4) && has_cell(&square, 3, 7));
    assert_int_equal(region_lowest(&square), 4 * SIDE);
    square = region_square((struct cell){-1, -1}, 250, 250);
    assert_int_equal(square.top.column, -1);
    assert_int_equal(square.top.row, -1);
    assert_true(has_cell(&square, 15, 15));
    square = region_square((struct cell){-9, 8}, 500, 4000);
    assert_int_equal(square.top.column, -2);
    assert_int_equal(square.top.row, 1);
    assert_int_equal(region_count(&square), 64);
    assert_int_equal(square.bits[1], 0);
}

static void regions_are_equal_or_meet_in_the_same_top_cell_only(void **state) {
    (void)state;
    struct region a = region_square((struct cell){0, 0}, 250, 1000), b = a;
    assert_true(region_equal(&a, &b) && region_meets(&a, &b));
    b.top.row = 1;
    assert_false(region_equal(&a, &b) || region_meets(&a, &b));
    b = region_square((struct cell){3, 3}, 250, 500);
    assert_true(region_meets(&a, &b) && !region_equal(&a, &b));
    b = region_square((struct cell){4, 3}, 250, 500);
    assert_false(region_meets(&a, &b));
}

static void regions_come_in_the_order_of_rows_of_columns_and_of_their_first_cell(void **state) {
    (void)state;
    const struct region rising[] = {
        region_square((struct cell){40, -1}, 250, 250), region_square((struct cell){-1, 0}, 250, 250),
        region_square((struct cell){5, 0}, 250, 250),   region_square((struct cell){0, 1}, 250, 250),
        region_square((struct cell){3, 9}, 250, 250),   region_square((struct cell){0, 16}, 250, 250)};
    for (size_t i = 0; i < COUNT_OF(rising); i++)
        for (size_t j = 0; j < COUNT_OF(rising); j++) {
            int order = region_order(&rising[i], &rising[j]);
            assert_true(i < j ? order < 0 : i > j ? order > 0 : order == 0);
        }
    assert_int_equal(region_lowest(&(struct region){0}), 256);
}

static void a_code_says_level_and_south_western_corner(void **state) {
    (void)state;
    static const struct {
        struct cell base;
        unsigned base_m, level_m;
        int epsg;
        const char *code;
    } rows[] = {
        {{7914, 5979}, 500, 500, 3035, "CRS3035RES500mN2989500E3957000"},
        {{15829, 11959}, 250, 1000, 3035, "CRS3035RES1000mN2989000E3957000"},
        {{15829, 11959}, 250, 4000, 3035, "CRS3035RES4000mN2988000E3956000"},
        {{-1, -1}, 250, 250, 6933, "CRS6933RES250mS250W250"},
        {{-1, 0}, 250, 4000, 6933, "CRS6933RES4000mN0W4000"},
        {{0, -17}, 250, 2000, 6933, "CRS6933RES2000mS6000E0"},
    };
    char code[REGION_CODE_SIZE];
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct region square = region_square(rows[i].base, rows[i].base_m, rows[i].level_m);
        struct cell corner;
        region_code(&square, rows[i].base_m, rows[i].epsg, code);
        assert_string_equal(code, rows[i].code);
        assert_int_equal(region_level_m(&square, rows[i].base_m, &corner), rows[i].level_m);
    }
}

static void what_is_left_of_a_square_has_its_code_and_says_so(void **state) {
    (void)state;
    struct region part = region_square((struct cell){0, 0}, 250, 1000);
    part.bits[0] &= ~UINT64_C(2);
    char code[REGION_CODE_SIZE];
    struct cell corner;
    region_code(&part, 250, 3035, code);
    assert_string_equal(code, "CRS3035RES1000mN0E0-part");
    // two cells on both sides of the middle belong to no smaller square than the top cell
    struct region across = {.top = {2, 3}};
    set_cell(&across, 7, 0, SIDE);
    set_cell(&across, 8, 0, SIDE);
    assert_int_equal(region_level_m(&across, 250, &corner), 4000);
    assert_int_equal(corner.column, 2);
    assert_int_equal(corner.row, 3);
    region_code(&across, 250, 3035, code);
    assert_string_equal(code, "CRS3035RES4000mN12000E8000-part");
}

static struct geometry outline_of(const struct region *region, unsigned base_m,
                                  struct arena *arena) {
    struct geometry out;
    assert_int_equal(region_outline(region, base_m, arena, &out), ERR_OK);
    assert_int_equal(out.type, GEOMETRY_MULTI_POLYGON);
    return out;
}

static void the_outline_of_a_square_has_four_corners(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct region square = region_square((struct cell){-3, 18}, 250, 500);
    struct geometry out = outline_of(&square, 250, &arena);
    static const double expected[] = {-1000, 4500, -500, 4500, -500, 5000, -1000, 5000, -1000, 4500};
    assert_int_equal(out.polygon_count, 1);
    assert_int_equal(out.part_count, 1);
    assert_int_equal(out.vertex_count, 5);
    for (size_t i = 0; i < COUNT_OF(expected); i++)
        assert_true(out.coords[i] == expected[i]);
    struct region whole = region_square((struct cell){0, 0}, 500, 4000);
    out = outline_of(&whole, 500, &arena);
    assert_int_equal(out.vertex_count, 5);
    assert_true(ring_area(out.coords, 5) == 4000.0 * 4000.0);
    arena_fini(&arena);
}

static void cells_that_touch_at_a_corner_are_polygons_of_their_own(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct region region = drawn((const char *[]){"#.", ".#"}, 2);
    struct geometry out = outline_of(&region, 250, &arena);
    assert_int_equal(out.polygon_count, 2);
    assert_int_equal(out.part_count, 2);
    assert_int_equal(geos_check(&out, NULL), ERR_OK);
    arena_fini(&arena);
}

static void holes_that_touch_at_a_corner_are_rings_of_their_own(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct region region = drawn((const char *[]){"####", "#.##", "##.#", "####"}, 4);
    struct geometry out = outline_of(&region, 250, &arena);
    assert_int_equal(out.polygon_count, 1);
    assert_int_equal(out.polygon_rings[0], 3);
    assert_int_equal(out.vertex_count, 15);
    assert_int_equal(geos_check(&out, NULL), ERR_OK);
    arena_fini(&arena);
}

static void a_bay_that_closes_at_a_corner_is_a_hole_that_touches_the_border(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct region region = drawn((const char *[]){"###", "#.#", ".##"}, 3);
    struct geometry out = outline_of(&region, 250, &arena);
    assert_int_equal(out.polygon_count, 1);
    assert_int_equal(out.polygon_rings[0], 2);
    assert_true(ring_area(out.coords, out.part_vertices[0]) > 0);
    assert_true(ring_area(out.coords + 2 * out.part_vertices[0], out.part_vertices[1]) == -62500);
    assert_int_equal(geos_check(&out, NULL), ERR_OK);
    arena_fini(&arena);
}

static void an_island_in_a_hole_is_a_polygon_of_its_own(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct region region =
        drawn((const char *[]){"#####", "#...#", "#.#.#", "#...#", "#####"}, 5);
    struct geometry out = outline_of(&region, 250, &arena);
    assert_int_equal(out.polygon_count, 2);
    assert_int_equal(out.polygon_rings[0], 2);
    assert_int_equal(out.polygon_rings[1], 1);
    assert_int_equal(geos_check(&out, NULL), ERR_OK);
    arena_fini(&arena);
}

/* Pieces that hang together by sides, counted by spreading numbers until nothing changes. */
static unsigned count_pieces(const struct region *region) {
    unsigned label[SIDE][SIDE] = {0}, pieces = 0;
    for (unsigned i = 0; i < SIDE * SIDE; i++)
        label[i / SIDE][i % SIDE] = has_cell(region, i % SIDE, i / SIDE) ? i + 1 : 0;
    for (bool changed = true; changed;) {
        changed = false;
        for (unsigned y = 0; y < SIDE; y++)
            for (unsigned x = 0; x < SIDE; x++) {
                unsigned *at = &label[y][x], least = *at;
                if (!*at)
                    continue;
                const unsigned beside[] = {x ? label[y][x - 1] : 0, y ? label[y - 1][x] : 0,
                                           x + 1 < SIDE ? label[y][x + 1] : 0,
                                           y + 1 < SIDE ? label[y + 1][x] : 0};
                for (unsigned i = 0; i < 4; i++)
                    least = beside[i] && beside[i] < least ? beside[i] : least;
                changed |= least != *at;
                *at = least;
            }
    }
    for (unsigned i = 0; i < SIDE * SIDE; i++)
        pieces += label[i / SIDE][i % SIDE] == i + 1;
    return pieces;
}

static void any_set_of_cells_has_a_valid_outline_of_its_area(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    srand(11);
    for (int round = 0; round < 3000; round++) {
        struct region region = {.top = {1000, -3}};
        int dense = 1 + rand() % 9;
        for (unsigned i = 0; i < SIDE * SIDE; i++)
            if (rand() % 10 < dense)
                set_cell(&region, i % SIDE, i / SIDE, SIDE);
        struct geometry out = outline_of(&region, 250, &arena);
        assert_int_equal(out.polygon_count, count_pieces(&region));
        double area = 0;
        const double *at = out.coords;
        for (size_t p = 0, part = 0; p < out.polygon_count; p++)
            for (uint32_t r = 0; r < out.polygon_rings[p]; r++, part++) {
                uint32_t count = out.part_vertices[part];
                double ring = ring_area(at, count);
                assert_true(r == 0 ? ring > 0 : ring < 0);
                assert_memory_equal(at, at + 2 * (count - 1), 2 * sizeof *at);
                area += ring;
                at += 2 * count;
            }
        assert_ptr_equal(at, out.coords + 2 * out.vertex_count);
        assert_true(area == region_count(&region) * 250.0 * 250.0);
        assert_int_equal(geos_check(&out, NULL), ERR_OK);
        arena_reset(&arena);
    }
    arena_fini(&arena);
}

static void nothing_has_an_outline_without_polygons(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct geometry out = outline_of(&(struct region){0}, 250, &arena);
    assert_int_equal(out.polygon_count, 0);
    assert_int_equal(out.vertex_count, 0);
    arena_fini(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_square_is_of_the_grid_that_starts_at_the_origin),
        cmocka_unit_test(regions_are_equal_or_meet_in_the_same_top_cell_only),
        cmocka_unit_test(regions_come_in_the_order_of_rows_of_columns_and_of_their_first_cell),
        cmocka_unit_test(a_code_says_level_and_south_western_corner),
        cmocka_unit_test(what_is_left_of_a_square_has_its_code_and_says_so),
        cmocka_unit_test(the_outline_of_a_square_has_four_corners),
        cmocka_unit_test(cells_that_touch_at_a_corner_are_polygons_of_their_own),
        cmocka_unit_test(holes_that_touch_at_a_corner_are_rings_of_their_own),
        cmocka_unit_test(a_bay_that_closes_at_a_corner_is_a_hole_that_touches_the_border),
        cmocka_unit_test(an_island_in_a_hole_is_a_polygon_of_its_own),
        cmocka_unit_test(any_set_of_cells_has_a_valid_outline_of_its_area),
        cmocka_unit_test(nothing_has_an_outline_without_polygons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
