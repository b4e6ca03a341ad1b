// SPDX-License-Identifier: AGPL-3.0-or-later
// Rows into one table. What fails is remembered: put values and rows, look once at the end.
#ifndef REPERE_PUBLISH_GPKG_INSERT_H
#define REPERE_PUBLISH_GPKG_INSERT_H
#include "base/buf.h"
#include <sqlite3.h>

struct gpkg_insert {
    sqlite3_stmt *stmt;
    int column; // of the value put last
    int code;   // SQLite's, of the first failure
};
/** @param sql NUL-terminated. Always to be closed. */
void gpkg_insert_open(sqlite3 *db, const struct buf *sql, struct gpkg_insert *out);
/** The next column's value; borrowed until the row is put. */
void gpkg_put_text(struct gpkg_insert *insert, const char *text);
void gpkg_put_i64(struct gpkg_insert *insert, int64_t value);
void gpkg_put_f64(struct gpkg_insert *insert, double value);
void gpkg_put_blob(struct gpkg_insert *insert, const void *bytes, size_t len);
void gpkg_put_null(struct gpkg_insert *insert);
void gpkg_put_row(struct gpkg_insert *insert);
/** SQLITE_OK when all rows are in. */
int gpkg_insert_close(struct gpkg_insert *insert);
#endif
