// SPDX-License-Identifier: AGPL-3.0-or-later
// The last gate on what is right, and on each thing that could be wrong with it.
#include "service/publication_gate.h"

#include "sample_edition.h"
#include "test.h"

enum { PEOPLE = 60, SESSIONS = 6 };

/* Sixty people of six sessions, twenty in each of three cells, and what the cube makes of them. */
struct world {
    struct arena arena;
    uint8_t key[SECRET_KEY_SIZE];
    struct cube_person people[PEOPLE];
    struct cube_mark marks[PEOPLE];
    const char *slices[1];
    struct cube_input input;
    struct cube cube;
    struct cube_past past;
    int64_t ids[PEOPLE];
};

static int set_up(void **state) {
    struct world *w = calloc(1, sizeof *w);
    assert_non_null(w);
    assert_int_equal(secret_init(), ERR_OK);
    arena_init(&w->arena);
    memset(w->key, 9, sizeof w->key);
    w->slices[0] = "all";
    for (uint32_t i = 0; i < PEOPLE; i++) {
        w->people[i] = (struct cube_person){.id = 1000 + i, .session = i % SESSIONS};
        w->marks[i] = (struct cube_mark){
            .person = i, .slices = 1, .cell = {16000 + (int32_t)(i % 3), 12400}};
    }
    w->input = (struct cube_input){.key = w->key,
                                   .profile = cube_profile(false, 0),
                                   .slice_ids = w->slices,
                                   .slice_count = 1,
                                   .people = w->people,
                                   .person_count = PEOPLE,
                                   .marks = w->marks,
                                   .mark_count = PEOPLE};
    assert_int_equal(cube_make(&w->input, NULL, NULL, &w->arena, &w->cube), ERR_OK);
    assert_int_equal(w->cube.leaf_count, 3);
    *state = w;
    return 0;
}

static int tear_down(void **state) {
    struct world *w = *state;
    arena_fini(&w->arena);
    free(w);
    return 0;
}

/* The earlier edition's leaf on the first one's ground: her people but the last `fewer`. */
static void set_past(struct world *w, uint32_t value, uint32_t fewer) {
    const struct cube_leaf *leaf = &w->cube.leaves[0];
    for (uint32_t i = 0; i < leaf->count; i++)
        w->ids[i] = w->people[leaf->people[i]].id;
    w->past = (struct cube_past){.slice = leaf->slice,
                                 .region = leaf->region,
                                 .value = value,
                                 .ids = w->ids,
                                 .id_count = leaf->count - fewer};
    w->input.past = &w->past;
    w->input.past_count = 1;
}

static void what_the_cube_makes_passes(void **state) {
    struct world *w = *state;
    assert_null(publication_gate_cube(&w->input, &w->cube));
}

static void too_few_people_are_found(void **state) {
    struct world *w = *state;
    w->cube.leaves[1].count = 4;
    assert_string_equal(publication_gate_cube(&w->input, &w->cube), "floor");
}

static void a_value_that_is_not_the_functions_is_found(void **state) {
    struct world *w = *state;
    w->cube.leaves[2].value += 5;
    assert_string_equal(publication_gate_cube(&w->input, &w->cube), "value");
}

static void people_who_are_not_behind_a_value_are_found(void **state) {
    struct world *w = *state;
    uint32_t others[PEOPLE];
    int refused = 0;
    for (uint32_t swap = 0; swap < 20; swap++) {
        struct cube_leaf *leaf = &w->cube.leaves[0];
        const uint32_t *own = leaf->people;
        memcpy(others, own, leaf->count * sizeof *own);
        others[swap] = w->cube.leaves[1].people[swap];
        leaf->people = others;
        refused += publication_gate_cube(&w->input, &w->cube) != NULL;
        leaf->people = own;
    }
    assert_true(refused > 5); // values are rounded to 5: some sets share one
}

static void a_small_change_must_keep_the_value(void **state) {
    struct world *w = *state;
    set_past(w, w->cube.leaves[0].value + 5, 2);
    assert_string_equal(publication_gate_cube(&w->input, &w->cube), "kept");
    set_past(w, w->cube.leaves[0].value + 5, 5); // five are as many as k: it may change
    assert_null(publication_gate_cube(&w->input, &w->cube));
    set_past(w, w->cube.leaves[0].value, 2);
    assert_null(publication_gate_cube(&w->input, &w->cube));
}

static void what_is_said_to_be_kept_must_have_been_there(void **state) {
    struct world *w = *state;
    w->cube.leaves[0].kept = true;
    assert_string_equal(publication_gate_cube(&w->input, &w->cube), "kept");
    set_past(w, w->cube.leaves[0].value, 1);
    assert_null(publication_gate_cube(&w->input, &w->cube));
    w->past.value += 5;
    assert_string_equal(publication_gate_cube(&w->input, &w->cube), "kept");
    set_past(w, w->cube.leaves[0].value, 0);
    w->past.gone = 30;
    assert_string_equal(publication_gate_cube(&w->input, &w->cube), "kept");
}

/* ---- the edition ---- */

