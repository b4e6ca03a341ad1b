// SPDX-License-Identifier: AGPL-3.0-or-later
// What only imports write. Contributions and overlays go through their own stores.
#ifndef REPERE_STORE_IMPORT_STORE_H
#define REPERE_STORE_IMPORT_STORE_H
#include "store/db.h"

/**
 * Somebody whose answers come from a file: let in, without a token.
 *
 * @param counted she agreed to be counted in published figures
 * Errors: CONFLICT (the pseudonym is taken, or there is no such session).
 */
enum err import_participant_insert(struct db *db, int64_t session_id, const char *pseudonym,
                                   bool counted, int64_t now_ms, int64_t *out_id);

enum import_kept_in { IMPORT_CONTRIBUTIONS, IMPORT_FEATURES };
/** Rows of a table come by the thousand. */
struct import_bulk {
    struct db *db;
    enum import_kept_in table;
    int64_t after; // the table's last id before
};
/**
 * From here to the end, in one transaction, rows inserted into the table are not yet in its spatial
 * index: making their entries at once costs less than half. import_bulk_end is due even after an
 * error.
 */
enum err import_bulk_begin(struct db *db, enum import_kept_in table, struct import_bulk *out);
/** @param err what happened meanwhile; only with ERR_OK are the entries made. Gives back the first
 * error. */
enum err import_bulk_end(struct import_bulk *bulk, enum err err);
#endif
