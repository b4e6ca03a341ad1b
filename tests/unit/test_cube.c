// SPDX-License-Identifier: AGPL-3.0-or-later
// Small worlds made by hand. Where the noise is not what is looked at, its width is 0.
#include "test.h"
#include "cube_world.h"

enum { BASE = 250, SIDE = EQUAL_AREA_TOP_M / BASE };
static const struct cube_profile plain = {"plain", 5, 0, 1, BASE, 1, 1};

static struct arena arena;

/* An empty world with a floor of 5, no noise and so many slices. */
static struct cube_world *new_world(size_t slices) {
    struct cube_world *world = world_make(1, &arena);
    assert_non_null(world);
    world->profile = plain;
    world->slice_count = slices;
    world->person_count = world->mark_count = 0;
    return world;
}

/* People of two sessions, half each, who mark one cell in the first slice; the first one's index. */
static uint32_t add_people(struct cube_world *world, unsigned count, int32_t column, int32_t row) {
    uint32_t first = (uint32_t)world->person_count;
    for (unsigned i = 0; i < count; i++) {
        uint32_t person = world_add_person(world, 1000 + (int64_t)world->person_count, i % 2);
        world_add_mark(world, person, 1, column, row);
    }
    return first;
}

static struct cube cube_of(const struct cube_world *world, const struct cube_past *past,
                           size_t past_count) {
    struct cube_input input = world_input(world);
    struct cube cube;
    input.past = past;
    input.past_count = past_count;
    assert_int_equal(cube_make(&input, NULL, NULL, &arena, &cube), ERR_OK);
    return cube;
}

static bool is_square(const struct cube_leaf *leaf, int32_t column, int32_t row, unsigned level_m) {
    const struct region square = region_square((struct cell){column, row}, BASE, level_m);
    return region_equal(&leaf->region, &square);
}

static void a_set_is_shown_when_its_count_with_noise_reaches_the_floor_and_the_widest_noise(void **state) {
    (void)state;
    const struct cube_profile profile = cube_profile(true, 0);
    double table[2 * CUBE_NOISE_MAX + 1];
    cube_noise_table(profile.noise_max, profile.noise_variance, table);
    unsigned shown = 0, hidden = 0;
    for (unsigned n = 4; n < 30; n++)
        for (uint8_t k = 0; k < 20; k++) {
            struct cube_world *world = new_world(1);
            uint64_t cell_key = 0;
            world->profile = profile;
            world->key[0] = k;
            add_people(world, n, 3, 3);
            for (unsigned i = 0; i < n; i++)
                cell_key += cube_record_key(world->key, world->people[i].id);
            int64_t sum = (int64_t)n + cube_noise(world->key, cell_key, table, 8);
            struct cube cube = cube_of(world, NULL, 0);
            assert_int_equal(cube.leaf_count, n >= 10 && sum >= 18);
            if (cube.leaf_count) {
                assert_int_equal(cube.leaves[0].value, cube_rounded(sum));
                assert_int_equal(cube.leaves[0].count, n);
                assert_int_equal(region_count(&cube.leaves[0].region), 1);
            }
            shown += cube.leaf_count > 0;
            hidden += n >= 10 && !cube.leaf_count;
            arena_reset(&arena);
        }
    assert_true(shown > 100 && hidden > 100);
}

static void a_session_does_not_stand_out(void **state) {
    (void)state;
    static const struct {
        unsigned sessions[6]; // people of each
        bool shown;
    } rows[] = {{{10}, false},         {{8, 2}, true},           {{9, 1}, false},
                {{4, 1}, true},        {{5, 1}, false},          {{2, 2, 2, 2, 2}, false},
                {{3, 2, 2, 2}, true},  {{1, 1, 1, 1, 1}, false}, {{16, 4}, true},
                {{17, 4}, false},      {{2, 2, 1}, false},       {{2, 3}, true}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct cube_world *world = new_world(1);
        for (uint32_t s = 0; s < 6; s++)
            for (unsigned p = 0; p < rows[i].sessions[s]; p++)
                world_add_mark(world, world_add_person(world, 10 * s + 100 * p, 4000000000 + s), 1, 0, 0);
        assert_int_equal(cube_of(world, NULL, 0).leaf_count, rows[i].shown);
        arena_reset(&arena);
    }
}

