// SPDX-License-Identifier: AGPL-3.0-or-later
// The cube and what it stands on, the n-th allocation failing, again and again until it needs no more: it must
// say NO_MEMORY or give the right result. PROJ's share of equal_area_cells is warmed up before.
#include "no_memory.h"
#include "test.h"
#include "cube_world.h"
#include "geo/crs.h"

static struct cube_world *world;
static struct cube_past *past;
static size_t past_count;
static struct crs *crs;

/* A sum over all that is right or wrong in the result. */
static enum err run_cube(uint64_t *out) {
    struct arena arena;
    struct cube cube;
    struct cube_input input = world_input(world);
    input.past = past;
    input.past_count = past_count;
    arena_init(&arena);
    enum err err = cube_make(&input, NULL, NULL, &arena, &cube);
    *out = err ? 0 : cube.leaf_count + cube.coverage.shown;
    for (size_t i = 0; !err && i < cube.leaf_count; i++)
        *out = *out * 31 + cube.leaves[i].value + region_lowest(&cube.leaves[i].region);
    arena_fini(&arena);
    return err;
}

static enum err run_cells(uint64_t *out) {
    double xy[] = {4.30, 50.80, 4.40, 50.80, 4.40, 50.90, 4.30, 50.80};
    uint32_t vertices = 4, rings = 1;
    const struct geometry area = {.type = GEOMETRY_POLYGON, .vertex_count = 4, .coords = xy,
                                  .part_count = 1, .part_vertices = &vertices,
                                  .polygon_count = 1, .polygon_rings = &rings};
    struct arena arena;
    struct cell *cells;
    size_t count;
    arena_init(&arena);
    enum err err = equal_area_cells(crs, 3035, 250, &area, 5000, &arena, &cells, &count);
    *out = err ? 0 : count;
    for (size_t i = 0; !err && i < count; i++)
        *out = *out * 31 + (uint64_t)cells[i].column;
    arena_fini(&arena);
    return err;
}

static enum err run_outline(uint64_t *out) {
    const struct region region = {.bits = {0x1234567890ABCDEF, 0xF0F0F00F, 7, 0xFF00FF}};
    struct arena arena;
    struct geometry outline;
    arena_init(&arena);
    enum err err = region_outline(&region, 250, &arena, &outline);
    *out = err ? 0 : outline.vertex_count;
    arena_fini(&arena);
    return err;
}

static void survives(enum err (*run)(uint64_t *out), long least) {
    uint64_t right, out;
    assert_int_equal(run(&right), ERR_OK);
    assert_true(right > 0);
    long n = 0;
    for (bool ran_out = true; ran_out; n++) {
        allocations_left = n;
        enum err err = run(&out);
        ran_out = allocations_left < 0;
        allocations_left = -1;
        if (err != ERR_NO_MEMORY) {
            assert_int_equal(err, ERR_OK);
            assert_true(out == right);
        }
    }
    assert_true(n > least);
}

static void a_cube_is_made_whole_or_not_at_all(void **state) {
    (void)state;
    survives(run_cube, 8);
}

static void cells_are_found_all_or_none(void **state) {
    (void)state;
    survives(run_cells, 5);
}

static void an_outline_is_drawn_whole_or_not_at_all(void **state) {
    (void)state;
    survives(run_outline, 1);
}

static struct arena kept;

static int start(void **state) {
    (void)state;
    struct cube cube;
    uint64_t out;
    arena_init(&kept);
    if (secret_init() || crs_open(&crs) || run_cells(&out) || !(world = world_make(5, &kept)))
        return -1;
    const struct cube_input input = world_input(world);
    if (cube_make(&input, NULL, NULL, &kept, &cube))
        return -1;
    past = world_past(world, &cube, &kept);
    past_count = cube.leaf_count;
    return past && past_count ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    crs_close(crs);
    arena_fini(&kept);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cube_is_made_whole_or_not_at_all),
        cmocka_unit_test(cells_are_found_all_or_none),
        cmocka_unit_test(an_outline_is_drawn_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
