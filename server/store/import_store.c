// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/import_store.h"

enum err import_participant_insert(struct db *db, int64_t session_id, const char *pseudonym,
                                   int64_t now_ms, int64_t *out_id) {
    struct stmt *stmt = db_stmt(db, QUERY_PARTICIPANT_INSERT_IMPORTED);
    db_bind_i64(stmt, ":session", session_id);
    db_bind_text(stmt, ":pseudonym", pseudonym);
    db_bind_i64(stmt, ":now_ms", now_ms);
    enum err err = db_run(stmt, NULL);
    if (err == ERR_OK)
        *out_id = db_last_id(db);
    return err;
}
