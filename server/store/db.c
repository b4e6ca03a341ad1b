// SPDX-License-Identifier: AGPL-3.0-or-later
// Connections and transactions. Each connection has its own SpatiaLite cache and its own
// statements.
#include "store/db.h"

#include "base/log.h"
#include "store/db_private.h"

#include <errno.h>
#include <fcntl.h>
#include <spatialite.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUSY_TIMEOUT_MS = 5000 };

/* cache_size is in KiB when negative. A larger one for the writer makes neither an import of 300,000
 * rows nor single writes faster, and a full room takes ten minutes to fill it. The file is not mapped:
 * random boxes of a large store are a quarter faster with it, but each connection's mapping counts the
 * whole file as the server's memory. cell_size_check is for what is written: each page that is read
 * would pay for it. */
static const char *const settings_all[] = {
    "PRAGMA temp_store=MEMORY",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-4096",
    NULL,
};
static const char *const settings_read[] = {
    "PRAGMA query_only=ON",
    NULL,
};
static const char *const settings_write[] = {
    "PRAGMA journal_mode=WAL", // in the file already, but for a restored copy
    "PRAGMA synchronous=FULL",
    "PRAGMA cell_size_check=ON",
    "PRAGMA secure_delete=ON",
    NULL,
};

/* The errno of the file that failed. SQLite keeps it with the file: the connection's own is lost
 * when the error comes out of a commit. */
static int system_error(struct db *db) {
    sqlite3_file *log = NULL;
    int cause = sqlite3_system_errno(db->handle);
    if (cause == 0)
        sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_LAST_ERRNO, &cause);
    if (cause == 0)
        sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    if (log && log->pMethods)
        log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &cause);
    return cause;
}

enum err db_error(struct db *db, int code, const char *what) {
    int primary = code & 0xff;
    int cause = primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN ? system_error(db) : 0;
    enum err err = ERR_INTERNAL;
    switch (primary) {
    case SQLITE_CONSTRAINT:
        err = ERR_CONFLICT;
        break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT:
        err = ERR_BUSY;
        break;
    case SQLITE_FULL:
        err = ERR_DISK_FULL;
        break;
    case SQLITE_READONLY:
        err = ERR_READ_ONLY;
        break;
    case SQLITE_NOMEM:
        err = ERR_NO_MEMORY;
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
        err = ERR_NOT_A_STORE;
        break;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        err = code == SQLITE_IOERR_NOMEM ? ERR_NO_MEMORY : err_of_errno(cause);
        break;
    default:
        break;
    }
    bool expected = err == ERR_CONFLICT || err == ERR_BUSY;
    log_event(expected ? LOG_DEBUG : LOG_ERROR, "store", "%s: %s (code %d, errno %d)", what,
              sqlite3_errmsg(db->handle), code, cause);
    return err;
}

enum err db_exec(struct db *db, const char *sql) {
    int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? ERR_OK : db_error(db, code, sql);
}

enum err db_value(struct db *db, const char *sql, int64_t *out) {
    sqlite3_stmt *handle = NULL;
    enum err err = ERR_OK;
    int code = sqlite3_prepare_v2(db->handle, sql, -1, &handle, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(handle);
    if (code == SQLITE_ROW)
        *out = sqlite3_column_int64(handle, 0);
    else
        err = code == SQLITE_DONE ? ERR_NOT_FOUND : db_error(db, code, sql);
    sqlite3_finalize(handle);
    return err;
}

enum err db_beside(const char *path, const char *name, char *out, size_t size) {
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path + 1) : 0;
    int written = snprintf(out, size, "%.*s%s", folder, path, name);
    return written > 0 && (size_t)written < size ? ERR_OK : ERR_IO;
}

enum err db_lock_folder(const char *path, struct fault *fault, int *out_fd) {
    char name[4096];
    enum err err = db_beside(path, "lock", name, sizeof name);
    if (err)
        return fault_set(fault, err, "data folder", "its path is too long");
    int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        int cause = errno;
        return fault_set(fault, err_of_errno(cause), name, "%s", strerror(cause));
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        int cause = errno;
        close(fd);
        if (cause == EWOULDBLOCK)
            return fault_set(fault, ERR_LOCKED, name, "another repere uses this data folder");
        return fault_set(fault, ERR_IO, name, "%s", strerror(cause));
    }
    *out_fd = fd;
    return ERR_OK;
}

/* What a person can act on, in words; else what SQLite says. */
static enum err say_why(struct db *db, enum err err, const char *path, struct fault *fault) {
    bool plain = err == ERR_DISK_FULL || err == ERR_READ_ONLY || err == ERR_NOT_A_STORE;
    return fault_set(fault, err, path, "%s", plain ? err_text(err) : sqlite3_errmsg(db->handle));
}

static enum err apply_settings(struct db *db, const char *const *settings) {
    enum err err = ERR_OK;
    for (; *settings && err == ERR_OK; settings++)
        err = db_exec(db, *settings);
    return err;
}

