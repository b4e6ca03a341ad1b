// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/publication_store.h"

#include "store/rows.h"

#include <string.h>

static enum err read_session(struct stmt *stmt, struct arena *arena, void *item) {
    struct counted_session *out = item;
    *out = (struct counted_session){
        .id = db_i64(stmt, 0),
        .exercise_id = db_i64(stmt, 1),
        .key = db_text_copy(stmt, 2, arena),
        .open = db_i64(stmt, 3) != 0,
        .closed_ms = db_i64(stmt, 4),
        .held_on = db_text_copy(stmt, 5, arena),
        .people = (uint32_t)db_i64(stmt, 6),
        .not_approved = (uint32_t)db_i64(stmt, 7),
        .no_author = (uint32_t)db_i64(stmt, 8),
        .no_consent = (uint32_t)db_i64(stmt, 9),
        .at_once = db_i64(stmt, 10) != 0,
    };
    return out->key && out->held_on ? ERR_OK : ERR_NO_MEMORY;
}

enum err publication_sessions(struct db *db, int64_t project_id, struct arena *arena,
                              struct counted_session **out, size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_PUBLICATION_SESSIONS);
    struct rows rows;
    db_bind_i64(stmt, ":project", project_id);
    enum err err = rows_list(stmt, read_session, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

static enum err hand_on(struct stmt *stmt, struct arena *scratch, counted_mark_fn *each, void *context) {
    struct counted_mark mark = {.session_id = db_i64(stmt, 0),
                                .exercise_id = db_i64(stmt, 1),
                                .contributor = db_i64(stmt, 2),
                                .own_groups = db_text(stmt, 3, NULL)};
    mark.answers = db_text(stmt, 4, &mark.answers_len);
    if (!mark.own_groups || !mark.answers)
        return ERR_NOT_A_STORE;
    arena_reset(scratch);
    enum err err = db_geometry(stmt, 5, scratch, &mark.geometry);
    return err ? err : each(context, &mark);
}

enum err publication_marks(struct db *db, int64_t project_id, const char *key, int64_t closed_ms,
                           struct arena *scratch, counted_mark_fn *each, void *context) {
    struct stmt *stmt = db_stmt(db, QUERY_PUBLICATION_MARKS);
    bool row = false;
    enum err err;
    db_bind_i64(stmt, ":project", project_id);
    db_bind_text(stmt, ":key", key);
    db_bind_i64(stmt, ":closed_ms", closed_ms);
    while ((err = db_step(stmt, &row)) == ERR_OK && row) {
        err = hand_on(stmt, scratch, each, context);
        if (err)
            break;
    }
    db_reset(stmt);
    return err;
}

enum err publication_settings(struct db *db, int64_t project_id, struct arena *arena, unsigned *floor,
                              const char **groups) {
    struct stmt *stmt = db_stmt(db, QUERY_PUBLICATION_FLOOR);
    db_bind_i64(stmt, ":project", project_id);
    enum err err = db_one(stmt);
    if (err == ERR_OK) {
        const char *text = db_text_copy(stmt, 1, arena);
        if (text) {
            *floor = (unsigned)db_i64(stmt, 0);
            *groups = text;
        }
        err = text ? ERR_OK : ERR_NO_MEMORY;
    }
    db_reset(stmt);
    return err;
}

enum err publication_set_floor(struct db *db, int64_t project_id, unsigned floor) {
    struct stmt *stmt = db_stmt(db, QUERY_PUBLICATION_SET_FLOOR);
    db_bind_i64(stmt, ":project", project_id);
    db_bind_i64(stmt, ":floor", floor);
    return rows_write_one(stmt);
}

enum err authored_count(struct db *db, int64_t project_id, struct authored_counts *out) {
    struct stmt *stmt = db_stmt(db, QUERY_PUBLICATION_AUTHORED);
    db_bind_i64(stmt, ":project", project_id);
    enum err err = db_one(stmt);
    if (err == ERR_OK)
        *out = (struct authored_counts){.findings_agreed = db_i64(stmt, 0),
                                        .findings_draft = db_i64(stmt, 1),
                                        .assets_approved = db_i64(stmt, 2),
                                        .assets_candidates = db_i64(stmt, 3)};
    db_reset(stmt);
    return err;
}

static enum err read_exercise(struct stmt *stmt, struct arena *arena, void *item) {
    struct project_exercise *out = item;
    *out = (struct project_exercise){.project_id = db_i64(stmt, 0), .key = db_text_copy(stmt, 1, arena)};
    return out->key ? ERR_OK : ERR_NO_MEMORY;
}

static enum err list_exercises(struct stmt *stmt, int64_t project_id, struct arena *arena,
                               struct project_exercise **out, size_t *count) {
    struct rows rows;
    db_bind_i64(stmt, ":project", project_id);
    enum err err = rows_list(stmt, read_exercise, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

enum err exercise_end_list(struct db *db, int64_t project_id, struct arena *arena,
                           struct project_exercise **out, size_t *count) {
    return list_exercises(db_stmt(db, QUERY_PUBLICATION_END_LIST), project_id, arena, out, count);
}

enum err exercise_published_list(struct db *db, int64_t project_id, struct arena *arena,
                                 struct project_exercise **out, size_t *count) {
    return list_exercises(db_stmt(db, QUERY_EDITION_KEYS), project_id, arena, out, count);
}

bool project_exercise_in(const struct project_exercise *list, size_t count, int64_t project_id,
                         const char *key) {
    for (size_t i = 0; i < count; i++)
        if (list[i].project_id == project_id && strcmp(list[i].key, key) == 0)
            return true;
    return false;
}

enum err exercise_end_insert(struct db *db, const struct project_exercise *end, int64_t now_ms) {
    struct stmt *stmt = db_stmt(db, QUERY_PUBLICATION_END_INSERT);
    db_bind_i64(stmt, ":project", end->project_id);
    db_bind_text(stmt, ":key", end->key);
    db_bind_i64(stmt, ":now_ms", now_ms);
    return db_run(stmt, NULL);
}
