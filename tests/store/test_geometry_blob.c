// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/geometry_blob.h"

#include "sample_store.h"
#include "store/db_private.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double coords[] = {4.30, 50.80, 4.40, 50.80, 4.40, 50.90, 4.30, 50.80,
                          4.32, 50.81, 4.34, 50.81, 4.34, 50.83, 4.32, 50.81};
static uint32_t parts[] = {4, 4};
static uint32_t rings[] = {1, 1}, both_rings[] = {2};

static const struct {
    const char *wkt;
    struct geometry geometry;
} cases[] = {
    {"POINT(4.3 50.8)", {.type = GEOMETRY_POINT, .vertex_count = 1, .coords = coords}},
    {"LINESTRING(4.3 50.8, 4.4 50.8, 4.4 50.9, 4.3 50.8)",
     {.type = GEOMETRY_LINE, .vertex_count = 4, .coords = coords, .part_count = 1, .part_vertices = parts}},
    {"POLYGON((4.3 50.8, 4.4 50.8, 4.4 50.9, 4.3 50.8), (4.32 50.81, 4.34 50.81, 4.34 50.83, 4.32 50.81))",
     {.type = GEOMETRY_POLYGON, .vertex_count = 8, .coords = coords, .part_count = 2, .part_vertices = parts,
      .polygon_count = 1, .polygon_rings = both_rings}},
    {"MULTIPOINT(4.3 50.8, 4.4 50.8)",
     {.type = GEOMETRY_MULTI_POINT, .vertex_count = 2, .coords = coords}},
    {"MULTILINESTRING((4.3 50.8, 4.4 50.8, 4.4 50.9, 4.3 50.8), (4.32 50.81, 4.34 50.81, 4.34 50.83, 4.32 50.81))",
     {.type = GEOMETRY_MULTI_LINE, .vertex_count = 8, .coords = coords, .part_count = 2, .part_vertices = parts}},
    {"MULTIPOLYGON(((4.3 50.8, 4.4 50.8, 4.4 50.9, 4.3 50.8)), ((4.32 50.81, 4.34 50.81, 4.34 50.83, 4.32 50.81)))",
     {.type = GEOMETRY_MULTI_POLYGON, .vertex_count = 8, .coords = coords, .part_count = 2,
      .part_vertices = parts, .polygon_count = 2, .polygon_rings = rings}},
};
enum { CASES = sizeof cases / sizeof *cases };

static void assert_same(const struct geometry *a, const struct geometry *b) {
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->vertex_count, b->vertex_count);
    assert_memory_equal(a->coords, b->coords, a->vertex_count * 2 * sizeof(double));
    assert_int_equal(a->part_count, b->part_count);
    if (a->part_count)
        assert_memory_equal(a->part_vertices, b->part_vertices, a->part_count * sizeof(uint32_t));
    assert_int_equal(a->polygon_count, b->polygon_count);
    if (a->polygon_count)
        assert_memory_equal(a->polygon_rings, b->polygon_rings, a->polygon_count * sizeof(uint32_t));
}

static uint8_t *blob_of(const struct geometry *geometry, size_t *len) {
    *len = geometry_blob_size(geometry);
    uint8_t *blob = malloc(*len);
    assert_non_null(blob);
    geometry_blob_write(geometry, blob);
    return blob;
}

static void what_is_written_is_read_again(void **state) {
    (void)state;
    for (int i = 0; i < CASES; i++) {
        struct arena arena;
        struct geometry back;
        size_t len;
        arena_init(&arena);
        uint8_t *blob = blob_of(&cases[i].geometry, &len);
        assert_int_equal(geometry_blob_read(blob, len, &arena, &back), ERR_OK);
        assert_same(&cases[i].geometry, &back);
        free(blob);
        arena_fini(&arena);
    }
}

/* One row, one blob of SpatiaLite's own making. */
static const void *spatialite_blob(struct db *db, const char *wkt, sqlite3_stmt **handle, int *len) {
    char *sql = sqlite3_mprintf("SELECT ST_GeomFromText(%Q, 4326)", wkt);
    assert_int_equal(sqlite3_prepare_v2(db->handle, sql, -1, handle, NULL), SQLITE_OK);
    sqlite3_free(sql);
    assert_int_equal(sqlite3_step(*handle), SQLITE_ROW);
    *len = sqlite3_column_bytes(*handle, 0);
    return sqlite3_column_blob(*handle, 0);
}

static void the_bytes_are_those_spatialite_writes(void **state) {
    struct sample *s = *state;
    for (int i = 0; i < CASES; i++) {
        sqlite3_stmt *handle = NULL;
        int theirs_len;
        size_t ours_len;
        const void *theirs = spatialite_blob(s->db, cases[i].wkt, &handle, &theirs_len);
        uint8_t *ours = blob_of(&cases[i].geometry, &ours_len);
        assert_int_equal(ours_len, theirs_len);
        assert_memory_equal(ours, theirs, ours_len);
        free(ours);
        sqlite3_finalize(handle);
    }
}

/* Turns a little-endian blob of ours into a big-endian one, by its known layout. */
struct turning {
    uint8_t *at;
};
static uint32_t turn(struct turning *t, size_t size) {
    uint32_t little = (uint32_t)t->at[0] | (uint32_t)t->at[1] << 8 | (uint32_t)t->at[2] << 16 |
                      (uint32_t)t->at[3] << 24;
    for (size_t i = 0; i < size / 2; i++) {
        uint8_t byte = t->at[i];
        t->at[i] = t->at[size - 1 - i];
        t->at[size - 1 - i] = byte;
    }
    t->at += size;
    return little;
}
static void turn_body(struct turning *t, uint32_t type) {
    uint32_t count = type == GEOMETRY_POINT ? 1 : turn(t, 4);
    for (uint32_t i = 0; i < count; i++) {
        if (type > GEOMETRY_POLYGON) {
            t->at++;
            turn_body(t, turn(t, 4));
        } else if (type == GEOMETRY_POLYGON) {
            turn_body(t, GEOMETRY_LINE);
        } else {
            turn(t, 8);
            turn(t, 8);
        }
    }
}

