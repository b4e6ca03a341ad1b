// SPDX-License-Identifier: AGPL-3.0-or-later
// What must hold of every cube, tried on random worlds: people, sessions, marks, profile and key from a seed,
// which a failure names. (That a planner is sent what follows from the edition alone is the read side's.)
#include "test.h"
#include "cube_world.h"

enum { WORLDS = 100, SLOW_WORLDS = 40 };

static struct arena arena;

static struct cube cube_of(const struct cube_world *world, const struct cube_past *past,
                           size_t past_count) {
    struct cube_input input = world_input(world);
    struct cube cube;
    input.past = past;
    input.past_count = past_count;
    assert_int_equal(cube_make(&input, NULL, NULL, &arena, &cube), ERR_OK);
    return cube;
}

static int64_t id_of(const struct cube_world *world, const struct cube_leaf *leaf, uint32_t i) {
    return world->people[leaf->people[i]].id;
}

static bool is_in(const struct cube_world *world, const struct cube_leaf *leaf, int64_t id) {
    for (uint32_t i = 0; i < leaf->count; i++)
        if (id_of(world, leaf, i) == id)
            return true;
    return false;
}

/* Whether a person marked ground of the leaf in its slice. */
static bool marked(const struct cube_world *world, const struct cube_leaf *leaf, uint32_t person) {
    const unsigned base_m = world->profile.base_m;
    for (size_t i = 0; i < world->mark_count; i++) {
        const struct cube_mark *mark = &world->marks[i];
        if (mark->person != person || !(mark->slices >> leaf->slice & 1))
            continue;
        const struct region at = region_square(mark->cell, base_m, base_m);
        if (region_meets(&at, &leaf->region))
            return true;
    }
    return false;
}

static void say_which(uint64_t seed, bool right) {
    if (!right)
        fail_msg("world %llu", (unsigned long long)seed);
}

/* Calls `check` on the cube of each world, and on its next one when six people are gone. */
static void in_each_world(void (*check)(uint64_t seed, const struct cube_world *world,
                                        const struct cube *cube)) {
    size_t leaves = 0;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        struct cube_world *world = world_make(seed, &arena);
        struct cube cube = cube_of(world, NULL, 0);
        check(seed, world, &cube);
        uint64_t next = seed;
        const struct cube_past *past = world_past(world, &cube, &arena);
        for (int i = 0; i < 6; i++)
            world_remove_person(world, (uint32_t)world_random(&next, world->person_count));
        struct cube later = cube_of(world, past, cube.leaf_count);
        check(seed, world, &later);
        leaves += cube.leaf_count + later.leaf_count;
        arena_reset(&arena);
    }
    assert_true(leaves > 10000); // the worlds are no deserts
}

static void check_floor(uint64_t seed, const struct cube_world *world, const struct cube *cube) {
    for (size_t i = 0; i < cube->leaf_count; i++) {
        const struct cube_leaf *leaf = &cube->leaves[i];
        uint32_t sessions = 0, largest = 0;
        for (uint32_t j = 0; j < leaf->count; j++) {
            uint32_t together = 0;
            say_which(seed, j == 0 || leaf->people[j] > leaf->people[j - 1]);
            say_which(seed, marked(world, leaf, leaf->people[j]));
            for (uint32_t k = 0; k < leaf->count; k++)
                together += world->people[leaf->people[j]].session ==
                            world->people[leaf->people[k]].session;
            largest = together > largest ? together : largest;
            sessions += together < leaf->count;
        }
        say_which(seed, leaf->count >= world->profile.floor);
        say_which(seed, sessions > 0 && largest >= 3 && largest * 10 <= leaf->count * 8);
    }
}

static void nobody_is_shown_in_a_set_below_the_floor_or_of_one_session(void **state) {
    (void)state;
    in_each_world(check_floor); // I1
}

