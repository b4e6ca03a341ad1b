// SPDX-License-Identifier: AGPL-3.0-or-later
#include "mvt.h"
#include "mvt_words.h"
#include "varint.h"
#include <stdlib.h>
#include <string.h>

enum wire { WIRE_VARINT = 0, WIRE_FIXED64 = 1, WIRE_BYTES = 2, WIRE_FIXED32 = 5 };
enum command { COMMAND_MOVE = 1, COMMAND_LINE = 2, COMMAND_CLOSE = 7 };
enum { COMMAND_COUNT_MAX = (1 << 29) - 1 };
/* Field numbers of the format's messages. */
enum { TILE_LAYER = 3 };
enum {
    LAYER_NAME = 1,
    LAYER_FEATURE = 2,
    LAYER_KEY = 3,
    LAYER_VALUE = 4,
    LAYER_EXTENT = 5,
    LAYER_VERSION = 15
};
enum { FEATURE_ID = 1, FEATURE_TAGS = 2, FEATURE_TYPE = 3, FEATURE_GEOMETRY = 4 };

struct mvt_layer {
    struct mvt_layer *next;
    char *name;
    struct buf features;                // Feature messages with their field headers
    struct mvt_words keys;              // texts
    struct mvt_words values;            // Value messages
    struct buf tags, geometry, message; // of the feature under way
};
struct mvt {
    struct mvt_layer *first, **last;
};

static void put_field(struct buf *out, unsigned field, enum wire wire) {
    varint_write(out, field << 3 | wire);
}

static void put_bytes(struct buf *out, unsigned field, const char *bytes, size_t len) {
    put_field(out, field, WIRE_BYTES);
    varint_write(out, len);
    buf_bytes(out, bytes, len);
}

static uint64_t zigzag(int64_t value) {
    return (uint64_t)value << 1 ^ (value < 0 ? ~UINT64_C(0) : 0);
}

/** The bits of a float or double, least significant byte first. */
static void put_fixed(struct buf *out, uint64_t bits, size_t bytes) {
    for (size_t i = 0; i < bytes; i++)
        buf_char(out, (char)(bits >> (8 * i)));
}

static void put_value(struct buf *out, const struct mvt_value *value) {
    unsigned field = value->type;
    uint32_t bits32;
    uint64_t bits64;
    switch (value->type) {
    case MVT_STRING:
        put_bytes(out, field, value->string.text, value->string.len);
        return;
    case MVT_FLOAT:
        memcpy(&bits32, &value->f32, sizeof bits32);
        put_field(out, field, WIRE_FIXED32);
        put_fixed(out, bits32, sizeof bits32);
        return;
    case MVT_DOUBLE:
        memcpy(&bits64, &value->f64, sizeof bits64);
        put_field(out, field, WIRE_FIXED64);
        put_fixed(out, bits64, sizeof bits64);
        return;
    case MVT_INT:
        put_field(out, field, WIRE_VARINT);
        varint_write(out, (uint64_t)value->i64);
        return;
    case MVT_UINT:
        put_field(out, field, WIRE_VARINT);
        varint_write(out, value->u64);
        return;
    case MVT_SINT:
        put_field(out, field, WIRE_VARINT);
        varint_write(out, zigzag(value->i64));
        return;
    case MVT_BOOL:
        put_field(out, field, WIRE_VARINT);
        varint_write(out, value->truth);
        return;
    }
}

static void put_command(struct buf *out, enum command command, uint32_t count) {
    varint_write(out, command | count << 3);
}

/** Writes `count` vertices as steps from the cursor, which moves along. */
static void put_steps(struct buf *out, const int32_t *xy, uint32_t count, int64_t cursor[2]) {
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t axis = 0; axis < 2; axis++) {
            int64_t at = xy[2 * (size_t)i + axis];
            varint_write(out, zigzag(at - cursor[axis]));
            cursor[axis] = at;
        }
    }
}

static enum err put_geometry(struct buf *out, const struct mvt_feature *feature) {
    const uint32_t fewest = feature->type == MVT_POINT ? 1 : feature->type == MVT_LINE ? 2 : 3;
    const int32_t *xy = feature->xy;
    int64_t cursor[2] = {0, 0};
    if (feature->part_count == 0)
        return ERR_BAD_GEOMETRY;
    for (size_t part = 0; part < feature->part_count; part++) {
        uint32_t count = feature->part_vertices[part];
        uint32_t moves = feature->type == MVT_POINT ? count : 1;
        if (count < fewest || count > COMMAND_COUNT_MAX)
            return ERR_BAD_GEOMETRY;
        put_command(out, COMMAND_MOVE, moves);
        put_steps(out, xy, moves, cursor);
        if (feature->type != MVT_POINT) {
            put_command(out, COMMAND_LINE, count - 1);
            put_steps(out, xy + 2, count - 1, cursor);
        }
        if (feature->type == MVT_POLYGON)
            put_command(out, COMMAND_CLOSE, 1);
        xy += 2 * (size_t)count;
    }
    return ERR_OK;
}

