// SPDX-License-Identifier: AGPL-3.0-or-later
// Leaving no bytes of what was deleted. secure_delete zeroes a table's cells and freed pages, but
// two places keep old positions: the unused end of an R*Tree node, which SQLite never clears (not
// even in VACUUM), and the write-ahead log until it is truncated.
#include "store/db.h"

#include "base/buf.h"
#include "store/db_private.h"

#include <stdlib.h>
#include <string.h>

/* A node: depth 2, cell count 2 (big endian), then cells of 8 bytes id and 4 coordinates of 4
 * bytes. */
enum { NODE_HEADER = 4, NODE_CELL = 8 + 4 * 4, SCRUB_BUSY_MS = 50, BUSY_TIMEOUT_MS = 5000 };

/* Where the used bytes of a node end; `len` when the node makes no sense. */
static size_t node_used(const uint8_t *node, size_t len) {
    if (len < NODE_HEADER)
        return len;
    size_t used = NODE_HEADER + (size_t)(node[2] << 8 | node[3]) * NODE_CELL;
    return used < len ? used : len;
}

static bool is_zero(const uint8_t *bytes, size_t len) {
    return len == 0 || (bytes[0] == 0 && memcmp(bytes, bytes + 1, len - 1) == 0);
}

/* Nodes of one table whose end is not clean: their numbers, as int64s in `out`. */
static enum err dirty_nodes(struct db *db, const char *table, struct buf *out) {
    sqlite3_stmt *select = NULL;
    enum err err = ERR_OK;
    char *sql = sqlite3_mprintf("SELECT nodeno, data FROM \"%w\"", table);
    int code = sql ? sqlite3_prepare_v2(db->handle, sql, -1, &select, NULL) : SQLITE_NOMEM;
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(select);
        if (code != SQLITE_ROW)
            break;
        int64_t number = sqlite3_column_int64(select, 0);
        const uint8_t *node = sqlite3_column_blob(select, 1);
        size_t len = (size_t)sqlite3_column_bytes(select, 1);
        size_t used = node ? node_used(node, len) : len;
        if (!is_zero(node + used, len - used))
            buf_bytes(out, &number, sizeof number);
    }
    if (code != SQLITE_DONE)
        err = db_error(db, code, "scrub");
    else if (out->failed)
        err = ERR_NO_MEMORY;
    sqlite3_finalize(select);
    sqlite3_free(sql);
    return err;
}

static enum err clean_node(struct db *db, const char *table, int64_t number) {
    sqlite3_blob *blob = NULL;
    uint8_t node[65536];
    enum err err = ERR_OK;
    int code = sqlite3_blob_open(db->handle, "main", table, "data", number, 1, &blob);
    if (code != SQLITE_OK)
        goto done;
    int len = sqlite3_blob_bytes(blob);
    if (len <= 0 || (size_t)len > sizeof node) {
        code = SQLITE_CORRUPT;
        goto done;
    }
    code = sqlite3_blob_read(blob, node, len, 0);
    if (code != SQLITE_OK)
        goto done;
    size_t used = node_used(node, (size_t)len);
    memset(node + used, 0, (size_t)len - used);
    code = sqlite3_blob_write(blob, node + used, len - (int)used, (int)used);
done:
    if (code != SQLITE_OK)
        err = db_error(db, code, "scrub");
    sqlite3_blob_close(blob);
    return err;
}

static enum err scrub_table(struct db *db, const char *table) {
    struct buf numbers;
    buf_init(&numbers);
    enum err err = dirty_nodes(db, table, &numbers);
    for (size_t at = 0; at < numbers.len && err == ERR_OK; at += sizeof(int64_t)) {
        int64_t number;
        memcpy(&number, numbers.data + at, sizeof number);
        err = clean_node(db, table, number);
    }
    buf_fini(&numbers);
    return err;
}

/* Every R*Tree of a geometry column. */
static enum err scrub_nodes(struct db *db) {
    sqlite3_stmt *select = NULL;
    enum err err = ERR_OK;
    int code = sqlite3_prepare_v2(db->handle,
                                  "SELECT 'idx_' || f_table_name || '_' || f_geometry_column || "
                                  "'_node' FROM geometry_columns WHERE spatial_index_enabled = 1",
                                  -1, &select, NULL);
    while (err == ERR_OK && (code == SQLITE_OK || code == SQLITE_ROW)) {
        code = sqlite3_step(select);
        if (code == SQLITE_ROW)
            err = scrub_table(db, (const char *)sqlite3_column_text(select, 0));
    }
    if (err == ERR_OK && code != SQLITE_DONE)
        err = db_error(db, code, "scrub");
    sqlite3_finalize(select);
    return err;
}

static enum err truncate_log(struct db *db) {
    sqlite3_busy_timeout(db->handle, SCRUB_BUSY_MS);
    int code =
        sqlite3_wal_checkpoint_v2(db->handle, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(db->handle, BUSY_TIMEOUT_MS);
    return code == SQLITE_OK ? ERR_OK : db_error(db, code, "checkpoint");
}

enum err db_scrub(struct db *db) {
    enum err err = db_begin(db);
    if (err)
        return err;
    // an R*Tree's node table is closed to SQL otherwise
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    err = scrub_nodes(db);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (err == ERR_OK)
        err = db_commit(db);
    if (err)
        db_rollback(db);
    else
        err = truncate_log(db);
    return err;
}