/* Under how many of 60 keys a set is shown: people of session 0, and of each of some others. */
static unsigned shown_with(unsigned largest, unsigned others, unsigned each) {
    unsigned shown = 0;
    for (uint8_t key = 0; key < 60; key++) {
        struct cube_world *world = new_world(1);
        world->profile.slack_people = 3;
        world->profile.slack_percent = 16;
        world->key[0] = key;
        for (uint32_t s = 0; s <= others; s++)
            for (unsigned p = 0; p < (s ? each : largest); p++)
                world_add_mark(world, world_add_person(world, 10 * s + 100 * p, s), 1, 0, 0);
        shown += (unsigned)cube_of(world, NULL, 0).leaf_count;
        arena_reset(&arena);
    }
    return shown;
}

static void how_few_the_largest_session_brings_is_no_sharp_edge(void **state) {
    (void)state;
    const unsigned three = shown_with(3, 3, 2), four = shown_with(4, 3, 2);
    assert_int_equal(shown_with(2, 3, 2), 0);
    assert_int_equal(shown_with(5, 3, 2), 60);
    assert_in_range(three, 10, 30); // a third of the keys
    assert_in_range(four, 30, 50);  // two thirds
}

static void how_much_the_largest_session_brings_is_no_sharp_edge(void **state) {
    (void)state;
    const unsigned most = shown_with(79, 1, 21), middle = shown_with(73, 1, 27);
    assert_int_equal(shown_with(81, 1, 19), 0);
    assert_int_equal(shown_with(65, 1, 35), 60);
    assert_in_range(most, 1, 16);    // 2 of 16
    assert_in_range(middle, 18, 42); // 8 of 16
}

static void too_small_sets_are_united_on_the_next_level(void **state) {
    (void)state;
    struct cube_world *world = new_world(1);
    add_people(world, 3, 0, 0);
    add_people(world, 3, 1, 1);
    struct cube cube = cube_of(world, NULL, 0);
    assert_int_equal(cube.leaf_count, 1);
    assert_true(is_square(&cube.leaves[0], 0, 0, 500));
    assert_int_equal(cube.leaves[0].count, 6);
    // further apart, on the level that holds both; a person of both counts once
    world = new_world(1);
    uint32_t first = add_people(world, 4, 0, 0);
    add_people(world, 3, 15, 15);
    world_add_mark(world, first, 1, 15, 15);
    cube = cube_of(world, NULL, 0);
    assert_int_equal(cube.leaf_count, 1);
    assert_true(is_square(&cube.leaves[0], 0, 0, EQUAL_AREA_TOP_M));
    assert_int_equal(cube.leaves[0].count, 7);
}

static void what_remains_of_a_top_cell_is_not_shown(void **state) {
    (void)state;
    struct cube_world *world = new_world(1);
    add_people(world, 4, 0, 0);
    add_people(world, 4, -1, 0); // next door, but of another top cell
    struct cube cube = cube_of(world, NULL, 0);
    assert_int_equal(cube.leaf_count, 0);
    assert_int_equal(cube.coverage.marked, 8);
    assert_int_equal(cube.coverage.counted, 8);
    assert_int_equal(cube.coverage.shown, 0);
}

static void what_is_left_of_a_square_is_a_leaf_without_what_stands_inside(void **state) {
    (void)state;
    struct cube_world *world = new_world(1);
    add_people(world, 6, 0, 0);
    add_people(world, 3, 1, 0);
    add_people(world, 2, 3, 3);
    struct cube cube = cube_of(world, NULL, 0);
    assert_int_equal(cube.leaf_count, 2);
    assert_true(is_square(&cube.leaves[0], 0, 0, BASE));
    struct region rest = region_square((struct cell){0, 0}, BASE, 1000);
    rest.bits[0] &= ~UINT64_C(1);
    assert_true(region_equal(&cube.leaves[1].region, &rest));
    assert_int_equal(cube.leaves[1].count, 5);
    assert_int_equal(cube.leaves[1].value, 5);
    assert_int_equal(cube.coverage.shown, 11);
}

