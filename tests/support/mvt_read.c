// SPDX-License-Identifier: AGPL-3.0-or-later
#include "mvt_read.h"
#include <string.h>

struct cursor {
    const char *at, *end;
    bool bad;
};
struct field {
    unsigned number, wire;
    uint64_t value;      // wire 0, 1, 5
    struct cursor bytes; // wire 2
};

static uint64_t read_varint(struct cursor *in) {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (in->at == in->end)
            break;
        uint8_t byte = (uint8_t)*in->at++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return value;
    }
    in->bad = true;
    return 0;
}

static uint64_t read_fixed(struct cursor *in, size_t bytes) {
    uint64_t value = 0;
    if ((size_t)(in->end - in->at) < bytes) {
        in->bad = true;
        return 0;
    }
    for (size_t i = 0; i < bytes; i++)
        value |= (uint64_t)(uint8_t)in->at[i] << (8 * i);
    in->at += bytes;
    return value;
}

/** The next field of a message; false at its end or when it is damaged. */
static bool next_field(struct cursor *in, struct field *out) {
    if (in->bad || in->at == in->end)
        return false;
    uint64_t tag = read_varint(in);
    *out = (struct field){.number = (unsigned)(tag >> 3), .wire = tag & 7};
    switch (out->wire) {
    case 0:
        out->value = read_varint(in);
        break;
    case 1:
        out->value = read_fixed(in, 8);
        break;
    case 5:
        out->value = read_fixed(in, 4);
        break;
    case 2: {
        uint64_t len = read_varint(in);
        if (in->bad || len > (uint64_t)(in->end - in->at)) {
            in->bad = true;
            return false;
        }
        out->bytes = (struct cursor){.at = in->at, .end = in->at + len};
        in->at += len;
        break;
    }
    default:
        in->bad = true;
    }
    return !in->bad;
}

