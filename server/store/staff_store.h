// SPDX-License-Identifier: AGPL-3.0-or-later
// Staff, their tokens and sign-in links in the private store.
#ifndef REPERE_STORE_STAFF_STORE_H
#define REPERE_STORE_STAFF_STORE_H
#include "base/arena.h"
#include "base/secret.h"
#include "model/role.h"
#include "store/db.h"
#include <stddef.h>

struct staff {
    int64_t id;
    const char *name;
    enum role role;
    int64_t created_ms;
    int64_t disabled_ms; // 0: may sign in
};

/** An enabled account's id and password hash. Errors: NOT_FOUND. */
enum err staff_find_password(struct db *db, const char *name, struct arena *arena, int64_t *out_id,
                             const char **out_hash);
/** An account by name (any case) or id, disabled ones too. Errors: NOT_FOUND. */
enum err staff_find_name(struct db *db, const char *name, struct arena *arena, struct staff *out);
enum err staff_find(struct db *db, int64_t id, struct arena *arena, struct staff *out);
enum err staff_list(struct db *db, struct arena *arena, struct staff **out, size_t *count);
/** The accounts that a bound statement gives (id, name, role, created_ms, disabled_ms). */
enum err staff_rows(struct stmt *stmt, struct arena *arena, struct staff **out, size_t *count);
/** @param password_hash NULL: none. Errors: CONFLICT (the name is taken). */
enum err staff_insert(struct db *db, const char *name, enum role role, const char *password_hash,
                      int64_t now_ms, int64_t *out_id);
enum err staff_update_password(struct db *db, int64_t id, const char *password_hash);
enum err staff_disable(struct db *db, int64_t id, int64_t now_ms);

enum err staff_token_insert(struct db *db, const uint8_t hash[SECRET_HASH_SIZE], int64_t staff_id,
                            int64_t now_ms, int64_t expires_ms);
/** Whose token it is. Errors: NOT_FOUND (unknown, ended, or the account is disabled). */
enum err staff_token_find(struct db *db, const uint8_t hash[SECRET_HASH_SIZE], int64_t now_ms,
                          int64_t *out_staff_id, enum role *out_role);
enum err staff_token_delete(struct db *db, const uint8_t hash[SECRET_HASH_SIZE]);
/** All tokens and links of an account. */
enum err staff_tokens_delete(struct db *db, int64_t staff_id);
/** Those that ended before now, of everybody. */
enum err staff_tokens_expire(struct db *db, int64_t now_ms);

enum err signin_link_insert(struct db *db, const uint8_t hash[SECRET_HASH_SIZE], int64_t staff_id,
                            int64_t expires_ms);
/** Whose link it is, and deletes it. Errors: NOT_FOUND (unknown, used, ended). */
enum err signin_link_take(struct db *db, const uint8_t hash[SECRET_HASH_SIZE], int64_t now_ms,
                          int64_t *out_staff_id);
#endif
