// SPDX-License-Identifier: AGPL-3.0-or-later
// The driver: a connection and its prepared statements. The only user of SQLite and SpatiaLite in the
// server; a second dialect would be a second db.c. One thread at a time uses a connection.
#ifndef REPERE_STORE_DB_H
#define REPERE_STORE_DB_H
#include "base/arena.h"
#include "base/err.h"
#include "geo/geometry.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/queries.h" // made from sql/queries: enum query { QUERY_<FILE_NAME>, ... QUERY_COUNT }

struct db;
struct stmt;
enum db_mode {
    DB_READ,        // query_only
    DB_WRITE,       // the server's one writer: holds the data folder's lock file
    DB_WRITE_BESIDE // now and then, beside a running server: the command line's `user`, `withdraw`
};

/** Once at start, before any database is opened: SQLite keeps no count of its memory, whose lock every
 *  allocation of every thread takes (an import spends a seventh of its time there). */
void db_setup(void);
/**
 * Opens the private store (see migrate.h for making it and bringing it up to date). With DB_WRITE
 * every statement is prepared, so that a broken one cannot boot; the others prepare at first use.
 * Errors: NOT_FOUND, NOT_A_STORE, NEWER_DATABASE, LOCKED, READ_ONLY, BUSY, IO, NO_MEMORY.
 */
enum err db_open(const char *path, enum db_mode mode, struct fault *fault, struct db **out);
void db_close(struct db *db);

/** A statement, reset and unbound; never NULL (one that cannot be prepared gives its error at the
 *  first step). Borrowed; busy until it is stepped to its end or db_reset. One left busy holds its
 *  snapshot of the database, and with it the scrubbing of what was deleted. */
struct stmt *db_stmt(struct db *db, enum query query);
/** Ends whatever statements are still busy: for a worker between two requests. */
void db_reset_all(struct db *db);
void db_reset(struct stmt *stmt);
/* Parameters by name (":session"); texts and blobs must outlive the stepping. A name the statement
 * does not have is a programming error and aborts. */
void db_bind_i64(struct stmt *stmt, const char *name, int64_t value);
void db_bind_f64(struct stmt *stmt, const char *name, double value);
void db_bind_text(struct stmt *stmt, const char *name, const char *text); // NULL binds NULL
void db_bind_textn(struct stmt *stmt, const char *name, const char *text, size_t len);
void db_bind_blob(struct stmt *stmt, const char *name, const void *bytes, size_t len);
void db_bind_null(struct stmt *stmt, const char *name);
/** SpatiaLite blob of the geometry, SRID 4326. Errors: NO_MEMORY. */
enum err db_bind_geometry(struct stmt *stmt, const char *name, const struct geometry *geometry);

/**
 * One step. `*row` true: a row stands ready. At the end, or on an error, the statement is reset.
 * Errors: CONFLICT (a constraint), BUSY, DISK_FULL, READ_ONLY, NO_MEMORY, NOT_A_STORE, IO.
 */
enum err db_step(struct stmt *stmt, bool *row);
/** Steps to the end; `changes` (or NULL) is the number of rows written. */
enum err db_run(struct stmt *stmt, int64_t *changes);
/** db_step for a statement that gives at most one row: NOT_FOUND without a row. Reset it after reading. */
enum err db_one(struct stmt *stmt);

/* Columns of the row that stands ready, from 0; texts and blobs are good until the next step. */
int64_t db_i64(struct stmt *stmt, int column);
double db_f64(struct stmt *stmt, int column);
bool db_is_null(struct stmt *stmt, int column);
/** NULL when the column is NULL. */
const char *db_text(struct stmt *stmt, int column, size_t *len);
const void *db_blob(struct stmt *stmt, int column, size_t *len);
/** The column's copy in the arena; NULL stays NULL. */
const char *db_text_copy(struct stmt *stmt, int column, struct arena *arena);
/** Errors: NOT_A_STORE (not a SpatiaLite blob), NO_MEMORY. */
enum err db_geometry(struct stmt *stmt, int column, struct arena *arena, struct geometry *out);

int64_t db_last_id(struct db *db);

/* Transactions; a writer's business. BEGIN IMMEDIATE. */
enum err db_begin(struct db *db);
enum err db_commit(struct db *db);
void db_rollback(struct db *db);
enum err db_savepoint(struct db *db);          // one level, named
enum err db_release(struct db *db);
void db_rollback_savepoint(struct db *db);
/** False after an error so grave that the whole transaction was rolled back. */
bool db_in_transaction(struct db *db);
/** Rows written since the connection was opened, by triggers and cascades too. */
int64_t db_changes_total(struct db *db);
/** Changes when another connection has committed. */
enum err db_data_version(struct db *db, int64_t *out);

/** Whether this connection's triggers run, such as those that keep the spatial index row by row: off while
 *  thousands of rows come in one transaction, whose index entries are made at once afterwards (see
 *  import_store.h). All statements are prepared anew at their next use. */
void db_set_triggers(struct db *db, bool on);

/** After deletions that must leave no bytes: the R*Tree nodes' unused bytes are scrubbed, then the
 *  write-ahead log is checkpointed and truncated. Outside a transaction, on a writing connection.
 *  Errors: BUSY (a reader's snapshot still needs the log: try again soon), as db_step. */
enum err db_scrub(struct db *db);
/** Copies the live database, as it is at this moment, into a new file; the copy is complete, stands
 *  alone (no -wal file) and holds no bytes of what was deleted. Any connection.
 *  Errors: CONFLICT (the file exists), DISK_FULL, READ_ONLY, IO. */
enum err db_backup(struct db *db, const char *to_path, struct fault *fault);
/** The plan of a query as text, one line a step: for tests. */
enum err db_explain(struct db *db, enum query query, struct arena *arena, const char **out);
#endif
