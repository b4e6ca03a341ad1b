// SPDX-License-Identifier: AGPL-3.0-or-later
#include "coord.h"
#include "exercise_fixture.h"
#include "model/role.h"
#include "seeded_store.h"
#include "service/heat_cache.h"
#include "service/heat_service.h"
#include "store/contribution_store.h"
#include "store/writer.h"
#include "test.h"

static const struct caller lead = {ROLE_ANYONE | ROLE_FACILITATOR, SEED_STAFF, 0};
static const struct caller researcher = {ROLE_ANYONE | ROLE_RESEARCHER, SEED_STAFF, 0};
static const struct caller writer_one = {ROLE_ANYONE | ROLE_PARTICIPANT, SEED_ONE, SEED_SESSION};

struct heated {
    struct seeded_store store;
    struct context context;
};

static int open_heated(void **state) {
    static struct heated heated;
    struct arena arena;
    size_t len = 0;
    arena_init(&arena);
    seeded_store_open(&heated.store,
                      fixture_text(&arena, "tests/fixtures/exercises/small.json", &len));
    arena_fini(&arena);
    heated.context = (struct context){.db = heated.store.reading};
    assert_int_equal(heat_cache_new(&heated.context.heat), ERR_OK);
    assert_int_equal(writer_start(heated.store.writing, NULL, &heated.context.writer), ERR_OK);
    *state = &heated;
    return 0;
}

static int close_heated(void **state) {
    struct heated *heated = *state;
    writer_free(heated->context.writer);
    heat_cache_free(heated->context.heat);
    seeded_store_close(&heated->store);
    return 0;
}

struct adding {
    struct write_op op;
    struct db *db;
    unsigned number;
    enum contribution_state state;
    const char *category;
};

static enum err apply(struct write_op *op, void *context) {
    (void)context;
    struct adding *adding = (struct adding *)op;
    double at[2] = {4.40 + 0.0001 * (double)adding->number, 50.85};
    const uint8_t hash[SECRET_HASH_SIZE] = {0};
    struct contribution c = seeded_point(adding->number, at);
    int64_t id;
    c.state = adding->state;
    c.category = adding->category;
    return contribution_insert(adding->db, &c, hash, &id);
}

static void add(struct heated *heated, unsigned number, enum contribution_state state,
                const char *category) {
    struct adding adding = {.op.apply = apply,
                            .db = heated->store.writing,
                            .number = number,
                            .state = state,
                            .category = category};
    assert_int_equal(writer_run(heated->context.writer, &adding.op), ERR_OK);
}

static struct heat_legend legend_of(struct heated *heated, struct caller caller,
                                    const char *category, const char *state) {
    const struct heat_choice choice = {
        .session_id = SEED_SESSION, .category = category, .state = state};
    struct heat_legend legend;
    assert_int_equal(heat_legend(&heated->context, caller, &choice, &legend), ERR_OK);
    return legend;
}

static void an_empty_session_has_no_levels(void **state) {
    struct heat_legend legend = legend_of(*state, lead, NULL, NULL);
    assert_int_equal(legend.count, 0);
    assert_true(legend.bandwidth_m >= 50 && legend.bandwidth_m <= 2000);
}

static void levels_rise_and_grow_with_what_is_added(void **state) {
    struct heated *heated = *state;
    add(heated, 1, CONTRIBUTION_APPROVED, "safe");
    struct heat_legend one = legend_of(heated, lead, NULL, NULL);
    assert_int_equal(one.count, HEAT_LEVELS);
    for (size_t i = 1; i < one.count; i++)
        assert_true(one.levels[i].from_per_km2 > one.levels[i - 1].from_per_km2);
    // what was kept is of an older generation now
    add(heated, 2, CONTRIBUTION_APPROVED, "safe");
    add(heated, 3, CONTRIBUTION_APPROVED, "safe");
    struct heat_legend three = legend_of(heated, lead, NULL, NULL);
    assert_true(three.levels[0].from_per_km2 > 2 * one.levels[0].from_per_km2);
}

static void shows_approved_ones_and_the_category_asked_for(void **state) {
    struct heated *heated = *state;
    add(heated, 1, CONTRIBUTION_APPROVED, "safe");
    add(heated, 2, CONTRIBUTION_HIDDEN, "safe");
    add(heated, 3, CONTRIBUTION_PENDING, "unsafe");
    double one = legend_of(heated, researcher, NULL, NULL).levels[0].from_per_km2;
    assert_true(legend_of(heated, lead, "safe", NULL).levels[0].from_per_km2 == one);
    assert_int_equal(legend_of(heated, lead, "unsafe", NULL).count, 0);
    assert_true(legend_of(heated, lead, "unsafe", "pending").levels[0].from_per_km2 == one);
    assert_true(legend_of(heated, lead, NULL, "hidden").levels[0].from_per_km2 == one);
}

