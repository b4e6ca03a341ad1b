// SPDX-License-Identifier: AGPL-3.0-or-later
// Sessions and their way in, in the private store. Who may is the service's business.
#ifndef REPERE_STORE_SESSION_STORE_H
#define REPERE_STORE_SESSION_STORE_H
#include "base/arena.h"
#include "base/secret.h"
#include "model/session.h"
#include "store/db.h"
#include <stddef.h>

/** Without the two counts. Errors: NOT_FOUND. */
enum err session_select(struct db *db, int64_t id, struct arena *arena, struct session *out);
/** What decides about contributions; the texts are left NULL, the rest 0. Errors: NOT_FOUND. */
enum err session_select_rules(struct db *db, int64_t id, struct session *out);
/** Participants that are not removed, and contributions. */
enum err session_select_counts(struct db *db, int64_t id, int64_t *participants,
                               int64_t *contributions);
/** With the counts. Newest first, ids below `before`. */
enum err session_select_page(struct db *db, int64_t project_id, int64_t before, int64_t limit,
                             struct arena *arena, struct session **out, size_t *count);
enum err session_insert(struct db *db, const struct session *session, int64_t *out_id);
/** All but project, exercise, precision and state; version + 1. Errors: NOT_FOUND. */
enum err session_update(struct db *db, const struct session *session);
/** Version + 1; the way in ends. Errors: NOT_FOUND. */
enum err session_update_closed(struct db *db, int64_t id, int64_t now_ms);
/** Version + 1. Errors: NOT_FOUND. */
enum err session_update_open(struct db *db, int64_t id);

/** A way into a session, as it is kept. */
struct session_door {
    uint8_t code_hmac[SECRET_HASH_SIZE];
    uint8_t secret_hmac[SECRET_HASH_SIZE];
    const uint8_t *sealed;
    size_t sealed_len;
    int64_t expires_ms;
};
/** @param door NULL: revoked. Errors: NOT_FOUND, CONFLICT (another session has that code). */
enum err session_update_door(struct db *db, int64_t id, const struct session_door *door);
/** What was sealed, in the arena. Errors: NOT_FOUND (none, or it ended). */
enum err session_select_door(struct db *db, int64_t id, int64_t now_ms, struct arena *arena,
                             const uint8_t **out_sealed, size_t *out_len, int64_t *out_expires_ms);
/** Errors: NOT_FOUND. */
enum err session_find_code(struct db *db, const uint8_t code_hmac[SECRET_HASH_SIZE], int64_t now_ms,
                           int64_t *out_id, bool *out_open);
enum err session_find_secret(struct db *db, const uint8_t secret_hmac[SECRET_HASH_SIZE],
                             int64_t now_ms, int64_t *out_id, bool *out_open);
#endif
