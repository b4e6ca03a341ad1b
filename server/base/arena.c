// SPDX-License-Identifier: AGPL-3.0-or-later
// Blocks in a list, the newest first; each at least as large as all before it, so that a request
// that asks for much makes few of them.
#include "base/arena.h"
#include <stdarg.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *next;
    size_t size; // usable bytes
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};
enum { FIRST_BLOCK = 4096 - sizeof(struct arena_block), LARGEST_STEP = 1 << 20 };

void arena_init(struct arena *arena) {
    arena->head = NULL;
    arena->used_bytes = 0;
}

static void free_from(struct arena_block *block) {
    while (block) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
}

void arena_fini(struct arena *arena) {
    free_from(arena->head);
    arena_init(arena);
}

void arena_reset(struct arena *arena) {
    if (!arena->head)
        return;
    free_from(arena->head->next);
    arena->head->next = NULL;
    arena->head->used = 0;
    arena->used_bytes = 0;
}

static struct arena_block *add_block(struct arena *arena, size_t size) {
    size_t room = arena->head ? arena->head->size * 2 : FIRST_BLOCK;
    if (room > LARGEST_STEP)
        room = LARGEST_STEP;
    if (room < size)
        room = size;
    if (room > SIZE_MAX - sizeof(struct arena_block))
        return NULL;
    struct arena_block *block = malloc(sizeof *block + room);
    if (!block)
        return NULL;
    block->next = arena->head;
    block->size = room;
    block->used = 0;
    arena->head = block;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size) {
    const size_t align = alignof(max_align_t);
    if (size > SIZE_MAX - align)
        return NULL;
    size_t rounded = (size + align - 1) / align * align;
    struct arena_block *block = arena->head;
    if (!block || block->size - block->used < rounded)
        block = add_block(arena, rounded);
    if (!block)
        return NULL;
    void *at = block->bytes + block->used;
    block->used += rounded;
    arena->used_bytes += rounded;
    memset(at, 0, size);
    return at;
}

void *arena_array(struct arena *arena, size_t count, size_t size) {
    size_t total;
    if (__builtin_mul_overflow(count, size, &total))
        return NULL;
    return arena_alloc(arena, total);
}

char *arena_strndup(struct arena *arena, const char *text, size_t len) {
    if (len == SIZE_MAX)
        return NULL;
    char *copy = arena_alloc(arena, len + 1);
    if (copy && len)
        memcpy(copy, text, len);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text) {
    return arena_strndup(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    char *text = len < 0 ? NULL : arena_alloc(arena, (size_t)len + 1);
    if (text)
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    va_end(args);
    return text;
}
