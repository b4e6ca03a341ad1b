// SPDX-License-Identifier: AGPL-3.0-or-later
// Two things that every store does: gather rows in an arena, and write exactly one row.
#ifndef REPERE_STORE_ROWS_H
#define REPERE_STORE_ROWS_H
#include "base/arena.h"
#include "store/db.h"
#include <stddef.h>

/**
 * Room for one more item of `size` bytes after `count` of them; doubles when it is full (the old
 * array stays with the arena). NULL when memory is short.
 */
void *rows_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size);
/** Runs a statement that is to write a row. Errors: NOT_FOUND (it wrote none), those of db_run. */
enum err rows_write_one(struct stmt *stmt);
#endif
