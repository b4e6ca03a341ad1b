// SPDX-License-Identifier: AGPL-3.0-or-later
// A copy of the live database. The source's snapshot is held for the whole copy, so a busy writer
// cannot make it start again and again; writers go on meanwhile. The copy is made under another
// name and takes its own when it is complete.
#include "store/db.h"

#include "store/db_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEP_PAGES = 1000 };

/* The pages, as they are at this moment. */
static enum err copy_pages(struct db *db, sqlite3 *target, struct fault *fault, const char *path) {
    int64_t ignored = 0;
    int code, end;
    sqlite3_backup *backup = NULL;
    enum err err = db_exec(db, "BEGIN");
    if (err == ERR_OK)
        err = db_value(db, "SELECT count(*) FROM sqlite_master", &ignored); // takes the snapshot
    if (err)
        goto done;
    backup = sqlite3_backup_init(target, "main", db->handle, "main");
    if (!backup) {
        err = fault_set(fault, ERR_IO, path, "%s", sqlite3_errmsg(target));
        goto done;
    }
    do
        code = sqlite3_backup_step(backup, STEP_PAGES);
    while (code == SQLITE_OK);
    end = sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE || end != SQLITE_OK) {
        struct db copy = {.handle = target};
        err = db_error(&copy, code != SQLITE_DONE ? code : end, "backup");
        fault_set(fault, err, path, "%s", sqlite3_errmsg(target));
    }
done:
    db_rollback(db);
    return err;
}

/* Cleans the copy and makes one file of it: a write-ahead log wants a folder it may write to. */
static enum err finish_copy(const char *path, struct fault *fault) {
    struct db *copy = NULL;
    enum err err = db_connect(path, SQLITE_OPEN_READWRITE, fault, &copy);
    if (err)
        return err;
    err = db_exec(copy, "PRAGMA secure_delete=ON");
    if (err == ERR_OK)
        err = db_scrub(copy);
    if (err == ERR_OK)
        err = db_exec(copy, "PRAGMA journal_mode=DELETE");
    if (err)
        fault_set(fault, err, path, "%s", sqlite3_errmsg(copy->handle));
    db_close(copy);
    return err;
}

enum err db_backup(struct db *db, const char *to_path, struct fault *fault) {
    char part[4096];
    struct stat info;
    sqlite3 *target = NULL;
    enum err err = ERR_OK;
    int fd, code;
    if (stat(to_path, &info) == 0)
        return fault_set(fault, ERR_CONFLICT, to_path, "the file exists already");
    if (snprintf(part, sizeof part, "%s.part", to_path) >= (int)sizeof part)
        return fault_set(fault, ERR_IO, to_path, "the path is too long");
    fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) {
        int cause = errno;
        return fault_set(fault, err_of_errno(cause), to_path, "%s", strerror(cause));
    }
    close(fd);
    code = sqlite3_open_v2(part, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK) {
        err = fault_set(fault, ERR_IO, to_path, "%s", sqlite3_errmsg(target));
        goto done;
    }
    err = copy_pages(db, target, fault, to_path);
    sqlite3_close(target);
    target = NULL;
    if (err == ERR_OK)
        err = finish_copy(part, fault);
    if (err == ERR_OK && rename(part, to_path) != 0)
        err = fault_set(fault, ERR_IO, to_path, "%s", strerror(errno));
done:
    sqlite3_close(target);
    if (err)
        unlink(part);
    return err;
}
