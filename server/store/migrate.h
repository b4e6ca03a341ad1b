// SPDX-License-Identifier: AGPL-3.0-or-later
// Brings a database to this program's version: sql/migrations in order, forward only, a transaction
// each, `user_version` counts them, a copy of the old file first. application_id marks our files.
#ifndef REPERE_STORE_MIGRATE_H
#define REPERE_STORE_MIGRATE_H
#include "base/err.h"
#include <stdbool.h>

/**
 * Makes the file when `create`, else brings it up to date. Before the first step of an older file a
 * copy `<path>.version-<n>` is left beside it. Holds the data folder's lock meanwhile.
 * Errors: as db_open with DB_WRITE; CONFLICT when the file exists and `create`; DISK_FULL.
 */
enum err migrate(const char *path, bool create, struct fault *fault);
/** The same with other migrations than the program's own: for tests. */
enum err migrate_with(const char *const *texts, int count, const char *path, bool create,
                      struct fault *fault);
/** How many migrations this program knows. */
int migrate_latest(void);
#endif