static void above_a_leaf_only_those_count_who_marked_what_was_passed_up(void **state) {
    (void)state;
    struct cube_world *world = new_world(1);
    uint32_t first = add_people(world, 6, 0, 0); // shown where they are
    add_people(world, 4, 1, 0);
    world_add_mark(world, first, 1, 2, 2); // one of them somewhere else in the square, too
    struct cube cube = cube_of(world, NULL, 0);
    assert_int_equal(cube.leaf_count, 2);
    assert_int_equal(cube.leaves[1].count, 5);
    // without her there are four, and not ten
    world->mark_count--;
    cube = cube_of(world, NULL, 0);
    assert_int_equal(cube.leaf_count, 1);
}

static void slices_stand_alone(void **state) {
    (void)state;
    struct cube_world *world = new_world(3);
    add_people(world, 12, 7, 7);
    for (size_t i = 0; i < 12; i++)
        world->marks[i].slices = i < 6 ? 3 : 4; // six in slices 0 and 1, six in slice 2
    struct cube cube = cube_of(world, NULL, 0);
    assert_int_equal(cube.leaf_count, 3);
    for (unsigned s = 0; s < 3; s++) {
        assert_int_equal(cube.leaves[s].slice, s);
        assert_int_equal(cube.leaves[s].count, 6);
        for (uint32_t i = 0; i < 6; i++)
            assert_int_equal(cube.leaves[s].people[i], s == 2 ? i + 6 : i);
    }
    assert_int_equal(cube.coverage.marked, 6);
}

/* Somebody who marks 20 cells of a row, in the order of `step`, among others who make each of them a leaf. */
static struct cube_world *with_a_busy_person(unsigned step) {
    struct cube_world *world = new_world(2);
    for (int32_t column = 0; column < 12; column++)
        add_people(world, 6, column, 0);
    uint32_t busy = world_add_person(world, 77, 9);
    for (unsigned i = 0; i < 12; i++)
        world_add_mark(world, busy, 1, (int32_t)(i * step % 12), 0);
    world_add_mark(world, busy, 3, 3, 0); // a second time
    return world;
}

static void of_nobody_more_than_8_cells_count_the_same_in_any_order(void **state) {
    (void)state;
    bool first_kept[12] = {false}, any_differs = false;
    for (unsigned order = 0; order < 4; order++) {
        struct cube_world *world = with_a_busy_person((unsigned[]){1, 5, 7, 11}[order]);
        struct cube cube = cube_of(world, NULL, 0);
        unsigned kept = 0;
        assert_int_equal(cube.leaf_count, 12);
        for (unsigned i = 0; i < 12; i++) {
            bool in = cube.leaves[i].count == 7;
            kept += in;
            if (order == 0)
                first_kept[i] = in;
            assert_int_equal(in, first_kept[i]);
        }
        assert_int_equal(kept, CUBE_CELLS_A_PERSON);
        assert_int_equal(cube.coverage.marked, 12 * 6 + 12);
        assert_int_equal(cube.coverage.counted, 12 * 6 + 8);
        assert_int_equal(cube.coverage.shown, 12 * 6 + 8);
    }
    // others are kept under another key
    struct cube_world *world = with_a_busy_person(1);
    world->key[31] ^= 1;
    struct cube cube = cube_of(world, NULL, 0);
    for (unsigned i = 0; i < 12; i++)
        any_differs |= (cube.leaves[i].count == 7) != first_kept[i];
    assert_true(any_differs);
}

