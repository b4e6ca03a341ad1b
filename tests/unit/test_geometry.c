// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "base/json.h"
#include "geo/geojson_read.h"
#include <math.h>

static struct arena arena;

static struct geometry read_shape(const char *type, const char *coordinates) {
    char text[2000];
    struct json_object *doc;
    struct geometry geometry;
    snprintf(text, sizeof text, "{\"type\":\"%s\",\"coordinates\":%s}", type, coordinates);
    assert_int_equal(json_parse(text, strlen(text), NULL, &doc), ERR_OK);
    assert_int_equal(geojson_read_geometry(doc, &arena, NULL, &geometry), ERR_OK);
    json_free(doc);
    return geometry;
}

static const struct {
    const char *type, *coordinates, *why; // why NULL: valid
} shapes[] = {
    {"Point", "[4.35,50.85]", NULL},
    {"Point", "[180,90]", NULL},
    {"LineString", "[[4,50],[5,51]]", NULL},
    {"LineString", "[[0,0],[2,2],[2,0],[0,2]]", NULL}, // a walk may cross itself
    {"Polygon", "[[[0,0],[1,0],[1,1],[0,0]]]", NULL},
    {"Polygon", "[[[0,0],[0,9],[9,9],[9,0],[0,0]],[[2,2],[3,2],[3,3],[2,2]]]", NULL},
    {"MultiPoint", "[[0,0],[0,0]]", NULL},
    {"MultiLineString", "[[[0,0],[1,1]],[[2,2],[3,3]]]", NULL},
    {"MultiPolygon", "[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]", NULL},
    {"Point", "[181,0]", "a longitude is beyond 180 degrees"},
    {"Point", "[0,-90.1]", "a latitude is beyond 90 degrees"},
    {"LineString", "[[4,50]]", "a line or ring has no two different positions"},
    {"LineString", "[[4,50],[4,50]]", "a line or ring has no two different positions"},
    {"Polygon", "[[[0,0],[1,0],[0,0]]]", "a ring has fewer than four positions"},
    {"Polygon", "[[[0,0],[1,0],[1,1],[0,1]]]", "a ring is not closed"},
    {"Polygon", "[[[0,0],[1,1],[1,0],[0,1],[0,0]]]", "Self-intersection"},
    {"Polygon", "[[[0,0],[1,0],[1,1],[0,0]],[[5,5],[6,5],[6,6],[5,5]]]", "Hole lies outside shell"},
    {"MultiPolygon", "[[[[0,0],[9,0],[9,9],[0,0]]],[[[1,0.5],[6,0.5],[6,5],[1,0.5]]]]",
     "Nested shells"},
    {"MultiPolygon", "[[],[[[0,0],[1,0],[1,1],[0,0]]]]", "a polygon has no rings"},
};

static void each_shape_is_valid_or_told_what_is_wrong(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        struct fault fault = {0};
        struct geometry geometry = read_shape(shapes[i].type, shapes[i].coordinates);
        enum err err = geometry_check(&geometry, GEOMETRY_VERTICES_MAX, &fault);
        assert_int_equal(err, shapes[i].why ? ERR_BAD_GEOMETRY : ERR_OK);
        if (shapes[i].why)
            assert_string_equal(fault.why, shapes[i].why);
    }
}

static void a_fault_never_says_where_on_the_map(void **state) {
    (void)state;
    struct fault fault = {0};
    struct geometry geometry = read_shape(
        "Polygon",
        "[[[4.351,50.846],[4.352,50.847],[4.352,50.846],[4.351,50.847],[4.351,50.846]]]");
    geometry_check(&geometry, 100, &fault);
    assert_null(strpbrk(fault.why, "0123456789"));
}

static void more_vertices_than_allowed_are_too_large(void **state) {
    (void)state;
    struct geometry geometry = read_shape("LineString", "[[0,0],[1,1],[2,2]]");
    assert_int_equal(geometry_check(&geometry, 2, NULL), ERR_TOO_LARGE);
}

static void not_a_number_is_refused(void **state) {
    (void)state;
    struct geometry geometry = read_shape("Point", "[0,0]");
    geometry.coords[1] = NAN;
    assert_int_equal(geometry_check(&geometry, 9, NULL), ERR_BAD_GEOMETRY);
    geometry.coords[1] = INFINITY;
    assert_int_equal(geometry_check(&geometry, 9, NULL), ERR_BAD_GEOMETRY);
}

