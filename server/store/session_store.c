// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/session_store.h"

#include "store/rows.h"

#include <string.h>

/* The columns of session_by_id and session_list, in their order. */
static enum err read_session(struct stmt *stmt, struct arena *arena, void *item) {
    struct session *out = item;
    *out = (struct session){
        .id = db_i64(stmt, 0),
        .project_id = db_i64(stmt, 1),
        .exercise_id = db_i64(stmt, 2),
        .exercise_title = db_text_copy(stmt, 3, arena),
        .title = db_text_copy(stmt, 4, arena),
        .place = db_text_copy(stmt, 5, arena),
        .held_on = db_text_copy(stmt, 6, arena),
        .bbox = {db_f64(stmt, 7), db_f64(stmt, 8), db_f64(stmt, 9), db_f64(stmt, 10)},
        .precision_m = db_f64(stmt, 11),
        .languages = db_text_copy(stmt, 12, arena),
        .consent = db_text_copy(stmt, 13, arena),
        .help_contacts = db_text_copy(stmt, 14, arena),
        .base_maps = db_text_copy(stmt, 15, arena),
        .seat_limit = db_i64(stmt, 16),
        .admit_by_hand = db_i64(stmt, 17) != 0,
        .approve_by_hand = db_i64(stmt, 18) != 0,
        .free_text = db_i64(stmt, 19) != 0,
        .open = db_i64(stmt, 20) != 0,
        .version = db_i64(stmt, 21),
        .created_ms = db_i64(stmt, 22),
        .closed_ms = db_i64(stmt, 23),
        .participants = db_i64(stmt, 24),
        .contributions = db_i64(stmt, 25),
        .groups = db_text_copy(stmt, 26, arena),
    };
    bool whole = out->exercise_title && out->title && out->place && out->held_on &&
                 out->languages && out->consent && out->help_contacts && out->groups &&
                 out->base_maps;
    return whole ? ERR_OK : ERR_NO_MEMORY;
}

enum err session_select(struct db *db, int64_t id, struct arena *arena, struct session *out) {
    struct stmt *stmt = db_stmt(db, QUERY_SESSION_BY_ID);
    db_bind_i64(stmt, ":session", id);
    struct session found;
    enum err err = db_one(stmt);
    if (err == ERR_OK)
        err = read_session(stmt, arena, &found);
    if (err == ERR_OK)
        *out = found;
    db_reset(stmt);
    return err;
}

enum err session_select_rules(struct db *db, int64_t id, struct session *out) {
    struct stmt *stmt = db_stmt(db, QUERY_SESSION_RULES);
    db_bind_i64(stmt, ":session", id);
    enum err err = db_one(stmt);
    if (err != ERR_OK)
        return err;
    *out = (struct session){
        .id = db_i64(stmt, 0),
        .project_id = db_i64(stmt, 1),
        .exercise_id = db_i64(stmt, 2),
        .bbox = {db_f64(stmt, 3), db_f64(stmt, 4), db_f64(stmt, 5), db_f64(stmt, 6)},
        .precision_m = db_f64(stmt, 7),
        .approve_by_hand = db_i64(stmt, 8) != 0,
        .free_text = db_i64(stmt, 9) != 0,
        .open = db_i64(stmt, 10) != 0,
    };
    db_reset(stmt);
    return ERR_OK;
}

enum err session_select_counts(struct db *db, int64_t id, int64_t *participants,
                               int64_t *contributions) {
    struct stmt *stmt = db_stmt(db, QUERY_SESSION_COUNTS);
    db_bind_i64(stmt, ":session", id);
    enum err err = db_one(stmt);
    if (err == ERR_OK) {
        *participants = db_i64(stmt, 0);
        *contributions = db_i64(stmt, 1);
    }
    db_reset(stmt);
    return err;
}

