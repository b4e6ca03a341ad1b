// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/conflict_store.h"

#include "base/secret.h"
#include "store/rows.h"
#include <string.h>

enum err conflict_put(struct db *db, const struct conflict *conflict) {
    struct stmt *stmt = db_stmt(db, QUERY_CONFLICT_PUT);
    db_bind_i64(stmt, ":contribution", conflict->contribution_id);
    db_bind_i64(stmt, ":based_on", conflict->based_on);
    db_bind_text(stmt, ":kind", conflict->deletes ? "delete" : "edit");
    db_bind_text(stmt, ":category", conflict->category);
    db_bind_text(stmt, ":answers", conflict->answers);
    db_bind_i64(stmt, ":now_ms", conflict->at_ms);
    enum err err = ERR_OK;
    if (conflict->deletes)
        db_bind_null(stmt, ":geometry");
    else
        err = db_bind_geometry(stmt, ":geometry", &conflict->geometry);
    return err == ERR_OK ? db_run(stmt, NULL) : err;
}

/* The columns from based_on on, which every statement gives in the same order. */
static enum err read_edit(struct stmt *stmt, int first, struct arena *arena, struct conflict *out) {
    const char *kind = db_text(stmt, first + 1, NULL);
    if (!kind)
        return ERR_NOT_A_STORE;
    out->based_on = db_i64(stmt, first);
    out->deletes = strcmp(kind, "delete") == 0;
    out->at_ms = db_i64(stmt, first + 5);
    if (out->deletes)
        return ERR_OK;
    out->category = db_text_copy(stmt, first + 3, arena);
    out->answers = db_text_copy(stmt, first + 4, arena);
    if (!out->category || !out->answers)
        return ERR_NO_MEMORY;
    return db_geometry(stmt, first + 2, arena, &out->geometry);
}

enum err conflict_find(struct db *db, int64_t contribution_id, struct arena *arena,
                       struct conflict *out) {
    struct stmt *stmt = db_stmt(db, QUERY_CONFLICT_FIND);
    db_bind_i64(stmt, ":contribution", contribution_id);
    struct conflict found = {.contribution_id = contribution_id};
    enum err err = db_one(stmt);
    if (err != ERR_OK)
        return err;
    err = read_edit(stmt, 0, arena, &found);
    db_reset(stmt);
    if (err == ERR_OK)
        *out = found;
    return err;
}

static enum err read_item(struct stmt *stmt, struct arena *arena, void *item) {
    struct conflict found = {.contribution_id = db_i64(stmt, 0)};
    size_t len;
    const void *uuid = db_blob(stmt, 1, &len);
    if (!uuid || len != sizeof found.uuid)
        return ERR_NOT_A_STORE;
    memcpy(found.uuid, uuid, len);
    enum err err = read_edit(stmt, 2, arena, &found);
    if (err == ERR_OK)
        *(struct conflict *)item = found;
    return err;
}

enum err conflict_select_page(struct db *db, int64_t session_id, int64_t after, int64_t limit,
                              struct arena *arena, struct conflict **out, size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_CONFLICT_LIST);
    db_bind_i64(stmt, ":session", session_id);
    db_bind_i64(stmt, ":after", after);
    db_bind_i64(stmt, ":limit", limit);
    struct rows rows;
    enum err err = rows_list(stmt, read_item, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

enum err conflict_delete(struct db *db, int64_t contribution_id) {
    struct stmt *stmt = db_stmt(db, QUERY_CONFLICT_DELETE);
    db_bind_i64(stmt, ":contribution", contribution_id);
    return rows_write_one(stmt);
}

enum err conflict_delete_of_participant(struct db *db, int64_t participant_id) {
    struct stmt *stmt = db_stmt(db, QUERY_CONFLICTS_DELETE_OF_PARTICIPANT);
    db_bind_i64(stmt, ":participant", participant_id);
    return db_run(stmt, NULL);
}

enum err conflict_delete_of_session(struct db *db, int64_t session_id, int64_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_CONFLICTS_DELETE_OF_SESSION);
    db_bind_i64(stmt, ":session", session_id);
    return db_run(stmt, count);
}

enum err conflict_note_gone(struct db *db, int64_t session_id,
                            const uint8_t uuid[CONTRIBUTION_UUID_SIZE]) {
    uint8_t hash[SECRET_HASH_SIZE];
    secret_hash((const char *)uuid, CONTRIBUTION_UUID_SIZE, hash);
    struct stmt *stmt = db_stmt(db, QUERY_CONTRIBUTION_GONE_INSERT);
    db_bind_i64(stmt, ":session", session_id);
    db_bind_blob(stmt, ":uuid_hash", hash, sizeof hash);
    return db_run(stmt, NULL);
}

enum err conflict_is_gone(struct db *db, int64_t session_id,
                          const uint8_t uuid[CONTRIBUTION_UUID_SIZE], bool *out) {
    uint8_t hash[SECRET_HASH_SIZE];
    secret_hash((const char *)uuid, CONTRIBUTION_UUID_SIZE, hash);
    struct stmt *stmt = db_stmt(db, QUERY_CONTRIBUTION_GONE);
    db_bind_i64(stmt, ":session", session_id);
    db_bind_blob(stmt, ":uuid_hash", hash, sizeof hash);
    bool row = false;
    enum err err = db_step(stmt, &row);
    db_reset(stmt);
    if (err == ERR_OK)
        *out = row;
    return err;
}
