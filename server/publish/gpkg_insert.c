// SPDX-License-Identifier: AGPL-3.0-or-later
#include "publish/gpkg_insert.h"

void gpkg_insert_open(sqlite3 *db, const struct buf *sql, struct gpkg_insert *out) {
    *out = (struct gpkg_insert){0};
    out->code = sql->failed ? SQLITE_NOMEM
                            : sqlite3_prepare_v2(db, sql->data, (int)sql->len, &out->stmt, NULL);
}

static void note(struct gpkg_insert *insert, int code) {
    if (insert->code == SQLITE_OK)
        insert->code = code;
}

void gpkg_put_text(struct gpkg_insert *insert, const char *text) {
    note(insert, sqlite3_bind_text(insert->stmt, ++insert->column, text, -1, SQLITE_STATIC));
}

void gpkg_put_i64(struct gpkg_insert *insert, int64_t value) {
    note(insert, sqlite3_bind_int64(insert->stmt, ++insert->column, value));
}

void gpkg_put_f64(struct gpkg_insert *insert, double value) {
    note(insert, sqlite3_bind_double(insert->stmt, ++insert->column, value));
}

void gpkg_put_blob(struct gpkg_insert *insert, const void *bytes, size_t len) {
    note(insert, sqlite3_bind_blob64(insert->stmt, ++insert->column, bytes, len, SQLITE_STATIC));
}

void gpkg_put_null(struct gpkg_insert *insert) {
    note(insert, sqlite3_bind_null(insert->stmt, ++insert->column));
}

void gpkg_put_row(struct gpkg_insert *insert) {
    insert->column = 0;
    if (insert->code != SQLITE_OK)
        return;
    int code = sqlite3_step(insert->stmt);
    note(insert, code == SQLITE_DONE ? SQLITE_OK : code);
    sqlite3_reset(insert->stmt);
    sqlite3_clear_bindings(insert->stmt);
}

int gpkg_insert_close(struct gpkg_insert *insert) {
    sqlite3_finalize(insert->stmt);
    insert->stmt = NULL;
    return insert->code;
}
