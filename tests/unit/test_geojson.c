// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "geo/geojson_read.h"
#include "geo/geojson_write.h"
#include "shared_data.h"

static struct json_object *parse(const char *text) {
    struct json_object *doc;
    assert_int_equal(json_parse(text, strlen(text), NULL, &doc), ERR_OK);
    return doc;
}

static void every_type_is_read_and_written_back(void **state) {
    (void)state;
    static const char *const rows[] = {
        "{\"type\":\"Point\",\"coordinates\":[4.35,50.85]}",
        "{\"type\":\"LineString\",\"coordinates\":[[4.35,50.85],[4.3601234,50.86]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[9,0],[9,9],[0,0]],[[3,1],[5,3],[5,1],[3,1]]"
        "]}",
        "{\"type\":\"MultiPoint\",\"coordinates\":[[1,2],[3,4]]}",
        "{\"type\":\"MultiLineString\",\"coordinates\":[[[1,2],[3,4]],[[5,6],[7,8],[9,0]]]}",
        "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,"
        "6],"
        "[5,5]]]]}",
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct arena arena;
        struct geometry geometry;
        struct buf out;
        struct jsonw w;
        arena_init(&arena);
        buf_init(&out);
        jsonw_init(&w, &out);
        struct json_object *doc = parse(rows[i]);
        assert_int_equal(geojson_read_geometry(doc, &arena, NULL, &geometry), ERR_OK);
        geojson_write_geometry(&w, &geometry);
        buf_char(&out, 0);
        assert_string_equal(out.data, rows[i]);
        json_free(doc);
        buf_fini(&out);
        arena_fini(&arena);
    }
}

static void outer_rings_are_written_counterclockwise_and_holes_clockwise(void **state) {
    (void)state;
    struct arena arena;
    struct geometry geometry;
    struct buf out;
    struct jsonw w;
    arena_init(&arena);
    buf_init(&out);
    jsonw_init(&w, &out);
    struct json_object *doc = parse("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[9,9],[9,0],[0,"
                                    "0]],[[3,1],[5,1],[5,3],[3,1]]]}");
    assert_int_equal(geojson_read_geometry(doc, &arena, NULL, &geometry), ERR_OK);
    geojson_write_geometry(&w, &geometry);
    buf_char(&out, 0);
    assert_string_equal(out.data,
                        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[9,0],[9,9],[0,0]],"
                        "[[3,1],[5,3],[5,1],[3,1]]]}");
    json_free(doc);
    buf_clear(&out);
    jsonw_init(&w, &out);
    geojson_write_geometry(&w, NULL);
    assert_memory_equal(out.data, "null", 4);
    buf_fini(&out);
    arena_fini(&arena);
}

static void heights_are_dropped_and_other_shapes_refused(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum err err;
    } rows[] = {
        {"{\"type\":\"Point\",\"coordinates\":[4,50,12]}", ERR_OK},
        {"{\"type\":\"Point\",\"coordinates\":[4]}", ERR_BAD_GEOMETRY},
        {"{\"type\":\"Point\",\"coordinates\":[]}", ERR_BAD_GEOMETRY},
        {"{\"type\":\"Point\",\"coordinates\":[\"4\",\"50\"]}", ERR_BAD_GEOMETRY},
        {"{\"type\":\"Point\",\"coordinates\":[[4,50]]}", ERR_BAD_GEOMETRY},
        {"{\"type\":\"Point\"}", ERR_BAD_GEOMETRY},
        {"{\"type\":\"LineString\",\"coordinates\":[4,50]}", ERR_BAD_GEOMETRY},
        {"{\"type\":\"LineString\",\"coordinates\":[]}", ERR_BAD_GEOMETRY},
        {"{\"type\":\"Polygon\",\"coordinates\":[[4,50],[5,51]]}", ERR_BAD_GEOMETRY},
        {"{\"type\":\"Polygon\",\"coordinates\":[[]]}", ERR_BAD_GEOMETRY},
        {"{\"type\":\"MultiPolygon\",\"coordinates\":[[[4,50]]]}", ERR_BAD_GEOMETRY},
        {"{\"type\":\"GeometryCollection\",\"geometries\":[]}", ERR_BAD_GEOMETRY},
        {"{\"type\":\"point\",\"coordinates\":[4,50]}", ERR_BAD_GEOMETRY},
        {"{\"coordinates\":[4,50]}", ERR_BAD_GEOMETRY},
        {"[4,50]", ERR_BAD_GEOMETRY},
        {"null", ERR_BAD_GEOMETRY},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct arena arena;
        struct geometry geometry;
        struct fault fault = {0};
        arena_init(&arena);
        struct json_object *doc = parse(rows[i].text);
        enum err err = geojson_read_geometry(doc, &arena, &fault, &geometry);
        if (err != rows[i].err)
            fail_msg("%s: %s", rows[i].text, err_name(err));
        assert_true(!err || fault.why[0]);
        json_free(doc);
        arena_fini(&arena);
    }
}