/* The past of a world with one leaf of `count` people in the square of 1 km at 0, 0. */
static struct cube_past *past_of(struct cube_world *world, unsigned count) {
    add_people(world, count / 3, 0, 0);
    add_people(world, count / 3, 2, 0);
    add_people(world, count - count / 3 * 2, 3, 3);
    world->profile.floor = count / 3 + 2;
    struct cube cube = cube_of(world, NULL, 0);
    assert_int_equal(cube.leaf_count, 1);
    assert_true(is_square(&cube.leaves[0], 0, 0, 1000));
    struct cube_past *past = world_past(world, &cube, &arena);
    past->value = 995; // to be told from a fresh one
    return past;
}

static void a_leaf_that_hardly_changed_keeps_its_value(void **state) {
    (void)state;
    struct cube_world *world = new_world(1);
    struct cube_past *past = past_of(world, 12); // a floor of 6
    add_people(world, 3, 3, 0);
    past_forget(past, world->people[0].id); // withdrew: the past knows no more who
    world_remove_person(world, 0);
    world->marks[5].slices = 0; // is counted no more, but known
    struct cube cube = cube_of(world, past, 1);
    assert_int_equal(cube.leaf_count, 1);
    assert_true(cube.leaves[0].kept && cube.leaves[0].from == past);
    assert_int_equal(cube.leaves[0].value, 995);
    assert_int_equal(cube.leaves[0].count, 13);
    assert_int_equal(cube.coverage.shown, 13);
}

static void a_newcomer_does_not_split_a_leaf_that_hardly_changed(void **state) {
    (void)state;
    struct cube_world *world = new_world(1);
    struct cube_past *past = past_of(world, 12);
    add_people(world, 4, 0, 0); // eight in one cell: a leaf of its own, if it were not for the past
    struct cube cube = cube_of(world, past, 1);
    assert_int_equal(cube.leaf_count, 1);
    assert_int_equal(cube.leaves[0].value, 995);
    cube = cube_of(world, NULL, 0);
    assert_int_equal(cube.leaf_count, 2);
}

/* Adds people to a kept leaf until it is drawn anew: how many it takes. */
static unsigned limit_of(const struct cube_past *past, struct cube_world *world) {
    for (unsigned added = 0;; added++) {
        struct cube cube = cube_of(world, past, 1);
        if (!cube.leaf_count || !cube.leaves[0].kept)
            return added;
        assert_int_equal(cube.leaves[0].value, past->value);
        add_people(world, 1, 3, 0);
    }
}

static void how_much_a_leaf_may_change_lies_between_the_floor_and_half_as_much_again(void **state) {
    (void)state;
    unsigned seen[16] = {0};
    for (uint8_t key = 0; key < 60; key++) {
        struct cube_world *world = new_world(1);
        world->key[3] = key;
        struct cube_past *past = past_of(world, 12);
        unsigned limit = limit_of(past, world); // a floor of 6: from 6 to 9
        assert_in_range(limit, 6, 9);
        seen[limit]++;
        arena_reset(&arena);
    }
    for (unsigned limit = 6; limit <= 9; limit++)
        assert_true(seen[limit] > 4);
}

static void those_who_are_known_no_more_count_as_gone(void **state) {
    (void)state;
    struct cube_world *world = new_world(1);
    struct cube_past *past = past_of(world, 12);
    past->gone = 5;
    assert_true(cube_of(world, past, 1).leaves[0].kept);
    past->gone = 10;
    assert_false(cube_of(world, past, 1).leaves[0].kept);
}

static void a_leaf_that_fell_below_the_floor_or_to_one_session_is_not_kept(void **state) {
    (void)state;
    struct cube_world *world = new_world(1);
    struct cube_past *past = past_of(world, 9); // a floor of 5
    for (int i = 0; i < 4; i++)
        world_remove_person(world, 0);
    assert_true(cube_of(world, past, 1).leaves[0].kept);
    world_remove_person(world, 0);
    assert_int_equal(cube_of(world, past, 1).leaf_count, 0);
    world = new_world(1);
    past = past_of(world, 9);
    for (size_t i = 0; i < 9; i++)
        world->people[i].session = 0;
    assert_int_equal(cube_of(world, past, 1).leaf_count, 0);
}

