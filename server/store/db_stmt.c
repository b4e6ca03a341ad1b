// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements: prepared once a connection, bound by name, stepped, read.
#include "store/db.h"

#include "base/log.h"
#include "store/db_private.h"
#include "store/geometry_blob.h"

#include <stdlib.h>
#include <string.h>

struct stmt *db_stmt(struct db *db, enum query query) {
    struct stmt *stmt = &db->stmts[query];
    if (stmt->handle) {
        sqlite3_reset(stmt->handle);
        sqlite3_clear_bindings(stmt->handle);
        return stmt;
    }
    int code = sqlite3_prepare_v3(db->handle, query_texts[query], -1, SQLITE_PREPARE_PERSISTENT,
                                  &stmt->handle, NULL);
    stmt->broken = code == SQLITE_OK ? ERR_OK : db_error(db, code, query_names[query]);
    return stmt;
}

void db_reset(struct stmt *stmt) {
    sqlite3_reset(stmt->handle);
}

void db_reset_all(struct db *db) {
    sqlite3_stmt *busy = NULL;
    while ((busy = sqlite3_next_stmt(db->handle, busy)) != NULL)
        sqlite3_reset(busy);
}

/* 0 for a statement that could not be prepared: db_step tells. */
static int parameter(struct stmt *stmt, const char *name) {
    if (!stmt->handle)
        return 0;
    int index = sqlite3_bind_parameter_index(stmt->handle, name);
    if (index == 0) {
        log_event(LOG_ERROR, "store", "query %s has no parameter %s", query_names[stmt->query],
                  name);
        abort();
    }
    return index;
}

void db_bind_i64(struct stmt *stmt, const char *name, int64_t value) {
    sqlite3_bind_int64(stmt->handle, parameter(stmt, name), value);
}

void db_bind_f64(struct stmt *stmt, const char *name, double value) {
    sqlite3_bind_double(stmt->handle, parameter(stmt, name), value);
}

void db_bind_text(struct stmt *stmt, const char *name, const char *text) {
    if (text)
        db_bind_textn(stmt, name, text, strlen(text));
    else
        db_bind_null(stmt, name);
}

void db_bind_textn(struct stmt *stmt, const char *name, const char *text, size_t len) {
    sqlite3_bind_text64(stmt->handle, parameter(stmt, name), text, len, SQLITE_STATIC, SQLITE_UTF8);
}

void db_bind_blob(struct stmt *stmt, const char *name, const void *bytes, size_t len) {
    sqlite3_bind_blob64(stmt->handle, parameter(stmt, name), bytes, len, SQLITE_STATIC);
}

void db_bind_null(struct stmt *stmt, const char *name) {
    sqlite3_bind_null(stmt->handle, parameter(stmt, name));
}

enum err db_bind_geometry(struct stmt *stmt, const char *name, const struct geometry *geometry) {
    size_t size = geometry_blob_size(geometry);
    uint8_t *blob = sqlite3_malloc64(size);
    if (!blob)
        return ERR_NO_MEMORY;
    geometry_blob_write(geometry, blob);
    int code =
        sqlite3_bind_blob64(stmt->handle, parameter(stmt, name), blob, size, sqlite3_free);
    return code == SQLITE_OK || !stmt->handle ? ERR_OK : ERR_NO_MEMORY;
}

enum err db_step(struct stmt *stmt, bool *row) {
    *row = false;
    if (!stmt->handle)
        return stmt->broken;
    int code = sqlite3_step(stmt->handle);
    if (code == SQLITE_ROW) {
        *row = true;
        return ERR_OK;
    }
    enum err err =
        code == SQLITE_DONE ? ERR_OK : db_error(stmt->db, code, query_names[stmt->query]);
    sqlite3_reset(stmt->handle);
    return err;
}

enum err db_run(struct stmt *stmt, int64_t *changes) {
    bool row = false;
    enum err err;
    do
        err = db_step(stmt, &row);
    while (row);
    if (err == ERR_OK && changes)
        *changes = sqlite3_changes64(stmt->db->handle);
    return err;
}

enum err db_one(struct stmt *stmt) {
    bool row = false;
    enum err err = db_step(stmt, &row);
    return err ? err : row ? ERR_OK : ERR_NOT_FOUND;
}

int64_t db_i64(struct stmt *stmt, int column) {
    return sqlite3_column_int64(stmt->handle, column);
}

double db_f64(struct stmt *stmt, int column) {
    return sqlite3_column_double(stmt->handle, column);
}

bool db_is_null(struct stmt *stmt, int column) {
    return sqlite3_column_type(stmt->handle, column) == SQLITE_NULL;
}

const char *db_text(struct stmt *stmt, int column, size_t *len) {
    const char *text = (const char *)sqlite3_column_text(stmt->handle, column);
    if (len)
        *len = (size_t)sqlite3_column_bytes(stmt->handle, column);
    return text;
}

const void *db_blob(struct stmt *stmt, int column, size_t *len) {
    const void *bytes = sqlite3_column_blob(stmt->handle, column);
    if (len)
        *len = (size_t)sqlite3_column_bytes(stmt->handle, column);
    return bytes;
}

const char *db_text_copy(struct stmt *stmt, int column, struct arena *arena) {
    size_t len = 0;
    const char *text = db_text(stmt, column, &len);
    return text ? arena_strndup(arena, text, len) : NULL;
}

enum err db_geometry(struct stmt *stmt, int column, struct arena *arena, struct geometry *out) {
    size_t len = 0;
    const void *bytes = db_blob(stmt, column, &len);
    enum err err = geometry_blob_read(bytes, len, arena, out);
    if (err == ERR_NOT_A_STORE)
        log_event(LOG_ERROR, "store", "query %s gave a geometry that cannot be read",
                  query_names[stmt->query]);
    return err;
}

enum err db_explain(struct db *db, enum query query, struct arena *arena, const char **out) {
    sqlite3_stmt *handle = NULL;
    enum err err = ERR_OK;
    int code;
    const char *plan = "";
    // the query's own first line is a comment, which ends with its line
    char *sql = arena_printf(arena, "EXPLAIN QUERY PLAN %s", query_texts[query]);
    if (!sql)
        return ERR_NO_MEMORY;
    code = sqlite3_prepare_v2(db->handle, sql, -1, &handle, NULL);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(handle);
        if (code != SQLITE_ROW)
            break;
        plan = arena_printf(arena, "%s%s\n", plan, (const char *)sqlite3_column_text(handle, 3));
        if (!plan) {
            err = ERR_NO_MEMORY;
            goto done;
        }
    }
    if (code != SQLITE_DONE) {
        err = db_error(db, code, query_names[query]);
        goto done;
    }
    *out = plan;
done:
    sqlite3_finalize(handle);
    return err;
}
