// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "publish/edition.h"

enum { BASE = 250 };

/* A leaf of one square. */
static struct edition_leaf leaf(int32_t column, int32_t row, unsigned level_m, uint32_t value) {
    return (struct edition_leaf){
        .region = region_square((struct cell){column, row}, BASE, level_m), .value = value};
}

static enum share_band share_of(struct edition_leaf *all, size_t all_count,
                                struct edition_leaf part) {
    struct edition_slice slices[] = {
        {.id = "other.all", .exercise = 1, .kind = SLICE_ALL},
        {.id = "map.all", .kind = SLICE_ALL, .leaf_count = all_count, .leaves = all},
        {.id = "map.category.a", .kind = SLICE_CATEGORY, .leaf_count = 1, .leaves = &part}};
    struct edition edition = {.slice_count = 3, .slices = slices};
    edition_shares(&edition);
    for (size_t i = 0; i < all_count; i++)
        assert_int_equal(all[i].share, SHARE_UNKNOWN);
    return part.share;
}

static void a_share_is_told_in_five_bands(void **state) {
    (void)state;
    static const struct {
        uint32_t part, all;
        enum share_band band;
    } rows[] = {{15, 100, SHARE_BELOW_20}, {20, 100, SHARE_20_40},    {35, 100, SHARE_20_40},
                {40, 100, SHARE_40_60},    {55, 100, SHARE_40_60},    {60, 100, SHARE_60_80},
                {80, 100, SHARE_60_80},    {85, 100, SHARE_ABOVE_80}, {110, 100, SHARE_ABOVE_80},
                {10, 50, SHARE_20_40},     {10, 25, SHARE_40_60},     {15, 25, SHARE_60_80},
                {20, 25, SHARE_60_80},     {25, 25, SHARE_ABOVE_80}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct edition_leaf all = leaf(5, 5, 1000, rows[i].all);
        assert_int_equal(share_of(&all, 1, leaf(5, 5, 1000, rows[i].part)), rows[i].band);
    }
}

static void all_is_weighted_by_the_ground_it_shares(void **state) {
    (void)state;
    // a quarter of 200 people is 50 on this square, and 30 of them are 60%
    struct edition_leaf wide = leaf(0, 0, 2000, 200);
    assert_int_equal(share_of(&wide, 1, leaf(4, 0, 1000, 30)), SHARE_60_80);
    assert_int_equal(share_of(&wide, 1, leaf(4, 0, 1000, 25)), SHARE_40_60);
    // four leaves of 20, 20, 20 and 40 people below one of 45
    struct edition_leaf fine[] = {leaf(0, 0, 1000, 20), leaf(4, 0, 1000, 20), leaf(0, 4, 1000, 20),
                                  leaf(4, 4, 1000, 40)};
    assert_int_equal(share_of(fine, 4, leaf(0, 0, 2000, 45)), SHARE_40_60);
    assert_int_equal(share_of(fine, 4, leaf(0, 0, 2000, 15)), SHARE_BELOW_20);
}

static void where_all_is_not_shown_on_the_whole_of_it_the_share_is_unknown(void **state) {
    (void)state;
    struct edition_leaf three[] = {leaf(0, 0, 1000, 20), leaf(4, 0, 1000, 20),
                                   leaf(0, 4, 1000, 20)};
    assert_int_equal(share_of(three, 3, leaf(0, 0, 2000, 15)), SHARE_UNKNOWN);
    assert_int_equal(share_of(three, 0, leaf(0, 0, 1000, 15)), SHARE_UNKNOWN);
    assert_int_equal(share_of(three, 3, leaf(4, 0, 500, 15)), SHARE_ABOVE_80);
}

static void only_leaves_of_the_same_top_cell_count(void **state) {
    (void)state;
    // before, at and behind it, in the order of the cube: the same bits each time
    struct edition_leaf all[] = {leaf(0, -16, 1000, 500), leaf(-16, 0, 1000, 500),
                                 leaf(0, 0, 1000, 50),    leaf(16, 0, 1000, 500),
                                 leaf(0, 16, 1000, 500)};
    assert_int_equal(share_of(all, 5, leaf(0, 0, 1000, 25)), SHARE_40_60);
    assert_int_equal(share_of(all, 5, leaf(16, 0, 1000, 450)), SHARE_ABOVE_80);
    assert_int_equal(share_of(all, 5, leaf(32, 0, 1000, 450)), SHARE_UNKNOWN);
}

static void an_exercise_without_its_all_has_no_shares(void **state) {
    (void)state;
    struct edition_leaf part = leaf(0, 0, 1000, 20), other = leaf(0, 0, 1000, 40);
    struct edition_slice slices[] = {
        {.id = "other.all", .exercise = 1, .kind = SLICE_ALL, .leaf_count = 1, .leaves = &other},
        {.id = "map.group.new", .kind = SLICE_GROUP, .leaf_count = 1, .leaves = &part}};
    struct edition edition = {.slice_count = 2, .slices = slices};
    part.share = SHARE_20_40; // of an earlier filling
    edition_shares(&edition);
    assert_int_equal(part.share, SHARE_UNKNOWN);
}

static void a_slice_is_found_by_its_id(void **state) {
    (void)state;
    struct edition_slice slices[] = {{.id = "map.all"}, {.id = "map.time.night"}};
    const struct edition edition = {.slice_count = 2, .slices = slices};
    assert_ptr_equal(edition_slice_find(&edition, "map.time.night"), &slices[1]);
    assert_null(edition_slice_find(&edition, "map.time"));
    assert_null(edition_slice_find(&edition, ""));
}

static void words_are_those_of_the_interface(void **state) {
    (void)state;
    static const char *const kinds[] = {"all", "category", "time", "group"};
    static const char *const urgencies[] = {"green", "amber", "red"};
    static const char *const bands[] = {"<20%", "20-40%", "40-60%", "60-80%", ">80%"};
    for (unsigned i = 0; i < SLICE_KINDS; i++)
        assert_string_equal(slice_kind_name(i), kinds[i]);
    for (unsigned i = 0; i < URGENCY_COUNT; i++)
        assert_string_equal(finding_urgency_name(i), urgencies[i]);
    assert_null(share_band_text(SHARE_UNKNOWN));
    for (unsigned i = 0; i < COUNT_OF(bands); i++)
        assert_string_equal(share_band_text(SHARE_BELOW_20 + i), bands[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_is_told_in_five_bands),
        cmocka_unit_test(all_is_weighted_by_the_ground_it_shares),
        cmocka_unit_test(where_all_is_not_shown_on_the_whole_of_it_the_share_is_unknown),
        cmocka_unit_test(only_leaves_of_the_same_top_cell_count),
        cmocka_unit_test(an_exercise_without_its_all_has_no_shares),
        cmocka_unit_test(a_slice_is_found_by_its_id),
        cmocka_unit_test(words_are_those_of_the_interface),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
