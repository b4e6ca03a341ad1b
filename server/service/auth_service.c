// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/auth_service.h"

#include "base/clock.h"
#include "service/audit_service.h"
#include "service/limiter.h"
#include "service/participant_service.h"
#include "store/participant_store.h"

#include <string.h>

static enum err find_participant(struct context *context, const char *bearer,
                                 struct auth_found *out) {
    struct auth_found found = {.caller.roles = ROLE_ANYONE | ROLE_PARTICIPANT};
    secret_hash(bearer, strlen(bearer), found.token_hash);
    struct token_owner owner;
    enum err err = participant_find_token(context->db, found.token_hash,
                                          clock_now_ms() - PARTICIPANT_TOKEN_LIFE_MS, &owner);
    if (err == ERR_NOT_FOUND)
        return ERR_NOT_SIGNED_IN;
    if (err == ERR_OK && owner.shut_out)
        err = ERR_TABLET_REVOKED;
    if (err != ERR_OK)
        return err;
    found.caller.id = owner.participant_id;
    found.caller.session_id = owner.session_id;
    *out = found;
    return ERR_OK;
}

static enum err find_staff(struct context *context, const char *cookie, struct auth_found *out) {
    struct auth_found found = {.caller.roles = ROLE_ANYONE};
    enum role role = 0;
    secret_hash(cookie, strlen(cookie), found.token_hash);
    enum err err =
        staff_token_find(context->db, found.token_hash, clock_now_ms(), &found.caller.id, &role);
    if (err != ERR_OK)
        return err;
    if (!limiter_touch(context->limiter, found.token_hash, clock_monotonic_ms()))
        return ERR_NOT_FOUND;
    found.caller.roles |= role;
    *out = found;
    return ERR_OK;
}

enum err auth_find(struct context *context, const char *bearer, const char *cookie,
                   struct auth_found *out) {
    if (bearer)
        return find_participant(context, bearer, out);
    enum err err = cookie ? find_staff(context, cookie, out) : ERR_NOT_FOUND;
    if (err != ERR_NOT_FOUND)
        return err;
    *out = (struct auth_found){.caller.roles = ROLE_ANYONE};
    return ERR_OK;
}

/* The account's hash, or one that nothing fits, so that both take as long. */
static enum err verify(struct context *context, const char *name, const char *password,
                       int64_t *out) {
    struct arena arena;
    arena_init(&arena);
    int64_t id = 0;
    const char *hash = NULL;
    enum err err = staff_find_password(context->db, name, &arena, &id, &hash);
    if (err == ERR_OK || err == ERR_NOT_FOUND) {
        const char *against = hash ? hash : limiter_decoy_hash(context->limiter);
        bool right = secret_password_verify(against, password, strlen(password));
        err = hash && right ? ERR_OK : ERR_BAD_CREDENTIALS;
    }
    if (err == ERR_OK)
        *out = id;
    arena_fini(&arena);
    return err;
}

enum err auth_check_password(struct context *context, const uint8_t *from, const char *name,
                             const char *password, struct fault *fault, int64_t *out) {
    const struct attempt attempt = {.limit = LIMIT_PASSWORD, .from = from, .name = name};
    enum err err = limiter_password_enter(context->limiter);
    if (err != ERR_OK)
        return err;
    err = limiter_take(context->limiter, &attempt, clock_monotonic_ms(), fault);
    if (err == ERR_OK) {
        err = verify(context, name, password, out);
        if (err != ERR_BAD_CREDENTIALS)
            limiter_give_back(context->limiter, &attempt);
    }
    limiter_password_leave(context->limiter);
    return err;
}

enum err auth_sign_in(struct context *context, int64_t staff_id,
                      const uint8_t old[SECRET_HASH_SIZE], struct arena *arena,
                      struct auth_signed_in *out) {
    int64_t now_ms = clock_now_ms();
    enum err err = staff_find(context->db, staff_id, arena, &out->staff);
    if (err == ERR_OK && out->staff.disabled_ms != 0)
        err = ERR_NOT_FOUND;
    if (err == ERR_NOT_FOUND) // disabled while the password was being checked
        return ERR_BAD_CREDENTIALS;
    if (err == ERR_OK)
        err = auth_sign_out(context, old);
    if (err == ERR_OK)
        err = staff_tokens_expire(context->db, now_ms);
    if (err == ERR_OK)
        err = audit_trim(context);
    if (err != ERR_OK)
        return err;
    uint8_t hash[SECRET_HASH_SIZE];
    secret_token(out->token);
    secret_hash(out->token, strlen(out->token), hash);
    err = staff_token_insert(context->db, hash, staff_id, now_ms,
                             now_ms + INT64_C(1000) * AUTH_TOKEN_LIFE_S);
    if (err != ERR_OK)
        return err;
    struct caller caller = {.roles = ROLE_ANYONE | out->staff.role, .id = staff_id};
    return audit_add(context, caller, "signin", "staff", staff_id);
}

enum err auth_sign_in_by_link(struct context *context, const char *link,
                              const uint8_t old[SECRET_HASH_SIZE], struct arena *arena,
                              struct fault *fault, struct auth_signed_in *out) {
    uint8_t hash[SECRET_HASH_SIZE];
    secret_hash(link, strlen(link), hash);
    int64_t staff_id = 0;
    enum err err = signin_link_take(context->db, hash, clock_now_ms(), &staff_id);
    if (err == ERR_NOT_FOUND) { // a right one, of 256 bits, is taken however many wrong ones were tried
        const struct attempt attempt = {.limit = LIMIT_LINK};
        err = limiter_take(context->limiter, &attempt, clock_monotonic_ms(), fault);
        return err == ERR_OK ? ERR_BAD_CREDENTIALS : err;
    }
    if (err != ERR_OK)
        return err;
    return auth_sign_in(context, staff_id, old, arena, out);
}

enum err auth_sign_out(struct context *context, const uint8_t token_hash[SECRET_HASH_SIZE]) {
    limiter_forget(context->limiter, token_hash);
    return staff_token_delete(context->db, token_hash);
}

enum err auth_staff(struct context *context, struct caller caller, struct arena *arena,
                    struct staff *out) {
    enum err err = staff_find(context->db, caller.id, arena, out);
    return err == ERR_NOT_FOUND ? ERR_NOT_SIGNED_IN : err;
}
