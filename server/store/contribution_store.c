// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/contribution_store.h"

#include "store/rows.h"
#include <string.h>

static void bind_id_or_null(struct stmt *stmt, const char *name, int64_t id) {
    if (id)
        db_bind_i64(stmt, name, id);
    else
        db_bind_null(stmt, name);
}

static enum err bind_content(struct stmt *stmt, const struct contribution *c,
                             const uint8_t body_hash[SECRET_HASH_SIZE]) {
    db_bind_text(stmt, ":category", c->category);
    db_bind_textn(stmt, ":answers", c->answers, c->answers_len);
    db_bind_blob(stmt, ":body_hash", body_hash, SECRET_HASH_SIZE);
    db_bind_text(stmt, ":state", contribution_state_name(c->state));
    return db_bind_geometry(stmt, ":geometry", &c->geometry);
}

enum err contribution_insert(struct db *db, const struct contribution *c,
                             const uint8_t body_hash[SECRET_HASH_SIZE], int64_t *id) {
    struct stmt *stmt = db_stmt(db, QUERY_CONTRIBUTION_INSERT);
    db_bind_blob(stmt, ":uuid", c->uuid, sizeof c->uuid);
    db_bind_i64(stmt, ":session", c->session_id);
    bind_id_or_null(stmt, ":participant", c->participant_id);
    bind_id_or_null(stmt, ":entered_by", c->entered_by);
    db_bind_i64(stmt, ":now_ms", c->created_ms);
    enum err err = bind_content(stmt, c, body_hash);
    if (err == ERR_OK)
        err = db_run(stmt, NULL);
    if (err == ERR_OK)
        *id = db_last_id(db);
    return err;
}

enum err contribution_update(struct db *db, const struct contribution *c,
                             const uint8_t body_hash[SECRET_HASH_SIZE]) {
    struct stmt *stmt = db_stmt(db, QUERY_CONTRIBUTION_UPDATE);
    db_bind_i64(stmt, ":id", c->id);
    db_bind_i64(stmt, ":now_ms", c->changed_ms);
    enum err err = bind_content(stmt, c, body_hash);
    return err == ERR_OK ? db_run(stmt, NULL) : err;
}

enum err contribution_set_state(struct db *db, int64_t id, enum contribution_state state,
                                int64_t now_ms) {
    struct stmt *stmt = db_stmt(db, QUERY_CONTRIBUTION_SET_STATE);
    db_bind_i64(stmt, ":id", id);
    db_bind_text(stmt, ":state", contribution_state_name(state));
    db_bind_i64(stmt, ":now_ms", now_ms);
    return rows_write_one(stmt);
}

enum err contribution_delete(struct db *db, int64_t id) {
    struct stmt *stmt = db_stmt(db, QUERY_CONTRIBUTION_DELETE);
    db_bind_i64(stmt, ":id", id);
    return rows_write_one(stmt);
}

static enum err read_state(struct stmt *stmt, int column, enum contribution_state *out) {
    size_t len;
    return contribution_state_parse(db_text(stmt, column, &len), out) ? ERR_OK : ERR_NOT_A_STORE;
}

enum err contribution_find_written(struct db *db, const uint8_t uuid[CONTRIBUTION_UUID_SIZE],
                                   struct contribution_written *out) {
    struct stmt *stmt = db_stmt(db, QUERY_CONTRIBUTION_WRITTEN);
    db_bind_blob(stmt, ":uuid", uuid, CONTRIBUTION_UUID_SIZE);
    enum err err = db_one(stmt);
    if (err != ERR_OK)
        return err;
    struct contribution_written found = {
        .id = db_i64(stmt, 0),
        .session_id = db_i64(stmt, 1),
        .participant_id = db_i64(stmt, 2),
        .entered_by = db_i64(stmt, 3),
        .version = db_i64(stmt, 5),
        .created_ms = db_i64(stmt, 7),
        .content_version = db_i64(stmt, 8),
    };
    err = read_state(stmt, 4, &found.state);
    size_t len = 0;
    const void *hash = db_blob(stmt, 6, &len);
    if (hash && len == sizeof found.body_hash)
        memcpy(found.body_hash, hash, len);
    db_reset(stmt);
    if (err == ERR_OK)
        *out = found;
    return err;
}

enum err contribution_find_gate(struct db *db, int64_t session_id, int64_t participant_id,
                                struct arena *arena, struct contribution_gate *out) {
    struct stmt *stmt = db_stmt(db, QUERY_CONTRIBUTION_GATE);
    db_bind_i64(stmt, ":session", session_id);
    db_bind_i64(stmt, ":participant", participant_id);
    enum err err = db_one(stmt);
    if (err != ERR_OK)
        return err;
    const char *session = db_text(stmt, 0, NULL);
    const char *approve = db_text(stmt, 1, NULL);
    const char *participant = db_text(stmt, 2, NULL);
    struct contribution_gate gate = {
        .open = session && strcmp(session, "open") == 0,
        .approve_at_once = approve && strcmp(approve, "at_once") == 0,
        .admitted = participant && strcmp(participant, "admitted") == 0,
        .consents = db_i64(stmt, 3) != 0,
        .pseudonym = db_text_copy(stmt, 4, arena),
    };
    bool whole = session && approve && (participant || db_is_null(stmt, 2)) &&
                 (gate.pseudonym || db_is_null(stmt, 4));
    if (whole)
        *out = gate;
    db_reset(stmt);
    return whole ? ERR_OK : ERR_NO_MEMORY;
}
