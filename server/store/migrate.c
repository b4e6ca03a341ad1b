// SPDX-License-Identifier: AGPL-3.0-or-later
// A new file is made under another name and takes its own when it is whole, so a power cut leaves
// either no store or a good one.
#include "store/migrate.h"

#include "base/log.h"
#include "store/db_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int migrate_latest(void) {
    return migration_count;
}

/* One statement. SpatiaLite's functions answer 0 instead of failing, so a SELECT in a migration has
 * to give something else. */
static enum err run_statement(struct db *db, sqlite3_stmt *handle) {
    int code = sqlite3_step(handle);
    bool refused = code == SQLITE_ROW && sqlite3_column_type(handle, 0) == SQLITE_INTEGER &&
                   sqlite3_column_int64(handle, 0) == 0;
    if (refused) {
        log_event(LOG_ERROR, "migrate", "answered 0: %s", sqlite3_sql(handle));
        return ERR_INTERNAL;
    }
    while (code == SQLITE_ROW)
        code = sqlite3_step(handle);
    return code == SQLITE_DONE ? ERR_OK : db_error(db, code, "migrate");
}

static enum err run_script(struct db *db, const char *text) {
    enum err err = ERR_OK;
    while (*text && err == ERR_OK) {
        sqlite3_stmt *handle = NULL;
        int code = sqlite3_prepare_v2(db->handle, text, -1, &handle, &text);
        if (code != SQLITE_OK)
            return db_error(db, code, "migrate");
        if (handle)
            err = run_statement(db, handle);
        sqlite3_finalize(handle);
    }
    return err;
}

/* Migration number `version` (from 1), and for the first one SpatiaLite's tables before it: only
 * the reference systems that the store uses, so that making a store takes no time. */
static enum err step(struct db *db, const char *text, int version, struct fault *fault) {
    char pragma[64];
    enum err err = db_begin(db);
    if (err)
        goto done;
    if (version == 1)
        err = run_script(db, "SELECT InitSpatialMetaData(0, 'NONE'); SELECT InsertEpsgSrid(4326);");
    if (err == ERR_OK)
        err = run_script(db, text);
    if (err)
        goto done;
    snprintf(pragma, sizeof pragma, "PRAGMA application_id=%d", DB_APPLICATION_ID);
    err = db_exec(db, pragma);
    if (err)
        goto done;
    snprintf(pragma, sizeof pragma, "PRAGMA user_version=%d", version);
    err = db_exec(db, pragma);
    if (err == ERR_OK)
        err = db_commit(db);
done:
    if (err) {
        char cause[160];
        snprintf(cause, sizeof cause, "%s",
                 err == ERR_DISK_FULL ? err_text(err) : sqlite3_errmsg(db->handle));
        db_rollback(db);
        return fault_set(fault, err, "migration", "number %d: %s", version, cause);
    }
    return ERR_OK;
}

static enum err create_store(const char *const *texts, int count, const char *path,
                             struct fault *fault) {
    char fresh[4096], folder[4096];
    struct db *db = NULL;
    enum err err = db_beside(path, "", folder, sizeof folder);
    if (err || snprintf(fresh, sizeof fresh, "%s.new", path) >= (int)sizeof fresh)
        return fault_set(fault, ERR_IO, "data folder", "its path is too long");
    unlink(fresh);
    int fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        int cause = errno;
        return fault_set(fault, err_of_errno(cause), fresh, "%s", strerror(cause));
    }
    close(fd);
    err = db_connect(fresh, SQLITE_OPEN_READWRITE, fault, &db);
    if (err == ERR_OK)
        err = db_exec(db, "PRAGMA synchronous=FULL");
    for (int i = 0; i < count && err == ERR_OK; i++)
        err = step(db, texts[i], i + 1, fault);
    // kept in the file: every later connection finds it so
    if (err == ERR_OK)
        err = db_exec(db, "PRAGMA journal_mode=WAL");
    db_close(db);
    if (err == ERR_OK && rename(fresh, path) != 0)
        err = fault_set(fault, ERR_IO, path, "%s", strerror(errno));
    if (err) {
        unlink(fresh);
        return err;
    }
    fd = open(*folder ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    return ERR_OK;
}

static enum err keep_copy(struct db *db, const char *path, int version, struct fault *fault) {
    char copy[4096];
    if (snprintf(copy, sizeof copy, "%s.version-%d", path, version) >= (int)sizeof copy)
        return fault_set(fault, ERR_IO, path, "the path is too long");
    enum err err = db_backup(db, copy, fault);
    return err == ERR_CONFLICT ? ERR_OK
                               : err; // an earlier try left it: the store is as it was then
}

static enum err update_store(const char *const *texts, int count, const char *path,
                             struct fault *fault) {
    struct db *db = NULL;
    int version = 0;
    enum err err = db_connect(path, SQLITE_OPEN_READWRITE, fault, &db);
    if (err == ERR_OK)
        err = db_check_version(db, path, count, false, fault, &version);
    if (err || version == count)
        goto done;
    if (sqlite3_db_readonly(db->handle, "main") == 1) {
        err = fault_set(fault, ERR_READ_ONLY, path, "the file cannot be written to");
        goto done;
    }
    err = db_exec(db, "PRAGMA synchronous=FULL");
    if (err == ERR_OK)
        err = db_exec(db, "PRAGMA secure_delete=ON");
    if (err == ERR_OK)
        err = keep_copy(db, path, version, fault);
    for (int i = version; i < count && err == ERR_OK; i++)
        err = step(db, texts[i], i + 1, fault);
done:
    db_close(db);
    return err;
}

enum err migrate_with(const char *const *texts, int count, const char *path, bool create,
                      struct fault *fault) {
    int lock_fd = -1;
    struct stat info;
    bool exists = stat(path, &info) == 0;
    if (create && exists)
        return fault_set(fault, ERR_CONFLICT, path, "there is a store already");
    if (!create && !exists)
        return fault_set(fault, errno == ENOENT || errno == ENOTDIR ? ERR_NOT_FOUND : ERR_IO, path,
                         "%s", strerror(errno));
    enum err err = db_lock_folder(path, fault, &lock_fd);
    if (err)
        return err;
    err =
        create ? create_store(texts, count, path, fault) : update_store(texts, count, path, fault);
    close(lock_fd);
    return err;
}

enum err migrate(const char *path, bool create, struct fault *fault) {
    return migrate_with(migration_texts, migration_count, path, create, fault);
}
