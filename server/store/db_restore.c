// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/db_restore.h"

#include "store/db_private.h"
#include "store/migrate.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A store of any version up to this program's. */
static enum err open_any(const char *path, struct fault *fault, struct db **out) {
    struct stat info;
    struct db *db = NULL;
    int version;
    if (stat(path, &info) != 0)
        return fault_set(fault, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, path, "%s",
                         strerror(errno));
    enum err err = db_connect(path, SQLITE_OPEN_READWRITE, fault, &db);
    if (err == ERR_OK)
        err = db_check_version(db, path, migration_count, false, fault, &version);
    if (err) {
        db_close(db);
        return err;
    }
    *out = db;
    return ERR_OK;
}

/* A statement that must give no row but `expected` (NULL: none at all); the first other one is told. */
static enum err expect(struct db *db, const char *path, const char *sql, const char *expected,
                       struct fault *fault) {
    sqlite3_stmt *handle = NULL;
    enum err err = ERR_OK;
    int code = sqlite3_prepare_v2(db->handle, sql, -1, &handle, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(handle);
    if (code == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(handle, 0);
        if (!text || !expected || strcmp(text, expected) != 0) {
            char line[120];
            snprintf(line, sizeof line, "%s", text ? text : sql);
            for (char *at = line; *at; at++)
                *at = *at == '\n' ? ' ' : *at; // a fault is one line
            err = fault_set(fault, ERR_NOT_A_STORE, path, "it is damaged: %s", line);
        }
    } else if (code != SQLITE_DONE) {
        err = db_error(db, code, sql);
        fault_set(fault, err, path, "%s", sqlite3_errmsg(db->handle));
    }
    sqlite3_finalize(handle);
    return err;
}

enum err db_check(const char *path, struct fault *fault) {
    struct db *db = NULL;
    enum err err = open_any(path, fault, &db);
    if (err == ERR_OK)
        err = expect(db, path, "PRAGMA integrity_check(1)", "ok", fault);
    if (err == ERR_OK)
        err = expect(db, path, "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1", NULL, fault);
    if (err == ERR_OK)
        err = expect(db, path, "SELECT CheckSpatialIndex()", "1", fault);
    db_close(db);
    return err;
}

/* A checked copy under another name, made as a backup is. */
static enum err copy(const char *from, const char *to, struct fault *fault) {
    struct db *db = NULL;
    enum err err = db_check(from, fault);
    if (err == ERR_OK)
        err = open_any(from, fault, &db);
    if (err == ERR_OK) {
        unlink(to);
        err = db_backup(db, to, fault);
    }
    db_close(db);
    return err;
}

/* What a crash left of the store that goes must not be taken for the new one's. */
static void drop_log(const char *path) {
    static const char *const ends[] = {"-wal", "-shm", "-journal", NULL};
    char name[4096];
    for (int i = 0; ends[i]; i++)
        if (snprintf(name, sizeof name, "%s%s", path, ends[i]) < (int)sizeof name)
            unlink(name);
}

enum err db_restore(const char *from, const char *path, bool replace, struct fault *fault) {
    char fresh[4096];
    struct stat info;
    int lock_fd = -1;
    if (snprintf(fresh, sizeof fresh, "%s.restored", path) >= (int)sizeof fresh)
        return fault_set(fault, ERR_IO, path, "the path is too long");
    if (!replace && stat(path, &info) == 0)
        return fault_set(fault, ERR_CONFLICT, path, "there is a store already");
    enum err err = db_lock_folder(path, fault, &lock_fd);
    if (err)
        return err;
    err = copy(from, fresh, fault);
    if (err == ERR_OK) {
        drop_log(path);
        if (rename(fresh, path) != 0)
            err = fault_set(fault, ERR_IO, path, "%s", strerror(errno));
    }
    close(lock_fd);
    return err ? err : migrate(path, false, fault);
}