static void a_leaf_of_another_slice_or_place_is_not_kept(void **state) {
    (void)state;
    struct cube_world *world = new_world(2);
    struct cube_past *past = past_of(world, 12);
    past->slice = 1;
    struct cube cube = cube_of(world, past, 1);
    assert_int_equal(cube.leaf_count, 1);
    assert_false(cube.leaves[0].kept);
    past->slice = 0;
    past->region.top.row = 1;
    assert_false(cube_of(world, past, 1).leaves[0].kept);
}

static enum err make(const struct cube_input *input) {
    struct cube cube = {.leaf_count = 12345};
    enum err err = cube_make(input, NULL, NULL, &arena, &cube);
    assert_int_equal(cube.leaf_count == 12345, err != ERR_OK); // written on success alone
    return err;
}

static void what_makes_no_sense_is_refused(void **state) {
    (void)state;
    struct cube_world *world = new_world(2);
    add_people(world, 12, 0, 0);
    const struct cube_input right = world_input(world);
    struct cube_input wrong = right;
    assert_int_equal(make(&right), ERR_OK);
    static const unsigned no_base_m[] = {0, 1, 125, 200, 300, 800, 1300, 4001, 8000};
    for (size_t i = 0; i < COUNT_OF(no_base_m); i++) {
        wrong.profile.base_m = no_base_m[i];
        assert_int_equal(make(&wrong), ERR_BAD_PARAMETER);
    }
    wrong = right;
    wrong.slice_count = 0;
    assert_int_equal(make(&wrong), ERR_BAD_PARAMETER);
    wrong.slice_count = CUBE_SLICES_MAX + 1;
    assert_int_equal(make(&wrong), ERR_BAD_PARAMETER);
    wrong = right;
    wrong.profile.floor = 0;
    assert_int_equal(make(&wrong), ERR_BAD_PARAMETER);
    wrong = right;
    wrong.profile.noise_max = CUBE_NOISE_MAX + 1;
    assert_int_equal(make(&wrong), ERR_BAD_PARAMETER);
    world->marks[5].person = 12;
    assert_int_equal(make(&right), ERR_BAD_PARAMETER);
    world->marks[5].person = 5;
    world->marks[5].slices = 4; // there are two
    assert_int_equal(make(&right), ERR_BAD_PARAMETER);
    world->marks[5].slices = 1;
    world->people[3].id = world->people[8].id;
    assert_int_equal(make(&right), ERR_BAD_PARAMETER);
}

static void a_past_that_makes_no_sense_is_refused(void **state) {
    (void)state;
    struct cube_world *world = new_world(2);
    struct cube_past two[2], *past = past_of(world, 12);
    struct cube_input input = world_input(world);
    input.past = two;
    input.past_count = 2;
    two[0] = two[1] = *past;
    assert_int_equal(make(&input), ERR_BAD_PARAMETER); // on the same ground
    two[1].slice = 1;
    assert_int_equal(make(&input), ERR_OK);
    two[1].slice = 2;
    assert_int_equal(make(&input), ERR_BAD_PARAMETER);
    two[1] = (struct cube_past){.slice = 1};
    assert_int_equal(make(&input), ERR_BAD_PARAMETER); // no ground
    int64_t ids[] = {1000, 1002, 1002};
    two[1] = (struct cube_past){1, past->region, 10, 0, ids, 3};
    assert_int_equal(make(&input), ERR_BAD_PARAMETER); // ids that do not rise
    ids[2] = 1003;
    assert_int_equal(make(&input), ERR_OK);
    input.profile.base_m = 500; // 64 cells, and a bit beyond them
    two[0].region = two[1].region = region_square((struct cell){0, 0}, 250, 4000);
    assert_int_equal(make(&input), ERR_BAD_PARAMETER);
}

