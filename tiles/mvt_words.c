// SPDX-License-Identifier: AGPL-3.0-or-later
#include "mvt_words.h"
#include <stdlib.h>
#include <string.h>

void mvt_words_init(struct mvt_words *words) {
    *words = (struct mvt_words){0};
    buf_init(&words->bytes);
}

void mvt_words_fini(struct mvt_words *words) {
    buf_fini(&words->bytes);
    free(words->ends);
    free(words->slots);
    *words = (struct mvt_words){0};
}

const char *mvt_words_at(const struct mvt_words *words, uint32_t index, size_t *len) {
    size_t from = index == 0 ? 0 : words->ends[index - 1];
    *len = words->ends[index] - from;
    return words->bytes.data + from;
}

/** FNV-1a, 32 bits. */
static uint32_t hash(const char *bytes, size_t len) {
    uint32_t value = 2166136261u;
    for (size_t i = 0; i < len; i++)
        value = (value ^ (uint8_t)bytes[i]) * 16777619u;
    return value;
}

/** The slot where these bytes stand or where they belong. */
static uint32_t slot_find(const struct mvt_words *words, const char *bytes, size_t len) {
    uint32_t mask = words->slot_count - 1;
    uint32_t slot = hash(bytes, len) & mask;
    while (words->slots[slot] != 0) {
        size_t there_len;
        const char *there = mvt_words_at(words, words->slots[slot] - 1, &there_len);
        if (there_len == len && memcmp(there, bytes, len) == 0)
            break;
        slot = (slot + 1) & mask;
    }
    return slot;
}

static enum err grow(struct mvt_words *words) {
    uint32_t room = words->room == 0 ? 16 : 2 * words->room;
    size_t *ends = reallocarray(words->ends, room, sizeof *ends);
    if (ends == NULL)
        return ERR_NO_MEMORY;
    words->ends = ends;
    uint32_t *slots = calloc(2 * (size_t)room, sizeof *slots);
    if (slots == NULL)
        return ERR_NO_MEMORY;
    free(words->slots);
    words->slots = slots;
    words->slot_count = 2 * room;
    words->room = room;
    for (uint32_t i = 0; i < words->count; i++) {
        size_t len;
        const char *bytes = mvt_words_at(words, i, &len);
        slots[slot_find(words, bytes, len)] = i + 1;
    }
    return ERR_OK;
}

enum err mvt_words_index(struct mvt_words *words, const char *bytes, size_t len, uint32_t *out) {
    if (words->count == words->room) {
        enum err err = grow(words);
        if (err != ERR_OK)
            return err;
    }
    uint32_t slot = slot_find(words, bytes, len);
    if (words->slots[slot] == 0) {
        buf_bytes(&words->bytes, bytes, len);
        if (words->bytes.failed)
            return ERR_NO_MEMORY;
        words->ends[words->count++] = words->bytes.len;
        words->slots[slot] = words->count;
    }
    *out = words->slots[slot] - 1;
    return ERR_OK;
}
