// SPDX-License-Identifier: AGPL-3.0-or-later
#include "mbtiles_err.h"
#include <sqlite3.h>

enum err mbtiles_err(int code) {
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return ERR_OK;
    case SQLITE_NOMEM:
        return ERR_NO_MEMORY;
    case SQLITE_FULL:
        return ERR_DISK_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return ERR_READ_ONLY;
    case SQLITE_CONSTRAINT:
        return ERR_CONFLICT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return ERR_IO;
    default:
        return ERR_NOT_A_STORE;
    }
}
