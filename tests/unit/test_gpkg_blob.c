// SPDX-License-Identifier: AGPL-3.0-or-later
// Geometries as bytes of a GeoPackage: as the standard says, and nothing else is read.
#include "publish/gpkg_blob.h"
#include "test.h"

struct room {
    struct arena arena;
    struct buf bytes;
};

static int room_open(void **state) {
    struct room *room = calloc(1, sizeof *room);
    arena_init(&room->arena);
    buf_init(&room->bytes);
    *state = room;
    return 0;
}

static int room_close(void **state) {
    struct room *room = *state;
    arena_fini(&room->arena);
    buf_fini(&room->bytes);
    free(room);
    return 0;
}

static double coords[] = {4.25, 50.5, 4.5, 50.5, 4.5, 50.75, 4.25, 50.5,
                          4.0,  50.0, 4.1, 50.0, 4.1, 50.1,  4.0,  50.0};
static uint32_t four[] = {4, 4}, one_each[] = {1, 1}, two[] = {2};

static const struct {
    struct geometry geometry;
    enum geometry_type table; // the type it is written as
    size_t len;
} shapes[] = {
    {{GEOMETRY_POINT, 1, coords, 0, NULL, 0, NULL}, GEOMETRY_POINT, 8 + 21},
    {{GEOMETRY_POINT, 1, coords, 0, NULL, 0, NULL}, GEOMETRY_MULTI_POINT, 40 + 9 + 21},
    {{GEOMETRY_MULTI_POINT, 3, coords, 0, NULL, 0, NULL}, GEOMETRY_MULTI_POINT, 40 + 9 + 63},
    {{GEOMETRY_LINE, 4, coords, 1, four, 0, NULL}, GEOMETRY_LINE, 40 + 9 + 64},
    {{GEOMETRY_MULTI_LINE, 8, coords, 2, four, 0, NULL}, GEOMETRY_MULTI_LINE, 40 + 9 + 18 + 128},
    {{GEOMETRY_POLYGON, 8, coords, 2, four, 1, two}, GEOMETRY_POLYGON, 40 + 9 + 8 + 128},
    {{GEOMETRY_POLYGON, 8, coords, 2, four, 1, two}, GEOMETRY_MULTI_POLYGON, 40 + 9 + 9 + 8 + 128},
    {{GEOMETRY_MULTI_POLYGON, 8, coords, 2, four, 2, one_each},
     GEOMETRY_MULTI_POLYGON,
     40 + 9 + 26 + 128},
};

static void write_shape(struct room *room, size_t i) {
    buf_clear(&room->bytes);
    gpkg_blob_write(&shapes[i].geometry, shapes[i].table, 4326, &room->bytes);
    assert_int_equal(room->bytes.len, shapes[i].len);
}

static enum err read(struct room *room, size_t len, enum geometry_type type, struct fault *fault,
                     struct geometry *out) {
    uint8_t *copy = malloc(len + 1); // so that a byte too many is noticed
    memcpy(copy, room->bytes.data, len);
    copy = realloc(copy, len ? len : 1);
    enum err err = gpkg_blob_read(copy, len, type, &room->arena, fault, out);
    free(copy);
    return err;
}

static void each_shape_is_read_back(void **state) {
    struct room *room = *state;
    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        const struct geometry *was = &shapes[i].geometry;
        struct geometry is;
        write_shape(room, i);
        assert_int_equal(read(room, room->bytes.len, shapes[i].table, NULL, &is), ERR_OK);
        assert_int_equal(is.type, was->type);
        assert_int_equal(is.vertex_count, was->vertex_count);
        assert_memory_equal(is.coords, was->coords, was->vertex_count * 16);
        assert_int_equal(is.part_count, was->part_count);
        assert_int_equal(is.polygon_count, was->polygon_count);
        if (was->part_count)
            assert_memory_equal(is.part_vertices, was->part_vertices, was->part_count * 4);
        if (was->polygon_count)
            assert_memory_equal(is.polygon_rings, was->polygon_rings, was->polygon_count * 4);
    }
}

/* Worked out by hand from OGC 12-128r17, 2.1.3, and OGC 06-103r4, 8.2. */
static void the_bytes_are_those_of_the_standard(void **state) {
    struct room *room = *state;
    static const uint8_t point[] = {'G', 'P', 0, 1, 0xe6, 0x10, 0, 0, 1, 1, 0, 0,    0,    0,   0,
                                    0,   0,   0, 0, 0x11, 0x40, 0, 0, 0, 0, 0, 0x40, 0x49, 0x40};
    static const uint8_t envelope[] = {
        'G', 'P', 0,    3,    0xe6, 0x10, 0, 0, 0, 0, 0,    0,
        0,   0,   0x11, 0x40, 0,    0,    0, 0, 0, 0, 0x12, 0x40}; // 4.25 to 4.5
    write_shape(room, 0);
    assert_memory_equal(room->bytes.data, point, sizeof point);
    write_shape(room, 3);
    assert_memory_equal(room->bytes.data, envelope, sizeof envelope);
}

