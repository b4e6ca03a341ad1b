// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/shared_asset_store.h"

#include "store/rows.h"
#include <string.h>

/* The columns of shared_asset_candidates, _by_uuid and shared_assets_approved, in their order. */
static enum err read_asset(struct stmt *stmt, struct arena *arena, void *item) {
    struct shared_asset *out = item;
    *out = (struct shared_asset){
        .contribution_id = db_i64(stmt, 0),
        .session_id = db_i64(stmt, 1),
        .category = db_text_copy(stmt, 3, arena),
        .answers = db_text_copy(stmt, 4, arena),
        .exercise_id = db_i64(stmt, 6),
        .exercise_key = db_text_copy(stmt, 7, arena),
        .held_on = db_text_copy(stmt, 8, arena),
        .session_precision_m = db_f64(stmt, 9),
        .id = db_i64(stmt, 10),
        .title = db_text_copy(stmt, 11, arena),
        .approved_ms = db_i64(stmt, 12),
    };
    if (!out->category || !out->answers || !out->exercise_key || !out->held_on ||
        (!out->title && !db_is_null(stmt, 11)))
        return ERR_NO_MEMORY;
    out->answers_len = strlen(out->answers);
    size_t len = 0;
    const void *uuid = db_blob(stmt, 2, &len);
    if (!uuid || len != sizeof out->uuid)
        return ERR_NOT_A_STORE;
    memcpy(out->uuid, uuid, len);
    return db_geometry(stmt, 5, arena, &out->geometry);
}

static enum err list(struct stmt *stmt, struct arena *arena, struct shared_asset **out,
                     size_t *count) {
    struct rows rows;
    enum err err = rows_list(stmt, read_asset, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

enum err shared_asset_select_page(struct db *db, int64_t project_id, int64_t before, int64_t limit,
                                  struct arena *arena, struct shared_asset **out, size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_SHARED_ASSET_CANDIDATES);
    db_bind_i64(stmt, ":project", project_id);
    db_bind_i64(stmt, ":before", before);
    db_bind_i64(stmt, ":limit", limit);
    return list(stmt, arena, out, count);
}

enum err shared_asset_select(struct db *db, int64_t session_id,
                             const uint8_t uuid[CONTRIBUTION_UUID_SIZE], struct arena *arena,
                             struct shared_asset *out) {
    struct stmt *stmt = db_stmt(db, QUERY_SHARED_ASSET_BY_UUID);
    db_bind_i64(stmt, ":session", session_id);
    db_bind_blob(stmt, ":uuid", uuid, CONTRIBUTION_UUID_SIZE);
    struct shared_asset found;
    enum err err = db_one(stmt);
    if (err == ERR_OK)
        err = read_asset(stmt, arena, &found);
    if (err == ERR_OK)
        *out = found;
    db_reset(stmt);
    return err;
}

enum err shared_asset_list(struct db *db, int64_t project_id, struct arena *arena,
                           struct shared_asset **out, size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_SHARED_ASSETS_APPROVED);
    db_bind_i64(stmt, ":project", project_id);
    return list(stmt, arena, out, count);
}

enum err shared_asset_put(struct db *db, int64_t contribution_id, const char *title,
                          int64_t staff_id, int64_t now_ms) {
    struct stmt *stmt = db_stmt(db, QUERY_SHARED_ASSET_PUT);
    db_bind_i64(stmt, ":contribution", contribution_id);
    db_bind_text(stmt, ":title", title);
    db_bind_i64(stmt, ":staff", staff_id);
    db_bind_i64(stmt, ":now_ms", now_ms);
    return db_run(stmt, NULL);
}

enum err shared_asset_delete(struct db *db, int64_t contribution_id) {
    struct stmt *stmt = db_stmt(db, QUERY_SHARED_ASSET_DELETE);
    db_bind_i64(stmt, ":contribution", contribution_id);
    return rows_write_one(stmt);
}

/* ---- those that ended ---- */

static enum err read_ended(struct stmt *stmt, struct arena *arena, void *item) {
    (void)arena;
    *(struct ended_asset *)item = (struct ended_asset){.id = db_i64(stmt, 0), .project_id = db_i64(stmt, 1)};
    return ERR_OK;
}

enum err ended_asset_list(struct db *db, int64_t project_id, struct arena *arena, struct ended_asset **out,
                          size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_ASSET_ENDED_LIST);
    struct rows rows;
    db_bind_i64(stmt, ":project", project_id);
    enum err err = rows_list(stmt, read_ended, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

enum err ended_asset_delete(struct db *db, int64_t asset_id) {
    struct stmt *stmt = db_stmt(db, QUERY_ASSET_ENDED_DELETE);
    db_bind_i64(stmt, ":asset", asset_id);
    return db_run(stmt, NULL);
}
