// SPDX-License-Identifier: AGPL-3.0-or-later
// The allocation functions of the whole process, libraries included, so that the n-th one can fail. Included by
// a program's one file; such programs are called test_*no_memory. Not under a sanitizer, which has its own:
// tests/run.sh builds them without.
#ifndef REPERE_TESTS_NO_MEMORY_H
#define REPERE_TESTS_NO_MEMORY_H
#include <stdbool.h>
#include <stddef.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *bytes, size_t size);

static long allocations_left = -1; // until one fails; -1: none does

static bool allocation_fails(void) {
    return allocations_left >= 0 && allocations_left-- == 0;
}

void *malloc(size_t size) {
    return allocation_fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    return allocation_fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *bytes, size_t size) {
    return allocation_fails() ? NULL : __libc_realloc(bytes, size);
}
#endif