enum err session_select_page(struct db *db, int64_t project_id, int64_t before, int64_t limit,
                             struct arena *arena, struct session **out, size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_SESSION_LIST);
    db_bind_i64(stmt, ":project", project_id);
    db_bind_i64(stmt, ":before", before);
    db_bind_i64(stmt, ":limit", limit);
    struct rows rows;
    enum err err = rows_list(stmt, read_session, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

/* What a session is opened with and an edit may change. */
static void bind_session(struct stmt *stmt, const struct session *session) {
    db_bind_text(stmt, ":title", session->title);
    db_bind_text(stmt, ":place", session->place);
    db_bind_text(stmt, ":held_on", session->held_on);
    db_bind_f64(stmt, ":west_deg", session->bbox.west_deg);
    db_bind_f64(stmt, ":south_deg", session->bbox.south_deg);
    db_bind_f64(stmt, ":east_deg", session->bbox.east_deg);
    db_bind_f64(stmt, ":north_deg", session->bbox.north_deg);
    db_bind_text(stmt, ":languages", session->languages);
    db_bind_text(stmt, ":consent", session->consent);
    db_bind_text(stmt, ":help_contacts", session->help_contacts);
    db_bind_i64(stmt, ":seat_limit", session->seat_limit);
    db_bind_i64(stmt, ":admit_by_hand", session->admit_by_hand);
    db_bind_i64(stmt, ":approve_by_hand", session->approve_by_hand);
    db_bind_i64(stmt, ":free_text", session->free_text);
}

enum err session_insert(struct db *db, const struct session *session, int64_t *out_id) {
    struct stmt *stmt = db_stmt(db, QUERY_SESSION_INSERT);
    bind_session(stmt, session);
    db_bind_i64(stmt, ":project", session->project_id);
    db_bind_i64(stmt, ":exercise", session->exercise_id);
    db_bind_f64(stmt, ":precision_m", session->precision_m);
    db_bind_i64(stmt, ":now_ms", session->created_ms);
    enum err err = db_run(stmt, NULL);
    if (err == ERR_OK)
        *out_id = db_last_id(db);
    return err;
}

enum err session_update(struct db *db, const struct session *session) {
    struct stmt *stmt = db_stmt(db, QUERY_SESSION_UPDATE);
    bind_session(stmt, session);
    db_bind_i64(stmt, ":session", session->id);
    return rows_write_one(stmt);
}

enum err session_update_closed(struct db *db, int64_t id, int64_t now_ms) {
    struct stmt *stmt = db_stmt(db, QUERY_SESSION_CLOSE);
    db_bind_i64(stmt, ":session", id);
    db_bind_i64(stmt, ":now_ms", now_ms);
    return rows_write_one(stmt);
}

enum err session_update_open(struct db *db, int64_t id) {
    struct stmt *stmt = db_stmt(db, QUERY_SESSION_REOPEN);
    db_bind_i64(stmt, ":session", id);
    return rows_write_one(stmt);
}

enum err session_update_door(struct db *db, int64_t id, const struct session_door *door) {
    struct stmt *stmt = db_stmt(db, QUERY_SESSION_SET_JOIN);
    db_bind_i64(stmt, ":session", id);
    if (door) {
        db_bind_blob(stmt, ":code_hmac", door->code_hmac, SECRET_HASH_SIZE);
        db_bind_blob(stmt, ":secret_hmac", door->secret_hmac, SECRET_HASH_SIZE);
        db_bind_blob(stmt, ":sealed", door->sealed, door->sealed_len);
    } else {
        db_bind_null(stmt, ":code_hmac");
        db_bind_null(stmt, ":secret_hmac");
        db_bind_null(stmt, ":sealed");
    }
    db_bind_i64(stmt, ":expires_ms", door ? door->expires_ms : 0);
    return rows_write_one(stmt);
}

enum err session_select_door(struct db *db, int64_t id, int64_t now_ms, struct arena *arena,
                             const uint8_t **out_sealed, size_t *out_len, int64_t *out_expires_ms) {
    struct stmt *stmt = db_stmt(db, QUERY_SESSION_JOIN_SHEET);
    db_bind_i64(stmt, ":session", id);
    db_bind_i64(stmt, ":now_ms", now_ms);
    enum err err = db_one(stmt);
    if (err == ERR_OK) {
        size_t len = 0;
        const void *sealed = db_blob(stmt, 0, &len);
        uint8_t *copy = arena_alloc(arena, len + 1);
        if (copy) {
            memcpy(copy, sealed, len);
            *out_sealed = copy;
            *out_len = len;
            *out_expires_ms = db_i64(stmt, 1);
        } else {
            err = ERR_NO_MEMORY;
        }
    }
    db_reset(stmt);
    return err;
}

static enum err find_door(struct stmt *stmt, const char *name, const uint8_t hmac[SECRET_HASH_SIZE],
                          int64_t now_ms, int64_t *out_id, bool *out_open) {
    db_bind_blob(stmt, name, hmac, SECRET_HASH_SIZE);
    db_bind_i64(stmt, ":now_ms", now_ms);
    enum err err = db_one(stmt);
    if (err == ERR_OK) {
        *out_id = db_i64(stmt, 0);
        *out_open = db_i64(stmt, 1) != 0;
    }
    db_reset(stmt);
    return err;
}

enum err session_find_code(struct db *db, const uint8_t code_hmac[SECRET_HASH_SIZE], int64_t now_ms,
                           int64_t *out_id, bool *out_open) {
    return find_door(db_stmt(db, QUERY_SESSION_BY_JOIN_CODE), ":code_hmac", code_hmac, now_ms,
                     out_id, out_open);
}

enum err session_find_secret(struct db *db, const uint8_t secret_hmac[SECRET_HASH_SIZE],
                             int64_t now_ms, int64_t *out_id, bool *out_open) {
    return find_door(db_stmt(db, QUERY_SESSION_BY_JOIN_SECRET), ":secret_hmac", secret_hmac, now_ms,
                     out_id, out_open);
}