static void the_sample_edition_passes_but_not_with_leaves_that_meet(void **state) {
    struct world *w = *state;
    struct edition *edition = sample_edition_make(&w->arena);
    assert_null(publication_gate_edition(edition));
    struct edition_leaf *leaves = edition->slices[0].leaves;
    struct region own = leaves[2].region;
    leaves[2].region = leaves[1].region;
    assert_string_equal(publication_gate_edition(edition), "disjoint");
    leaves[2].region = own;
    leaves[3].value = 23;
    assert_string_equal(publication_gate_edition(edition), "rounded");
}

static void another_edition_is_not_the_same(void **state) {
    struct world *w = *state;
    struct edition *a = sample_edition_make(&w->arena), *b = sample_edition_make(&w->arena);
    assert_null(publication_gate_same(a, b));
    b->slices[1].leaves[0].value += 5;
    assert_string_equal(publication_gate_same(a, b), "file");
    b = sample_edition_make(&w->arena);
    b->findings[0].geometry.coords[0] += 1e-9;
    assert_string_equal(publication_gate_same(a, b), "file");
    b = sample_edition_make(&w->arena);
    b->slices[0].leaves[0].region.bits[0] ^= 1;
    assert_string_equal(publication_gate_same(a, b), "file");
    b = sample_edition_make(&w->arena);
    b->taken_down = "[\"finding 1\"]";
    assert_string_equal(publication_gate_same(a, b), "file");
}

/* ---- bytes ---- */

static const double positions[] = {4.3512345, 50.8412345, -4.1234567, -0.0001234, 4.5, 50.25, 4.25, 50.75};
enum { POSITIONS = 4 };

static const char *look(struct world *w, const void *bytes, size_t len) {
    return publication_gate_bytes(bytes, len, positions, POSITIONS, sample_edition_make(&w->arena));
}

static void write_double(double value, bool swapped, uint8_t out[8]) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 8; i++)
        out[swapped ? 7 - i : i] = (uint8_t)(bits >> (8 * i));
}

static void a_position_is_found_in_either_byte_order(void **state) {
    struct world *w = *state;
    for (int swapped = 0; swapped < 2; swapped++) {
        uint8_t bytes[64] = "some bytes before it";
        assert_null(look(w, bytes, sizeof bytes));
        write_double(50.8412345, swapped, bytes + 31);
        assert_string_equal(look(w, bytes, sizeof bytes), "positions");
        memset(bytes + 31, 0, 8);
        write_double(-4.1234567, swapped, bytes + 56);
        assert_string_equal(look(w, bytes, sizeof bytes), "positions");
    }
}

static void round_numbers_count_beside_each_other_alone(void **state) {
    struct world *w = *state;
    uint8_t bytes[40] = {0};
    write_double(4.5, false, bytes + 3);
    assert_null(look(w, bytes, sizeof bytes));
    write_double(50.75, false, bytes + 11); // of another pair
    assert_null(look(w, bytes, sizeof bytes));
    write_double(50.25, false, bytes + 11);
    assert_string_equal(look(w, bytes, sizeof bytes), "positions");
}

static void a_position_is_found_as_text(void **state) {
    struct world *w = *state;
    static const char *const found[] = {"[4.3512345,50.1]", "at 50.84123 north", "x=-4.123456700001",
                                        "4.35123"};
    static const char *const passed[] = {"[4.3512,50.8412]", "14.3512345", "4.3512999", "4.1234567",
                                         "50.84", "v1.4.3512345", "4.5, 50.25"};
    for (size_t i = 0; i < sizeof found / sizeof found[0]; i++)
        assert_string_equal(look(w, found[i], strlen(found[i])), "positions");
    for (size_t i = 0; i < sizeof passed / sizeof passed[0]; i++)
        assert_null(look(w, passed[i], strlen(passed[i])));
}

static void what_the_edition_gives_away_is_no_hit(void **state) {
    struct world *w = *state;
    struct edition *edition = sample_edition_make(&w->arena);
    double *coords = edition->findings[0].geometry.coords;
    uint8_t bytes[16];
    coords[0] = positions[0];
    coords[1] = positions[1];
    write_double(positions[0], false, bytes);
    write_double(positions[1], false, bytes + 8);
    assert_null(publication_gate_bytes(bytes, sizeof bytes, positions, POSITIONS, edition));
    write_double(positions[2], false, bytes + 8);
    assert_string_equal(publication_gate_bytes(bytes, sizeof bytes, positions, POSITIONS, edition), "positions");
}

#define GATE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        GATE_TEST(what_the_cube_makes_passes),
        GATE_TEST(too_few_people_are_found),
        GATE_TEST(a_value_that_is_not_the_functions_is_found),
        GATE_TEST(people_who_are_not_behind_a_value_are_found),
        GATE_TEST(a_small_change_must_keep_the_value),
        GATE_TEST(what_is_said_to_be_kept_must_have_been_there),
        GATE_TEST(the_sample_edition_passes_but_not_with_leaves_that_meet),
        GATE_TEST(another_edition_is_not_the_same),
        GATE_TEST(a_position_is_found_in_either_byte_order),
        GATE_TEST(round_numbers_count_beside_each_other_alone),
        GATE_TEST(a_position_is_found_as_text),
        GATE_TEST(what_the_edition_gives_away_is_no_hit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
