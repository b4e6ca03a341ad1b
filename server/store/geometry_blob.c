// SPDX-License-Identifier: AGPL-3.0-or-later
// The form, as bytes:
//
//   00 | order (1 little, 0 big) | srid 4 | min x, min y, max x, max y 8 each | 7C | class 4 | body | FE
//
// body of a point: x y; of a line: count, vertices; of a polygon: ring count, then each ring like a
// line; of a multi: count, then for each part 69 | class 4 | body. Reading walks the bytes twice: once
// to check and count, once to fill arrays of exactly that size.
#include "store/geometry_blob.h"

#include <endian.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

enum {
    HEADER_SIZE = 39, // up to and with 7C
    MARK_START = 0x00,
    MARK_BOX_END = 0x7C,
    MARK_PART = 0x69,
    MARK_END = 0xFE,
    SRID = 4326
};

static bool is_multi(enum geometry_type type) {
    return type >= GEOMETRY_MULTI_POINT;
}

size_t geometry_blob_size(const struct geometry *geometry) {
    size_t size = HEADER_SIZE + 4 + 1 + geometry->vertex_count * 16;
    switch (geometry->type) {
    case GEOMETRY_POINT:
        return size;
    case GEOMETRY_LINE:
        return size + 4;
    case GEOMETRY_POLYGON:
        return size + 4 + geometry->part_count * 4;
    case GEOMETRY_MULTI_POINT:
        return size + 4 + geometry->vertex_count * 5;
    case GEOMETRY_MULTI_LINE:
        return size + 4 + geometry->part_count * (5 + 4);
    case GEOMETRY_MULTI_POLYGON:
        return size + 4 + geometry->polygon_count * (5 + 4) + geometry->part_count * 4;
    }
    return size;
}

static uint8_t *put_u32(uint8_t *at, uint32_t value) {
    value = htole32(value);
    memcpy(at, &value, sizeof value);
    return at + sizeof value;
}

static uint8_t *put_f64(uint8_t *at, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    bits = htole64(bits);
    memcpy(at, &bits, sizeof bits);
    return at + sizeof bits;
}

static uint8_t *put_vertices(uint8_t *at, const double *coords, size_t count) {
    for (size_t i = 0; i < 2 * count; i++)
        at = put_f64(at, coords[i]);
    return at;
}

/* Lines or rings `first` to `first + count`; `*coords` moves on. */
static uint8_t *put_parts(uint8_t *at, const struct geometry *geometry, size_t first, size_t count,
                          const double **coords) {
    for (size_t i = first; i < first + count; i++) {
        at = put_u32(at, geometry->part_vertices[i]);
        at = put_vertices(at, *coords, geometry->part_vertices[i]);
        *coords += 2 * (size_t)geometry->part_vertices[i];
    }
    return at;
}

static uint8_t *put_part_mark(uint8_t *at, enum geometry_type type) {
    *at++ = MARK_PART;
    return put_u32(at, (uint32_t)type);
}

static uint8_t *put_body(uint8_t *at, const struct geometry *geometry) {
    const double *coords = geometry->coords;
    size_t ring = 0;
    switch (geometry->type) {
    case GEOMETRY_POINT:
        return put_vertices(at, coords, 1);
    case GEOMETRY_LINE:
        return put_parts(at, geometry, 0, 1, &coords);
    case GEOMETRY_POLYGON:
        at = put_u32(at, (uint32_t)geometry->part_count);
        return put_parts(at, geometry, 0, geometry->part_count, &coords);
    case GEOMETRY_MULTI_POINT:
        at = put_u32(at, (uint32_t)geometry->vertex_count);
        for (size_t i = 0; i < geometry->vertex_count; i++)
            at = put_vertices(put_part_mark(at, GEOMETRY_POINT), coords + 2 * i, 1);
        return at;
    case GEOMETRY_MULTI_LINE:
        at = put_u32(at, (uint32_t)geometry->part_count);
        for (size_t i = 0; i < geometry->part_count; i++)
            at = put_parts(put_part_mark(at, GEOMETRY_LINE), geometry, i, 1, &coords);
        return at;
    case GEOMETRY_MULTI_POLYGON:
        at = put_u32(at, (uint32_t)geometry->polygon_count);
        for (size_t i = 0; i < geometry->polygon_count; i++) {
            at = put_part_mark(at, GEOMETRY_POLYGON);
            at = put_u32(at, geometry->polygon_rings[i]);
            at = put_parts(at, geometry, ring, geometry->polygon_rings[i], &coords);
            ring += geometry->polygon_rings[i];
        }
        return at;
    }
    return at;
}

void geometry_blob_write(const struct geometry *geometry, uint8_t *out) {
    double box[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; i < geometry->vertex_count; i++) {
        const double *xy = geometry->coords + 2 * i;
        box[0] = fmin(box[0], xy[0]);
        box[1] = fmin(box[1], xy[1]);
        box[2] = fmax(box[2], xy[0]);
        box[3] = fmax(box[3], xy[1]);
    }
    uint8_t *at = out;
    *at++ = MARK_START;
    *at++ = 1;
    at = put_u32(at, SRID);
    at = put_vertices(at, box, 2);
    *at++ = MARK_BOX_END;
    at = put_u32(at, (uint32_t)geometry->type);
    at = put_body(at, geometry);
    *at = MARK_END;
}

