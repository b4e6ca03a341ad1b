// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/participant_store.h"

#include "store/rows.h"

#include <string.h>

/* The columns of participant_by_id, _by_receipt and _list, in their order. */
static enum err read_participant(struct stmt *stmt, struct arena *arena, void *item) {
    struct participant *out = item;
    *out = (struct participant){
        .id = db_i64(stmt, 0),
        .session_id = db_i64(stmt, 1),
        .pseudonym = db_text_copy(stmt, 2, arena),
        .language = db_text_copy(stmt, 3, arena),
        .consent = {.room = db_i64(stmt, 4) != 0,
                    .aggregate = db_i64(stmt, 5) != 0,
                    .finding = db_i64(stmt, 6) != 0,
                    .photo = db_i64(stmt, 7) != 0},
        .joined_ms = db_i64(stmt, 9),
        .contributions = db_i64(stmt, 10),
        .tablet_id = db_i64(stmt, 11),
        .on_paper = db_i64(stmt, 12) != 0,
    };
    if (!out->pseudonym || !out->language)
        return ERR_NO_MEMORY;
    return participant_state_parse(db_text(stmt, 8, NULL), &out->state) ? ERR_OK : ERR_NOT_A_STORE;
}

static enum err find(struct stmt *stmt, struct arena *arena, struct participant *out) {
    struct participant found;
    enum err err = db_one(stmt);
    if (err == ERR_OK)
        err = read_participant(stmt, arena, &found);
    if (err == ERR_OK)
        *out = found;
    db_reset(stmt);
    return err;
}

static void bind_consent(struct stmt *stmt, const struct consent *consent) {
    db_bind_i64(stmt, ":room", consent->room);
    db_bind_i64(stmt, ":aggregate", consent->aggregate);
    db_bind_i64(stmt, ":finding", consent->finding);
    db_bind_i64(stmt, ":photo", consent->photo);
}

enum err participant_insert(struct db *db, const struct participant *p,
                            const uint8_t token_hash[SECRET_HASH_SIZE], int64_t *out_id) {
    struct stmt *stmt = db_stmt(db, QUERY_PARTICIPANT_INSERT);
    db_bind_i64(stmt, ":session", p->session_id);
    db_bind_text(stmt, ":pseudonym", p->pseudonym);
    db_bind_blob(stmt, ":token_hash", token_hash, SECRET_HASH_SIZE);
    db_bind_text(stmt, ":language", p->language);
    db_bind_text(stmt, ":state", participant_state_name(p->state));
    db_bind_i64(stmt, ":now_ms", p->joined_ms);
    db_bind_i64(stmt, ":tablet", p->tablet_id);
    enum err err = db_run(stmt, NULL);
    if (err == ERR_OK)
        *out_id = db_last_id(db);
    return err;
}

enum err participant_insert_on_paper(struct db *db, const struct participant *p,
                                     const uint8_t receipt_hmac[SECRET_HASH_SIZE], int64_t *out_id) {
    struct stmt *stmt = db_stmt(db, QUERY_PARTICIPANT_INSERT_ON_PAPER);
    db_bind_i64(stmt, ":session", p->session_id);
    db_bind_text(stmt, ":pseudonym", p->pseudonym);
    db_bind_blob(stmt, ":receipt_hmac", receipt_hmac, SECRET_HASH_SIZE);
    db_bind_text(stmt, ":language", p->language);
    db_bind_i64(stmt, ":now_ms", p->joined_ms);
    bind_consent(stmt, &p->consent);
    enum err err = db_run(stmt, NULL);
    if (err == ERR_OK)
        *out_id = db_last_id(db);
    return err;
}

enum err participant_select(struct db *db, int64_t id, struct arena *arena,
                            struct participant *out) {
    struct stmt *stmt = db_stmt(db, QUERY_PARTICIPANT_BY_ID);
    db_bind_i64(stmt, ":participant", id);
    return find(stmt, arena, out);
}

enum err participant_select_receipt(struct db *db, const uint8_t receipt_hmac[SECRET_HASH_SIZE],
                                    struct arena *arena, struct participant *out) {
    struct stmt *stmt = db_stmt(db, QUERY_PARTICIPANT_BY_RECEIPT);
    db_bind_blob(stmt, ":receipt_hmac", receipt_hmac, SECRET_HASH_SIZE);
    return find(stmt, arena, out);
}

