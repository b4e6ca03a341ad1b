// SPDX-License-Identifier: AGPL-3.0-or-later
// Brings a database to this program's version: sql/migrations in order, forward only, a transaction
// each, `user_version` counts them, a copy of the old file first. application_id marks our files.
#ifndef REPERE_STORE_MIGRATE_H
#define REPERE_STORE_MIGRATE_H
#include "base/err.h"
#include <stdbool.h>
/** Makes the file when `create`; migrates it. Errors as db_open, CONFLICT when it exists and `create`. */
enum err migrate(const char *path, bool create, struct fault *fault);
/** How many migrations this program knows. */
int migrate_latest(void);
#endif
