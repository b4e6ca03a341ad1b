// SPDX-License-Identifier: AGPL-3.0-or-later
// The way into a session: a code to type (40 bits) and a secret for the QR (256 bits), both good
// for four hours. The store holds their HMACs, to find the session, and both sealed, to print the
// sheet again: a copied file opens no door.
#include "service/session_service.h"

#include "base/clock.h"
#include "service/audit_service.h"
#include "service/limiter.h"
#include "store/session_store.h"

#include <string.h>

enum { CODE_SYMBOLS = 8, CODE_DRAWS = 4 };

/* What is sealed: both texts with their NULs. */
struct sealed_texts {
    char code[SECRET_JOIN_CODE_SIZE];
    char secret[SECRET_TOKEN_TEXT_SIZE];
};
enum { SEALED_SIZE = sizeof(struct sealed_texts) + SECRET_SEAL_OVERHEAD };

static bool code_hmac(const struct keys *keys, const char *typed, uint8_t out[SECRET_HASH_SIZE]) {
    char symbols[CODE_SYMBOLS + 1];
    if (!secret_code_read(typed, strlen(typed), CODE_SYMBOLS, false, symbols))
        return false;
    secret_hmac(keys->receipt, "join-code", symbols, CODE_SYMBOLS, out);
    return true;
}

static void secret_of_qr_hmac(const struct keys *keys, const char *secret,
                              uint8_t out[SECRET_HASH_SIZE]) {
    secret_hmac(keys->receipt, "join-secret", secret, strlen(secret), out);
}

/* ---- the sheet ---- */

enum err session_join_sheet(struct context *context, struct caller caller, int64_t session_id,
                            struct arena *arena, struct join_sheet *out) {
    struct session session;
    enum err err = session_require_rules(context, caller, session_id, &session);
    if (err != ERR_OK)
        return err;
    struct join_sheet sheet = {.expires_ms = 0};
    const uint8_t *sealed = NULL;
    size_t len = 0;
    int64_t expires_ms = 0;
    err = session_select_door(context->db, session_id, clock_now_ms(), arena, &sealed, &len,
                              &expires_ms);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    struct sealed_texts texts;
    if (err == ERR_OK && len == SEALED_SIZE &&
        secret_unseal(context->keys->seal, sealed, len, &texts)) {
        memcpy(sheet.code, texts.code, sizeof sheet.code);
        memcpy(sheet.secret, texts.secret, sizeof sheet.secret);
        sheet.expires_ms = expires_ms;
    }
    *out = sheet;
    return ERR_OK;
}

enum err session_join_renew(struct context *context, struct caller caller, int64_t session_id,
                            struct join_sheet *out) {
    struct session session;
    enum err err = session_require_rules(context, caller, session_id, &session);
    if (err == ERR_OK && !session.open)
        err = ERR_SESSION_CLOSED;
    if (err != ERR_OK)
        return err;
    struct sealed_texts texts;
    uint8_t sealed[SEALED_SIZE];
    struct session_door door = {
        .sealed = sealed,
        .sealed_len = sizeof sealed,
        .expires_ms = clock_now_ms() + JOIN_LIFE_MS,
    };
    err = ERR_CONFLICT; // until the code is no other session's
    for (int i = 0; i < CODE_DRAWS && err == ERR_CONFLICT; i++) {
        secret_join_code(texts.code);
        secret_token(texts.secret);
        code_hmac(context->keys, texts.code, door.code_hmac);
        secret_of_qr_hmac(context->keys, texts.secret, door.secret_hmac);
        secret_seal(context->keys->seal, &texts, sizeof texts, sealed);
        err = session_update_door(context->db, session_id, &door);
    }
    if (err == ERR_OK)
        err = audit_add(context, caller, "session.code", "session", session_id);
    if (err != ERR_OK)
        return err;
    memcpy(out->code, texts.code, sizeof out->code);
    memcpy(out->secret, texts.secret, sizeof out->secret);
    out->expires_ms = door.expires_ms;
    return ERR_OK;
}

enum err session_join_revoke(struct context *context, struct caller caller, int64_t session_id) {
    struct session session;
    enum err err = session_require_rules(context, caller, session_id, &session);
    if (err == ERR_OK)
        err = session_update_door(context->db, session_id, NULL);
    if (err == ERR_OK)
        err = audit_add(context, caller, "session.code_revoke", "session", session_id);
    return err;
}

/* ---- who stands before the door ---- */

static enum err by_code(struct context *context, const uint8_t *from, const char *code,
                        struct fault *fault, int64_t *out_id, bool *out_open) {
    const struct attempt attempt = {.limit = LIMIT_CODE, .from = from};
    enum err err = limiter_take(context->limiter, &attempt, clock_monotonic_ms(), fault);
    if (err != ERR_OK)
        return fault_set(fault, err, "code", "scan the QR code of the sheet, which still works, or try again in %u s",
                         fault->retry_s);
    uint8_t hmac[SECRET_HASH_SIZE];
    err = code_hmac(context->keys, code, hmac)
              ? session_find_code(context->db, hmac, clock_now_ms(), out_id, out_open)
              : ERR_NOT_FOUND;
    if (err != ERR_NOT_FOUND)
        limiter_give_back(context->limiter, &attempt);
    return err;
}

static enum err by_secret(struct context *context, const char *secret, int64_t *out_id,
                          bool *out_open) {
    uint8_t hmac[SECRET_HASH_SIZE];
    secret_of_qr_hmac(context->keys, secret, hmac);
    return session_find_secret(context->db, hmac, clock_now_ms(), out_id, out_open);
}

enum err session_by_door(struct context *context, const uint8_t *from, const char *code,
                         const char *secret, struct fault *fault, int64_t *out) {
    int64_t id = 0;
    bool open = false;
    enum err err = secret ? by_secret(context, secret, &id, &open)
                          : by_code(context, from, code, fault, &id, &open);
    if (err == ERR_NOT_FOUND)
        return ERR_BAD_CREDENTIALS;
    if (err == ERR_OK && !open)
        return ERR_SESSION_CLOSED;
    if (err == ERR_OK)
        *out = id;
    return err;
}
