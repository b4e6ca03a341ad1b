// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "held_fixture.h"
#include "publish/edition_areas.h"
#include "publish/edition_compare.h"
#include <math.h>

struct fixture {
    struct held_edition *held;
    struct arena arena;
    struct area_value *values;
};

static int setup(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    f->held = held_fixture(0);
    arena_init(&f->arena);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    arena_fini(&f->arena);
    held_free(f->held);
    free(f);
    return 0;
}

/* The first overlay gets one area instead of its own: rings in metres of the grid. */
static struct area_value area_of(struct fixture *f, const char *slice, const double *xy,
                                 uint32_t *ring_vertices, size_t rings) {
    size_t vertices = 0;
    uint32_t ring_count = (uint32_t)rings;
    for (size_t i = 0; i < rings; i++)
        vertices += ring_vertices[i];
    f->held->edition.overlays[0].feature_count = 1;
    f->held->overlays[0].areas[0] = (struct geometry){.type = GEOMETRY_POLYGON,
                                                      .vertex_count = vertices,
                                                      .coords = (double *)(uintptr_t)xy,
                                                      .part_count = rings,
                                                      .part_vertices = ring_vertices,
                                                      .polygon_count = 1,
                                                      .polygon_rings = &ring_count};
    assert_int_equal(edition_areas(f->held, held_fixture_slice(f->held, slice), 0, &f->arena,
                                   &f->values),
                     ERR_OK);
    return f->values[0];
}

/* Metres of the top cell that holds most of the sample's leaves. */
#define X(m) (980.0 * 4000 + (m))
#define Y(m) (774.0 * 4000 + (m))

static struct area_value box_of(struct fixture *f, const char *slice, double west, double south,
                                double east, double north) {
    const double ring[] = {X(west), Y(south), X(east), Y(south), X(east),
                           Y(north), X(west), Y(north), X(west), Y(south)};
    uint32_t vertices = 5;
    return area_of(f, slice, ring, &vertices, 1);
}

static void assert_near(double value, double expected) {
    if (fabs(value - expected) > 1e-9)
        fail_msg("%.12f instead of %.12f", value, expected);
}

static void an_area_that_is_a_leaf_has_its_value(void **state) {
    struct fixture *f = *state;
    // 500 m cells; cell (6,2) is a leaf of 30, cell (7,2) one of 45
    struct area_value one = box_of(f, "safety-map.all", 3000, 1000, 3500, 1500);
    assert_true(one.known);
    assert_int_equal(one.value, 30);
    assert_near(one.covered, 1);
    assert_near(one.per_km2, 120);
    assert_int_equal(one.share, SHARE_UNKNOWN);
    assert_int_equal(box_of(f, "safety-map.all", 3000, 1000, 4000, 1500).value, 75);
}

static void part_of_a_leaf_counts_by_its_area(void **state) {
    struct fixture *f = *state;
    // two thirds of the leaf of 45, and the whole of that of 30
    struct area_value value = box_of(f, "safety-map.all", 3000, 1000, 3500 + 500 * 2 / 3.0, 1500);
    assert_int_equal(value.value, 60);
    // a triangle over half of the leaf of 45: 22.5 is told as 25
    const double triangle[] = {X(3500), Y(1000), X(4000), Y(1000), X(4000), Y(1500), X(3500), Y(1000)};
    uint32_t vertices = 4;
    value = area_of(f, "safety-map.all", triangle, &vertices, 1);
    assert_int_equal(value.value, 25);
    assert_near(value.covered, 1);
}

static void a_ring_counts_whichever_way_it_is_drawn_and_a_hole_is_taken_away(void **state) {
    struct fixture *f = *state;
    const double rings[] = {X(3000), Y(1500), X(4000), Y(1500), X(4000), Y(1000), X(3000), Y(1000),
                            X(3000), Y(1500), // clockwise
                            X(3000), Y(1000), X(3500), Y(1000), X(3500), Y(1500), X(3000), Y(1500),
                            X(3000), Y(1000)}; // the hole, counter-clockwise
    uint32_t vertices[] = {5, 5};
    struct area_value value = area_of(f, "safety-map.all", rings, vertices, 2);
    assert_int_equal(value.value, 45);
    assert_near(value.covered, 1);
    assert_near(value.per_km2, 180);
}

