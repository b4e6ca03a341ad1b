// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/key_store.h"

enum err keys_in_use(struct db *db, int64_t now_ms, struct keys_in_use *out) {
    struct stmt *stmt = db_stmt(db, QUERY_KEYS_IN_USE);
    db_bind_i64(stmt, ":now_ms", now_ms);
    enum err err = db_one(stmt);
    if (err == ERR_OK)
        *out = (struct keys_in_use){.receipts = db_i64(stmt, 0) != 0,
                                    .join_codes = db_i64(stmt, 1) != 0};
    db_reset(stmt);
    return err;
}
