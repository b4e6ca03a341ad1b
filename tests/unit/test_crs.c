// SPDX-License-Identifier: AGPL-3.0-or-later
// Each row reads: from, to, tolerance, accept, expect. Tolerances are in the unit of `to`.
#include "test.h"
#include "geo/crs.h"
#include <math.h>

static const struct {
    const char *from, *to;
    double tolerance, accept[2], expect[2];
} rows[] = {
    // without the national grid file PROJ is off by up to 0.12 m
    {"EPSG:31370", "EPSG:3812", 0.2, {149186.41, 170810.74}, {649186.0370, 670811.1695}},
    {"EPSG:3812", "EPSG:31370", 0.2, {649186.0370, 670811.1695}, {149186.41, 170810.74}},
    // axis order is east first although EPSG:4326 and EPSG:2056's authority orders differ
    {"EPSG:4326", "EPSG:3857", 0.01, {180, 0}, {20037508.342789, 0}},
    {"EPSG:4326", "EPSG:3857", 0.01, {4.35, 50.85}, {484239.785, 6594803.227}},
    // swisstopo's own example of the Zimmerwald station: https://www.swisstopo.admin.ch (NAVREF)
    {"EPSG:2056", "EPSG:4326", 2e-5, {2602030.74, 1191775.03}, {7.465273, 46.877095}},
    {"EPSG:4326", "EPSG:4326", 1e-12, {4.35, 50.85}, {4.35, 50.85}},
    {"OGC:CRS84", "EPSG:4326", 1e-12, {4.35, 50.85}, {4.35, 50.85}},
};

static struct crs *open_crs(void) {
    struct crs *crs;
    assert_int_equal(crs_open(&crs), ERR_OK);
    return crs;
}

static void positions_land_where_the_surveyors_say(void **state) {
    (void)state;
    struct crs *crs = open_crs();
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        double xy[2] = {rows[i].accept[0], rows[i].accept[1]};
        assert_int_equal(crs_transform(crs, rows[i].from, rows[i].to, xy, 1, NULL), ERR_OK);
        if (fabs(xy[0] - rows[i].expect[0]) > rows[i].tolerance ||
            fabs(xy[1] - rows[i].expect[1]) > rows[i].tolerance)
            fail_msg("%s -> %s: %.6f %.6f", rows[i].from, rows[i].to, xy[0], xy[1]);
    }
    crs_close(crs);
}

static void many_positions_go_there_and_back(void **state) {
    (void)state;
    enum { N = 5000 };
    struct crs *crs = open_crs();
    double *xy = malloc(2 * N * sizeof *xy);
    for (size_t i = 0; i < N; i++) {
        xy[2 * i] = 2.6 + (double)i * 0.0007;
        xy[2 * i + 1] = 49.6 + (double)i * 0.0003;
    }
    assert_int_equal(crs_transform(crs, "EPSG:4326", "EPSG:3035", xy, N, NULL), ERR_OK);
    assert_int_equal(crs_transform(crs, "EPSG:3035", "EPSG:4326", xy, N, NULL), ERR_OK);
    for (size_t i = 0; i < N; i++) {
        assert_true(fabs(xy[2 * i] - (2.6 + (double)i * 0.0007)) < 1e-8);
        assert_true(fabs(xy[2 * i + 1] - (49.6 + (double)i * 0.0003)) < 1e-8);
    }
    assert_int_equal(crs_transform(crs, "EPSG:4326", "EPSG:3035", xy, 0, NULL), ERR_OK);
    free(xy);
    crs_close(crs);
}

static void unknown_names_are_refused(void **state) {
    (void)state;
    struct crs *crs = open_crs();
    double xy[2] = {4, 50};
    static const char *const bad[] = {"", "EPSG:999999", "nonsense", "EPSG:"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_int_equal(crs_transform(crs, bad[i], "EPSG:4326", xy, 1, NULL), ERR_BAD_CRS);
        assert_false(crs_known(crs, bad[i], NULL));
    }
    assert_true(xy[0] == 4 && xy[1] == 50);
    crs_close(crs);
}

