// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/retention_store.h"

static enum err run(struct db *db, enum query query, int64_t closed_ms, int64_t limit,
                    int64_t *count) {
    struct stmt *stmt = db_stmt(db, query);
    db_bind_i64(stmt, ":closed_ms", closed_ms);
    db_bind_i64(stmt, ":limit", limit);
    return db_run(stmt, count);
}

enum err retention_forget_pseudonyms(struct db *db, int64_t closed_ms, int64_t limit,
                                     int64_t *count) {
    return run(db, QUERY_RETENTION_FORGET_PSEUDONYMS, closed_ms, limit, count);
}

enum err retention_delete_contributions(struct db *db, int64_t closed_ms, int64_t limit,
                                        int64_t *count) {
    return run(db, QUERY_RETENTION_DELETE_CONTRIBUTIONS, closed_ms, limit, count);
}

enum err retention_delete_participants(struct db *db, int64_t closed_ms, int64_t limit,
                                       int64_t *count) {
    return run(db, QUERY_RETENTION_DELETE_PARTICIPANTS, closed_ms, limit, count);
}

enum err retention_forget_gone(struct db *db, int64_t closed_ms) {
    struct stmt *stmt = db_stmt(db, QUERY_RETENTION_FORGET_GONE);
    db_bind_i64(stmt, ":closed_ms", closed_ms);
    return db_run(stmt, NULL);
}

enum err retention_asset_ended_last(struct db *db, int64_t *last) {
    struct stmt *stmt = db_stmt(db, QUERY_RETENTION_ASSET_ENDED_LAST);
    enum err err = db_one(stmt);
    if (err == ERR_OK)
        *last = db_i64(stmt, 0);
    db_reset(stmt);
    return err;
}

enum err retention_asset_ended_forget(struct db *db, int64_t last) {
    struct stmt *stmt = db_stmt(db, QUERY_RETENTION_ASSET_ENDED_FORGET);
    db_bind_i64(stmt, ":last", last);
    return db_run(stmt, NULL);
}
