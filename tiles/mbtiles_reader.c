// SPDX-License-Identifier: AGPL-3.0-or-later
// SQLite stops a statement between two steps only. What it does in one step, and while it makes a
// statement ready, must therefore be short by itself:
// - functions: none but those that `calls_allowed` names; some take hours for a text of a few
// megabytes
// - views: one upon another doubles the work with each; so views are shut off but for the one we
// take over
// - columns that are computed: they call functions without our being asked
// - the schema: few tables, short texts.
#include "mbtiles_reader.h"
#include "base/clock.h"
#include "mbtiles_err.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char tile_sql[] = "SELECT tile_data FROM tiles WHERE zoom_level = ?1 AND "
                               "tile_column = ?2 AND tile_row = ?3";
static const char view_sql[] = "SELECT name, sql FROM main.sqlite_schema WHERE type = 'view' AND "
                               "lower(name) IN ('tiles', 'metadata')";
static const char computed_sql[] =
    "SELECT 1 FROM main.sqlite_schema AS s, pragma_table_xinfo(s.name) AS c "
    "WHERE s.type = 'table' AND s.sql NOT LIKE 'CREATE VIRTUAL%' AND c.hidden <> 0";
enum { STEPS_BETWEEN_LOOKS = 1000, SCHEMA_MS_MAX = 1000, SQL_BYTES_MAX = 16384 };

static int look_up(void *context) {
    struct mbtiles_reader *reader = context;
    int64_t now_ms = clock_monotonic_ms();
    if (reader->until_ms == 0)
        reader->until_ms = now_ms + reader->ms_max;
    if (now_ms > reader->until_ms)
        reader->ended = ERR_BUSY;
    else
        reader->ended = archive_patience_ask(reader->patience);
    return reader->ended != ERR_OK;
}

void mbtiles_reader_wait(struct mbtiles_reader *reader, int64_t ms_max,
                         const struct archive_patience *patience) {
    reader->ms_max = ms_max;
    reader->until_ms = 0;
    reader->patience = patience;
    reader->ended = ERR_OK;
}

enum err mbtiles_reader_err(const struct mbtiles_reader *reader, int code) {
    return (code & 0xff) == SQLITE_INTERRUPT ? reader->ended : mbtiles_err(code);
}

static int calls_allowed(void *context, int action, const char *first, const char *second,
                         const char *schema, const char *view) {
    static const char *const known[] = {"min",      "max",    "length", "ifnull",
                                        "coalesce", "typeof", "count"};
    (void)context, (void)first, (void)schema, (void)view;
    if (action == SQLITE_SELECT || action == SQLITE_READ)
        return SQLITE_OK;
    for (size_t i = 0; action == SQLITE_FUNCTION && i < sizeof known / sizeof known[0]; i++)
        if (strcasecmp(second, known[i]) == 0)
            return SQLITE_OK;
    return SQLITE_DENY;
}

/* Whether a statement has a row. */
static int has_row(sqlite3 *db, const char *sql, bool *out) {
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    *out = code == SQLITE_ROW;
    sqlite3_finalize(stmt);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

/* The file's view as one of our own, which may look at tables and at nothing else. A word of it may
 * name a part of a statement that is used again and again (WITH): the doubling once more. */
static enum err take_over(sqlite3 *db, const char *name, const char *sql, const char *path,
                          struct fault *fault) {
    static const char head[] = "CREATE VIEW ";
    if (strncasecmp(sql, head, sizeof head - 1) != 0 || strcasestr(sql, "with") != NULL)
        return fault_set(fault, ERR_NOT_A_STORE, path, "its view \"%s\" is not a plain one", name);
    char *ours;
    if (asprintf(&ours, "CREATE TEMP VIEW %s", sql + sizeof head - 1) < 0)
        return ERR_NO_MEMORY;
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(db, ours, -1, &stmt, NULL); // what follows a semicolon is not run
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    sqlite3_finalize(stmt);
    free(ours);
    enum err err = mbtiles_err(code);
    return err == ERR_NOT_A_STORE
               ? fault_set(fault, err, path, "its view \"%s\": %s", name, sqlite3_errmsg(db))
               : err;
}

static enum err take_over_views(sqlite3 *db, const char *path, struct fault *fault) {
    sqlite3_stmt *stmt = NULL;
    enum err err = ERR_OK;
    int code = sqlite3_prepare_v2(db, view_sql, -1, &stmt, NULL);
    while (code == SQLITE_OK && err == ERR_OK && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(stmt, 0);
        const char *sql = (const char *)sqlite3_column_text(stmt, 1);
        err = name == NULL || sql == NULL ? ERR_NO_MEMORY : take_over(db, name, sql, path, fault);
        code = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    return err != ERR_OK ? err : mbtiles_err(code);
}

/* Before the first look at the schema. */
static int confine(struct mbtiles_reader *reader) {
    sqlite3 *db = reader->db;
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, TILE_BYTES_MAX);
    sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, SQL_BYTES_MAX);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    sqlite3_drop_modules(db, NULL);
    sqlite3_progress_handler(db, STEPS_BETWEEN_LOOKS, look_up, reader);
    mbtiles_reader_wait(reader, SCHEMA_MS_MAX, NULL);
    // one transaction for good: the file does not change, and none is begun and ended with each
    // tile; 6 MB of pages for each thread that reads
    static const char ready_sql[] = "PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON;"
                                    "PRAGMA cache_size=-6000; BEGIN";
    return sqlite3_exec(db, ready_sql, NULL, NULL, NULL);
}

static enum err make_ready(struct mbtiles_reader *reader, const char *path, struct fault *fault) {
    bool computed = false;
    int code = confine(reader);
    if (code == SQLITE_OK)
        code = has_row(reader->db, computed_sql, &computed);
    enum err err = mbtiles_reader_err(reader, code);
    if (err == ERR_BUSY)
        return fault_set(fault, ERR_NOT_A_STORE, path, "it has more tables than we look at");
    if (err == ERR_OK && computed)
        return fault_set(fault, ERR_NOT_A_STORE, path, "it has computed columns");
    if (err == ERR_OK)
        err = take_over_views(reader->db, path, fault);
    if (err != ERR_OK)
        return err;
    sqlite3_set_authorizer(reader->db, calls_allowed, NULL);
    code = sqlite3_prepare_v3(reader->db, tile_sql, -1, SQLITE_PREPARE_PERSISTENT, &reader->tile,
                              NULL);
    err = mbtiles_reader_err(reader, code);
    if (err == ERR_NOT_A_STORE)
        fault_set(fault, err, path, "it is damaged, or no MBTiles archive: %s",
                  sqlite3_errmsg(reader->db));
    return err;
}

enum err mbtiles_reader_new(const char *uri, const char *path, struct fault *fault,
                            struct mbtiles_reader **out) {
    struct mbtiles_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL)
        return ERR_NO_MEMORY;
    int code = sqlite3_open_v2(uri, &reader->db,
                               SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    enum err err = code == SQLITE_OK ? make_ready(reader, path, fault) : mbtiles_err(code);
    if (err == ERR_NOT_A_STORE && fault != NULL && fault->why[0] == '\0')
        fault_set(fault, err, path, "it is damaged, or no MBTiles archive");
    if (err != ERR_OK)
        mbtiles_reader_free(reader);
    else
        *out = reader;
    return err;
}

void mbtiles_reader_free(struct mbtiles_reader *reader) {
    if (reader == NULL)
        return;
    sqlite3_finalize(reader->tile);
    sqlite3_close(reader->db);
    free(reader);
}
