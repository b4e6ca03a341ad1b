// SPDX-License-Identifier: AGPL-3.0-or-later
#include "mvt_scan.h"
#include "varint.h"
#include <string.h>

enum wire { WIRE_VARINT = 0, WIRE_64 = 1, WIRE_BYTES = 2, WIRE_32 = 5 };
enum { TILE_LAYER = 3, LAYER_NAME = 1, LAYER_FEATURE, LAYER_KEY, LAYER_VALUE, LAYER_EXTENT };
enum { FEATURE_TAGS = 2, FEATURE_TYPE, FEATURE_GEOMETRY };
enum { EXTENT_USUAL = 4096, EXTENT_MAX = 1 << 20, LAYER_WORDS = 8 };

struct field {
    uint64_t number;
    enum wire wire;
    uint64_t value;
    struct mvt_span bytes;
};

static bool read_varint(struct mvt_span *in, uint64_t *out) {
    size_t used = varint_read(in->at, (size_t)(in->end - in->at), out);
    in->at = used > 0 ? in->at + used : in->end;
    return used > 0;
}

static bool read_fixed(struct mvt_span *in, size_t size, uint64_t *out) {
    uint64_t value = 0;
    if ((size_t)(in->end - in->at) < size)
        return false;
    for (size_t i = 0; i < size; i++)
        value |= (uint64_t)(uint8_t)in->at[i] << (8 * i);
    in->at += size;
    *out = value;
    return true;
}

/** The next field of a message; false at its end, and for good when it is damaged. */
static bool next_field(struct mvt_span *in, struct field *out) {
    uint64_t tag, len;
    bool good = false;
    if (in->at >= in->end || !read_varint(in, &tag))
        return false;
    *out = (struct field){.number = tag >> 3, .wire = (enum wire)(tag & 7)};
    switch (out->wire) {
    case WIRE_VARINT:
        good = read_varint(in, &out->value);
        break;
    case WIRE_64:
        good = read_fixed(in, 8, &out->value);
        break;
    case WIRE_32:
        good = read_fixed(in, 4, &out->value);
        break;
    case WIRE_BYTES:
        good = read_varint(in, &len) && len <= (uint64_t)(in->end - in->at);
        if (good) {
            out->bytes = (struct mvt_span){in->at, in->at + len};
            in->at += len;
        }
        break;
    default: // groups, which the format has not
        break;
    }
    if (!good)
        in->at = in->end;
    return good;
}

