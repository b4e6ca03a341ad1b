// SPDX-License-Identifier: AGPL-3.0-or-later
#include "pmtiles_contents.h"
#include <stdlib.h>
#include <string.h>

void pmtiles_contents_fini(struct pmtiles_contents *contents) {
    free(contents->places);
    *contents = (struct pmtiles_contents){0};
}

/* Multiplies and folds eight bytes at a time: quick, and good enough where equal hashes are looked
 * at again. */
uint64_t pmtiles_content_hash(const void *bytes, size_t len) {
    const unsigned char *at = bytes;
    uint64_t hash = len;
    for (; len > 0; at += 8) {
        size_t piece = len < 8 ? len : 8;
        uint64_t word = 0;
        memcpy(&word, at, piece);
        hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 29;
        len -= piece;
    }
    return hash;
}

const struct pmtiles_content *pmtiles_contents_next(const struct pmtiles_contents *contents,
                                                    uint64_t hash, uint32_t bytes,
                                                    const struct pmtiles_content *before) {
    if (contents->room == 0)
        return NULL;
    size_t mask = contents->room - 1;
    size_t at = before == NULL ? hash & mask : ((size_t)(before - contents->places) + 1) & mask;
    for (; contents->places[at].bytes != 0; at = (at + 1) & mask) {
        const struct pmtiles_content *content = &contents->places[at];
        if (content->hash == hash && content->bytes == bytes)
            return content;
    }
    return NULL;
}

static void place(struct pmtiles_contents *contents, struct pmtiles_content content) {
    size_t mask = contents->room - 1, at = content.hash & mask;
    while (contents->places[at].bytes != 0)
        at = (at + 1) & mask;
    contents->places[at] = content;
}

static enum err grow(struct pmtiles_contents *contents) {
    struct pmtiles_contents larger = {.room = contents->room == 0 ? 1024 : 2 * contents->room};
    larger.places = calloc(larger.room, sizeof *larger.places);
    if (larger.places == NULL)
        return ERR_NO_MEMORY;
    larger.count = contents->count;
    for (size_t i = 0; i < contents->room; i++)
        if (contents->places[i].bytes != 0)
            place(&larger, contents->places[i]);
    free(contents->places);
    *contents = larger;
    return ERR_OK;
}

enum err pmtiles_contents_add(struct pmtiles_contents *contents, struct pmtiles_content content) {
    if (2 * (contents->count + 1) > contents->room && grow(contents) != ERR_OK)
        return ERR_NO_MEMORY;
    place(contents, content);
    contents->count++;
    return ERR_OK;
}