static void a_position_that_cannot_be_transformed_is_named_by_its_index(void **state) {
    (void)state;
    struct crs *crs = open_crs();
    struct fault fault = {0};
    double xy[6] = {4.35, 50.85, 4.35, 95, 4.36, 50.86};
    assert_int_equal(crs_transform(crs, "EPSG:4326", "EPSG:31370", xy, 3, &fault), ERR_BAD_CRS);
    assert_string_equal(fault.where, "position 1");
    double nan_xy[2] = {NAN, 50};
    assert_int_equal(crs_transform(crs, "EPSG:4326", "EPSG:3035", nan_xy, 1, &fault), ERR_BAD_CRS);
    assert_string_equal(fault.where, "position 0");
    crs_close(crs);
}

static void degrees_are_told_from_metres(void **state) {
    (void)state;
    struct crs *crs = open_crs();
    bool geographic = false;
    assert_true(crs_known(crs, "EPSG:4326", &geographic));
    assert_true(geographic);
    assert_true(crs_known(crs, "EPSG:2056", &geographic));
    assert_false(geographic);
    crs_close(crs);
    crs_close(NULL);
}

static void a_definition_is_one_line_of_wkt_that_means_the_same(void **state) {
    (void)state;
    struct crs *crs = open_crs();
    struct arena arena;
    arena_init(&arena);
    static const char *const names[] = {"EPSG:3035", "EPSG:6933", "EPSG:4326"};
    static const char *const starts[] = {"PROJCS[\"ETRS89-extended / LAEA Europe\",", "PROJCS[\"WGS 84 / ",
                                         "GEOGCS[\"WGS 84\","};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const char *wkt = NULL;
        assert_int_equal(crs_wkt(crs, names[i], &arena, &wkt), ERR_OK);
        assert_memory_equal(wkt, starts[i], strlen(starts[i]));
        assert_null(strchr(wkt, '\n'));
        assert_non_null(strstr(wkt, names[i] + 5)); // the authority's number
        double by_name[2] = {4.35, 50.85}, by_wkt[2] = {4.35, 50.85};
        assert_int_equal(crs_transform(crs, "EPSG:4326", names[i], by_name, 1, NULL), ERR_OK);
        assert_int_equal(crs_transform(crs, "EPSG:4326", wkt, by_wkt, 1, NULL), ERR_OK);
        assert_true(fabs(by_name[0] - by_wkt[0]) < 1e-6 && fabs(by_name[1] - by_wkt[1]) < 1e-6);
    }
    const char *untouched = "as it was";
    assert_int_equal(crs_wkt(crs, "EPSG:999999", &arena, &untouched), ERR_BAD_CRS);
    assert_int_equal(crs_wkt(crs, "+proj=pipeline +step +proj=merc", &arena, &untouched), ERR_BAD_CRS);
    assert_string_equal(untouched, "as it was");
    arena_fini(&arena);
    crs_close(crs);
}

static void more_transformations_than_are_kept_still_work(void **state) {
    (void)state;
    struct crs *crs = open_crs();
    for (int round = 0; round < 2; round++)
        for (int zone = 1; zone <= 20; zone++) {
            char name[20];
            snprintf(name, sizeof name, "EPSG:%d", 32600 + zone);
            double xy[2] = {-180 + 6 * zone - 3, 10};
            assert_int_equal(crs_transform(crs, "EPSG:4326", name, xy, 1, NULL), ERR_OK);
            assert_true(fabs(xy[0] - 500000) < 0.01); // a zone's middle
        }
    crs_close(crs);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions_land_where_the_surveyors_say),
        cmocka_unit_test(many_positions_go_there_and_back),
        cmocka_unit_test(unknown_names_are_refused),
        cmocka_unit_test(a_position_that_cannot_be_transformed_is_named_by_its_index),
        cmocka_unit_test(degrees_are_told_from_metres),
        cmocka_unit_test(a_definition_is_one_line_of_wkt_that_means_the_same),
        cmocka_unit_test(more_transformations_than_are_kept_still_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
