// SPDX-License-Identifier: AGPL-3.0-or-later
// What the driver's own files (db*.c, migrate.c) share. Nobody else includes it, but for their tests.
#ifndef REPERE_STORE_DB_PRIVATE_H
#define REPERE_STORE_DB_PRIVATE_H
#include "store/db.h"
#include <sqlite3.h>

/** application_id of our files: "REPE". */
enum { DB_APPLICATION_ID = 0x52455045 };

struct stmt {
    struct db *db;
    sqlite3_stmt *handle; // NULL until it is prepared
    enum query query;
    enum err broken; // why it could not be prepared; db_step gives it back
};

struct db {
    sqlite3 *handle;
    void *spatial; // SpatiaLite's cache of this connection
    int lock_fd;   // the data folder's lock, or -1
    struct stmt stmts[QUERY_COUNT + 1];
};

/** Opens a connection and its settings, whatever the file holds. `flags` are SQLite's. */
enum err db_connect(const char *path, int flags, struct fault *fault, struct db **out);
/** Refuses a file that is not ours, newer than `latest`, or (`exactly`) older. `version`: its own. */
enum err db_check_version(struct db *db, const char *path, int latest, bool exactly,
                          struct fault *fault, int *version);
/** Takes the lock file beside `path`. Errors: LOCKED, READ_ONLY, IO. */
enum err db_lock_folder(const char *path, struct fault *fault, int *out_fd);
/** Runs one statement text without parameters. */
enum err db_exec(struct db *db, const char *sql);
/** The first column of the first row. */
enum err db_value(struct db *db, const char *sql, int64_t *out);
/** The error of an SQLite result code; the cause is logged with `what`. */
enum err db_error(struct db *db, int code, const char *what);
/** Replaces the last component of a path; `out` holds `size` bytes. Errors: IO when too long. */
enum err db_beside(const char *path, const char *name, char *out, size_t size);
#endif