static void check_disjoint(uint64_t seed, const struct cube_world *world, const struct cube *cube) {
    (void)world;
    for (size_t i = 0; i < cube->leaf_count; i++) {
        const struct cube_leaf *leaf = &cube->leaves[i];
        say_which(seed, region_count(&leaf->region) > 0);
        for (size_t j = i + 1; j < cube->leaf_count; j++) {
            const struct cube_leaf *other = &cube->leaves[j];
            say_which(seed, other->slice > leaf->slice ||
                                (other->slice == leaf->slice &&
                                 region_order(&leaf->region, &other->region) < 0));
            say_which(seed, other->slice != leaf->slice ||
                                !region_meets(&leaf->region, &other->region));
        }
    }
}

static void leaves_of_a_slice_share_no_ground_and_come_in_order(void **state) {
    (void)state;
    in_each_world(check_disjoint); // I2
}

static bool same_people(const struct cube_leaf *a, const struct cube_leaf *b) {
    return a->count == b->count && memcmp(a->people, b->people, a->count * sizeof *a->people) == 0;
}

static void check_same_value(uint64_t seed, const struct cube_world *world,
                             const struct cube *cube) {
    (void)world;
    for (size_t i = 0; i < cube->leaf_count; i++)
        for (size_t j = 0; j < i; j++) {
            const struct cube_leaf *a = &cube->leaves[i], *b = &cube->leaves[j];
            say_which(seed, a->kept || b->kept || !same_people(a, b) || a->value == b->value);
        }
}

static void the_same_people_have_the_same_value_everywhere(void **state) {
    (void)state;
    in_each_world(check_same_value); // I3, where sets meet by chance
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        struct cube_world *world = world_make(seed, &arena);
        // one slice twice, and then all of it two top cells to the east and one to the south
        const int32_t side = EQUAL_AREA_TOP_M / (int32_t)world->profile.base_m;
        world->slice_count = 2;
        for (size_t i = 0; i < world->mark_count; i++)
            world->marks[i].slices = world->marks[i].person % 20 ? 3 : 0;
        uint32_t used[WORLD_PEOPLE_MAX] = {0}; // nobody marks more than counts: picks differ by slice and place
        for (size_t i = 0; i < world->mark_count; i++)
            if (used[world->marks[i].person]++ >= CUBE_CELLS_A_PERSON)
                world->marks[i].slices = 0;
        struct cube here = cube_of(world, NULL, 0);
        for (size_t i = 0; i < world->mark_count; i++) {
            world->marks[i].cell.column += 2 * side;
            world->marks[i].cell.row -= side;
        }
        struct cube there = cube_of(world, NULL, 0);
        const size_t half = here.leaf_count / 2;
        say_which(seed, here.leaf_count == 2 * half && there.leaf_count == here.leaf_count);
        for (size_t i = 0; i < here.leaf_count; i++) {
            const struct cube_leaf *a = &here.leaves[i], *twin = &here.leaves[i % half];
            struct region moved = a->region;
            moved.top.column += 2;
            moved.top.row--;
            say_which(seed, region_equal(&a->region, &twin->region) && a->value == twin->value);
            say_which(seed, region_equal(&moved, &there.leaves[i].region) &&
                                a->value == there.leaves[i].value);
        }
        arena_reset(&arena);
    }
}

static bool same_leaf(const struct cube_world *a_world, const struct cube_leaf *a,
                      const struct cube_world *b_world, const struct cube_leaf *b) {
    if (a->slice != b->slice || !region_equal(&a->region, &b->region) || a->value != b->value ||
        a->kept != b->kept || a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!is_in(b_world, b, id_of(a_world, a, i)))
            return false;
    return true;
}

static bool same_cube(const struct cube_world *a_world, const struct cube *a,
                      const struct cube_world *b_world, const struct cube *b) {
    if (a->leaf_count != b->leaf_count ||
        memcmp(&a->coverage, &b->coverage, sizeof a->coverage) != 0)
        return false;
    for (size_t i = 0; i < a->leaf_count; i++)
        if (!same_leaf(a_world, &a->leaves[i], b_world, &b->leaves[i]))
            return false;
    return true;
}