struct seen {
    size_t good, bad, last_bad, without_geometry, with_properties;
};

static enum err note_feature(void *context, const struct geojson_feature *feature,
                             struct fault *fault) {
    (void)fault;
    struct seen *seen = context;
    seen->good++;
    seen->without_geometry += !feature->geometry.type;
    seen->with_properties += feature->properties != NULL;
    return ERR_OK;
}

static void note_bad(void *context, size_t index, const struct fault *fault) {
    struct seen *seen = context;
    assert_true(fault->why[0]);
    seen->bad++;
    seen->last_bad = index;
}

/* The same text through the tree and through the stream. */
static enum err read_both_ways(const char *text, struct seen *seen, char crs_name[64]) {
    struct arena arena;
    struct fault fault = {0};
    struct json_object *doc = parse(text);
    struct seen streamed = {0};
    char streamed_crs[64];
    arena_init(&arena);
    enum err err = geojson_read(doc, &arena, note_feature, note_bad, seen, crs_name, &fault);
    json_free(doc);
    enum err again = geojson_read_text(text, strlen(text), &arena, note_feature, note_bad,
                                       &streamed, streamed_crs, &fault);
    arena_fini(&arena);
    assert_int_equal(err, again);
    assert_memory_equal(seen, &streamed, sizeof streamed);
    assert_string_equal(crs_name, streamed_crs);
    return err;
}

static void a_bad_feature_is_reported_and_the_others_read(void **state) {
    (void)state;
    struct seen seen = {0};
    char crs_name[64];
    assert_int_equal(
        read_both_ways("{\"type\":\"FeatureCollection\",\"features\":["
                       "{\"type\":\"Feature\",\"properties\":{\"a\":1},\"geometry\":{\"type\":"
                       "\"Point\",\"coordinates\":[1,2]}},"
                       "{\"type\":\"Feature\",\"properties\":null,\"geometry\":null},"
                       "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Blob\"}},"
                       "{\"type\":\"Thing\"},null,7]}",
                       &seen, crs_name),
        ERR_OK);
    assert_int_equal(seen.good, 2);
    assert_int_equal(seen.bad, 4);
    assert_int_equal(seen.last_bad, 5);
    assert_int_equal(seen.without_geometry, 1);
    assert_int_equal(seen.with_properties, 1);
    assert_string_equal(crs_name, "");
}

static void one_feature_or_a_bare_geometry_counts_as_a_collection_of_one(void **state) {
    (void)state;
    struct seen seen = {0};
    char crs_name[64];
    assert_int_equal(read_both_ways("{\"type\":\"Feature\",\"properties\":{},\"geometry\":null}",
                                    &seen, crs_name),
                     ERR_OK);
    assert_int_equal(seen.good, 1);
    seen = (struct seen){0};
    assert_int_equal(read_both_ways("{\"type\":\"Point\",\"coordinates\":[1,2]}", &seen, crs_name),
                     ERR_OK);
    assert_int_equal(seen.good, 1);
    seen = (struct seen){0};
    assert_int_equal(
        read_both_ways("{\"type\":\"FeatureCollection\",\"features\":{}}", &seen, crs_name),
        ERR_BAD_GEOMETRY);
    assert_int_equal(read_both_ways("{\"type\":\"FeatureCollection\"}", &seen, crs_name),
                     ERR_BAD_GEOMETRY);
    assert_int_equal(
        read_both_ways("{\"type\":\"FeatureCollection\",\"features\":[]}", &seen, crs_name),
        ERR_OK);
}

static void the_old_crs_member_is_understood(void **state) {
    (void)state;
    static const struct {
        const char *name, *crs;
    } rows[] = {{"urn:ogc:def:crs:EPSG::31370", "EPSG:31370"},
                {"urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"},
                {"EPSG:2056", "EPSG:2056"}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char text[300], crs_name[64];
        struct seen seen = {0};
        snprintf(text, sizeof text,
                 "{\"type\":\"FeatureCollection\",\"features\":[],\"crs\":{\"type\":\"name\","
                 "\"properties\":{\"name\":\"%s\"}}}",
                 rows[i].name);
        assert_int_equal(read_both_ways(text, &seen, crs_name), ERR_OK);
        assert_string_equal(crs_name, rows[i].crs);
    }
}

