// SPDX-License-Identifier: AGPL-3.0-or-later
// What is said of a session's contributions together: how many, and where.
#include "store/contribution_store.h"

#include <string.h>

enum err contribution_count(struct db *db, int64_t session_id, contribution_count_fn *fn,
                            void *context) {
    struct stmt *stmt = db_stmt(db, QUERY_CONTRIBUTIONS_COUNTS);
    db_bind_i64(stmt, ":session", session_id);
    bool row = false;
    enum err err;
    while ((err = db_step(stmt, &row)) == ERR_OK && row) {
        size_t len;
        enum contribution_state state;
        if (!contribution_state_parse(db_text(stmt, 0, &len), &state))
            err = ERR_NOT_A_STORE;
        else
            err = fn(context, state, db_text(stmt, 1, &len), db_i64(stmt, 2));
        if (err != ERR_OK)
            break;
    }
    db_reset(stmt);
    return err;
}

enum err contribution_count_seats(struct db *db, int64_t session_id, int64_t *waiting,
                                  int64_t *admitted) {
    struct stmt *stmt = db_stmt(db, QUERY_CONTRIBUTIONS_SEATS);
    db_bind_i64(stmt, ":session", session_id);
    *waiting = *admitted = 0;
    bool row = false;
    enum err err;
    while ((err = db_step(stmt, &row)) == ERR_OK && row) {
        size_t len;
        const char *state = db_text(stmt, 0, &len);
        if (strcmp(state, "waiting") == 0)
            *waiting = db_i64(stmt, 1);
        else if (strcmp(state, "admitted") == 0)
            *admitted = db_i64(stmt, 1);
    }
    return err;
}

enum err contribution_places(struct db *db, int64_t session_id, contribution_place_fn *fn,
                             void *context) {
    struct stmt *stmt = db_stmt(db, QUERY_CONTRIBUTIONS_PLACES);
    db_bind_i64(stmt, ":session", session_id);
    struct arena scratch;
    arena_init(&scratch);
    bool row = false;
    enum err err;
    while ((err = db_step(stmt, &row)) == ERR_OK && row) {
        arena_reset(&scratch);
        size_t len;
        const char *category = db_text(stmt, 0, &len);
        enum contribution_state state;
        struct geometry geometry;
        err = contribution_state_parse(db_text(stmt, 1, &len), &state) ? ERR_OK : ERR_NOT_A_STORE;
        if (err == ERR_OK)
            err = db_geometry(stmt, 2, &scratch, &geometry);
        if (err == ERR_OK)
            err = fn(context, category, state, &geometry);
        if (err != ERR_OK)
            break;
    }
    db_reset(stmt);
    arena_fini(&scratch);
    return err;
}
