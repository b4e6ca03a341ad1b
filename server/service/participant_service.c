// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/participant_service.h"

#include "base/clock.h"
#include "base/jsonw.h"
#include "model/group.h"
#include "model/role.h"
#include "service/audit_service.h"
#include "service/contribution_conflict.h"
#include "service/limiter.h"
#include "service/session_service.h"
#include "service/tablet_service.h"
#include "store/participant_store.h"
#include "store/session_store.h"
#include "store/writer.h"

#include <stdio.h>
#include <string.h>

enum { PSEUDONYM_DRAWS = 200, RECEIPT_SYMBOLS = 27 };

/* ---- joining ---- */

/* A session that takes one more. Errors: NOT_FOUND, SESSION_CLOSED, SESSION_FULL. */
static enum err find_room(struct context *context, int64_t session_id, struct arena *arena,
                          struct session *out) {
    int64_t taken = 0;
    enum err err = session_select(context->db, session_id, arena, out);
    if (err == ERR_OK && !out->open)
        err = ERR_SESSION_CLOSED;
    if (err == ERR_OK)
        err = participant_count_seats(context->db, session_id, &taken);
    return err == ERR_OK && taken >= out->seat_limit ? ERR_SESSION_FULL : err;
}

/* Draws until the pseudonym is free. With 500 of some 5,000 taken, 200 draws never fail.
 * @param hash of the receipt for a sheet of paper, else of the token */
static enum err take_seat(struct db *db, struct participant *p, char pseudonym[PSEUDONYM_SIZE],
                          const uint8_t hash[SECRET_HASH_SIZE]) {
    enum err err = ERR_CONFLICT;
    for (int i = 0; i < PSEUDONYM_DRAWS && err == ERR_CONFLICT; i++) {
        uint32_t draw;
        secret_random(&draw, sizeof draw);
        pseudonym_make(draw, pseudonym);
        err = p->on_paper ? participant_insert_on_paper(db, p, hash, &p->id)
                          : participant_insert(db, p, hash, &p->id);
    }
    return err;
}

enum err participant_join(struct context *context, int64_t session_id, const char *language,
                          const char *tablet, struct arena *arena, struct joined *out) {
    struct session session;
    int64_t tablet_id = 0;
    enum err err = find_room(context, session_id, arena, &session);
    if (err == ERR_OK && tablet)
        err = tablet_admit(context, session_id, tablet, &tablet_id);
    char *pseudonym = arena_alloc(arena, PSEUDONYM_SIZE);
    if (err == ERR_OK && !pseudonym)
        err = ERR_NO_MEMORY;
    if (err != ERR_OK)
        return err;
    uint8_t hash[SECRET_HASH_SIZE];
    secret_token(out->token);
    secret_hash(out->token, strlen(out->token), hash);
    out->participant = (struct participant){
        .session_id = session_id,
        .pseudonym = pseudonym,
        .language = language,
        .state = session.admit_by_hand ? PARTICIPANT_WAITING : PARTICIPANT_ADMITTED,
        .joined_ms = clock_now_ms(),
        .tablet_id = tablet_id,
    };
    err = take_seat(context->db, &out->participant, pseudonym, hash);
    if (err == ERR_OK)
        ticket_make(context->keys, &out->participant, out->ticket);
    return err;
}

/* ---- what she does herself ---- */

/* Her row may have gone between the request's start and the writer's turn. */
static enum err gone(enum err err) {
    return err == ERR_NOT_FOUND ? ERR_NOT_SIGNED_IN : err;
}

enum err participant_own(struct context *context, struct caller caller, struct arena *arena,
                         struct participant *out) {
    struct participant found;
    enum err err = gone(participant_select(context->db, caller.id, arena, &found));
    if (err == ERR_OK && found.state == PARTICIPANT_REMOVED)
        err = ERR_NOT_SIGNED_IN;
    if (err == ERR_OK)
        *out = found;
    return err;
}

enum err participant_consent(struct context *context, struct caller caller,
                             const struct consent *consent, struct arena *arena,
                             struct participant *out) {
    enum err err = gone(participant_update_consent(context->db, caller.id, consent));
    return err == ERR_OK ? participant_own(context, caller, arena, out) : err;
}

