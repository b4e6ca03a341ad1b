// SPDX-License-Identifier: AGPL-3.0-or-later
// A list of different byte strings, each found again by its content: a layer's keys or values.
#ifndef REPERE_TILES_MVT_WORDS_H
#define REPERE_TILES_MVT_WORDS_H
#include "base/buf.h"
#include "base/err.h"
#include <stdint.h>

struct mvt_words {
    struct buf bytes; // the words one after the other
    size_t *ends;     // where each of them ends in `bytes`
    uint32_t count, room;
    uint32_t *slots;     // index + 1 of a word, 0: free
    uint32_t slot_count; // a power of two, at least twice `room`
};
void mvt_words_init(struct mvt_words *words);
void mvt_words_fini(struct mvt_words *words);
/** The word's index, in the order of first appearance. Errors: NO_MEMORY. */
enum err mvt_words_index(struct mvt_words *words, const char *bytes, size_t len, uint32_t *out);
/** Borrowed until the next word is added. */
const char *mvt_words_at(const struct mvt_words *words, uint32_t index, size_t *len);
#endif
