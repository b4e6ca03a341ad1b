// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/audit_store.h"

#include <string.h>

enum err audit_insert(struct db *db, const struct audit_entry *entry) {
    struct stmt *stmt = db_stmt(db, QUERY_AUDIT_INSERT);
    db_bind_i64(stmt, ":staff", entry->staff_id);
    db_bind_i64(stmt, ":at_ms", entry->at_ms);
    db_bind_text(stmt, ":action", entry->action);
    db_bind_text(stmt, ":object", entry->object);
    db_bind_blob(stmt, ":chain", entry->chain, SECRET_HASH_SIZE);
    return db_run(stmt, NULL);
}

static enum err read_chain(struct stmt *stmt, int column, uint8_t out[SECRET_HASH_SIZE]) {
    size_t len = 0;
    const void *chain = db_blob(stmt, column, &len);
    if (!chain || len != SECRET_HASH_SIZE)
        return ERR_NOT_A_STORE;
    memcpy(out, chain, SECRET_HASH_SIZE);
    return ERR_OK;
}

enum err audit_last(struct db *db, uint8_t out[SECRET_HASH_SIZE]) {
    struct stmt *stmt = db_stmt(db, QUERY_AUDIT_LAST);
    enum err err = db_one(stmt);
    if (err == ERR_OK)
        err = read_chain(stmt, 0, out);
    db_reset(stmt);
    return err;
}

enum err audit_walk(struct db *db, audit_entry_fn *fn, void *context) {
    struct stmt *stmt = db_stmt(db, QUERY_AUDIT_WALK);
    bool row = false;
    enum err err;
    while ((err = db_step(stmt, &row)) == ERR_OK && row) {
        struct audit_entry entry = {
            .id = db_i64(stmt, 0),
            .staff_id = db_i64(stmt, 1),
            .at_ms = db_i64(stmt, 2),
            .action = db_text(stmt, 3, NULL),
            .object = db_text(stmt, 4, NULL),
        };
        err = read_chain(stmt, 5, entry.chain);
        if (err == ERR_OK)
            err = fn(context, &entry);
        if (err != ERR_OK)
            break;
    }
    db_reset(stmt);
    return err;
}

enum err audit_delete_before(struct db *db, int64_t before_ms) {
    struct stmt *stmt = db_stmt(db, QUERY_AUDIT_TRIM);
    db_bind_i64(stmt, ":before_ms", before_ms);
    return db_run(stmt, NULL);
}
