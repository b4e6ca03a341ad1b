// SPDX-License-Identifier: AGPL-3.0-or-later
// The walk through tiles from outside against the tests' own strict reader, which shares nothing with it; and
// tiles that are cut, torn and twisted.
#include "mvt_read.h"
#include "mvt_scan.h"
#include "test.h"
#include <dirent.h>

#define FIXTURES SOURCE_DIR "/../shared/data/conformance/mvt-fixtures/fixtures"
enum { TILE_MAX = 1 << 20, WORDS_MAX = 1 << 20 };

static void same_value(const struct mvt_value *value, const struct mvt_value *expected) {
    assert_int_equal(value->type, expected->type);
    if (value->type == MVT_STRING) {
        assert_int_equal(value->string.len, expected->string.len);
        assert_memory_equal(value->string.text, expected->string.text, expected->string.len);
    } else if (value->type == MVT_FLOAT)
        assert_true(value->f32 == expected->f32);
    else
        assert_true(value->u64 == expected->u64);
}

/** What the walk meets, as the reader's flat vertices: part after part, rings without their closing vertex. */
static void same_feature(const struct mvt_scan_layer *layer, const struct mvt_scan_feature *feature,
                         const struct mvt_feature *expected) {
    assert_int_equal(feature->type, expected->type);
    for (size_t i = 0; i < expected->property_count; i++) {
        const struct mvt_value *value = mvt_scan_value(layer, feature, expected->properties[i].key);
        assert_non_null(value);
        same_value(value, &expected->properties[i].value);
    }
    struct mvt_scan_path path = mvt_scan_path(feature);
    size_t vertex = 0, closed = 0, moved = 0;
    while (mvt_scan_step(&path)) {
        closed += path.command == MVT_CLOSE;
        moved += path.command == MVT_MOVE;
        if (path.command == MVT_CLOSE)
            continue;
        assert_int_equal(path.x, expected->xy[2 * vertex]);
        assert_int_equal(path.y, expected->xy[2 * vertex + 1]);
        vertex++;
    }
    size_t vertices = 0;
    for (size_t i = 0; i < expected->part_count; i++)
        vertices += expected->part_vertices[i];
    assert_int_equal(vertex, vertices);
    assert_int_equal(closed, expected->type == MVT_POLYGON ? expected->part_count : 0);
    assert_int_equal(moved, expected->type == MVT_POINT ? vertices : expected->part_count);
}

static void same_tile(const char *bytes, size_t len, const struct mvt_read_tile *expected) {
    struct arena arena;
    arena_init(&arena);
    struct mvt_span tile = {bytes, bytes + len};
    struct mvt_scan_layer layer;
    size_t words_left = WORDS_MAX;
    for (size_t i = 0; i < expected->layer_count; i++) {
        const struct mvt_read_layer *wanted = &expected->layers[i];
        assert_int_equal(mvt_scan_layer(&tile, &words_left, &arena, &layer), ERR_OK);
        assert_true(mvt_span_is(layer.name, wanted->name));
        assert_int_equal(layer.extent, wanted->extent);
        struct mvt_scan_feature feature;
        for (size_t j = 0; j < wanted->feature_count; j++) {
            assert_true(mvt_scan_feature(&layer, &feature));
            same_feature(&layer, &feature, &wanted->features[j]);
        }
        assert_false(mvt_scan_feature(&layer, &feature));
    }
    assert_int_equal(mvt_scan_layer(&tile, &words_left, &arena, &layer), ERR_NOT_FOUND);
    arena_fini(&arena);
}

/** Walks whatever is there; every vertex and text is touched. */
static size_t walk(const char *bytes, size_t len) {
    struct arena arena;
    arena_init(&arena);
    struct mvt_span tile = {bytes, bytes + len};
    struct mvt_scan_layer layer;
    size_t words_left = WORDS_MAX;
    struct mvt_scan_feature feature;
    size_t met = 0;
    while (mvt_scan_layer(&tile, &words_left, &arena, &layer) == ERR_OK) {
        while (mvt_scan_feature(&layer, &feature)) {
            struct mvt_scan_path path = mvt_scan_path(&feature);
            while (mvt_scan_step(&path))
                met++;
            struct mvt_span name = mvt_scan_text(&layer, &feature, "name");
            for (; name.at < name.end; name.at++)
                met += *name.at == 'x';
        }
    }
    arena_fini(&arena);
    return met;
}

static size_t sample(char *bytes) {
    struct mvt *mvt;
    struct mvt_layer *layer;
    struct buf out;
    buf_init(&out);
    assert_int_equal(mvt_new(&mvt), ERR_OK);
    assert_int_equal(mvt_layer(mvt, "water", &layer), ERR_OK);
    const int32_t ring[] = {0, 0, 4096, 0, 4096, 4096, 0, 4096, 1000, 1000, 1000, 2000, 2000, 2000, 2000, 1000};
    const uint32_t rings[] = {4, 4}, line[] = {3};
    const struct mvt_property properties[] = {{"name", {MVT_STRING, .string = {"La Velisse", 10}}},
                                              {"depth", {MVT_SINT, .i64 = -3}},
                                              {"wide", {MVT_DOUBLE, .f64 = 12.5}},
                                              {"salt", {MVT_BOOL, .truth = true}}};
    struct mvt_feature feature = {.type = MVT_POLYGON, .xy = ring, .part_vertices = rings, .part_count = 2,
                                  .properties = properties, .property_count = 4};
    assert_int_equal(mvt_add(layer, &feature), ERR_OK);
    assert_int_equal(mvt_layer(mvt, "roads", &layer), ERR_OK);
    feature = (struct mvt_feature){.type = MVT_LINE, .xy = ring + 8, .part_vertices = line, .part_count = 1,
                                   .properties = properties, .property_count = 1};
    assert_int_equal(mvt_add(layer, &feature), ERR_OK);
    assert_int_equal(mvt_write(mvt, &out), ERR_OK);
    assert_true(out.len <= TILE_MAX);
    memcpy(bytes, out.data, out.len);
    size_t len = out.len;
    buf_fini(&out);
    mvt_free(mvt);
    return len;
}