static void states_are_for_leads(void **state) {
    struct heated *heated = *state;
    const struct heat_choice choice = {.session_id = SEED_SESSION, .state = "hidden"};
    struct heat_legend legend;
    assert_int_equal(heat_legend(&heated->context, researcher, &choice, &legend), ERR_FORBIDDEN);
}

static void a_layer_is_read_once_and_shared_until_something_is_written(void **state) {
    struct heated *heated = *state;
    struct heat_layer *first = NULL, *second = NULL, *third = NULL;
    add(heated, 1, CONTRIBUTION_APPROVED, "safe");
    assert_int_equal(
        heat_layer_get(&heated->context, SEED_SESSION, NULL, CONTRIBUTION_APPROVED, 100, &first),
        ERR_OK);
    assert_int_equal(
        heat_layer_get(&heated->context, SEED_SESSION, NULL, CONTRIBUTION_APPROVED, 100, &second),
        ERR_OK);
    assert_ptr_equal(first, second);
    add(heated, 2, CONTRIBUTION_APPROVED, "safe");
    assert_int_equal(
        heat_layer_get(&heated->context, SEED_SESSION, NULL, CONTRIBUTION_APPROVED, 100, &third),
        ERR_OK);
    assert_ptr_not_equal(first, third);
    assert_int_equal(first->count, 1); // still whole for those who draw it
    assert_int_equal(third->count, 2);
    heat_layer_release(&heated->context, first);
    heat_layer_release(&heated->context, second);
    heat_layer_release(&heated->context, third);
}

static void more_choices_than_places_push_out_the_oldest(void **state) {
    struct heated *heated = *state;
    char category[16];
    add(heated, 1, CONTRIBUTION_APPROVED, "safe");
    for (int i = 0; i < 40; i++) {
        snprintf(category, sizeof category, "c%d", i % 20);
        assert_int_equal(legend_of(heated, lead, i % 3 ? category : NULL, NULL).count,
                         i % 3 ? 0 : HEAT_LEVELS);
    }
}

static void a_tile_is_a_picture_and_a_tile_off_the_map_is_none(void **state) {
    struct heated *heated = *state;
    const struct heat_choice choice = {.session_id = SEED_SESSION};
    struct buf png;
    double x_m, y_m;
    buf_init(&png);
    add(heated, 1, CONTRIBUTION_APPROVED, "safe");
    tile_from_degrees(4.4001, 50.85, &x_m, &y_m);
    struct tile tile = tile_at(14, x_m, y_m);
    assert_int_equal(heat_tile(&heated->context, lead, &choice, tile.z, tile.x, tile.y,
                               &heated->store.arena, &png),
                     ERR_OK);
    assert_memory_equal(png.data, "\x89PNG", 4);
    assert_int_equal(
        heat_tile(&heated->context, lead, &choice, 3, 8, 0, &heated->store.arena, &png),
        ERR_NOT_FOUND);
    buf_fini(&png);
}

static void a_session_of_another_project_does_not_exist(void **state) {
    struct heated *heated = *state;
    const struct caller stranger = {ROLE_ANYONE | ROLE_FACILITATOR, 99, 0};
    const struct heat_choice choice = {.session_id = SEED_SESSION},
                             other = {.session_id = SEED_OTHER_SESSION};
    struct heat_legend legend;
    assert_int_equal(heat_legend(&heated->context, stranger, &choice, &legend), ERR_NOT_FOUND);
    assert_int_equal(heat_legend(&heated->context, writer_one, &other, &legend), ERR_NOT_FOUND);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_heated, close_heated)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(an_empty_session_has_no_levels),
        CASE(levels_rise_and_grow_with_what_is_added),
        CASE(shows_approved_ones_and_the_category_asked_for),
        CASE(states_are_for_leads),
        CASE(a_layer_is_read_once_and_shared_until_something_is_written),
        CASE(more_choices_than_places_push_out_the_oldest),
        CASE(a_tile_is_a_picture_and_a_tile_off_the_map_is_none),
        CASE(a_session_of_another_project_does_not_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
