// SPDX-License-Identifier: AGPL-3.0-or-later
// Memory with one owner and one end: everything allocated for a request goes at once.
#ifndef REPERE_BASE_ARENA_H
#define REPERE_BASE_ARENA_H
#include <stddef.h>

struct arena_block;
struct arena {
    struct arena_block *head;
    size_t used_bytes;
};

void arena_init(struct arena *arena);
/** Frees everything. The arena can be used again. */
void arena_fini(struct arena *arena);
/** Forgets everything but keeps one block for reuse. */
void arena_reset(struct arena *arena);
/** Zeroed bytes, aligned for any type; NULL when memory is short or size overflows. */
void *arena_alloc(struct arena *arena, size_t size);
/** Zeroed array of `count` elements of `size` bytes; NULL on overflow or when memory is short. */
void *arena_array(struct arena *arena, size_t count, size_t size);
/** NUL-terminated copy of `len` bytes; NULL when memory is short. */
char *arena_strndup(struct arena *arena, const char *text, size_t len);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
#endif