static void what_is_written_is_met_again(void **state) {
    (void)state;
    char bytes[4096];
    size_t len = sample(bytes);
    struct arena arena;
    struct mvt_read_tile expected;
    arena_init(&arena);
    assert_true(mvt_read(bytes, len, &arena, &expected));
    assert_int_equal(expected.layer_count, 2);
    same_tile(bytes, len, &expected);
    arena_fini(&arena);
}

/** Each cut lies in memory of its own size, so that a sanitizer sees a step beyond it. */
static void a_tile_that_is_cut_anywhere_is_walked_to_the_cut(void **state) {
    (void)state;
    char bytes[4096];
    size_t len = sample(bytes), most = walk(bytes, len);
    for (size_t cut = 0; cut < len; cut++) {
        char *part = malloc(cut + 1);
        memcpy(part, bytes, cut);
        assert_true(walk(part, cut) <= most);
        free(part);
    }
}

static void a_tile_with_any_byte_changed_does_no_harm(void **state) {
    (void)state;
    char bytes[4096];
    size_t len = sample(bytes);
    for (size_t at = 0; at < len; at++) {
        for (int change = 1; change < 256; change <<= 1) {
            bytes[at] = (char)(bytes[at] ^ change);
            walk(bytes, len);
            bytes[at] = (char)(bytes[at] ^ change);
        }
    }
}

static void a_command_that_says_more_vertices_than_there_are_ends_there(void **state) {
    (void)state;
    // layer "a": one line whose LineTo says 500 million vertices and has one
    const char bytes[] = "\x1a\x15\x0a\x01"
                         "a\x12\x0e\x18\x02\x22\x0a\x09\x02\x02\xfa\xff\xff\xff\x0f\x02\x02\x78\x02";
    assert_int_equal(walk(bytes, sizeof bytes - 1), 2);
}

static void the_public_fixtures_are_met_as_the_strict_reader_reads_them(void **state) {
    (void)state;
    DIR *folder = opendir(FIXTURES);
    if (folder == NULL)
        skip();
    struct dirent *entry;
    size_t compared = 0;
    while ((entry = readdir(folder)) != NULL) {
        char path[600];
        snprintf(path, sizeof path, FIXTURES "/%s/tile.mvt", entry->d_name);
        FILE *file = fopen(path, "rb");
        if (file == NULL)
            continue;
        char *bytes = malloc(TILE_MAX);
        size_t len = fread(bytes, 1, TILE_MAX, file);
        fclose(file);
        struct arena arena;
        struct mvt_read_tile expected;
        arena_init(&arena);
        if (mvt_read(bytes, len, &arena, &expected)) {
            same_tile(bytes, len, &expected);
            compared++;
        } else {
            walk(bytes, len); // no harm
        }
        arena_fini(&arena);
        free(bytes);
    }
    closedir(folder);
    assert_true(compared >= 40);
}

/* Two bytes for a value, five for a layer: what the tables take is bounded for all layers together. */
static void words_beyond_the_bound_are_passed_over(void **state) {
    (void)state;
    static const char crowded[] = "\x1a\x09\x0a\x01" "a\x22\0\x22\0\x22\0", bare[] = "\x1a\x03\x0a\x01" "b";
    char bytes[100];
    size_t len = 0, words_left = 30, met = 0;
    struct arena arena;
    struct mvt_scan_layer layer;
    arena_init(&arena);
    memcpy(bytes, crowded, sizeof crowded - 1);
    len += sizeof crowded - 1;
    for (int i = 0; i < 10; i++, len += sizeof bare - 1)
        memcpy(bytes + len, bare, sizeof bare - 1);
    struct mvt_span tile = {bytes, bytes + len};
    while (mvt_scan_layer(&tile, &words_left, &arena, &layer) == ERR_OK)
        met++;
    assert_int_equal(met, 1 + 2); // 11 words and twice 8
    assert_int_equal(words_left, 3);
    tile = (struct mvt_span){bytes, bytes + len};
    words_left = 10;
    assert_int_equal(mvt_scan_layer(&tile, &words_left, &arena, &layer), ERR_OK);
    assert_true(mvt_span_is(layer.name, "b")); // the crowded one does not fit
    arena_fini(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_met_again),
        cmocka_unit_test(a_tile_that_is_cut_anywhere_is_walked_to_the_cut),
        cmocka_unit_test(a_tile_with_any_byte_changed_does_no_harm),
        cmocka_unit_test(a_command_that_says_more_vertices_than_there_are_ends_there),
        cmocka_unit_test(words_beyond_the_bound_are_passed_over),
        cmocka_unit_test(the_public_fixtures_are_met_as_the_strict_reader_reads_them),
    };
    return cmocka_run_group_tests_name("mvt_scan", tests, NULL, NULL);
}