static int64_t unzigzag(uint64_t value) {
    return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

static struct mvt_value value_of(struct mvt_span in) {
    static const enum wire wires[] = {
        [MVT_STRING] = WIRE_BYTES, [MVT_FLOAT] = WIRE_32,   [MVT_DOUBLE] = WIRE_64,
        [MVT_INT] = WIRE_VARINT,   [MVT_UINT] = WIRE_VARINT, [MVT_SINT] = WIRE_VARINT,
        [MVT_BOOL] = WIRE_VARINT};
    struct mvt_value out;
    struct field field;
    memset(&out, 0, sizeof out);
    if (!next_field(&in, &field) || field.number < MVT_STRING || field.number > MVT_BOOL ||
        field.wire != wires[field.number])
        return out;
    out.type = (enum mvt_value_type)field.number;
    uint32_t bits32 = (uint32_t)field.value;
    switch (out.type) {
    case MVT_STRING:
        out.string.text = field.bytes.at;
        out.string.len = (size_t)(field.bytes.end - field.bytes.at);
        break;
    case MVT_FLOAT:
        memcpy(&out.f32, &bits32, sizeof out.f32);
        break;
    case MVT_DOUBLE:
        memcpy(&out.f64, &field.value, sizeof out.f64);
        break;
    case MVT_INT:
        out.i64 = (int64_t)field.value;
        break;
    case MVT_SINT:
        out.i64 = unzigzag(field.value);
        break;
    case MVT_UINT:
        out.u64 = field.value;
        break;
    case MVT_BOOL:
        out.truth = field.value != 0;
        break;
    }
    return out;
}

/** Name, extent and how many words there are; whether the layer has a name. */
static bool measure(struct mvt_span in, struct mvt_scan_layer *layer) {
    struct field field;
    while (next_field(&in, &field)) {
        if (field.number == LAYER_NAME && field.wire == WIRE_BYTES)
            layer->name = field.bytes;
        else if (field.number == LAYER_EXTENT && field.wire == WIRE_VARINT && field.value > 0 &&
                 field.value <= EXTENT_MAX)
            layer->extent = (uint32_t)field.value;
        else if (field.number == LAYER_KEY && field.wire == WIRE_BYTES)
            layer->key_count++;
        else if (field.number == LAYER_VALUE && field.wire == WIRE_BYTES)
            layer->value_count++;
    }
    return layer->name.at < layer->name.end;
}

static void read_words(struct mvt_span in, struct mvt_scan_layer *layer) {
    struct field field;
    size_t keys = 0, values = 0;
    while (next_field(&in, &field)) {
        if (field.number == LAYER_KEY && field.wire == WIRE_BYTES)
            layer->keys[keys++] = field.bytes;
        else if (field.number == LAYER_VALUE && field.wire == WIRE_BYTES)
            layer->values[values++] = value_of(field.bytes);
    }
}

enum err mvt_scan_layer(struct mvt_span *tile, size_t *words_left, struct arena *arena,
                        struct mvt_scan_layer *out) {
    struct field field;
    while (next_field(tile, &field)) {
        struct mvt_scan_layer layer = {.extent = EXTENT_USUAL, .rest = field.bytes};
        if (field.number != TILE_LAYER || field.wire != WIRE_BYTES || !measure(field.bytes, &layer))
            continue;
        size_t words = layer.key_count + layer.value_count + LAYER_WORDS; // one without words takes room, too
        if (words > *words_left)
            continue;
        *words_left -= words;
        layer.keys = arena_array(arena, layer.key_count + 1, sizeof *layer.keys);
        layer.values = arena_array(arena, layer.value_count + 1, sizeof *layer.values);
        if (layer.keys == NULL || layer.values == NULL)
            return ERR_NO_MEMORY;
        read_words(field.bytes, &layer);
        *out = layer;
        return ERR_OK;
    }
    return ERR_NOT_FOUND;
}

bool mvt_scan_feature(struct mvt_scan_layer *layer, struct mvt_scan_feature *out) {
    struct field field;
    while (next_field(&layer->rest, &field)) {
        if (field.number != LAYER_FEATURE || field.wire != WIRE_BYTES)
            continue;
        struct mvt_span in = field.bytes;
        uint64_t type = 0;
        struct mvt_scan_feature feature = {.geometry = {in.end, in.end}, .tags = {in.end, in.end}};
        while (next_field(&in, &field)) {
            if (field.number == FEATURE_TAGS && field.wire == WIRE_BYTES)
                feature.tags = field.bytes;
            else if (field.number == FEATURE_TYPE && field.wire == WIRE_VARINT)
                type = field.value;
            else if (field.number == FEATURE_GEOMETRY && field.wire == WIRE_BYTES)
                feature.geometry = field.bytes;
        }
        if (type < MVT_POINT || type > MVT_POLYGON)
            continue;
        feature.type = (enum mvt_type)type;
        *out = feature;
        return true;
    }
    return false;
}

bool mvt_span_is(struct mvt_span span, const char *text) {
    size_t len = strlen(text);
    return (size_t)(span.end - span.at) == len && memcmp(span.at, text, len) == 0;
}

const struct mvt_value *mvt_scan_value(const struct mvt_scan_layer *layer,
                                       const struct mvt_scan_feature *feature, const char *name) {
    struct mvt_span in = feature->tags;
    uint64_t key, value;
    while (in.at < in.end && read_varint(&in, &key) && read_varint(&in, &value)) {
        if (key < layer->key_count && value < layer->value_count && mvt_span_is(layer->keys[key], name))
            return layer->values[value].type == 0 ? NULL : &layer->values[value];
    }
    return NULL;
}

struct mvt_span mvt_scan_text(const struct mvt_scan_layer *layer,
                              const struct mvt_scan_feature *feature, const char *name) {
    const struct mvt_value *value = mvt_scan_value(layer, feature, name);
    if (value == NULL || value->type != MVT_STRING)
        return (struct mvt_span){feature->tags.end, feature->tags.end};
    return (struct mvt_span){value->string.text, value->string.text + value->string.len};
}

struct mvt_scan_path mvt_scan_path(const struct mvt_scan_feature *feature) {
    return (struct mvt_scan_path){.rest = feature->geometry};
}

static bool add(int64_t *at, uint64_t step) {
    int64_t by = unzigzag(step);
    if (by < -2 * (int64_t)MVT_SCAN_REACH || by > 2 * (int64_t)MVT_SCAN_REACH)
        return false;
    *at += by;
    return *at >= -(int64_t)MVT_SCAN_REACH && *at <= (int64_t)MVT_SCAN_REACH;
}

bool mvt_scan_step(struct mvt_scan_path *path) {
    uint64_t word, x, y;
    while (path->left == 0) {
        if (!read_varint(&path->rest, &word) || word > UINT32_MAX)
            return false;
        path->command = (enum mvt_command)(word & 7);
        path->left = (uint32_t)(word >> 3);
        if (path->command != MVT_MOVE && path->command != MVT_LINE_TO && path->command != MVT_CLOSE)
            return false;
        if (path->command == MVT_CLOSE) { // once is enough, however often it is said
            path->left = 0;
            return true;
        }
    }
    if (!read_varint(&path->rest, &x) || !read_varint(&path->rest, &y) || !add(&path->x, x) ||
        !add(&path->y, y)) {
        path->left = 0;
        path->rest.at = path->rest.end;
        return false;
    }
    path->left--;
    return true;
}
