// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/rows.h"

#include <string.h>

enum { ROWS_FIRST = 16 };

void *rows_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity)
        return items;
    size_t wanted = *capacity ? 2 * *capacity : ROWS_FIRST;
    void *more = arena_array(arena, wanted, size);
    if (!more)
        return NULL;
    if (count > 0)
        memcpy(more, items, count * size);
    *capacity = wanted;
    return more;
}

enum err rows_write_one(struct stmt *stmt) {
    int64_t changes = 0;
    enum err err = db_run(stmt, &changes);
    if (err == ERR_OK && changes == 0)
        return ERR_NOT_FOUND;
    return err;
}