enum err db_connect(const char *path, int flags, struct fault *fault, struct db **out) {
    enum err err = ERR_NO_MEMORY;
    int code;
    struct db *db = calloc(1, sizeof *db);
    if (!db)
        return ERR_NO_MEMORY;
    db->lock_fd = -1;
    for (int i = 0; i < QUERY_COUNT; i++)
        db->stmts[i] = (struct stmt){.db = db, .query = (enum query)i};
    db->spatial = spatialite_alloc_connection();
    if (!db->spatial)
        goto done;
    code = sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK) {
        err = say_why(db, db_error(db, code, "open"), path, fault);
        goto done;
    }
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_timeout(db->handle, BUSY_TIMEOUT_MS);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    spatialite_init_ex(db->handle, db->spatial, 0);
    err = apply_settings(db, settings_all);
    if (err)
        say_why(db, err, path, fault);
done:
    if (err)
        db_close(db);
    else
        *out = db;
    return err;
}

enum err db_check_version(struct db *db, const char *path, int latest, bool exactly,
                          struct fault *fault, int *version) {
    int64_t id = 0, at = 0;
    enum err err = db_value(db, "PRAGMA application_id", &id);
    if (err == ERR_OK)
        err = db_value(db, "PRAGMA user_version", &at);
    if (err)
        return say_why(db, err, path, fault);
    if (id != DB_APPLICATION_ID || at < 1)
        return fault_set(fault, ERR_NOT_A_STORE, path, "it does not carry this program's mark");
    if (at > latest)
        return fault_set(fault, ERR_NEWER_DATABASE, path,
                         "its version is %d, this program knows versions up to %d", (int)at,
                         latest);
    if (exactly && at < latest)
        return fault_set(fault, ERR_NOT_A_STORE, path,
                         "its version is %d: start `repere serve`, which brings it to %d", (int)at,
                         latest);
    *version = (int)at;
    return ERR_OK;
}

/* A statement that does not fit the tables is found before anybody is served. */
static enum err prepare_all(struct db *db, const char *path, struct fault *fault) {
    for (int i = 0; i < QUERY_COUNT; i++) {
        struct stmt *stmt = db_stmt(db, (enum query)i);
        if (stmt->broken)
            return fault_set(fault, stmt->broken, path, "query %s: %s", query_names[i],
                             sqlite3_errmsg(db->handle));
    }
    return ERR_OK;
}

enum err db_open(const char *path, enum db_mode mode, struct fault *fault, struct db **out) {
    struct db *db = NULL;
    int lock_fd = -1, version = 0;
    struct stat info;
    enum err err = ERR_OK;
    if (stat(path, &info) != 0)
        return fault_set(fault, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, path, "%s",
                         strerror(errno));
    if (mode == DB_WRITE)
        err = db_lock_folder(path, fault, &lock_fd);
    if (err == ERR_OK)
        err = db_connect(path, SQLITE_OPEN_READWRITE, fault, &db);
    if (err)
        goto done;
    if (mode != DB_READ && sqlite3_db_readonly(db->handle, "main") == 1) {
        err = fault_set(fault, ERR_READ_ONLY, path, "the file cannot be written to");
        goto done;
    }
    err = db_check_version(db, path, migration_count, true, fault, &version);
    if (err == ERR_OK)
        err = apply_settings(db, mode == DB_READ ? settings_read : settings_write);
    if (err == ERR_OK && mode == DB_WRITE)
        err = prepare_all(db, path, fault);
done:
    if (err) {
        db_close(db);
        if (lock_fd >= 0)
            close(lock_fd);
        return err;
    }
    db->lock_fd = lock_fd;
    *out = db;
    return ERR_OK;
}

void db_close(struct db *db) {
    if (!db)
        return;
    for (int i = 0; i < QUERY_COUNT; i++)
        sqlite3_finalize(db->stmts[i].handle);
    sqlite3_close(db->handle);
    if (db->spatial)
        spatialite_cleanup_ex(db->spatial);
    if (db->lock_fd >= 0)
        close(db->lock_fd);
    free(db);
}

enum err db_begin(struct db *db) {
    return db_exec(db, "BEGIN IMMEDIATE");
}
enum err db_commit(struct db *db) {
    return db_exec(db, "COMMIT");
}
void db_rollback(struct db *db) {
    if (db_in_transaction(db))
        db_exec(db, "ROLLBACK");
}
enum err db_savepoint(struct db *db) {
    return db_exec(db, "SAVEPOINT one");
}
enum err db_release(struct db *db) {
    return db_exec(db, "RELEASE one");
}
void db_rollback_savepoint(struct db *db) {
    if (!db_in_transaction(db))
        return;
    db_exec(db, "ROLLBACK TO one");
    db_exec(db, "RELEASE one");
}
bool db_in_transaction(struct db *db) {
    return sqlite3_get_autocommit(db->handle) == 0;
}
int64_t db_changes_total(struct db *db) {
    return sqlite3_total_changes64(db->handle);
}
int64_t db_last_id(struct db *db) {
    return sqlite3_last_insert_rowid(db->handle);
}
enum err db_data_version(struct db *db, int64_t *out) {
    return db_value(db, "PRAGMA data_version", out);
}