static void parts_that_do_not_add_up_are_refused(void **state) {
    (void)state;
    struct geometry geometry = read_shape("Polygon", "[[[0,0],[1,0],[1,1],[0,0]]]");
    geometry.part_vertices[0] = 5;
    assert_int_equal(geometry_check(&geometry, 9, NULL), ERR_BAD_GEOMETRY);
    geometry.part_vertices[0] = 4;
    geometry.polygon_rings[0] = 2;
    assert_int_equal(geometry_check(&geometry, 9, NULL), ERR_BAD_GEOMETRY);
    assert_int_equal(geometry_check(&(struct geometry){0}, 9, NULL), ERR_BAD_GEOMETRY);
}

static void labels_lie_on_the_thing_they_name(void **state) {
    (void)state;
    static const struct {
        const char *type, *coordinates;
        double lon, lat;
    } rows[] = {
        {"Point", "[4,50]", 4, 50},
        {"LineString", "[[0,0],[1,1],[5,5]]", 1, 1},
        {"MultiLineString", "[[[0,0],[1,1],[5,5]],[[7,7],[8,8]]]", 1, 1},
        // a U open to the north: its middle is no part of it
        {"Polygon", "[[[0,0],[9,0],[9,9],[6,9],[6,3],[3,3],[3,9],[0,9],[0,0]]]", 1.5, 4.5},
        // a hole in the middle
        {"Polygon", "[[[0,0],[9,0],[9,8],[0,8],[0,0]],[[3,3],[3,5],[5,5],[5,3],[3,3]]]", 7, 4},
        // the larger of two
        {"MultiPolygon", "[[[[0,0],[1,0],[1,1],[0,1],[0,0]]],[[[5,5],[9,5],[9,9],[5,9],[5,5]]]]", 7,
         7},
        {"MultiPoint", "[[1,2],[3,4],[5,6]]", 3, 4},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        double at[2];
        struct geometry geometry = read_shape(rows[i].type, rows[i].coordinates);
        geometry_label_point(&geometry, at);
        assert_true(fabs(at[0] - rows[i].lon) < 1e-9 && fabs(at[1] - rows[i].lat) < 1e-9);
    }
}

static void a_box_surrounds_all_vertices(void **state) {
    (void)state;
    struct geometry geometry = read_shape("LineString", "[[4,51],[3,50],[5,50.5]]");
    struct bbox box = geometry_bbox(&geometry);
    assert_true(box.west_deg == 3 && box.south_deg == 50 && box.east_deg == 5 &&
                box.north_deg == 51);
}

static void a_copy_shares_nothing_with_its_original(void **state) {
    (void)state;
    struct geometry copy, geometry = read_shape("Polygon", "[[[0,0],[1,0],[1,1],[0,0]]]");
    assert_int_equal(geometry_copy(&geometry, &arena, &copy), ERR_OK);
    geometry.coords[2] = 77;
    geometry.part_vertices[0] = 77;
    geometry.polygon_rings[0] = 77;
    assert_true(copy.coords[2] == 1);
    assert_int_equal(copy.part_vertices[0], 4);
    assert_int_equal(copy.polygon_rings[0], 1);
    assert_int_equal(geometry_check(&copy, 9, NULL), ERR_OK);
}

static void every_type_has_its_geojson_name(void **state) {
    (void)state;
    assert_string_equal(geometry_type_name(GEOMETRY_LINE), "LineString");
    assert_string_equal(geometry_type_name(GEOMETRY_MULTI_POLYGON), "MultiPolygon");
    assert_string_equal(geometry_type_name((enum geometry_type)99), "");
}

static int start(void **state) {
    (void)state;
    arena_init(&arena);
    return 0;
}

static int stop(void **state) {
    (void)state;
    arena_fini(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_shape_is_valid_or_told_what_is_wrong),
        cmocka_unit_test(a_fault_never_says_where_on_the_map),
        cmocka_unit_test(more_vertices_than_allowed_are_too_large),
        cmocka_unit_test(not_a_number_is_refused),
        cmocka_unit_test(parts_that_do_not_add_up_are_refused),
        cmocka_unit_test(labels_lie_on_the_thing_they_name),
        cmocka_unit_test(a_box_surrounds_all_vertices),
        cmocka_unit_test(a_copy_shares_nothing_with_its_original),
        cmocka_unit_test(every_type_has_its_geojson_name),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
