// SPDX-License-Identifier: AGPL-3.0-or-later
// The form, as bytes; numbers little-endian:
//
//   'G' 'P' | version 0 | flags | srs id 4 | envelope: min x, max x, min y, max y, 8 each; none for
//   a point body: 1 | type 4 | of a point: x y; of a line: count 4, vertices; of a polygon: ring
//   count 4, each ring like a line; of a multi: count 4, then a body for each part
//
// Reading walks the bytes twice: once to check and count, once to fill arrays of exactly that size.
#include "publish/gpkg_blob.h"
#include <endian.h>
#include <math.h>
#include <string.h>

enum { SRS_DEGREES = 4326, LITTLE_ENDIAN_ORDER = 1, FLAGS_PLAIN = 1, FLAGS_ENVELOPE = 3 };

enum geometry_type gpkg_simple_type(enum geometry_type type) {
    return type >= GEOMETRY_MULTI_POINT ? (enum geometry_type)(type - 3) : type;
}

/* Points, lines or polygons that it is made of. */
static size_t member_count(const struct geometry *geometry) {
    switch (gpkg_simple_type(geometry->type)) {
    case GEOMETRY_POINT:
        return geometry->vertex_count;
    case GEOMETRY_LINE:
        return geometry->part_count;
    default:
        return geometry->polygon_count;
    }
}

bool gpkg_needs_multi(const struct geometry *geometry) {
    return member_count(geometry) > 1;
}

const char *gpkg_type_name(enum geometry_type type) {
    static const char *const names[] = {"",           "POINT",           "LINESTRING",  "POLYGON",
                                        "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON"};
    return names[type];
}

static void put_u32(struct buf *out, uint32_t value) {
    value = htole32(value);
    buf_bytes(out, &value, sizeof value);
}

static void put_f64s(struct buf *out, const double *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint64_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        bits = htole64(bits);
        buf_bytes(out, &bits, sizeof bits);
    }
}

struct extent {
    double at[4]; // min x, max x, min y, max y, as in the envelope
};

static struct extent extent_of(const double *coords, size_t count) {
    struct extent extent = {{INFINITY, -INFINITY, INFINITY, -INFINITY}};
    for (size_t i = 0; i < 2 * count; i++) {
        double *low = &extent.at[i % 2 * 2], *high = low + 1;
        *low = fmin(*low, coords[i]);
        *high = fmax(*high, coords[i]);
    }
    return extent;
}

static void put_header(const struct geometry *geometry, enum geometry_type type, int srs_id,
                       struct buf *out) {
    buf_str(out, "GP");
    buf_char(out, 0);
    buf_char(out, type == GEOMETRY_POINT ? FLAGS_PLAIN : FLAGS_ENVELOPE);
    put_u32(out, (uint32_t)srs_id);
    if (type == GEOMETRY_POINT)
        return;
    struct extent extent = extent_of(geometry->coords, geometry->vertex_count);
    put_f64s(out, extent.at, 4);
}

/* Where the next member's vertices, ring sizes and ring count stand. */
struct place {
    const double *coords;
    const uint32_t *parts, *rings;
};

static void put_part(struct place *place, struct buf *out) {
    uint32_t count = *place->parts++;
    put_u32(out, count);
    put_f64s(out, place->coords, 2 * (size_t)count);
    place->coords += 2 * (size_t)count;
}

static void put_member(enum geometry_type type, struct place *place, struct buf *out) {
    buf_char(out, LITTLE_ENDIAN_ORDER);
    put_u32(out, (uint32_t)type);
    if (type == GEOMETRY_POINT) {
        put_f64s(out, place->coords, 2);
        place->coords += 2;
    } else if (type == GEOMETRY_LINE) {
        put_part(place, out);
    } else {
        uint32_t rings = *place->rings++;
        put_u32(out, rings);
        for (uint32_t i = 0; i < rings; i++)
            put_part(place, out);
    }
}

void gpkg_blob_write(const struct geometry *geometry, enum geometry_type type, int srs_id,
                     struct buf *out) {
    const enum geometry_type simple = gpkg_simple_type(type);
    const size_t members = member_count(geometry);
    struct place place = {geometry->coords, geometry->part_vertices, geometry->polygon_rings};
    put_header(geometry, type, srs_id, out);
    if (gpkg_simple_type(geometry->type) != simple || (type == simple && members != 1))
        return;
    if (type != simple) {
        buf_char(out, LITTLE_ENDIAN_ORDER);
        put_u32(out, (uint32_t)type);
        put_u32(out, (uint32_t)members);
    }
    for (size_t i = 0; i < members; i++)
        put_member(simple, &place, out);
}

/* `made`'s arrays are NULL in the first walk, which counts. */
struct walk {
    const uint8_t *at;
    size_t left;
    struct geometry made;
    const char *why;
};

static bool wrong(struct walk *walk, const char *why) {
    if (!walk->why)
        walk->why = why;
    return false;
}

static bool take(struct walk *walk, void *out, size_t size) {
    if (walk->left < size)
        return wrong(walk, "a geometry ends too early");
    memcpy(out, walk->at, size);
    walk->at += size;
    walk->left -= size;
    return true;
}

static bool take_u32(struct walk *walk, uint32_t *out) {
    uint32_t value;
    if (!take(walk, &value, sizeof value))
        return false;
    *out = le32toh(value);
    return true;
}

