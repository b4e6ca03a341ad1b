// SPDX-License-Identifier: AGPL-3.0-or-later
// Looking a store over, and putting a backup in its place.
#ifndef REPERE_STORE_DB_RESTORE_H
#define REPERE_STORE_DB_RESTORE_H
#include "base/err.h"
#include <stdbool.h>

/**
 * Reads a whole store or backup, of this version or an older one: pages, rows, references and the
 * spatial indexes. Also beside a running server.
 * Errors: NOT_FOUND, NOT_A_STORE (fault: what is damaged), NEWER_DATABASE, IO, NO_MEMORY.
 */
enum err db_check(const char *path, struct fault *fault);
/**
 * Checks the file `from`, copies it beside `path` and gives it that name, then brings it up to date.
 * Holds the data folder's lock meanwhile.
 * Errors: as db_check; CONFLICT (a store is there, and not `replace`), LOCKED, DISK_FULL, READ_ONLY.
 */
enum err db_restore(const char *from, const char *path, bool replace, struct fault *fault);
#endif