enum err participant_select_page(struct db *db, int64_t session_id, int64_t after, int64_t limit,
                                 struct arena *arena, struct participant **out, size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_PARTICIPANT_LIST);
    db_bind_i64(stmt, ":session", session_id);
    db_bind_i64(stmt, ":after", after);
    db_bind_i64(stmt, ":limit", limit);
    struct rows rows;
    enum err err = rows_list(stmt, read_participant, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

enum err participant_find_token(struct db *db, const uint8_t token_hash[SECRET_HASH_SIZE],
                                int64_t since_ms, struct token_owner *out) {
    struct stmt *stmt = db_stmt(db, QUERY_PARTICIPANT_BY_TOKEN);
    db_bind_blob(stmt, ":token_hash", token_hash, SECRET_HASH_SIZE);
    db_bind_i64(stmt, ":since_ms", since_ms);
    enum err err = db_one(stmt);
    if (err == ERR_OK)
        *out = (struct token_owner){.participant_id = db_i64(stmt, 0),
                                    .session_id = db_i64(stmt, 1),
                                    .shut_out = db_i64(stmt, 2) != 0};
    db_reset(stmt);
    return err;
}

enum err participant_count_seats(struct db *db, int64_t session_id, int64_t *out) {
    struct stmt *stmt = db_stmt(db, QUERY_PARTICIPANT_SEATS);
    db_bind_i64(stmt, ":session", session_id);
    enum err err = db_one(stmt);
    if (err == ERR_OK)
        *out = db_i64(stmt, 0);
    db_reset(stmt);
    return err;
}

static enum err write_consent(struct stmt *stmt, int64_t id, const struct consent *consent) {
    db_bind_i64(stmt, ":participant", id);
    bind_consent(stmt, consent);
    return rows_write_one(stmt);
}

enum err participant_update_consent(struct db *db, int64_t id, const struct consent *consent) {
    return write_consent(db_stmt(db, QUERY_PARTICIPANT_SET_CONSENT), id, consent);
}

enum err participant_update_first_consent(struct db *db, int64_t id, const struct consent *consent) {
    return write_consent(db_stmt(db, QUERY_PARTICIPANT_FIRST_CONSENT), id, consent);
}

enum err participant_select_groups(struct db *db, int64_t id, struct arena *arena,
                                   struct participant_groups *out) {
    struct stmt *stmt = db_stmt(db, QUERY_PARTICIPANT_GROUPS);
    db_bind_i64(stmt, ":participant", id);
    enum err err = db_one(stmt);
    if (err != ERR_OK)
        return err;
    struct participant_groups found = {
        .own = db_text_copy(stmt, 0, arena),
        .offered = db_text_copy(stmt, 1, arena),
        .session_open = db_i64(stmt, 2) != 0,
    };
    db_reset(stmt);
    if (!found.own || !found.offered)
        return ERR_NO_MEMORY;
    *out = found;
    return ERR_OK;
}

enum err participant_update_groups(struct db *db, int64_t id, const char *groups) {
    struct stmt *stmt = db_stmt(db, QUERY_PARTICIPANT_SET_GROUPS);
    db_bind_i64(stmt, ":participant", id);
    db_bind_text(stmt, ":groups", groups);
    return rows_write_one(stmt);
}

enum err participant_update_receipt(struct db *db, int64_t id,
                                    const uint8_t receipt_hmac[SECRET_HASH_SIZE]) {
    struct stmt *stmt = db_stmt(db, QUERY_PARTICIPANT_SET_RECEIPT);
    db_bind_i64(stmt, ":participant", id);
    db_bind_blob(stmt, ":receipt_hmac", receipt_hmac, SECRET_HASH_SIZE);
    return rows_write_one(stmt);
}

static enum err write_on(struct db *db, enum query query, int64_t id) {
    struct stmt *stmt = db_stmt(db, query);
    db_bind_i64(stmt, ":participant", id);
    return rows_write_one(stmt);
}

enum err participant_forget_token(struct db *db, int64_t id) {
    return write_on(db, QUERY_PARTICIPANT_FORGET_TOKEN, id);
}

enum err participant_update_admitted(struct db *db, int64_t id) {
    return write_on(db, QUERY_PARTICIPANT_ADMIT, id);
}

enum err participant_update_removed(struct db *db, int64_t id) {
    return write_on(db, QUERY_PARTICIPANT_REMOVE, id);
}

enum err participant_delete(struct db *db, int64_t id) {
    return write_on(db, QUERY_PARTICIPANT_DELETE, id);
}

static enum err read_uuid(struct stmt *stmt, struct arena *arena, void *item) {
    (void)arena;
    size_t len = 0;
    const void *uuid = db_blob(stmt, 0, &len);
    if (!uuid || len != 16)
        return ERR_NOT_A_STORE;
    memcpy(item, uuid, len);
    return ERR_OK;
}

enum err participant_select_uuids(struct db *db, int64_t id, struct arena *arena,
                                  uint8_t (**out)[16], size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_PARTICIPANT_CONTRIBUTION_UUIDS);
    db_bind_i64(stmt, ":participant", id);
    struct rows rows;
    enum err err = rows_list(stmt, read_uuid, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

enum err participant_delete_contributions(struct db *db, int64_t id) {
    struct stmt *stmt = db_stmt(db, QUERY_PARTICIPANT_CONTRIBUTIONS_DELETE);
    db_bind_i64(stmt, ":participant", id);
    return db_run(stmt, NULL);
}
