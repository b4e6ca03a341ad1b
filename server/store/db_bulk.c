// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/db.h"

#include "store/db_private.h"

void db_set_triggers(struct db *db, bool on) {
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, on ? 1 : 0, NULL);
}