struct walk {
    const uint8_t *at, *end; // end: where FE stands
    bool big;
    bool bad;             // more was asked for than is there, or a mark is wrong
    struct geometry *out; // its arrays are NULL on the first walk, which only counts
};

static bool has(struct walk *walk, size_t bytes) {
    if (walk->bad || (size_t)(walk->end - walk->at) < bytes)
        walk->bad = true;
    return !walk->bad;
}

static uint8_t take_u8(struct walk *walk) {
    return has(walk, 1) ? *walk->at++ : 0;
}

static uint32_t take_u32(struct walk *walk) {
    uint32_t value;
    if (!has(walk, 4))
        return 0;
    memcpy(&value, walk->at, sizeof value);
    walk->at += 4;
    return walk->big ? be32toh(value) : le32toh(value);
}

static double take_f64(struct walk *walk) {
    uint64_t bits;
    double value;
    if (!has(walk, 8))
        return 0;
    memcpy(&bits, walk->at, sizeof bits);
    bits = walk->big ? be64toh(bits) : le64toh(bits);
    walk->at += 8;
    memcpy(&value, &bits, sizeof value);
    if (!isfinite(value))
        walk->bad = true;
    return value;
}

static void take_vertices(struct walk *walk, size_t count) {
    if (count == 0 || count > (size_t)(walk->end - walk->at) / 16)
        walk->bad = true;
    if (walk->bad)
        return;
    double *coords = walk->out->coords;
    size_t from = 2 * walk->out->vertex_count;
    for (size_t i = 0; i < 2 * count; i++) {
        double value = take_f64(walk);
        if (coords)
            coords[from + i] = value;
    }
    walk->out->vertex_count += count;
}

static void take_part(struct walk *walk) {
    uint32_t vertices = take_u32(walk);
    take_vertices(walk, vertices);
    if (walk->bad)
        return;
    if (walk->out->part_vertices)
        walk->out->part_vertices[walk->out->part_count] = vertices;
    walk->out->part_count++;
}

static void take_polygon(struct walk *walk) {
    uint32_t rings = take_u32(walk);
    if (rings == 0)
        walk->bad = true;
    for (uint32_t i = 0; i < rings && !walk->bad; i++)
        take_part(walk);
    if (walk->bad)
        return;
    if (walk->out->polygon_rings)
        walk->out->polygon_rings[walk->out->polygon_count] = rings;
    walk->out->polygon_count++;
}

static void take_single(struct walk *walk, enum geometry_type type) {
    if (type == GEOMETRY_POINT)
        take_vertices(walk, 1);
    else if (type == GEOMETRY_LINE)
        take_part(walk);
    else
        take_polygon(walk);
}

static void take_body(struct walk *walk, enum geometry_type type) {
    walk->out->type = type;
    walk->out->vertex_count = walk->out->part_count = walk->out->polygon_count = 0;
    if (!is_multi(type)) {
        take_single(walk, type);
        return;
    }
    enum geometry_type single = (enum geometry_type)(type - GEOMETRY_MULTI_POINT + GEOMETRY_POINT);
    uint32_t count = take_u32(walk);
    if (count == 0)
        walk->bad = true;
    for (uint32_t i = 0; i < count && !walk->bad; i++) {
        if (take_u8(walk) != MARK_PART || take_u32(walk) != (uint32_t)single)
            walk->bad = true;
        take_single(walk, single);
    }
}

enum err geometry_blob_read(const void *bytes, size_t len, struct arena *arena,
                            struct geometry *out) {
    const uint8_t *blob = bytes;
    struct geometry found = {0};
    if (!blob || len < HEADER_SIZE + 5 || blob[0] != MARK_START || blob[1] > 1 ||
        blob[HEADER_SIZE - 1] != MARK_BOX_END || blob[len - 1] != MARK_END)
        return ERR_NOT_A_STORE;
    struct walk walk = {
        .at = blob + 2, .end = blob + len - 1, .big = blob[1] == 0, .out = &found};
    if (take_u32(&walk) != SRID)
        return ERR_NOT_A_STORE;
    walk.at = blob + HEADER_SIZE;
    uint32_t type = take_u32(&walk);
    if (type < GEOMETRY_POINT || type > GEOMETRY_MULTI_POLYGON)
        return ERR_NOT_A_STORE;
    const uint8_t *body = walk.at;
    take_body(&walk, (enum geometry_type)type);
    if (walk.bad || walk.at != walk.end)
        return ERR_NOT_A_STORE;

    found.coords = arena_array(arena, found.vertex_count, 2 * sizeof *found.coords);
    if (found.part_count)
        found.part_vertices = arena_array(arena, found.part_count, sizeof *found.part_vertices);
    if (found.polygon_count)
        found.polygon_rings = arena_array(arena, found.polygon_count, sizeof *found.polygon_rings);
    if (!found.coords || (found.part_count && !found.part_vertices) ||
        (found.polygon_count && !found.polygon_rings))
        return ERR_NO_MEMORY;
    walk.at = body;
    take_body(&walk, (enum geometry_type)type);
    *out = found;
    return ERR_OK;
}