static void big_endian_bytes_are_read(void **state) {
    (void)state;
    for (int i = 0; i < CASES; i++) {
        struct arena arena;
        struct geometry back;
        size_t len;
        arena_init(&arena);
        uint8_t *blob = blob_of(&cases[i].geometry, &len);
        struct turning t = {.at = blob + 2};
        blob[1] = 0;
        turn(&t, 4);
        for (int corner = 0; corner < 4; corner++)
            turn(&t, 8);
        t.at++;
        turn_body(&t, turn(&t, 4));
        assert_ptr_equal(t.at, blob + len - 1);
        assert_int_equal(geometry_blob_read(blob, len, &arena, &back), ERR_OK);
        assert_same(&cases[i].geometry, &back);
        free(blob);
        arena_fini(&arena);
    }
}

static void every_cut_is_refused(void **state) {
    (void)state;
    struct arena arena;
    struct geometry back;
    arena_init(&arena);
    assert_int_equal(geometry_blob_read(NULL, 0, &arena, &back), ERR_NOT_A_STORE);
    for (int i = 0; i < CASES; i++) {
        size_t len;
        uint8_t *blob = blob_of(&cases[i].geometry, &len);
        for (size_t cut = 0; cut < len; cut++) {
            uint8_t *exact = malloc(cut ? cut : 1); // so that a byte too far is seen
            memcpy(exact, blob, cut);
            if (cut > 0)
                exact[cut - 1] = 0xFE;
            assert_int_equal(geometry_blob_read(exact, cut, &arena, &back), ERR_NOT_A_STORE);
            free(exact);
        }
        free(blob);
    }
    arena_fini(&arena);
}

static void counts_larger_than_the_bytes_are_refused(void **state) {
    (void)state;
    for (int i = 1; i < CASES; i++) {
        struct arena arena;
        struct geometry back;
        size_t len;
        arena_init(&arena);
        uint8_t *blob = blob_of(&cases[i].geometry, &len);
        memset(blob + 43, 0xFF, 4);
        assert_int_equal(geometry_blob_read(blob, len, &arena, &back), ERR_NOT_A_STORE);
        memset(blob + 43, 0, 4);
        assert_int_equal(geometry_blob_read(blob, len, &arena, &back), ERR_NOT_A_STORE);
        assert_int_equal(arena.used_bytes, 0);
        free(blob);
        arena_fini(&arena);
    }
}

static void another_srid_kind_or_number_is_refused(void **state) {
    (void)state;
    static const struct {
        size_t at, len;
        const char *bytes;
    } wrongs[] = {
        {0, 1, "\x01"},                             // does not start as a blob does
        {1, 1, "\x02"},                             // no byte order
        {2, 4, "\x00\x00\x00\x00"},                 // SRID 0
        {2, 4, "\x11\x0F\x00\x00"},                 // SRID 3857
        {38, 1, "\x7D"},                            // the box does not end
        {39, 4, "\x07\x00\x00\x00"},                // a collection
        {39, 4, "\xE9\x03\x00\x00"},                // a point with a height
        {43, 8, "\x00\x00\x00\x00\x00\x00\xF8\x7F"}, // not a number
        {43, 8, "\x00\x00\x00\x00\x00\x00\xF0\x7F"}, // infinite
        {59, 1, "\xFF"},                            // does not end as a blob does
    };
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        struct arena arena;
        struct geometry back;
        size_t len;
        arena_init(&arena);
        uint8_t *blob = blob_of(&cases[0].geometry, &len);
        memcpy(blob + wrongs[i].at, wrongs[i].bytes, wrongs[i].len);
        assert_int_equal(geometry_blob_read(blob, len, &arena, &back), ERR_NOT_A_STORE);
        free(blob);
        arena_fini(&arena);
    }
}

static void flipped_bits_are_read_or_refused(void **state) {
    (void)state;
    uint32_t random = 20260307;
    for (int round = 0; round < 20000; round++) {
        struct arena arena;
        struct geometry back;
        size_t len;
        arena_init(&arena);
        uint8_t *blob = blob_of(&cases[round % CASES].geometry, &len);
        for (int flips = 0; flips < 3; flips++) {
            random = random * 1664525 + 1013904223;
            blob[(random >> 8) % len] ^= (uint8_t)(1u << (random >> 29));
        }
        enum err err = geometry_blob_read(blob, len, &arena, &back);
        assert_true(err == ERR_OK || err == ERR_NOT_A_STORE);
        if (err == ERR_OK) { // what was read can be written
            size_t again;
            free(blob_of(&back, &again));
            assert_int_equal(again, len);
        }
        free(blob);
        arena_fini(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test_setup_teardown(the_bytes_are_those_spatialite_writes, sample_setup,
                                        sample_teardown),
        cmocka_unit_test(big_endian_bytes_are_read),
        cmocka_unit_test(every_cut_is_refused),
        cmocka_unit_test(counts_larger_than_the_bytes_are_refused),
        cmocka_unit_test(another_srid_kind_or_number_is_refused),
        cmocka_unit_test(flipped_bits_are_read_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
