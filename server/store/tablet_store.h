// SPDX-License-Identifier: AGPL-3.0-or-later
// Tablets in the private store. Who may is the service's business.
#ifndef REPERE_STORE_TABLET_STORE_H
#define REPERE_STORE_TABLET_STORE_H
#include "base/arena.h"
#include "base/secret.h"
#include "model/tablet.h"
#include "store/db.h"
#include <stddef.h>

/** Errors: NOT_FOUND. */
enum err tablet_find_key(struct db *db, const uint8_t key_hash[SECRET_HASH_SIZE], int64_t *out_id,
                         bool *out_revoked);
/** With the next number of its session. */
enum err tablet_insert(struct db *db, int64_t session_id, const uint8_t key_hash[SECRET_HASH_SIZE],
                       int64_t *out_id);
/** In the order they came; `id` 0: all of the session, else that one (none: it is not of this session). */
enum err tablet_select(struct db *db, int64_t session_id, int64_t id, struct arena *arena,
                       struct tablet **out, size_t *count);
/** Errors: NOT_FOUND. */
enum err tablet_update_revoked(struct db *db, int64_t id, bool revoked);
/** Ends the tokens made on a tablet while it is shut out; `id` 0: on any such tablet of the session. */
enum err tablet_end_tokens(struct db *db, int64_t session_id, int64_t id);
enum err tablets_delete(struct db *db, int64_t session_id);
#endif
