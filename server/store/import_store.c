// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/import_store.h"

enum err import_participant_insert(struct db *db, int64_t session_id, const char *pseudonym,
                                   bool counted, int64_t now_ms, int64_t *out_id) {
    struct stmt *stmt = db_stmt(db, QUERY_PARTICIPANT_INSERT_IMPORTED);
    db_bind_i64(stmt, ":session", session_id);
    db_bind_text(stmt, ":pseudonym", pseudonym);
    db_bind_i64(stmt, ":counted", counted);
    db_bind_i64(stmt, ":now_ms", now_ms);
    enum err err = db_run(stmt, NULL);
    if (err == ERR_OK)
        *out_id = db_last_id(db);
    return err;
}

enum err import_bulk_begin(struct db *db, enum import_kept_in table, struct import_bulk *out) {
    struct stmt *stmt = db_stmt(db, table == IMPORT_FEATURES ? QUERY_IMPORT_LAST_FEATURE
                                                             : QUERY_IMPORT_LAST_CONTRIBUTION);
    *out = (struct import_bulk){.db = db, .table = table};
    enum err err = db_one(stmt);
    if (err == ERR_OK)
        out->after = db_i64(stmt, 0);
    db_reset(stmt);
    db_set_triggers(db, false);
    return err;
}

enum err import_bulk_end(struct import_bulk *bulk, enum err err) {
    db_set_triggers(bulk->db, true);
    if (err != ERR_OK)
        return err;
    struct stmt *stmt =
        db_stmt(bulk->db, bulk->table == IMPORT_FEATURES ? QUERY_IMPORT_INDEX_FEATURES
                                                         : QUERY_IMPORT_INDEX_CONTRIBUTIONS);
    db_bind_i64(stmt, ":after", bulk->after);
    return db_run(stmt, NULL);
}
