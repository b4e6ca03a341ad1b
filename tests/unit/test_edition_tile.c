// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "held_fixture.h"
#include "mvt_read.h"
#include "publish/edition_tile.h"
#include <math.h>

struct fixture {
    struct held_edition *held;
    struct arena arena;
    struct buf tile;
};

static int setup(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    f->held = held_fixture(0);
    arena_init(&f->arena);
    buf_init(&f->tile);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    buf_fini(&f->tile);
    arena_fini(&f->arena);
    held_free(f->held);
    free(f);
    return 0;
}

static const struct mvt_property *property(const struct mvt_feature *feature, const char *key) {
    for (size_t i = 0; i < feature->property_count; i++)
        if (strcmp(feature->properties[i].key, key) == 0)
            return &feature->properties[i];
    return NULL;
}

/* Notes the leaves of one tile; each must say what the edition says. */
static void note_tile(struct fixture *f, const struct shown_slice *shown, struct tile tile,
                      bool *seen) {
    struct mvt_read_tile read;
    buf_clear(&f->tile);
    assert_int_equal(edition_tile(shown, tile, &f->tile), ERR_OK);
    if (f->tile.len == 0)
        return;
    assert_true(mvt_read(f->tile.data, f->tile.len, &f->arena, &read));
    assert_int_equal(read.layer_count, 1);
    assert_string_equal(read.layers[0].name, "leaves");
    for (size_t i = 0; i < read.layers[0].feature_count; i++) {
        const struct mvt_feature *feature = &read.layers[0].features[i];
        assert_true(feature->has_id);
        assert_in_range(feature->id, 1, shown->slice->leaf_count);
        const struct edition_leaf *leaf = &shown->slice->leaves[feature->id - 1];
        const struct shown_leaf *told = &shown->leaves[feature->id - 1];
        assert_int_equal(property(feature, "value")->value.u64, leaf->value);
        assert_int_equal(property(feature, "side_m")->value.u64, told->side_m);
        assert_true(property(feature, "whole")->value.truth == told->whole);
        assert_true(fabs(property(feature, "per_km2")->value.f64 - told->per_km2) <= 0.005);
        assert_int_equal(property(feature, "share") != NULL, leaf->share != SHARE_UNKNOWN);
        seen[feature->id - 1] = true;
    }
}

static void every_zoom_shows_every_leaf_with_its_value(void **state) {
    struct fixture *f = *state;
    for (size_t s = 0; s < f->held->edition.slice_count; s++) {
        const struct shown_slice *shown = &f->held->slices[s];
        for (unsigned z = 0; z <= 14; z++) {
            bool seen[16] = {false};
            struct tile first = {z, UINT32_MAX, UINT32_MAX}, last = {z, 0, 0};
            for (size_t i = 0; i < shown->slice->leaf_count; i++) {
                const struct tile_box *box = &shown->leaves[i].box_m;
                struct tile low = tile_at(z, box->min_x_m, box->max_y_m);
                struct tile high = tile_at(z, box->max_x_m, box->min_y_m);
                first.x = low.x < first.x ? low.x : first.x;
                first.y = low.y < first.y ? low.y : first.y;
                last.x = high.x > last.x ? high.x : last.x;
                last.y = high.y > last.y ? high.y : last.y;
            }
            for (uint32_t x = first.x; shown->slice->leaf_count && x <= last.x; x++)
                for (uint32_t y = first.y; y <= last.y; y++)
                    note_tile(f, shown, (struct tile){z, x, y}, seen);
            for (size_t i = 0; i < shown->slice->leaf_count; i++)
                if (!seen[i])
                    fail_msg("%s: leaf %zu is nowhere at zoom %u", shown->slice->id, i + 1, z);
        }
    }
}

static void a_tile_without_leaves_has_no_bytes(void **state) {
    struct fixture *f = *state;
    const struct shown_slice *all = held_fixture_slice(f->held, "safety-map.all");
    assert_int_equal(edition_tile(all, (struct tile){10, 0, 0}, &f->tile), ERR_OK);
    assert_int_equal(f->tile.len, 0);
    const struct shown_slice *none = held_fixture_slice(f->held, "safety-map.group.long");
    assert_int_equal(edition_tile(none, (struct tile){0, 0, 0}, &f->tile), ERR_OK);
    assert_int_equal(f->tile.len, 0);
}

static void heat_is_spread_over_a_leaf_and_adds_up_to_its_value(void **state) {
    struct fixture *f = *state;
    for (size_t s = 0; s < f->held->edition.slice_count; s++) {
        const struct shown_slice *shown = &f->held->slices[s];
        double weight = 0;
        for (size_t i = 0; i < shown->point_count; i++)
            weight += shown->points[i].weight;
        assert_true(fabs(weight - (double)shown->shown) < 1e-6);
        assert_int_equal(shown->levels.count, shown->slice->leaf_count ? SHOWN_HEAT_LEVELS : 0);
        // smoothing cannot make more of a square kilometre than the densest leaf has
        if (shown->levels.count)
            assert_true(shown->levels.from_per_km2[shown->levels.count - 1] < shown->max_per_km2);
    }
}

static void a_heat_tile_is_a_picture_also_where_there_is_nothing(void **state) {
    struct fixture *f = *state;
    for (size_t s = 0; s < f->held->edition.slice_count; s++) {
        buf_clear(&f->tile);
        assert_int_equal(edition_heat_tile(&f->held->slices[s], (struct tile){10, 524, 343},
                                           &f->arena, &f->tile),
                         ERR_OK);
        assert_memory_equal(f->tile.data, "\x89PNG", 4);
    }
}

static void what_is_told_of_a_leaf_follows_from_its_region(void **state) {
    struct fixture *f = *state;
    const struct shown_slice *all = held_fixture_slice(f->held, "safety-map.all");
    const struct shown_leaf *square = &all->leaves[3]; // 2 x 2 cells of 500 m
    assert_true(square->whole);
    assert_int_equal(square->side_m, 1000);
    assert_true(fabs(square->area_km2 - 1) < 1e-12);
    assert_true(fabs(square->per_km2 - 25) < 1e-12);
    assert_non_null(strstr(square->code, "CRS3035RES1000m"));
    const struct shown_leaf *rest = &all->leaves[1]; // 8 x 8 less 4 x 4
    assert_false(rest->whole);
    assert_true(fabs(rest->area_km2 - 12) < 1e-12);
    assert_non_null(strstr(rest->code, "-part"));
    for (size_t i = 0; i < all->slice->leaf_count; i++) {
        assert_true(all->leaves[i].point_deg[0] > 4 && all->leaves[i].point_deg[0] < 5);
        assert_true(all->leaves[i].point_deg[1] > 50 && all->leaves[i].point_deg[1] < 52);
    }
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(every_zoom_shows_every_leaf_with_its_value),
        CASE(a_tile_without_leaves_has_no_bytes),
        CASE(heat_is_spread_over_a_leaf_and_adds_up_to_its_value),
        CASE(a_heat_tile_is_a_picture_also_where_there_is_nothing),
        CASE(what_is_told_of_a_leaf_follows_from_its_region),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