static void less_than_half_covered_is_not_told(void **state) {
    struct fixture *f = *state;
    // the slice has the cells (6,2) and (7,2) of this row, and (4..5, 2..3)
    struct area_value value = box_of(f, "safety-map.category.unsafe", 3000, 1000, 4000, 2100);
    assert_near(value.covered, 500 / 1100.0);
    assert_false(value.known);
    assert_int_equal(value.value, 0);
    value = box_of(f, "safety-map.category.unsafe", 3000, 1000, 4000, 2000);
    assert_near(value.covered, 0.5);
    assert_true(value.known);
    assert_int_equal(value.value, 50);
    assert_near(value.per_km2, 100); // of the half that is covered
}

static void far_from_all_leaves_nothing_is_covered(void **state) {
    struct fixture *f = *state;
    const double boxes[][4] = {{-90000, 0, -80000, 5000}, {90000, 0, 95000, 5000},
                               {0, -90000, 5000, -80000}, {0, 90000, 5000, 95000}};
    for (size_t i = 0; i < COUNT_OF(boxes); i++) {
        const double *b = boxes[i];
        struct area_value value = box_of(f, "safety-map.all", b[0], b[1], b[2], b[3]);
        assert_false(value.known);
        assert_near(value.covered, 0);
    }
    struct area_value value = box_of(f, "safety-map.group.long", 0, 0, 4000, 4000);
    assert_false(value.known); // a slice without leaves
}

static void an_area_around_everything_holds_everything_shown(void **state) {
    struct fixture *f = *state;
    for (size_t s = 0; s < f->held->edition.slice_count; s++) {
        const struct shown_slice *shown = &f->held->slices[s];
        // a star with many corners, far beyond the leaves on all sides: told to be covered too little
        double ring[2 * 201];
        for (int i = 0; i < 200; i++) {
            double r = i % 2 ? 40000 : 60000, turn = 2 * M_PI * i / 200;
            ring[2 * i] = X(2000 + r * cos(turn));
            ring[2 * i + 1] = Y(2000 + r * sin(turn));
        }
        ring[400] = ring[0], ring[401] = ring[1];
        uint32_t vertices = 201;
        struct area_value value = area_of(f, shown->slice->id, ring, &vertices, 1);
        double ground = 0, area = 0;
        for (size_t i = 0; i < shown->slice->leaf_count; i++)
            ground += shown->leaves[i].area_km2;
        for (int i = 0; i < 200; i++)
            area += (ring[2 * i] - X(0)) * (ring[2 * i + 3] - Y(0)) - (ring[2 * i + 2] - X(0)) * (ring[2 * i + 1] - Y(0));
        assert_near(value.covered * area / 2e6 / 1000, ground / 1000);
    }
}

static void a_share_is_told_where_both_are_published(void **state) {
    struct fixture *f = *state;
    // 20 of 30 and 30 of 45 people there
    assert_int_equal(box_of(f, "safety-map.category.unsafe", 3000, 1000, 4000, 1500).share, SHARE_60_80);
    // the other slice's leaf is on ground without `all`
    const double ring[] = {981.0 * 4000, 773.0 * 4000, 982.0 * 4000, 773.0 * 4000, 982.0 * 4000,
                           774.0 * 4000, 981.0 * 4000, 774.0 * 4000, 981.0 * 4000, 773.0 * 4000};
    uint32_t vertices = 5;
    struct area_value value = area_of(f, "safety-map.category.unsafe", ring, &vertices, 1);
    assert_int_equal(value.value, 20);
    assert_int_equal(value.share, SHARE_UNKNOWN);
}

/* Bytes that it takes of a request to sum up the same wide area so many times. */
static size_t bytes_for_areas(struct fixture *f, size_t count) {
    double ring[] = {X(-9000), Y(-9000), X(9000), Y(-9000), X(9000), Y(9000), X(-9000), Y(9000), X(-9000), Y(-9000)};
    uint32_t vertices = 5, rings = 1;
    const struct geometry area = {.type = GEOMETRY_POLYGON, .vertex_count = 5, .coords = ring, .part_count = 1,
                                  .part_vertices = &vertices, .polygon_count = 1, .polygon_rings = &rings};
    struct arena request;
    struct area_value *values;
    f->held->edition.overlays[0].feature_count = count;
    f->held->edition.overlays[0].features = arena_array(&f->arena, count, sizeof(struct edition_overlay_feature));
    f->held->overlays[0].areas = arena_array(&f->arena, count, sizeof area);
    for (size_t i = 0; i < count; i++) {
        f->held->edition.overlays[0].features[i].geometry = area;
        f->held->overlays[0].areas[i] = area;
    }
    arena_init(&request);
    assert_int_equal(edition_areas(f->held, held_fixture_slice(f->held, "safety-map.all"), 0, &request, &values), ERR_OK);
    size_t bytes = request.used_bytes;
    arena_fini(&request);
    return bytes;
}