static enum err put_tags(struct mvt_layer *layer, const struct mvt_feature *feature) {
    for (size_t i = 0; i < feature->property_count; i++) {
        const struct mvt_property *property = &feature->properties[i];
        uint32_t key, value;
        buf_clear(&layer->message);
        put_value(&layer->message, &property->value);
        if (layer->message.failed)
            return ERR_NO_MEMORY;
        enum err err = mvt_words_index(&layer->keys, property->key, strlen(property->key), &key);
        if (err == ERR_OK)
            err = mvt_words_index(&layer->values, layer->message.data, layer->message.len, &value);
        if (err != ERR_OK)
            return err;
        varint_write(&layer->tags, key);
        varint_write(&layer->tags, value);
    }
    return ERR_OK;
}

enum err mvt_add(struct mvt_layer *layer, const struct mvt_feature *feature) {
    buf_clear(&layer->tags);
    buf_clear(&layer->geometry);
    enum err err = put_geometry(&layer->geometry, feature);
    if (err == ERR_OK)
        err = put_tags(layer, feature);
    if (err != ERR_OK)
        return err;
    struct buf *message = &layer->message;
    buf_clear(message);
    if (feature->has_id) {
        put_field(message, FEATURE_ID, WIRE_VARINT);
        varint_write(message, feature->id);
    }
    if (layer->tags.len > 0)
        put_bytes(message, FEATURE_TAGS, layer->tags.data, layer->tags.len);
    put_field(message, FEATURE_TYPE, WIRE_VARINT);
    varint_write(message, feature->type);
    put_bytes(message, FEATURE_GEOMETRY, layer->geometry.data, layer->geometry.len);
    put_bytes(&layer->features, LAYER_FEATURE, message->data, message->len);
    bool failed =
        layer->tags.failed || layer->geometry.failed || message->failed || layer->features.failed;
    return failed ? ERR_NO_MEMORY : ERR_OK;
}

static void layer_free(struct mvt_layer *layer) {
    buf_fini(&layer->features);
    buf_fini(&layer->tags);
    buf_fini(&layer->geometry);
    buf_fini(&layer->message);
    mvt_words_fini(&layer->keys);
    mvt_words_fini(&layer->values);
    free(layer->name);
    free(layer);
}

enum err mvt_layer(struct mvt *mvt, const char *name, struct mvt_layer **out) {
    for (struct mvt_layer *layer = mvt->first; layer != NULL; layer = layer->next) {
        if (strcmp(layer->name, name) == 0) {
            *out = layer;
            return ERR_OK;
        }
    }
    struct mvt_layer *layer = calloc(1, sizeof *layer);
    if (layer == NULL)
        return ERR_NO_MEMORY;
    buf_init(&layer->features);
    buf_init(&layer->tags);
    buf_init(&layer->geometry);
    buf_init(&layer->message);
    mvt_words_init(&layer->keys);
    mvt_words_init(&layer->values);
    layer->name = strdup(name);
    if (layer->name == NULL) {
        layer_free(layer);
        return ERR_NO_MEMORY;
    }
    *mvt->last = layer;
    mvt->last = &layer->next;
    *out = layer;
    return ERR_OK;
}

static void put_words(struct buf *out, unsigned field, const struct mvt_words *words) {
    for (uint32_t i = 0; i < words->count; i++) {
        size_t len;
        const char *word = mvt_words_at(words, i, &len);
        put_bytes(out, field, word, len);
    }
}

static void put_layer(struct buf *out, const struct mvt_layer *layer) {
    put_field(out, LAYER_VERSION, WIRE_VARINT);
    varint_write(out, 2);
    put_bytes(out, LAYER_NAME, layer->name, strlen(layer->name));
    buf_bytes(out, layer->features.data, layer->features.len);
    put_words(out, LAYER_KEY, &layer->keys);
    put_words(out, LAYER_VALUE, &layer->values);
    put_field(out, LAYER_EXTENT, WIRE_VARINT);
    varint_write(out, MVT_EXTENT);
}

enum err mvt_write(const struct mvt *mvt, struct buf *out) {
    struct buf body;
    buf_init(&body);
    for (const struct mvt_layer *layer = mvt->first; layer != NULL; layer = layer->next) {
        if (layer->features.len == 0)
            continue;
        buf_clear(&body);
        put_layer(&body, layer);
        put_bytes(out, TILE_LAYER, body.data, body.len);
    }
    bool failed = body.failed || out->failed;
    buf_fini(&body);
    return failed ? ERR_NO_MEMORY : ERR_OK;
}

enum err mvt_new(struct mvt **out) {
    struct mvt *mvt = calloc(1, sizeof *mvt);
    if (mvt == NULL)
        return ERR_NO_MEMORY;
    mvt->last = &mvt->first;
    *out = mvt;
    return ERR_OK;
}

void mvt_free(struct mvt *mvt) {
    if (mvt == NULL)
        return;
    while (mvt->first != NULL) {
        struct mvt_layer *layer = mvt->first;
        mvt->first = layer->next;
        layer_free(layer);
    }
    free(mvt);
}
