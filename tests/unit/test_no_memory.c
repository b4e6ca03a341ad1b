// SPDX-License-Identifier: AGPL-3.0-or-later
// Each operation is run again and again, the n-th allocation failing, until it needs no more: it
// must say NO_MEMORY or give the right result, never crash and never give half a result. GEOS is left
// out: short of memory, its C++ ends the process.
#include "no_memory.h"
#include "test.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/zip.h"
#include "geo/geojson_read.h"
#include "geo/geojson_write.h"
#include "held_fixture.h"
#include "model/role.h"
#include "publish/edition_areas.h"
#include "publish/edition_tile.h"
#include "seeded_store.h"
#include "service/overlay_service.h"
#include "store/contribution_store.h"
#include "store/overlay_store.h"

static const char document[] =
    "{\"type\":\"FeatureCollection\",\"a name of more than thirty-two bytes, to make buffers "
    "grow\":"
    "[1,2.5,true,null,\"a text of more than thirty-two bytes \\u00e9, to make buffers grow "
    "again\"],"
    "\"features\":[{\"type\":\"Feature\",\"properties\":{\"a\":\"b\"},\"geometry\":{\"type\":"
    "\"MultiPolygon\",\"coordinates\":[[[[0,0],[9,0],[9,9],[0,0]],[[3,1],[5,3],[5,1],[3,1]]],"
    "[[[20,20],[21,20],[21,21],[20,20]]]]}},{\"type\":\"Feature\",\"properties\":null,"
    "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.5,50.25]}}],"
    "\"n1\":1,\"n2\":1,\"n3\":1,\"n4\":1,\"n5\":1,\"n6\":1,\"n7\":1,\"n8\":1,\"n9\":1,\"n10\":1,"
    "\"n11\":1,\"n12\":1,\"n13\":1,\"n14\":1,\"n15\":1,\"n16\":1,\"n17\":1}";

static enum err note_feature(void *context, const struct geojson_feature *feature,
                             struct fault *fault) {
    struct jsonw *w = context;
    (void)fault;
    geojson_write_geometry(w, &feature->geometry);
    return ERR_OK;
}

static enum err run_json(struct buf *out) {
    struct json_object *doc;
    enum err err = json_parse(document, sizeof document - 1, NULL, &doc);
    if (err)
        return err;
    size_t len;
    const char *text = json_write(doc, &len);
    if (text)
        buf_bytes(out, text, len);
    json_free(doc);
    return text && !out->failed ? ERR_OK : ERR_NO_MEMORY;
}

static enum err run_geojson(struct buf *out) {
    struct arena arena;
    struct jsonw w;
    char crs_name[64];
    arena_init(&arena);
    jsonw_init(&w, out);
    enum err err = geojson_read_text(document, sizeof document - 1, &arena, note_feature, NULL, &w,
                                     crs_name, NULL);
    arena_fini(&arena);
    return out->failed ? ERR_NO_MEMORY : err;
}

static enum err note_row(void *context, const struct csv_row *row, struct fault *fault) {
    (void)fault;
    for (size_t i = 0; i < row->count; i++)
        csv_cell(context, row->cells[i], i == 0);
    csv_end_row(context);
    return ERR_OK;
}

static enum err run_csv(struct buf *out) {
    static const char text[] = "a,b,c\n1,\"a cell that is long enough to make libcsv's own buffer "
                               "grow, as it holds one hundred and twenty-eight bytes at first, so "
                               "that this text must be longer than that\",3\n";
    enum err err = csv_read(text, sizeof text - 1, 0, note_row, out, NULL);
    return out->failed ? ERR_NO_MEMORY : err;
}

static enum err run_zip(struct buf *out) {
    struct buf packed;
    buf_init(&packed);
    enum err err = zip_gzip(document, sizeof document, &packed);
    if (!err)
        err = zip_gunzip(packed.data, packed.len, 1 << 20, out);
    buf_fini(&packed);
    return err;
}

static struct seeded_store store;
static int64_t overlay_id;

static enum err run_gate(struct buf *out) {
    struct arena arena;
    struct contribution_gate gate;
    arena_init(&arena);
    enum err err = contribution_find_gate(store.reading, SEED_SESSION, SEED_ONE, &arena, &gate);
    if (!err) {
        buf_str(out, gate.open && gate.approve_at_once && gate.admitted ? "may " : "may not ");
        buf_str(out, gate.pseudonym ? gate.pseudonym : "nobody");
    }
    arena_fini(&arena);
    db_reset_all(store.reading);
    return out->failed ? ERR_NO_MEMORY : err;
}

