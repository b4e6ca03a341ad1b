// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/db.h"

#include <sqlite3.h>

void db_setup(void) {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