static bool take_f64(struct walk *walk, double *out) {
    uint64_t bits;
    if (!take(walk, &bits, sizeof bits))
        return false;
    bits = le64toh(bits);
    memcpy(out, &bits, sizeof bits);
    return isfinite(*out) || wrong(walk, "a geometry's coordinate is not a number");
}

static bool take_type(struct walk *walk, enum geometry_type type) {
    uint8_t order;
    uint32_t code;
    if (!take(walk, &order, sizeof order) || !take_u32(walk, &code))
        return false;
    return (order == LITTLE_ENDIAN_ORDER && code == (uint32_t)type) ||
           wrong(walk, "a geometry is of another type than its layer");
}

static bool take_vertices(struct walk *walk, uint32_t count) {
    if (count > walk->left / 16)
        return wrong(walk, "a geometry ends too early");
    for (uint32_t i = 0; i < count; i++) {
        double position[2];
        if (!take_f64(walk, &position[0]) || !take_f64(walk, &position[1]))
            return false;
        if (fabs(position[0]) > 180 || fabs(position[1]) > 90)
            return wrong(walk, "a geometry reaches beyond the earth");
        if (walk->made.coords)
            memcpy(walk->made.coords + 2 * walk->made.vertex_count, position, sizeof position);
        walk->made.vertex_count++;
    }
    return true;
}

static bool take_part(struct walk *walk, bool ring) {
    uint32_t count;
    if (!take_u32(walk, &count))
        return false;
    if (count < (ring ? 4 : 2))
        return wrong(walk, "a geometry's line or ring has too few positions");
    const uint8_t *first = walk->at;
    if (!take_vertices(walk, count))
        return false;
    if (ring && memcmp(first, walk->at - 16, 16) != 0)
        return wrong(walk, "a geometry's ring is not closed");
    if (walk->made.part_vertices)
        walk->made.part_vertices[walk->made.part_count] = count;
    walk->made.part_count++;
    return true;
}

static bool take_member(struct walk *walk, enum geometry_type type) {
    uint32_t rings;
    if (!take_type(walk, type))
        return false;
    if (type == GEOMETRY_POINT)
        return take_vertices(walk, 1);
    if (type == GEOMETRY_LINE)
        return take_part(walk, false);
    if (!take_u32(walk, &rings))
        return false;
    if (!rings)
        return wrong(walk, "a geometry's polygon has no rings");
    for (uint32_t i = 0; i < rings; i++)
        if (!take_part(walk, true))
            return false;
    if (walk->made.polygon_rings)
        walk->made.polygon_rings[walk->made.polygon_count] = rings;
    walk->made.polygon_count++;
    return true;
}

static bool take_body(struct walk *walk, enum geometry_type type) {
    const enum geometry_type simple = gpkg_simple_type(type);
    uint32_t members = 1;
    if (type != simple && (!take_type(walk, type) || !take_u32(walk, &members)))
        return false;
    if (!members)
        return wrong(walk, "a geometry is empty");
    for (uint32_t i = 0; i < members; i++)
        if (!take_member(walk, simple))
            return false;
    walk->made.type = members == 1 ? simple : type;
    return walk->left == 0 || wrong(walk, "a geometry has bytes behind its end");
}

static bool take_header(struct walk *walk, enum geometry_type type, struct extent *extent) {
    uint8_t start[4];
    uint32_t srs_id;
    const uint8_t flags = type == GEOMETRY_POINT ? FLAGS_PLAIN : FLAGS_ENVELOPE;
    if (!take(walk, start, sizeof start) || !take_u32(walk, &srs_id))
        return false;
    if (memcmp(start, "GP\0", 3) != 0 || start[3] != flags || srs_id != SRS_DEGREES)
        return wrong(walk, "a geometry's header is not as it is written");
    for (size_t i = 0; i < 4 && type != GEOMETRY_POINT; i++)
        if (!take_f64(walk, &extent->at[i]))
            return false;
    return true;
}

static bool same_extent(const struct extent *a, const struct extent *b) {
    for (size_t i = 0; i < 4; i++)
        if (a->at[i] < b->at[i] || a->at[i] > b->at[i])
            return false;
    return true;
}

enum err gpkg_blob_read(const void *bytes, size_t len, enum geometry_type type, struct arena *arena,
                        struct fault *fault, struct geometry *out) {
    struct extent told = {{0}};
    struct walk counting = {.at = bytes, .left = len};
    if (!take_header(&counting, type, &told))
        return fault_set(fault, ERR_BAD_GEOMETRY, "geometry", "%s", counting.why);
    struct walk filling = counting;
    if (!take_body(&counting, type))
        return fault_set(fault, ERR_BAD_GEOMETRY, "geometry", "%s", counting.why);
    const struct geometry *counts = &counting.made;
    struct geometry *made = &filling.made;
    made->coords = arena_array(arena, counts->vertex_count, 2 * sizeof *made->coords);
    made->part_vertices = arena_array(arena, counts->part_count, sizeof *made->part_vertices);
    made->polygon_rings = arena_array(arena, counts->polygon_count, sizeof *made->polygon_rings);
    if (!made->coords || !made->part_vertices || !made->polygon_rings)
        return ERR_NO_MEMORY;
    take_body(&filling, type);
    struct extent found = extent_of(made->coords, made->vertex_count);
    if (type != GEOMETRY_POINT && !same_extent(&told, &found))
        return fault_set(fault, ERR_BAD_GEOMETRY, "geometry",
                         "a geometry's envelope is not its own");
    *out = *made;
    return ERR_OK;
}
