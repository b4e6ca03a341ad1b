// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "geo/bbox.h"
#include <math.h>

static const struct bbox brussels = {4.24, 50.76, 4.48, 50.92};
static const struct bbox fiji = {177, -20, -178, -12}; // crosses the antimeridian

static bool meets(const struct bbox *box, double lon_deg, double lat_deg) {
    const struct bbox position = {lon_deg, lat_deg, lon_deg, lat_deg};
    return bbox_intersects(box, &position) && bbox_intersects(&position, box);
}

static void meets_positions_inside_and_on_its_edges(void **state) {
    (void)state;
    assert_true(meets(&brussels, 4.35, 50.84));
    assert_true(meets(&brussels, 4.24, 50.76));
    assert_false(meets(&brussels, 4.2, 50.84));
    assert_false(meets(&brussels, 4.35, 51));
}

static void meets_positions_across_the_antimeridian(void **state) {
    (void)state;
    assert_true(meets(&fiji, 179.9, -15));
    assert_true(meets(&fiji, -179, -15));
    assert_false(meets(&fiji, 0, -15));
}

static void intersects_what_it_shares_a_place_with(void **state) {
    (void)state;
    const struct bbox east = {4.4, 50.7, 5, 51}, far = {5, 50.7, 6, 51},
                      within = {4.3, 50.8, 4.31, 50.81};
    const struct bbox west_of_line = {170, -30, 178, 0}, americas = {-179, -20, -100, 0};
    assert_true(bbox_intersects(&brussels, &east));
    assert_true(bbox_intersects(&brussels, &within));
    assert_true(bbox_intersects(&within, &brussels));
    assert_false(bbox_intersects(&brussels, &far));
    assert_true(bbox_intersects(&fiji, &west_of_line));
    assert_true(bbox_intersects(&americas, &fiji));
    assert_false(bbox_intersects(&fiji, &brussels));
    assert_true(bbox_intersects(&fiji, &fiji));
}

static void validity_asks_for_finite_degrees_in_order(void **state) {
    (void)state;
    static const struct bbox bad[] = {{NAN, 0, 1, 1},  {0, 0, INFINITY, 1}, {-181, 0, 1, 1},
                                      {0, -91, 1, 1},  {0, 0, 1, 91},       {0, 2, 1, 1},
                                      {0, 0, 180.1, 1}};
    assert_true(bbox_valid(&brussels));
    assert_true(bbox_valid(&fiji));
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(bbox_valid(&bad[i]));
}

static void the_box_of_nothing_grows_around_positions(void **state) {
    (void)state;
    struct bbox box = bbox_empty();
    assert_false(bbox_valid(&box));
    bbox_extend(&box, 4.3, 50.8);
    bbox_extend(&box, 4.4, 50.7);
    assert_true(box.west_deg == 4.3 && box.east_deg == 4.4);
    assert_true(box.south_deg == 50.7 && box.north_deg == 50.8);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(meets_positions_inside_and_on_its_edges),
        cmocka_unit_test(meets_positions_across_the_antimeridian),
        cmocka_unit_test(intersects_what_it_shares_a_place_with),
        cmocka_unit_test(validity_asks_for_finite_degrees_in_order),
        cmocka_unit_test(the_box_of_nothing_grows_around_positions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
