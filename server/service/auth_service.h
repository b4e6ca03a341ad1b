// SPDX-License-Identifier: AGPL-3.0-or-later
// Who somebody is: staff sign in with a password or a one-time link and hold a token of 8 hours (30
// minutes idle); participants hold the token they were given on joining.
//
// Functions marked (writes) run on the writer's connection, inside its savepoint or a transaction.
#ifndef REPERE_SERVICE_AUTH_SERVICE_H
#define REPERE_SERVICE_AUTH_SERVICE_H
#include "base/arena.h"
#include "service/caller.h"
#include "service/context.h"
#include "store/staff_store.h"
#include <stdbool.h>

struct auth_found {
    struct caller caller;
    uint8_t token_hash[SECRET_HASH_SIZE]; // zero for anyone
};
/**
 * Who shows this credential; the bearer goes before the cookie. A cookie that is no longer good is
 * nobody's: its owner cannot drop it and must be able to sign in again.
 *
 * @param bearer, cookie  token texts, either NULL
 * Errors: NOT_SIGNED_IN (a bearer that is not, or no longer, good), those of the store.
 */
enum err auth_find(struct context *context, const char *bearer, const char *cookie,
                   struct auth_found *out);

struct auth_signed_in {
    char token[SECRET_TOKEN_TEXT_SIZE]; // for the cookie; its hash is kept
    struct staff staff;
};
enum { AUTH_TOKEN_LIFE_S = 8 * 60 * 60 };

/**
 * Is this the password of that account? Takes as long for a name that does not exist.
 * Reads only: Argon2id must not hold up the writer.
 *
 * @param from what stands for the address it comes from, or NULL (limiter.h)
 * @param out  staff id
 * Errors: BAD_CREDENTIALS, TOO_MANY (wrong ones for the name; fault), BUSY
 * (LIMITER_PASSWORDS_AT_ONCE are being checked).
 */
enum err auth_check_password(struct context *context, const uint8_t *from, const char *name,
                             const char *password, struct fault *fault, int64_t *out);
/** (writes) A fresh token; the one that was shown with the request (`old`, may be zero) ends. */
enum err auth_sign_in(struct context *context, int64_t staff_id,
                      const uint8_t old[SECRET_HASH_SIZE], struct arena *arena,
                      struct auth_signed_in *out);
/** (writes) The same by a one-time link, which ends. Errors: BAD_CREDENTIALS, TOO_MANY (fault). */
enum err auth_sign_in_by_link(struct context *context, const char *link,
                              const uint8_t old[SECRET_HASH_SIZE], struct arena *arena,
                              struct fault *fault, struct auth_signed_in *out);
/** (writes) The token ends. */
enum err auth_sign_out(struct context *context, const uint8_t token_hash[SECRET_HASH_SIZE]);
/** The signed-in member of staff. Errors: NOT_SIGNED_IN. */
enum err auth_staff(struct context *context, struct caller caller, struct arena *arena,
                    struct staff *out);
#endif
