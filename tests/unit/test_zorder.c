// SPDX-License-Identifier: AGPL-3.0-or-later
#include "geo/zorder.h"

#include "test.h"

static void interleaves_longitude_and_latitude(void **state) {
    (void)state;
    assert_true(zorder_key(-180, -90) == 0);
    assert_true(zorder_key(0, -90) == (uint64_t)1 << 62);
    assert_true(zorder_key(-180, 0) == (uint64_t)1 << 63);
    assert_true(zorder_key(180, 90) == UINT64_MAX);
}

static void keeps_a_quadrant_together(void **state) {
    (void)state;
    // all of the south-west comes before all of the north-east
    for (double lon = -179; lon < 0; lon += 13)
        for (double lat = -89; lat < 0; lat += 7)
            assert_true(zorder_key(lon, lat) < zorder_key(lon + 180, lat + 90));
}

static void clamps_what_is_out_of_range(void **state) {
    (void)state;
    assert_true(zorder_key(-999, -999) == 0);
    assert_true(zorder_key(999, 999) == UINT64_MAX);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interleaves_longitude_and_latitude),
        cmocka_unit_test(keeps_a_quadrant_together),
        cmocka_unit_test(clamps_what_is_out_of_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