static void what_an_area_takes_to_be_summed_up_is_given_back_before_the_next(void **state) {
    struct fixture *f = *state;
    size_t one = bytes_for_areas(f, 1), many = bytes_for_areas(f, 1001);
    assert_in_range(many - one, 1000 * sizeof(struct area_value), 1000 * sizeof(struct area_value) + 1000);
}

static void only_groups_and_times_are_compared(void **state) {
    struct fixture *f = *state;
    static const char *const ids[] = {"safety-map.group.new", "safety-map.group.long",
                                      "safety-map.time.evening", "safety-map.category.unsafe",
                                      "safety-map.category.safe", "safety-map.all", "asset-map.all"};
    for (size_t i = 0; i < COUNT_OF(ids); i++)
        for (size_t j = 0; j < COUNT_OF(ids); j++) {
            const struct edition_slice *a = held_fixture_slice(f->held, ids[i])->slice;
            const struct edition_slice *b = held_fixture_slice(f->held, ids[j])->slice;
            assert_int_equal(edition_may_compare(a, b), i < 2 && j < 2 && i != j);
        }
}

/* Two slices of one leaf each on the cell (7,2), and one more leaf that makes their totals. */
static enum compared_result compare_values(struct fixture *f, uint32_t a, uint32_t a_else, uint32_t b,
                                           uint32_t b_else) {
    struct shown_slice *first = (struct shown_slice *)(uintptr_t)held_fixture_slice(f->held, "safety-map.group.new");
    struct shown_slice *second = (struct shown_slice *)(uintptr_t)held_fixture_slice(f->held, "safety-map.group.long");
    struct edition_leaf mine = first->slice->leaves[0], theirs = mine;
    struct edition_slice one = {.id = "a", .kind = SLICE_GROUP, .leaf_count = 1, .leaves = &mine};
    struct edition_slice two = {.id = "b", .kind = SLICE_GROUP, .leaf_count = 1, .leaves = &theirs};
    struct shown_slice shown_a = *first, shown_b = *second;
    struct compared *compared;
    size_t count;
    mine.value = a, theirs.value = b;
    shown_a.slice = &one, shown_b.slice = &two;
    shown_a.shown = a + a_else, shown_b.shown = b + b_else;
    assert_int_equal(edition_compare(f->held, &shown_a, &shown_b, &f->arena, &compared, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_string_equal(compared[0].code, first->leaves[0].code);
    assert_int_equal(compared[0].outline.type, GEOMETRY_MULTI_POLYGON);
    return compared[0].result;
}

static void a_difference_is_told_when_noise_does_not_explain_it(void **state) {
    struct fixture *f = *state;
    assert_int_equal(compare_values(f, 100, 100, 30, 170), COMPARED_HIGHER);
    assert_int_equal(compare_values(f, 30, 170, 100, 100), COMPARED_LOWER);
    assert_int_equal(compare_values(f, 100, 100, 95, 105), COMPARED_SIMILAR);
    // twice the share, but of so few people that noise does it
    assert_int_equal(compare_values(f, 20, 180, 10, 190), COMPARED_SIMILAR);
    // the same shares of different totals
    assert_int_equal(compare_values(f, 200, 800, 50, 200), COMPARED_SIMILAR);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(an_area_that_is_a_leaf_has_its_value),
        CASE(part_of_a_leaf_counts_by_its_area),
        CASE(a_ring_counts_whichever_way_it_is_drawn_and_a_hole_is_taken_away),
        CASE(less_than_half_covered_is_not_told),
        CASE(far_from_all_leaves_nothing_is_covered),
        CASE(an_area_around_everything_holds_everything_shown),
        CASE(a_share_is_told_where_both_are_published),
        CASE(what_an_area_takes_to_be_summed_up_is_given_back_before_the_next),
        CASE(only_groups_and_times_are_compared),
        CASE(a_difference_is_told_when_noise_does_not_explain_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
