// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/staff_store.h"

#include "store/rows.h"

enum err staff_find_password(struct db *db, const char *name, struct arena *arena, int64_t *out_id,
                             const char **out_hash) {
    struct stmt *stmt = db_stmt(db, QUERY_STAFF_BY_NAME);
    db_bind_text(stmt, ":name", name);
    enum err err = db_one(stmt);
    if (err == ERR_OK) {
        int64_t id = db_i64(stmt, 0);
        const char *hash = db_text_copy(stmt, 2, arena);
        if (!hash && !db_is_null(stmt, 2)) {
            err = ERR_NO_MEMORY;
        } else {
            *out_id = id;
            *out_hash = hash;
        }
    }
    db_reset(stmt);
    return err;
}

static enum err read_staff(struct stmt *stmt, struct arena *arena, void *item) {
    struct staff *out = item;
    const char *role = db_text(stmt, 2, NULL);
    *out = (struct staff){
        .id = db_i64(stmt, 0),
        .name = db_text_copy(stmt, 1, arena),
        .role = role ? role_parse(role) : 0,
        .created_ms = db_i64(stmt, 3),
        .disabled_ms = db_i64(stmt, 4),
    };
    return out->name ? ERR_OK : ERR_NO_MEMORY;
}

static enum err find(struct stmt *stmt, struct arena *arena, struct staff *out) {
    struct staff found;
    enum err err = db_one(stmt);
    if (err == ERR_OK)
        err = read_staff(stmt, arena, &found);
    if (err == ERR_OK)
        *out = found;
    db_reset(stmt);
    return err;
}

enum err staff_find_name(struct db *db, const char *name, struct arena *arena, struct staff *out) {
    struct stmt *stmt = db_stmt(db, QUERY_STAFF_ACCOUNT);
    db_bind_text(stmt, ":name", name);
    return find(stmt, arena, out);
}

enum err staff_find(struct db *db, int64_t id, struct arena *arena, struct staff *out) {
    struct stmt *stmt = db_stmt(db, QUERY_STAFF_BY_ID);
    db_bind_i64(stmt, ":staff", id);
    return find(stmt, arena, out);
}

