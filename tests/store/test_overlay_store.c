// SPDX-License-Identifier: AGPL-3.0-or-later
#include "seeded_store.h"
#include "store/overlay_store.h"
#include "test.h"

static int open_store(void **state) {
    static struct seeded_store store;
    seeded_store_open(&store, NULL);
    *state = &store;
    return 0;
}

static int close_store(void **state) {
    seeded_store_close(*state);
    return 0;
}

static int64_t make(struct seeded_store *store, const char *title) {
    const struct overlay overlay = {
        .project_id = SEED_PROJECT, .title = title, .colour = "#336699", .attribution = "UrbIS"};
    int64_t id = 0;
    assert_int_equal(overlay_insert(store->writing, &overlay, 1, &id), ERR_OK);
    return id;
}

static void add_point(struct seeded_store *store, int64_t overlay, double lon, double lat) {
    double at[2] = {lon, lat};
    const struct overlay_feature feature = {
        .label = "H\xC3\xB4pital",
        .properties = "{\"beds\":12}",
        .geometry = {.type = GEOMETRY_POINT, .vertex_count = 1, .coords = at}};
    assert_int_equal(overlay_feature_insert(store->writing, overlay, &feature), ERR_OK);
}

static void add_line(struct seeded_store *store, int64_t overlay) {
    double coords[4] = {4.0, 50.0, 5.0, 51.0};
    uint32_t vertices = 2;
    const struct overlay_feature feature = {.geometry = {.type = GEOMETRY_LINE,
                                                         .vertex_count = 2,
                                                         .coords = coords,
                                                         .part_count = 1,
                                                         .part_vertices = &vertices}};
    assert_int_equal(overlay_feature_insert(store->writing, overlay, &feature), ERR_OK);
}

static struct overlay summarised(struct seeded_store *store, int64_t id) {
    struct overlay overlay;
    assert_int_equal(overlay_summarise(store->writing, id), ERR_OK);
    assert_int_equal(overlay_find(store->reading, id, &store->arena, &overlay), ERR_OK);
    return overlay;
}

static void a_new_one_has_no_features_and_no_box(void **state) {
    struct seeded_store *store = *state;
    struct overlay overlay = summarised(store, make(store, "Hospitals"));
    assert_string_equal(overlay.title, "Hospitals");
    assert_string_equal(overlay.colour, "#336699");
    assert_int_equal(overlay.feature_count, 0);
    assert_false(overlay.has_bbox);
}

static void says_its_kind_its_number_and_its_box(void **state) {
    struct seeded_store *store = *state;
    int64_t points = make(store, "Hospitals"), lines = make(store, "Trams"),
            mixed = make(store, "All");
    add_point(store, points, 4.3, 50.8);
    add_point(store, points, 4.4, 50.9);
    add_line(store, lines);
    add_point(store, mixed, 4.3, 50.8);
    add_line(store, mixed);
    struct overlay overlay = summarised(store, points);
    assert_string_equal(overlay.kind, "points");
    assert_int_equal(overlay.feature_count, 2);
    assert_true(overlay.has_bbox);
    assert_true(overlay.bbox.west_deg == 4.3 && overlay.bbox.south_deg == 50.8 &&
                overlay.bbox.east_deg == 4.4 && overlay.bbox.north_deg == 50.9);
    assert_string_equal(summarised(store, lines).kind, "lines");
    assert_string_equal(summarised(store, mixed).kind, "mixed");
}

static enum err note(void *context, const struct overlay_feature *feature) {
    size_t *count = context;
    if (feature->geometry.type == GEOMETRY_POINT) {
        assert_string_equal(feature->label, "H\xC3\xB4pital");
        assert_string_equal(feature->properties, "{\"beds\":12}");
    } else {
        assert_string_equal(feature->label, "");
        assert_string_equal(feature->properties, "{}");
    }
    ++*count;
    return ERR_OK;
}

static void gives_its_own_features_back(void **state) {
    struct seeded_store *store = *state;
    int64_t one = make(store, "One"), other = make(store, "Other");
    size_t count = 0;
    add_point(store, one, 4.3, 50.8);
    add_line(store, one);
    add_point(store, other, 4.4, 50.9);
    assert_int_equal(overlay_features(store->reading, one, note, &count), ERR_OK);
    assert_int_equal(count, 2);
}

static void lists_a_project_by_title_whatever_the_case(void **state) {
    struct seeded_store *store = *state;
    struct overlay *items = NULL;
    size_t count = 0;
    make(store, "Trams");
    make(store, "hospitals");
    assert_int_equal(overlay_list(store->reading, SEED_PROJECT, &store->arena, &items, &count),
                     ERR_OK);
    assert_int_equal(count, 2);
    assert_string_equal(items[0].title, "hospitals");
    assert_int_equal(overlay_list(store->reading, 99, &store->arena, &items, &count), ERR_OK);
    assert_int_equal(count, 0);
}

static void is_deleted_with_its_features_and_their_places_in_the_index(void **state) {
    struct seeded_store *store = *state;
    int64_t id = make(store, "Hospitals");
    struct overlay overlay;
    size_t count = 0;
    add_point(store, id, 4.3, 50.8);
    assert_int_equal(overlay_delete(store->writing, id), ERR_OK);
    assert_int_equal(overlay_find(store->reading, id, &store->arena, &overlay), ERR_NOT_FOUND);
    assert_int_equal(overlay_features(store->reading, id, note, &count), ERR_OK);
    assert_int_equal(count, 0);
    assert_int_equal(overlay_delete(store->writing, id), ERR_NOT_FOUND);
    // fails when the index still holds anything
    seeded_store_sql(store, "CREATE TEMP TABLE empty (n CHECK (n = 0));"
                            "INSERT INTO empty SELECT count(*) FROM idx_overlay_feature_geometry");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_store, close_store)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_new_one_has_no_features_and_no_box),
        CASE(says_its_kind_its_number_and_its_box),
        CASE(gives_its_own_features_back),
        CASE(lists_a_project_by_title_whatever_the_case),
        CASE(is_deleted_with_its_features_and_their_places_in_the_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