static int64_t unzigzag(uint64_t value) {
    return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

static bool read_value(struct cursor in, struct mvt_value *out) {
    static const unsigned wires[] = {
        [MVT_STRING] = 2, [MVT_FLOAT] = 5, [MVT_DOUBLE] = 1, [MVT_INT] = 0,
        [MVT_UINT] = 0,   [MVT_SINT] = 0,  [MVT_BOOL] = 0};
    struct field field;
    if (!next_field(&in, &field) || field.number < MVT_STRING || field.number > MVT_BOOL ||
        field.wire != wires[field.number] || in.at != in.end)
        return false;
    out->type = (enum mvt_value_type)field.number;
    uint32_t bits32 = (uint32_t)field.value;
    switch (out->type) {
    case MVT_STRING:
        out->string.text = field.bytes.at;
        out->string.len = (size_t)(field.bytes.end - field.bytes.at);
        break;
    case MVT_FLOAT:
        memcpy(&out->f32, &bits32, sizeof out->f32);
        break;
    case MVT_DOUBLE:
        memcpy(&out->f64, &field.value, sizeof out->f64);
        break;
    case MVT_INT:
        out->i64 = (int64_t)field.value;
        break;
    case MVT_SINT:
        out->i64 = unzigzag(field.value);
        break;
    case MVT_UINT:
        out->u64 = field.value;
        break;
    case MVT_BOOL:
        out->truth = field.value != 0;
        break;
    }
    return true;
}

/** Vertices of one part, room for as many as the bytes can hold. */
struct parts {
    int32_t *xy;
    uint32_t *counts;
    size_t part_count, vertex_count;
    int64_t x, y;
};

static bool read_steps(struct cursor *in, uint64_t count, struct parts *parts) {
    if (count == 0 || count > (uint64_t)(in->end - in->at) / 2)
        return false;
    for (uint64_t i = 0; i < count; i++) {
        int64_t dx = unzigzag(read_varint(in)), dy = unzigzag(read_varint(in));
        parts->x += dx;
        parts->y += dy;
        if (in->bad || parts->x != (int32_t)parts->x || parts->y != (int32_t)parts->y)
            return false;
        parts->xy[2 * parts->vertex_count] = (int32_t)parts->x;
        parts->xy[2 * parts->vertex_count + 1] = (int32_t)parts->y;
        parts->vertex_count++;
    }
    return true;
}

static bool read_part(struct cursor *in, enum mvt_type type, struct parts *parts) {
    size_t begun = parts->vertex_count;
    uint64_t move = read_varint(in);
    if ((move & 7) != 1 || !read_steps(in, move >> 3, parts))
        return false;
    if (type == MVT_POINT)
        goto done;
    uint64_t line = read_varint(in);
    if (move >> 3 != 1 || (line & 7) != 2)
        return false;
    if (!read_steps(in, line >> 3, parts))
        return false;
    for (size_t i = begun + 1; i < parts->vertex_count; i++) {
        if (memcmp(parts->xy + 2 * i, parts->xy + 2 * i - 2, 2 * sizeof *parts->xy) == 0)
            return false; // a step of no length
    }
    if (type == MVT_POLYGON && read_varint(in) != (1 << 3 | 7))
        return false;
done:
    parts->counts[parts->part_count++] = (uint32_t)(parts->vertex_count - begun);
    return true;
}

static bool read_geometry(struct cursor in, struct arena *arena, struct mvt_feature *feature) {
    size_t room = (size_t)(in.end - in.at);
    struct parts parts = {.xy = arena_array(arena, room + 2, sizeof *parts.xy),
                          .counts = arena_array(arena, room + 1, sizeof *parts.counts)};
    while (in.at != in.end) {
        if (!read_part(&in, feature->type, &parts))
            return false;
    }
    feature->xy = parts.xy;
    feature->part_vertices = parts.counts;
    feature->part_count = parts.part_count;
    return parts.part_count > 0;
}

struct dictionary {
    const char **keys;
    struct mvt_value *values;
    size_t key_count, value_count;
};

static bool read_tags(struct cursor in, const struct dictionary *words, struct arena *arena,
                      struct mvt_feature *feature) {
    struct mvt_property *properties =
        arena_array(arena, (size_t)(in.end - in.at) + 1, sizeof *properties);
    while (in.at != in.end) {
        uint64_t key = read_varint(&in), value = read_varint(&in);
        if (in.bad || key >= words->key_count || value >= words->value_count)
            return false;
        properties[feature->property_count++] =
            (struct mvt_property){.key = words->keys[key], .value = words->values[value]};
    }
    feature->properties = properties;
    return true;
}

static bool read_feature(struct cursor in, const struct dictionary *words, struct arena *arena,
                         struct mvt_feature *out) {
    struct field field;
    struct cursor geometry = {0};
    *out = (struct mvt_feature){0};
    while (next_field(&in, &field)) {
        if (field.number == 1 && field.wire == 0) {
            out->has_id = true;
            out->id = field.value;
        } else if (field.number == 2 && field.wire == 2) {
            if (!read_tags(field.bytes, words, arena, out))
                return false;
        } else if (field.number == 3 && field.wire == 0) {
            out->type = (enum mvt_type)field.value;
        } else if (field.number == 4 && field.wire == 2 && geometry.at == NULL) {
            geometry = field.bytes;
        } else {
            return false;
        }
    }
    return !in.bad && out->type >= MVT_POINT && out->type <= MVT_POLYGON && geometry.at != NULL &&
           read_geometry(geometry, arena, out);
}

static bool read_words(struct cursor in, struct arena *arena, struct dictionary *words) {
    struct field field;
    while (next_field(&in, &field)) {
        if (field.number == 3 && field.wire == 2)
            words->keys[words->key_count++] =
                arena_strndup(arena, field.bytes.at, (size_t)(field.bytes.end - field.bytes.at));
        if (field.number == 4 &&
            !(field.wire == 2 && read_value(field.bytes, &words->values[words->value_count++])))
            return false;
    }
    return !in.bad;
}

static bool read_layer(struct cursor in, struct arena *arena, struct mvt_read_layer *out) {
    size_t room = (size_t)(in.end - in.at);
    struct dictionary words = {.keys = arena_array(arena, room + 1, sizeof *words.keys),
                               .values = arena_array(arena, room + 1, sizeof *words.values)};
    *out = (struct mvt_read_layer){.extent = 4096,
                                   .features = arena_array(arena, room + 1, sizeof *out->features)};
    if (!read_words(in, arena, &words))
        return false;
    struct field field;
    while (next_field(&in, &field)) {
        if (field.number == 1 && field.wire == 2)
            out->name =
                arena_strndup(arena, field.bytes.at, (size_t)(field.bytes.end - field.bytes.at));
        else if (field.number == 15 && field.wire == 0)
            out->version = (uint32_t)field.value;
        else if (field.number == 5 && field.wire == 0)
            out->extent = (uint32_t)field.value;
        else if (field.number == 2 && field.wire == 2) {
            if (!read_feature(field.bytes, &words, arena, &out->features[out->feature_count++]))
                return false;
        } else if (field.number != 3 && field.number != 4)
            return false;
    }
    return !in.bad && out->name != NULL && out->version == 2;
}

bool mvt_read(const char *bytes, size_t len, struct arena *arena, struct mvt_read_tile *out) {
    struct cursor in = {.at = bytes, .end = bytes + len};
    struct field field;
    *out = (struct mvt_read_tile){.layers = arena_array(arena, len + 1, sizeof *out->layers)};
    while (next_field(&in, &field)) {
        if (field.number != 3 || field.wire != 2 ||
            !read_layer(field.bytes, arena, &out->layers[out->layer_count]))
            return false;
        for (size_t i = 0; i < out->layer_count; i++) {
            if (strcmp(out->layers[i].name, out->layers[out->layer_count].name) == 0)
                return false;
        }
        out->layer_count++;
    }
    return !in.bad;
}

static void value_text(const struct mvt_value *value, struct buf *out) {
    switch (value->type) {
    case MVT_STRING:
        buf_printf(out, "\"%.*s\"", (int)value->string.len, value->string.text);
        break;
    case MVT_FLOAT:
        buf_printf(out, "float %.9g", (double)value->f32);
        break;
    case MVT_DOUBLE:
        buf_printf(out, "double %.17g", value->f64);
        break;
    case MVT_INT:
        buf_printf(out, "int %lld", (long long)value->i64);
        break;
    case MVT_UINT:
        buf_printf(out, "uint %llu", (unsigned long long)value->u64);
        break;
    case MVT_SINT:
        buf_printf(out, "sint %lld", (long long)value->i64);
        break;
    case MVT_BOOL:
        buf_str(out, value->truth ? "true" : "false");
        break;
    }
}

static void feature_text(const struct mvt_feature *feature, struct buf *out) {
    static const char *const types[] = {"", "points", "lines", "rings"};
    if (feature->has_id)
        buf_printf(out, "#%llu ", (unsigned long long)feature->id);
    buf_str(out, types[feature->type]);
    const int32_t *xy = feature->xy;
    for (size_t part = 0; part < feature->part_count; part++) {
        buf_str(out, part == 0 ? " " : " / ");
        for (uint32_t i = 0; i < feature->part_vertices[part]; i++, xy += 2)
            buf_printf(out, "%s%d,%d", i == 0 ? "" : " ", xy[0], xy[1]);
    }
    for (size_t i = 0; i < feature->property_count; i++) {
        buf_printf(out, "; %s ", feature->properties[i].key);
        value_text(&feature->properties[i].value, out);
    }
    buf_char(out, '\n');
}

void mvt_read_text(const struct mvt_read_tile *tile, struct buf *out) {
    for (size_t i = 0; i < tile->layer_count; i++) {
        const struct mvt_read_layer *layer = &tile->layers[i];
        buf_printf(out, "layer %s, extent %u\n", layer->name, layer->extent);
        for (size_t j = 0; j < layer->feature_count; j++)
            feature_text(&layer->features[j], out);
    }
}