static void what_does_not_fit_its_table_is_written_as_nothing(void **state) {
    struct room *room = *state;
    struct geometry out;
    gpkg_blob_write(&shapes[0].geometry, GEOMETRY_POLYGON, 4326, &room->bytes);
    assert_int_equal(room->bytes.len, 40);
    assert_int_equal(read(room, 40, GEOMETRY_POLYGON, NULL, &out), ERR_BAD_GEOMETRY);
    buf_clear(&room->bytes);
    gpkg_blob_write(&shapes[2].geometry, GEOMETRY_POINT, 4326, &room->bytes); // three into one
    assert_int_equal(room->bytes.len, 8);
}

static void a_geometry_that_was_cut_off_or_goes_on_is_refused(void **state) {
    struct room *room = *state;
    struct geometry out;
    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        write_shape(room, i);
        for (size_t len = 0; len < shapes[i].len; len++)
            assert_int_equal(read(room, len, shapes[i].table, NULL, &out), ERR_BAD_GEOMETRY);
        buf_char(&room->bytes, 0);
        assert_int_equal(read(room, room->bytes.len, shapes[i].table, NULL, &out),
                         ERR_BAD_GEOMETRY);
    }
}

static void each_lie_is_named(void **state) {
    struct room *room = *state;
    static const struct {
        size_t shape, at;
        uint8_t byte;
        const char *why;
    } lies[] = {
        {0, 1, 'Q', "header"},
        {0, 2, 1, "header"},       // version
        {0, 3, 0x11, "header"},    // empty
        {3, 3, 1, "header"},       // no envelope
        {0, 4, 0, "header"},       // another CRS
        {0, 8, 0, "another type"}, // big-endian
        {0, 9, 2, "another type"},
        {0, 12, 0x20, "another type"}, // EWKB's SRID
        {0, 20, 0x50, "beyond the earth"},
        {0, 28, 0x7f, "beyond the earth"},
        {3, 45, 1, "too few"}, // a line of one
        {3, 45, 5, "ends too early"},
        {3, 48, 0xff, "ends too early"}, // four thousand millions
        {3, 14, 0x10, "envelope"},
        {5, 49, 3, "too few"}, // a ring of three
        {5, 45, 0, "no rings"},
        {5, 45, 3, "ends too early"},
        {5, 53, 1, "not closed"},
        {2, 45, 0, "empty"},
        {2, 45, 2, "behind its end"},
        {7, 45, 1, "behind its end"},
        {7, 50, 5, "another type"}, // a line among polygons
    };
    for (size_t i = 0; i < COUNT_OF(lies); i++) {
        struct fault fault = {0};
        struct geometry out = {.vertex_count = 77};
        write_shape(room, lies[i].shape);
        room->bytes.data[lies[i].at] = (char)lies[i].byte;
        assert_int_equal(read(room, room->bytes.len, shapes[lies[i].shape].table, &fault, &out),
                         ERR_BAD_GEOMETRY);
        if (!strstr(fault.why, lies[i].why))
            fail_msg("lie %zu: \"%s\" does not say \"%s\"", i, fault.why, lies[i].why);
        assert_int_equal(out.vertex_count, 77);
    }
}

static void infinities_are_no_places(void **state) {
    struct room *room = *state;
    static const uint8_t infinite[] = {0, 0, 0, 0, 0, 0, 0xf0, 0x7f},
                         not_a_number[] = {1, 0, 0, 0, 0, 0, 0xf8, 0xff};
    struct geometry out;
    write_shape(room, 0);
    memcpy(room->bytes.data + 13, infinite, 8);
    assert_int_equal(read(room, room->bytes.len, GEOMETRY_POINT, NULL, &out), ERR_BAD_GEOMETRY);
    memcpy(room->bytes.data + 13, not_a_number, 8);
    assert_int_equal(read(room, room->bytes.len, GEOMETRY_POINT, NULL, &out), ERR_BAD_GEOMETRY);
    write_shape(room, 3);
    memcpy(room->bytes.data + 8, not_a_number, 8); // in the envelope
    assert_int_equal(read(room, room->bytes.len, GEOMETRY_LINE, NULL, &out), ERR_BAD_GEOMETRY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, room_open, room_close)
        IN_A_ROOM(each_shape_is_read_back),
        IN_A_ROOM(the_bytes_are_those_of_the_standard),
        IN_A_ROOM(what_does_not_fit_its_table_is_written_as_nothing),
        IN_A_ROOM(a_geometry_that_was_cut_off_or_goes_on_is_refused),
        IN_A_ROOM(each_lie_is_named),
        IN_A_ROOM(infinities_are_no_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
