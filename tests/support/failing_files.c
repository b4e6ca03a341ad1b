// SPDX-License-Identifier: AGPL-3.0-or-later
// The default VFS again, whose files get a copy of their own methods with two of them replaced. It has a
// table of methods for a database and others for logs; write and sync are the same in all.
#include "failing_files.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>

static struct {
    sqlite3_vfs vfs;
    int (*open)(sqlite3_vfs *, const char *, sqlite3_file *, int, int *);
    struct {
        const sqlite3_io_methods *theirs;
        sqlite3_io_methods ours;
    } tables[4];
    atomic_int write_in, sync_in; // calls until one fails; 0: never
    atomic_bool for_good, failed;
} fake;

/* True when this call is the one, or comes after it and it is for good. */
static bool counts_down(atomic_int *left) {
    int now = atomic_load(left);
    if (now == 0 || (now > 1 && atomic_fetch_sub(left, 1) > 1))
        return false;
    if (!atomic_load(&fake.for_good))
        atomic_store(left, 0);
    atomic_store(&fake.failed, true);
    return true;
}

static int fake_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at) {
    return counts_down(&fake.write_in) ? SQLITE_IOERR_WRITE : fake.tables[0].theirs->xWrite(file, bytes, len, at);
}

static int fake_sync(sqlite3_file *file, int flags) {
    return counts_down(&fake.sync_in) ? SQLITE_IOERR_FSYNC : fake.tables[0].theirs->xSync(file, flags);
}

static int fake_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
    int code = fake.open(vfs, name, file, flags, out);
    if (code != SQLITE_OK || !file->pMethods)
        return code;
    size_t at = 0;
    while (at < 4 && fake.tables[at].theirs && fake.tables[at].theirs != file->pMethods)
        at++;
    if (at == 4)
        abort();
    fake.tables[at].theirs = file->pMethods;
    fake.tables[at].ours = *file->pMethods;
    fake.tables[at].ours.xWrite = fake_write;
    fake.tables[at].ours.xSync = fake_sync;
    file->pMethods = &fake.tables[at].ours;
    return code;
}

void failing_files_install(void) {
    if (fake.open)
        return;
    fake.vfs = *sqlite3_vfs_find(NULL);
    fake.vfs.zName = "failing";
    fake.open = fake.vfs.xOpen;
    fake.vfs.xOpen = fake_open;
    sqlite3_vfs_register(&fake.vfs, 1);
}

void failing_files_fail_write(int n, bool for_good) {
    atomic_store(&fake.failed, false);
    atomic_store(&fake.for_good, for_good);
    atomic_store(&fake.write_in, n);
}

void failing_files_fail_sync(int n, bool for_good) {
    atomic_store(&fake.failed, false);
    atomic_store(&fake.for_good, for_good);
    atomic_store(&fake.sync_in, n);
}

bool failing_files_failed(void) {
    return atomic_load(&fake.failed);
}