static void nobody_and_nothing_give_an_empty_cube(void **state) {
    (void)state;
    struct cube_world *world = new_world(2);
    struct cube cube = cube_of(world, NULL, 0);
    assert_int_equal(cube.leaf_count, 0);
    assert_int_equal(cube.coverage.marked, 0);
    world_add_person(world, 3, 3); // who marked nothing
    assert_int_equal(cube_of(world, NULL, 0).leaf_count, 0);
    world_add_mark(world, 0, 0, 5, 5); // what counts in no slice
    assert_int_equal(cube_of(world, NULL, 0).leaf_count, 0);
}

static void the_ends_of_the_grid_are_cells_as_others(void **state) {
    (void)state;
    struct cube_world *world = new_world(1);
    add_people(world, 6, INT32_MIN, INT32_MIN);
    add_people(world, 6, INT32_MAX, INT32_MAX);
    struct cube cube = cube_of(world, NULL, 0);
    assert_int_equal(cube.leaf_count, 2);
    assert_true(is_square(&cube.leaves[0], INT32_MIN, INT32_MIN, BASE));
    assert_true(is_square(&cube.leaves[1], INT32_MAX, INT32_MAX, BASE));
}

struct telling {
    unsigned calls, until;
    double share;
};

static bool tell(void *context, double share) {
    struct telling *telling = context;
    assert_true(share >= telling->share && share <= 1);
    telling->share = share;
    return ++telling->calls == telling->until; // true: enough
}

static void it_can_be_given_up_whenever_it_tells(void **state) {
    (void)state;
    struct cube_world *world = world_make(3, &arena);
    struct cube_input input = world_input(world);
    struct telling telling = {.until = 1000};
    struct cube cube = {.leaf_count = 12345};
    assert_int_equal(cube_make(&input, tell, &telling, &arena, &cube), ERR_OK);
    const unsigned calls = telling.calls;
    assert_true(calls >= 2);
    cube.leaf_count = 12345;
    for (unsigned until = 1; until <= calls; until++) {
        telling = (struct telling){.until = until};
        assert_int_equal(cube_make(&input, tell, &telling, &arena, &cube), ERR_BUSY);
        assert_int_equal(telling.calls, until);
        assert_int_equal(cube.leaf_count, 12345);
    }
}

static int start(void **state) {
    (void)state;
    arena_init(&arena);
    return secret_init() == ERR_OK ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    arena_fini(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_is_shown_when_its_count_with_noise_reaches_the_floor_and_the_widest_noise),
        cmocka_unit_test(a_session_does_not_stand_out),
        cmocka_unit_test(how_few_the_largest_session_brings_is_no_sharp_edge),
        cmocka_unit_test(how_much_the_largest_session_brings_is_no_sharp_edge),
        cmocka_unit_test(too_small_sets_are_united_on_the_next_level),
        cmocka_unit_test(what_remains_of_a_top_cell_is_not_shown),
        cmocka_unit_test(what_is_left_of_a_square_is_a_leaf_without_what_stands_inside),
        cmocka_unit_test(above_a_leaf_only_those_count_who_marked_what_was_passed_up),
        cmocka_unit_test(slices_stand_alone),
        cmocka_unit_test(of_nobody_more_than_8_cells_count_the_same_in_any_order),
        cmocka_unit_test(a_leaf_that_hardly_changed_keeps_its_value),
        cmocka_unit_test(a_newcomer_does_not_split_a_leaf_that_hardly_changed),
        cmocka_unit_test(how_much_a_leaf_may_change_lies_between_the_floor_and_half_as_much_again),
        cmocka_unit_test(those_who_are_known_no_more_count_as_gone),
        cmocka_unit_test(a_leaf_that_fell_below_the_floor_or_to_one_session_is_not_kept),
        cmocka_unit_test(a_leaf_of_another_slice_or_place_is_not_kept),
        cmocka_unit_test(what_makes_no_sense_is_refused),
        cmocka_unit_test(a_past_that_makes_no_sense_is_refused),
        cmocka_unit_test(nobody_and_nothing_give_an_empty_cube),
        cmocka_unit_test(the_ends_of_the_grid_are_cells_as_others),
        cmocka_unit_test(it_can_be_given_up_whenever_it_tells),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
