// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/tablet_store.h"

#include "store/rows.h"

enum err tablet_find_key(struct db *db, const uint8_t key_hash[SECRET_HASH_SIZE], int64_t *out_id,
                         bool *out_revoked) {
    struct stmt *stmt = db_stmt(db, QUERY_TABLET_BY_KEY);
    db_bind_blob(stmt, ":key_hash", key_hash, SECRET_HASH_SIZE);
    enum err err = db_one(stmt);
    if (err == ERR_OK) {
        *out_id = db_i64(stmt, 0);
        *out_revoked = db_i64(stmt, 1) != 0;
    }
    db_reset(stmt);
    return err;
}

enum err tablet_insert(struct db *db, int64_t session_id, const uint8_t key_hash[SECRET_HASH_SIZE],
                       int64_t *out_id) {
    struct stmt *stmt = db_stmt(db, QUERY_TABLET_INSERT);
    db_bind_i64(stmt, ":session", session_id);
    db_bind_blob(stmt, ":key_hash", key_hash, SECRET_HASH_SIZE);
    enum err err = db_run(stmt, NULL);
    if (err == ERR_OK)
        *out_id = db_last_id(db);
    return err;
}

static enum err read_tablet(struct stmt *stmt, struct arena *arena, void *item) {
    struct tablet *out = item;
    *out = (struct tablet){
        .id = db_i64(stmt, 0),
        .session_id = db_i64(stmt, 1),
        .number = db_i64(stmt, 2),
        .revoked = db_i64(stmt, 3) != 0,
        .participants = db_text_copy(stmt, 4, arena),
    };
    return out->participants ? ERR_OK : ERR_NO_MEMORY;
}

enum err tablet_select(struct db *db, int64_t session_id, int64_t id, struct arena *arena,
                       struct tablet **out, size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_TABLET_LIST);
    db_bind_i64(stmt, ":session", session_id);
    db_bind_i64(stmt, ":tablet", id);
    struct rows rows;
    enum err err = rows_list(stmt, read_tablet, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

enum err tablet_update_revoked(struct db *db, int64_t id, bool revoked) {
    struct stmt *stmt = db_stmt(db, QUERY_TABLET_SET_STATE);
    db_bind_i64(stmt, ":tablet", id);
    db_bind_i64(stmt, ":revoked", revoked);
    return rows_write_one(stmt);
}

enum err tablet_end_tokens(struct db *db, int64_t session_id, int64_t id) {
    struct stmt *stmt = db_stmt(db, QUERY_TABLET_END_TOKENS);
    db_bind_i64(stmt, ":session", session_id);
    db_bind_i64(stmt, ":tablet", id);
    return db_run(stmt, NULL);
}

enum err tablets_delete(struct db *db, int64_t session_id) {
    struct stmt *stmt = db_stmt(db, QUERY_TABLETS_DELETE);
    db_bind_i64(stmt, ":session", session_id);
    return db_run(stmt, NULL);
}