enum err staff_rows(struct stmt *stmt, struct arena *arena, struct staff **out, size_t *count) {
    struct rows rows;
    enum err err = rows_list(stmt, read_staff, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

enum err staff_list(struct db *db, struct arena *arena, struct staff **out, size_t *count) {
    return staff_rows(db_stmt(db, QUERY_STAFF_LIST), arena, out, count);
}

enum err staff_insert(struct db *db, const char *name, enum role role, const char *password_hash,
                      int64_t now_ms, int64_t *out_id) {
    struct stmt *stmt = db_stmt(db, QUERY_STAFF_INSERT);
    db_bind_text(stmt, ":name", name);
    db_bind_text(stmt, ":role", role_name(role));
    db_bind_text(stmt, ":password_hash", password_hash);
    db_bind_i64(stmt, ":now_ms", now_ms);
    enum err err = db_run(stmt, NULL);
    if (err == ERR_OK)
        *out_id = db_last_id(db);
    return err;
}

enum err staff_update_password(struct db *db, int64_t id, const char *password_hash) {
    struct stmt *stmt = db_stmt(db, QUERY_STAFF_SET_PASSWORD);
    db_bind_i64(stmt, ":staff", id);
    db_bind_text(stmt, ":password_hash", password_hash);
    return rows_write_one(stmt);
}

enum err staff_disable(struct db *db, int64_t id, int64_t now_ms) {
    struct stmt *stmt = db_stmt(db, QUERY_STAFF_DISABLE);
    db_bind_i64(stmt, ":staff", id);
    db_bind_i64(stmt, ":now_ms", now_ms);
    return rows_write_one(stmt);
}

enum err staff_token_insert(struct db *db, const uint8_t hash[SECRET_HASH_SIZE], int64_t staff_id,
                            int64_t now_ms, int64_t expires_ms) {
    struct stmt *stmt = db_stmt(db, QUERY_STAFF_TOKEN_INSERT);
    db_bind_blob(stmt, ":token_hash", hash, SECRET_HASH_SIZE);
    db_bind_i64(stmt, ":staff", staff_id);
    db_bind_i64(stmt, ":now_ms", now_ms);
    db_bind_i64(stmt, ":expires_ms", expires_ms);
    return db_run(stmt, NULL);
}

enum err staff_token_find(struct db *db, const uint8_t hash[SECRET_HASH_SIZE], int64_t now_ms,
                          int64_t *out_staff_id, enum role *out_role) {
    struct stmt *stmt = db_stmt(db, QUERY_STAFF_TOKEN_FIND);
    db_bind_blob(stmt, ":token_hash", hash, SECRET_HASH_SIZE);
    db_bind_i64(stmt, ":now_ms", now_ms);
    enum err err = db_one(stmt);
    if (err == ERR_OK) {
        *out_staff_id = db_i64(stmt, 0);
        *out_role = role_parse(db_text(stmt, 1, NULL));
    }
    db_reset(stmt);
    return err;
}

enum err staff_token_delete(struct db *db, const uint8_t hash[SECRET_HASH_SIZE]) {
    struct stmt *stmt = db_stmt(db, QUERY_STAFF_TOKEN_DELETE);
    db_bind_blob(stmt, ":token_hash", hash, SECRET_HASH_SIZE);
    return db_run(stmt, NULL);
}

enum err staff_tokens_delete(struct db *db, int64_t staff_id) {
    struct stmt *tokens = db_stmt(db, QUERY_STAFF_TOKENS_DELETE);
    db_bind_i64(tokens, ":staff", staff_id);
    enum err err = db_run(tokens, NULL);
    if (err != ERR_OK)
        return err;
    struct stmt *links = db_stmt(db, QUERY_SIGNIN_LINKS_DELETE);
    db_bind_i64(links, ":staff", staff_id);
    return db_run(links, NULL);
}

enum err staff_tokens_expire(struct db *db, int64_t now_ms) {
    struct stmt *tokens = db_stmt(db, QUERY_STAFF_TOKENS_EXPIRE);
    db_bind_i64(tokens, ":now_ms", now_ms);
    enum err err = db_run(tokens, NULL);
    if (err != ERR_OK)
        return err;
    struct stmt *links = db_stmt(db, QUERY_SIGNIN_LINKS_EXPIRE);
    db_bind_i64(links, ":now_ms", now_ms);
    return db_run(links, NULL);
}

enum err signin_link_insert(struct db *db, const uint8_t hash[SECRET_HASH_SIZE], int64_t staff_id,
                            int64_t expires_ms) {
    struct stmt *stmt = db_stmt(db, QUERY_SIGNIN_LINK_INSERT);
    db_bind_blob(stmt, ":token_hash", hash, SECRET_HASH_SIZE);
    db_bind_i64(stmt, ":staff", staff_id);
    db_bind_i64(stmt, ":expires_ms", expires_ms);
    return db_run(stmt, NULL);
}

enum err signin_link_take(struct db *db, const uint8_t hash[SECRET_HASH_SIZE], int64_t now_ms,
                          int64_t *out_staff_id) {
    struct stmt *found = db_stmt(db, QUERY_SIGNIN_LINK_FIND);
    db_bind_blob(found, ":token_hash", hash, SECRET_HASH_SIZE);
    db_bind_i64(found, ":now_ms", now_ms);
    enum err err = db_one(found);
    int64_t staff_id = err == ERR_OK ? db_i64(found, 0) : 0;
    db_reset(found);
    if (err != ERR_OK)
        return err;
    struct stmt *used = db_stmt(db, QUERY_SIGNIN_LINK_DELETE);
    db_bind_blob(used, ":token_hash", hash, SECRET_HASH_SIZE);
    err = rows_write_one(used);
    if (err == ERR_OK)
        *out_staff_id = staff_id;
    return err;
}
