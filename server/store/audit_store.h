// SPDX-License-Identifier: AGPL-3.0-or-later
// The staff's audit trail in the private store. The chain is the service's business.
#ifndef REPERE_STORE_AUDIT_STORE_H
#define REPERE_STORE_AUDIT_STORE_H
#include "base/secret.h"
#include "store/db.h"

struct audit_entry {
    int64_t id, staff_id, at_ms;
    const char *action, *object;
    uint8_t chain[SECRET_HASH_SIZE];
};
/** Errors: those of db_run. */
enum err audit_insert(struct db *db, const struct audit_entry *entry);
/** The newest entry's chain. Errors: NOT_FOUND (none yet). */
enum err audit_last(struct db *db, uint8_t out[SECRET_HASH_SIZE]);
/** Called for each entry, oldest first; its texts are good until it returns. */
typedef enum err audit_entry_fn(void *context, const struct audit_entry *entry);
/** Errors: what fn returns, NOT_A_STORE (an entry without a whole chain). */
enum err audit_walk(struct db *db, audit_entry_fn *fn, void *context);
enum err audit_delete_before(struct db *db, int64_t before_ms);
#endif