/* The worst that happens to one file: refused, a bad feature, a geometry that does not pass. */
static bool all_good(const char *text, size_t len);

static enum err check_feature(void *context, const struct geojson_feature *feature,
                              struct fault *fault) {
    bool *good = context;
    if (feature->geometry.type &&
        geometry_check(&feature->geometry, GEOMETRY_VERTICES_MAX, fault) != ERR_OK)
        *good = false;
    return ERR_OK;
}

static void check_bad(void *context, size_t index, const struct fault *fault) {
    (void)index;
    (void)fault;
    *(bool *)context = false;
}

static bool all_good(const char *text, size_t len) {
    struct arena arena;
    char crs_name[64];
    bool good = true;
    arena_init(&arena);
    enum err err =
        geojson_read_text(text, len, &arena, check_feature, check_bad, &good, crs_name, NULL);
    arena_fini(&arena);
    return !err && good;
}

static void the_collected_invalid_geometries_are_refused_and_the_valid_ones_taken(void **state) {
    (void)state;
    static const struct {
        const char *name;
        bool good;
    } rows[] = {
        {"valid/valid_feature", true},
        {"valid/valid_feature_null_geometry", true},
        {"valid/valid_feature_null_properties", true},
        {"valid/valid_featurecollection", true},
        {"valid/valid_featurecollection_empty_features", true},
        {"valid/valid_geometry_3d_coordinates", true},
        {"valid/valid_geometry_multipolygon", true},
        {"valid/valid_geometry_multipoint", true},
        {"invalid_geometries/invalid_unclosed", false},
        {"invalid_geometries/invalid_less_three_unique_nodes", false},
        {"invalid_geometries/invalid_incorrect_geometry_data_type", false},
        {"invalid_structure/invalid_feature_geometry_is_string", false},
        {"invalid_structure/invalid_feature_properties_is_array", false},
        {"invalid_structure/invalid_feature_properties_is_int", false},
        {"invalid_structure/invalid_featurecollection_feature_nullfeature", false},
        {"invalid_structure/invalid_featurecollection_features_is_object", false},
        {"invalid_structure/invalid_featurecollection_no_features_member", false},
        {"invalid_structure/invalid_featurecollection_type_lowercase", false},
        {"invalid_structure/invalid_geometry_coordinates_1d", false},
        {"invalid_structure/invalid_geometry_coordinates_empty_position", false},
        {"invalid_structure/invalid_geometry_coordinates_missing", false},
        {"invalid_structure/invalid_geometry_coordinates_string", false},
        {"invalid_structure/invalid_geometry_depth_deep_point", false},
        {"invalid_structure/invalid_geometry_depth_deep_polygon", false},
        {"invalid_structure/invalid_geometry_depth_shallow_linestring", false},
        {"invalid_structure/invalid_geometry_depth_shallow_multipolygon", false},
        {"invalid_structure/invalid_geometry_depth_shallow_polygon", false},
        {"invalid_structure/invalid_geometry_missing_type", false},
        {"invalid_structure/invalid_geometry_wrong_geometry_type", false},
        {"problematic_geometries/problematic_outside_lat_lon_boundaries", false},
        {"problematic_geometries/problematic_self_intersection_small", false},
        {"problematic_geometries/problematic_self_intersection_large", false},
        {"problematic_geometries/problematic_zero_length_linestring", false},
        {"problematic_geometries/problematic_holes", true},
        {"problematic_geometries/problematic_duplicate_nodes", true},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char path[200];
        size_t len;
        snprintf(path, sizeof path, "hostile/geojson_invalid_geometry/%s.geojson", rows[i].name);
        char *text = shared_data_or_skip(path, &len);
        if (all_good(text, len) != rows[i].good)
            fail_msg("%s", rows[i].name);
        free(text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_is_read_and_written_back),
        cmocka_unit_test(outer_rings_are_written_counterclockwise_and_holes_clockwise),
        cmocka_unit_test(heights_are_dropped_and_other_shapes_refused),
        cmocka_unit_test(a_bad_feature_is_reported_and_the_others_read),
        cmocka_unit_test(one_feature_or_a_bare_geometry_counts_as_a_collection_of_one),
        cmocka_unit_test(the_old_crs_member_is_understood),
        cmocka_unit_test(the_collected_invalid_geometries_are_refused_and_the_valid_ones_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
