// SPDX-License-Identifier: AGPL-3.0-or-later
#include "simplify.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

static void vertices_on_a_straight_line_are_dropped(void **state) {
    (void)state;
    double xy[] = {0, 0, 1, 0.01, 2, -0.01, 3, 0};
    size_t kept;
    assert_int_equal(simplify_line(0.1, xy, 4, &kept), ERR_OK);
    assert_int_equal(kept, 2);
    assert_true(xy[2] == 3 && xy[3] == 0);
}

static void a_corner_stays(void **state) {
    (void)state;
    double xy[] = {0, 0, 5, 0, 5, 5};
    size_t kept;
    assert_int_equal(simplify_line(0.1, xy, 3, &kept), ERR_OK);
    assert_int_equal(kept, 3);
}

static void a_closed_ring_stays_closed(void **state) {
    (void)state;
    double xy[] = {0, 0, 5, 0.01, 10, 0, 10, 10, 0, 10, 0, 0};
    size_t kept;
    assert_int_equal(simplify_line(0.5, xy, 6, &kept), ERR_OK);
    assert_int_equal(kept, 5);
    assert_true(xy[0] == xy[8] && xy[1] == xy[9]);
}

static void no_dropped_vertex_lies_farther_than_the_tolerance(void **state) {
    (void)state;
    enum { N = 2000 };
    static double all[2 * N], left[2 * N];
    for (size_t i = 0; i < N; i++) {
        all[2 * i] = left[2 * i] = (double)i;
        all[2 * i + 1] = left[2 * i + 1] = 40 * sin((double)i / 30) + (double)(i * 7919 % 13) / 13;
    }
    size_t kept;
    assert_int_equal(simplify_line(2, left, N, &kept), ERR_OK);
    assert_true(kept > 20 && kept < N / 4);
    size_t segment = 0;
    for (size_t i = 0; i < N; i++) {
        while (left[2 * segment + 2] < all[2 * i])
            segment++;
        const double *a = left + 2 * segment, *b = a + 2;
        double dx = b[0] - a[0], dy = b[1] - a[1];
        double off = fabs((all[2 * i] - a[0]) * dy - (all[2 * i + 1] - a[1]) * dx) / hypot(dx, dy);
        assert_true(off <= 2 + 1e-9);
    }
}

static void a_zigzag_of_the_worst_kind_needs_no_recursion(void **state) {
    (void)state;
    enum { N = 5000 };
    double *xy = calloc(2 * N, sizeof *xy);
    for (size_t i = 0; i < N; i++) {
        xy[2 * i] = (double)i;
        xy[2 * i + 1] = 1000 * (double)(i % 2);
    }
    size_t kept;
    assert_int_equal(simplify_line(10, xy, N, &kept), ERR_OK);
    assert_true(kept > N - 20);
    free(xy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vertices_on_a_straight_line_are_dropped),
        cmocka_unit_test(a_corner_stays),
        cmocka_unit_test(a_closed_ring_stays_closed),
        cmocka_unit_test(no_dropped_vertex_lies_farther_than_the_tolerance),
        cmocka_unit_test(a_zigzag_of_the_worst_kind_needs_no_recursion),
    };
    return cmocka_run_group_tests_name("simplify", tests, NULL, NULL);
}