enum err participant_groups(struct context *context, struct caller caller, struct arena *arena,
                            const char **out) {
    struct participant_groups found;
    enum err err = gone(participant_select_groups(context->db, caller.id, arena, &found));
    if (err == ERR_OK)
        *out = found.own;
    return err;
}

static enum err check_groups(const char *const *ids, size_t count, const char *offered,
                             struct arena *arena, struct fault *fault) {
    struct group_list groups;
    enum err err = group_list_parse(offered, arena, NULL, &groups);
    if (err != ERR_OK)
        return err == ERR_NO_MEMORY ? err : ERR_NOT_A_STORE;
    for (size_t i = 0; i < count; i++) {
        char where[32];
        snprintf(where, sizeof where, "groups[%zu]", i);
        if (!group_find(&groups, ids[i]))
            return fault_set(fault, ERR_BAD_FIELD, where, "is no group of this project");
    }
    return ERR_OK;
}

enum err participant_choose_groups(struct context *context, struct caller caller,
                                   const char *const *ids, size_t count, struct arena *arena,
                                   struct fault *fault) {
    struct participant_groups present;
    struct buf json;
    struct jsonw w;
    buf_init(&json);
    jsonw_init(&w, &json);
    jsonw_array(&w);
    for (size_t i = 0; i < count; i++)
        jsonw_str(&w, ids[i]);
    jsonw_array_end(&w);
    const char *chosen = json.failed ? NULL : arena_strndup(arena, json.data, json.len);
    buf_fini(&json);
    if (!chosen)
        return ERR_NO_MEMORY;
    enum err err = gone(participant_select_groups(context->db, caller.id, arena, &present));
    if (err == ERR_OK && !present.session_open)
        err = ERR_SESSION_CLOSED;
    if (err == ERR_OK)
        err = check_groups(ids, count, present.offered, arena, fault);
    if (err == ERR_OK)
        err = gone(participant_update_groups(context->db, caller.id, chosen));
    if (err == ERR_OK && context->writer)
        writer_scrub_later(context->writer);
    return err;
}

static enum err receipt_hmac(struct context *context, const char *receipt,
                             uint8_t out[SECRET_HASH_SIZE]) {
    char symbols[RECEIPT_SYMBOLS + 1];
    if (!secret_code_read(receipt, strlen(receipt), RECEIPT_SYMBOLS, true, symbols))
        return ERR_BAD_CREDENTIALS;
    secret_hmac(context->keys->receipt, "receipt", symbols, strlen(symbols), out);
    return ERR_OK;
}

enum err participant_receipt(struct context *context, struct caller caller,
                             char out[SECRET_RECEIPT_SIZE]) {
    char receipt[SECRET_RECEIPT_SIZE];
    uint8_t hmac[SECRET_HASH_SIZE];
    secret_receipt(receipt);
    enum err err = receipt_hmac(context, receipt, hmac);
    if (err == ERR_OK)
        err = gone(participant_update_receipt(context->db, caller.id, hmac));
    if (err == ERR_OK)
        memcpy(out, receipt, sizeof receipt);
    return err;
}

enum err participant_leave(struct context *context, struct caller caller) {
    return gone(participant_forget_token(context->db, caller.id));
}

/* ---- what staff do ---- */

enum err participant_enter(struct context *context, struct caller caller, int64_t session_id,
                           const char *language, const struct consent *consent,
                           struct arena *arena, struct sheet_seat *out) {
    struct session session;
    uint8_t hmac[SECRET_HASH_SIZE];
    enum err err = session_require_rules(context, caller, session_id, &session);
    if (err == ERR_OK)
        err = find_room(context, session_id, arena, &session);
    char *pseudonym = arena_alloc(arena, PSEUDONYM_SIZE);
    if (err == ERR_OK && !pseudonym)
        err = ERR_NO_MEMORY;
    if (err != ERR_OK)
        return err;
    secret_receipt(out->receipt);
    out->participant = (struct participant){
        .session_id = session_id,
        .pseudonym = pseudonym,
        .language = language,
        .consent = *consent,
        .state = PARTICIPANT_ADMITTED,
        .joined_ms = clock_now_ms(),
        .on_paper = true,
    };
    err = receipt_hmac(context, out->receipt, hmac);
    if (err == ERR_OK)
        err = take_seat(context->db, &out->participant, pseudonym, hmac);
    if (err == ERR_OK) // the session is named, not the participant
        err = audit_add(context, caller, "participant.enter", "session", session_id);
    return err;
}