static void the_order_of_people_marks_and_past_leaves_does_not_matter(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) { // I4
        struct cube_world *world = world_make(seed, &arena);
        struct cube cube = cube_of(world, NULL, 0);
        struct cube_past *past = world_past(world, &cube, &arena);
        struct cube_world *other = arena_alloc(&arena, sizeof *other);
        *other = *world;
        world_shuffle(other, seed * 31);
        struct cube again = cube_of(other, NULL, 0);
        say_which(seed, same_cube(world, &cube, other, &again));
        world_remove_person(world, 0);
        world_remove_person(world, 0);
        *other = *world;
        world_shuffle(other, seed * 37);
        cube = cube_of(world, past, cube.leaf_count);
        struct cube_past *turned = arena_array(&arena, again.leaf_count, sizeof *turned);
        for (size_t i = 0; i < again.leaf_count; i++)
            turned[i] = past[again.leaf_count - 1 - i];
        again = cube_of(other, turned, again.leaf_count);
        say_which(seed, same_cube(world, &cube, other, &again));
        arena_reset(&arena);
    }
}

/* Without what was emitted inside it, a leaf's square is the leaf: what is left tells nothing of which of its
 * cells were marked. */
static void what_is_public_tells_no_cell_and_no_count(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) { // of I5, the cube's part
        struct cube_world *world = world_make(seed, &arena);
        const unsigned base_m = world->profile.base_m;
        struct cube cube = cube_of(world, NULL, 0);
        for (size_t i = 0; i < cube.leaf_count; i++) {
            const struct cube_leaf *leaf = &cube.leaves[i];
            struct cell corner;
            unsigned level_m = region_level_m(&leaf->region, base_m, &corner);
            const int32_t cells = (int32_t)(level_m / base_m);
            struct region square = region_square(
                (struct cell){corner.column * cells, corner.row * cells}, base_m, level_m);
            for (size_t j = 0; j < cube.leaf_count; j++)
                for (unsigned w = 0; w < REGION_WORDS; w++)
                    if (j != i && cube.leaves[j].slice == leaf->slice &&
                        region_meets(&cube.leaves[j].region, &square))
                        square.bits[w] &= ~cube.leaves[j].region.bits[w];
            say_which(seed, region_equal(&square, &leaf->region));
            say_which(seed, leaf->value % 5 == 0);
        }
        arena_reset(&arena);
    }
}

static const struct cube_leaf *find(const struct cube *cube, const struct cube_leaf *leaf) {
    for (size_t i = 0; i < cube->leaf_count; i++)
        if (cube->leaves[i].slice == leaf->slice &&
            region_equal(&cube->leaves[i].region, &leaf->region))
            return &cube->leaves[i];
    return NULL;
}

static bool may_stay(const struct cube_world *world, const struct cube_leaf *leaf,
                     const int64_t *left, unsigned left_count, const int64_t *came,
                     unsigned came_count) {
    uint32_t sizes[64] = {0}, count = 0, largest = 0, sessions = 0;
    for (uint32_t i = 0; i < world->person_count; i++) {
        struct cube_person person = world->people[i];
        bool was = is_in(world, leaf, person.id), leaves = false, comes = false;
        for (unsigned j = 0; j < left_count; j++)
            leaves |= left[j] == person.id;
        for (unsigned j = 0; j < came_count; j++)
            comes |= came[j] == person.id;
        if ((was && !leaves) || (comes && marked(world, leaf, i))) {
            uint32_t size = ++sizes[person.session / 1000];
            sessions += size == 1;
            largest = size > largest ? size : largest;
            count++;
        }
    }
    return count >= world->profile.floor && sessions >= 2 && largest >= 3 &&
           largest * 5 <= count * 4;
}

