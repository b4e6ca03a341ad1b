// SPDX-License-Identifier: AGPL-3.0-or-later
// Two things that every store does: gather rows in an arena, and write exactly one row.
#ifndef REPERE_STORE_ROWS_H
#define REPERE_STORE_ROWS_H
#include "base/arena.h"
#include "store/db.h"
#include <stddef.h>

/** Reads the row that stands ready into `item`, its texts into the arena. */
typedef enum err row_read_fn(struct stmt *stmt, struct arena *arena, void *item);
struct rows {
    void *items; // `count` of them in the arena; NULL when there are none
    size_t count;
};
/**
 * Steps a bound statement to its end and gathers its rows, items of `size` bytes each. The
 * statement is reset afterwards. Errors: what `read` returns, NO_MEMORY, those of db_step.
 */
enum err rows_list(struct stmt *stmt, row_read_fn *read, size_t size, struct arena *arena,
                   struct rows *out);
/** Runs a statement that is to write a row. Errors: NOT_FOUND (it wrote none), those of db_run. */
enum err rows_write_one(struct stmt *stmt);
#endif