enum err participant_list(struct context *context, struct caller caller, int64_t session_id,
                          int64_t after, int64_t limit, struct arena *arena,
                          struct participant **out, size_t *count) {
    struct session session;
    enum err err = session_require_rules(context, caller, session_id, &session);
    if (err != ERR_OK)
        return err;
    return participant_select_page(context->db, session_id, after, limit, arena, out, count);
}

enum err participant_set_state(struct context *context, struct caller caller, int64_t session_id,
                               int64_t participant_id, enum participant_state state,
                               struct arena *arena, struct participant *out) {
    struct session session;
    struct participant found;
    enum err err = session_require_rules(context, caller, session_id, &session);
    if (err == ERR_OK)
        err = participant_select(context->db, participant_id, arena, &found);
    if (err == ERR_OK && found.session_id != session_id)
        err = ERR_NOT_FOUND;
    if (err == ERR_OK && found.state == PARTICIPANT_REMOVED && state != PARTICIPANT_REMOVED)
        err = ERR_CONFLICT;
    if (err == ERR_OK && state != found.state) {
        bool admit = state == PARTICIPANT_ADMITTED;
        err = admit ? participant_update_admitted(context->db, participant_id)
                    : participant_update_removed(context->db, participant_id);
        if (err == ERR_OK && !admit)
            err = contribution_forget_beside_of(context, participant_id);
        if (err == ERR_OK) // the session is named, not the participant
            err = audit_add(context, caller, admit ? "participant.admit" : "participant.remove",
                            "session", session_id);
    }
    if (err == ERR_OK) {
        *out = found;
        out->state = state;
    }
    return err;
}

/* ---- taking everything back ---- */

static enum err find_receipt(struct context *context, const char *receipt, struct arena *arena,
                             struct participant *out) {
    uint8_t hmac[SECRET_HASH_SIZE];
    enum err err = receipt_hmac(context, receipt, hmac);
    if (err == ERR_OK)
        err = participant_select_receipt(context->db, hmac, arena, out);
    return err == ERR_NOT_FOUND ? ERR_BAD_CREDENTIALS : err;
}

/* A right one is taken however many wrong ones were tried: 128 bits are not guessed, and nobody may keep
 * her from withdrawing. */
static enum err try_receipt(struct context *context, const char *receipt, struct arena *arena,
                            struct fault *fault, struct participant *out) {
    enum err err = find_receipt(context, receipt, arena, out);
    if (err != ERR_BAD_CREDENTIALS)
        return err;
    const struct attempt attempt = {.limit = LIMIT_RECEIPT};
    enum err late = limiter_take(context->limiter, &attempt, clock_monotonic_ms(), fault);
    return late == ERR_OK ? err : late;
}

enum err participant_withdraw(struct context *context, const char *receipt, struct arena *arena,
                              struct fault *fault, struct withdrawn *out) {
    struct withdrawn gone_now = {0};
    enum err err = try_receipt(context, receipt, arena, fault, &gone_now.participant);
    int64_t id = gone_now.participant.id;
    if (err == ERR_OK)
        err = participant_select_uuids(context->db, id, arena, &gone_now.uuids, &gone_now.count);
    if (err == ERR_OK)
        err = participant_delete_contributions(context->db, id);
    if (err == ERR_OK)
        err = participant_delete(context->db, id);
    if (err != ERR_OK)
        return err;
    gone_now.participant.state = PARTICIPANT_REMOVED;
    gone_now.participant.contributions = 0;
    *out = gone_now;
    if (context->writer)
        writer_scrub_later(context->writer);
    return ERR_OK;
}