/* Fewer than k people in all come and go: those who come are held back from the first edition. */
static void a_change_of_fewer_people_than_the_floor_changes_no_leaf(void **state) {
    (void)state;
    size_t stayed = 0;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) { // I7
        struct cube_world *later = world_make(seed, &arena);
        uint64_t random = seed;
        const unsigned changes = later->profile.floor - 1;
        const unsigned come = changes ? (unsigned)world_random(&random, changes) : 0;
        const unsigned go = changes - come;
        struct cube_world *first = arena_alloc(&arena, sizeof *first);
        int64_t came[32], left[32];
        *first = *later;
        for (unsigned i = 0; i < come; i++) {
            came[i] = first->people[first->person_count - 1].id;
            world_remove_person(first, (uint32_t)first->person_count - 1);
        }
        struct cube before = cube_of(first, NULL, 0);
        struct cube_past *past = world_past(first, &before, &arena);
        const struct cube_world everybody = *later;
        for (unsigned i = 0; i < go; i++) {
            uint32_t person = (uint32_t)world_random(&random, first->person_count - i);
            left[i] = later->people[person].id;
            for (unsigned c = 0; c < come; c++)
                if (came[c] == left[i])
                    fail_msg("world %llu: came and went", (unsigned long long)seed);
            for (size_t p = 0; i % 2 && p < before.leaf_count; p++)
                past_forget(&past[p], left[i]);
            // keeps those who come at the end
            for (size_t m = 0; m < later->mark_count; m++)
                if (later->marks[m].person == person)
                    later->marks[m].slices = 0;
            later->people[person].id = INT64_MIN + (int64_t)i;
        }
        struct cube after = cube_of(later, past, before.leaf_count);
        for (size_t i = 0; i < before.leaf_count; i++) {
            const struct cube_leaf *leaf = &before.leaves[i];
            if (!may_stay(&everybody, leaf, left, go, came, come))
                continue;
            const struct cube_leaf *now = find(&after, leaf);
            say_which(seed, now && now->value == leaf->value && now->kept);
            stayed++;
        }
        arena_reset(&arena);
    }
    assert_true(stayed > 3000);
}

static void rebuilding_gives_the_same_bytes(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) { // I8
        struct cube_world *world = world_make(seed, &arena);
        struct cube first = cube_of(world, NULL, 0), second = cube_of(world, NULL, 0);
        say_which(seed, same_cube(world, &first, world, &second));
        for (size_t i = 0; i < first.leaf_count; i++)
            say_which(seed, same_people(&first.leaves[i], &second.leaves[i]));
        arena_reset(&arena);
    }
}

static void the_cube_is_what_its_definition_says(void **state) {
    (void)state;
    size_t kept = 0;
    for (uint64_t seed = 1; seed <= SLOW_WORLDS; seed++) {
        struct cube_world *world = world_make(seed * 1009, &arena);
        uint64_t random = seed;
        if (world->slice_count > 4)
            world->slice_count = 4;
        for (size_t i = 0; i < world->mark_count; i++)
            world->marks[i].slices &= (1u << world->slice_count) - 1;
        struct cube fast = cube_of(world, NULL, 0), slow;
        struct cube_input input = world_input(world);
        assert_int_equal(cube_make_slowly(&input, &arena, &slow), ERR_OK);
        say_which(seed, same_cube(world, &fast, world, &slow));
        struct cube_past *past = world_past(world, &fast, &arena);
        for (uint64_t i = world_random(&random, 30); i > 0; i--) {
            uint32_t person = (uint32_t)world_random(&random, world->person_count);
            for (size_t p = 0; i % 2 && p < fast.leaf_count; p++)
                past_forget(&past[p], world->people[person].id);
            world_remove_person(world, person);
        }
        input = world_input(world);
        input.past = past;
        input.past_count = fast.leaf_count;
        fast = cube_of(world, input.past, input.past_count);
        assert_int_equal(cube_make_slowly(&input, &arena, &slow), ERR_OK);
        say_which(seed, same_cube(world, &fast, world, &slow));
        for (size_t i = 0; i < fast.leaf_count; i++)
            kept += fast.leaves[i].kept;
        arena_reset(&arena);
    }
    assert_true(kept > 100);
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
        cmocka_unit_test(nobody_is_shown_in_a_set_below_the_floor_or_of_one_session),
        cmocka_unit_test(leaves_of_a_slice_share_no_ground_and_come_in_order),
        cmocka_unit_test(the_same_people_have_the_same_value_everywhere),
        cmocka_unit_test(the_order_of_people_marks_and_past_leaves_does_not_matter),
        cmocka_unit_test(what_is_public_tells_no_cell_and_no_count),
        cmocka_unit_test(a_change_of_fewer_people_than_the_floor_changes_no_leaf),
        cmocka_unit_test(rebuilding_gives_the_same_bytes),
        cmocka_unit_test(the_cube_is_what_its_definition_says),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
