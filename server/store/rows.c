// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/rows.h"

#include <string.h>

enum { ROWS_FIRST = 16 };

/* Room for one more; doubles when it is full, and the old array stays with the arena. */
static enum err make_room(struct rows *rows, size_t *capacity, size_t size, struct arena *arena) {
    if (rows->count < *capacity)
        return ERR_OK;
    size_t wanted = *capacity ? 2 * *capacity : ROWS_FIRST;
    void *more = arena_array(arena, wanted, size);
    if (!more)
        return ERR_NO_MEMORY;
    if (rows->count > 0)
        memcpy(more, rows->items, rows->count * size);
    rows->items = more;
    *capacity = wanted;
    return ERR_OK;
}

enum err rows_list(struct stmt *stmt, row_read_fn *read, size_t size, struct arena *arena,
                   struct rows *out) {
    struct rows rows = {0};
    size_t capacity = 0;
    bool row = false;
    enum err err;
    while ((err = db_step(stmt, &row)) == ERR_OK && row) {
        err = make_room(&rows, &capacity, size, arena);
        if (err == ERR_OK)
            err = read(stmt, arena, (char *)rows.items + rows.count * size);
        if (err != ERR_OK)
            break;
        rows.count++;
    }
    db_reset(stmt);
    if (err == ERR_OK)
        *out = rows;
    return err;
}

enum err rows_write_one(struct stmt *stmt) {
    int64_t changes = 0;
    enum err err = db_run(stmt, &changes);
    if (err == ERR_OK && changes == 0)
        return ERR_NOT_FOUND;
    return err;
}