static enum err run_features(struct buf *out) {
    const struct caller lead = {ROLE_ANYONE | ROLE_FACILITATOR, SEED_STAFF, 0};
    struct context context = {.db = store.reading};
    struct arena arena;
    struct jsonw w;
    arena_init(&arena);
    jsonw_init(&w, out);
    enum err err = overlay_show_features(&context, lead, overlay_id, &arena, &w);
    arena_fini(&arena);
    db_reset_all(store.reading);
    return out->failed ? ERR_NO_MEMORY : err;
}

static struct held_edition *held;

static enum err run_tiles(struct buf *out) {
    enum err err = edition_tile(&held->slices[0], (struct tile){10, 524, 343}, out);
    return out->failed ? ERR_NO_MEMORY : err;
}

static enum err run_areas(struct buf *out) {
    struct arena arena;
    struct area_value *values;
    arena_init(&arena);
    enum err err = edition_areas(held, &held->slices[0], 0, &arena, &values);
    for (size_t i = 0; !err && i < held->edition.overlays[0].feature_count; i++)
        buf_fixed(out, values[i].covered, 9);
    arena_fini(&arena);
    return out->failed ? ERR_NO_MEMORY : err;
}

static void survives(enum err (*run)(struct buf *out)) {
    struct buf right, out;
    buf_init(&right);
    assert_int_equal(run(&right), ERR_OK);
    long n = 0;
    for (bool ran_out = true; ran_out; n++) {
        buf_init(&out);
        allocations_left = n;
        enum err err = run(&out);
        ran_out = allocations_left < 0;
        allocations_left = -1;
        if (err != ERR_NO_MEMORY) {
            assert_int_equal(err, ERR_OK);
            assert_int_equal(out.len, right.len);
            assert_memory_equal(out.data, right.data, right.len);
        }
        buf_fini(&out);
    }
    assert_true(n > 3);
    buf_fini(&right);
}

static void json_is_read_and_written_whole_or_not_at_all(void **state) {
    (void)state;
    survives(run_json);
}

static void geojson_is_read_whole_or_not_at_all(void **state) {
    (void)state;
    survives(run_geojson);
}

static void csv_is_read_whole_or_not_at_all(void **state) {
    (void)state;
    survives(run_csv);
}

static void gzip_is_made_whole_or_not_at_all(void **state) {
    (void)state;
    survives(run_zip);
}

static int open_store(void **state) {
    (void)state;
    double at[2] = {4.35, 50.85};
    const struct overlay overlay = {.project_id = SEED_PROJECT, .title = "Hospitals",
                                    .colour = "#336699", .attribution = ""};
    const struct overlay_feature feature = {
        .label = "Saint-Jean",
        .properties = "{\"beds\":12,\"wards\":[\"a name of more than thirty-two bytes, twice\"]}",
        .geometry = {.type = GEOMETRY_POINT, .vertex_count = 1, .coords = at}};
    seeded_store_open(&store, NULL);
    assert_int_equal(overlay_insert(store.writing, &overlay, 1, &overlay_id), ERR_OK);
    assert_int_equal(overlay_feature_insert(store.writing, overlay_id, &feature), ERR_OK);
    return 0;
}

static int close_store(void **state) {
    (void)state;
    seeded_store_close(&store);
    return 0;
}

static void who_may_write_is_known_whole_or_not_at_all(void **state) {
    (void)state;
    survives(run_gate);
}

static void an_overlay_is_shown_whole_or_not_at_all(void **state) {
    (void)state;
    survives(run_features);
}

static int hold(void **state) {
    (void)state;
    held = held_fixture(0);
    return 0;
}

static int let_go(void **state) {
    (void)state;
    held_free(held);
    return 0;
}

static void tiles_of_an_edition_are_drawn_whole_or_not_at_all(void **state) {
    (void)state;
    survives(run_tiles);
}

static void areas_are_summed_whole_or_not_at_all(void **state) {
    (void)state;
    survives(run_areas);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_read_and_written_whole_or_not_at_all),
        cmocka_unit_test(geojson_is_read_whole_or_not_at_all),
        cmocka_unit_test(csv_is_read_whole_or_not_at_all),
        cmocka_unit_test(gzip_is_made_whole_or_not_at_all),
        cmocka_unit_test_setup_teardown(tiles_of_an_edition_are_drawn_whole_or_not_at_all, hold,
                                        let_go),
        cmocka_unit_test_setup_teardown(areas_are_summed_whole_or_not_at_all, hold, let_go),
        cmocka_unit_test_setup_teardown(who_may_write_is_known_whole_or_not_at_all, open_store,
                                        close_store),
        cmocka_unit_test_setup_teardown(an_overlay_is_shown_whole_or_not_at_all, open_store,
                                        close_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
