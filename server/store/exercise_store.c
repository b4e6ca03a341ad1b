// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/exercise_store.h"
#include "store/rows.h"

/* The columns of exercise_by_id, exercise_latest and exercise_list, in their order. */
static enum err read_exercise(struct stmt *stmt, struct arena *arena, void *item) {
    struct exercise_row *out = item;
    *out = (struct exercise_row){
        .id = db_i64(stmt, 0),
        .project_id = db_i64(stmt, 1),
        .key = db_text_copy(stmt, 2, arena),
        .version = db_i64(stmt, 3),
        .title = db_text_copy(stmt, 4, arena),
        .sensitivity = db_text_copy(stmt, 5, arena),
        .document = db_text_copy(stmt, 6, arena),
    };
    bool whole =
        out->key && out->title && out->sensitivity && (out->document || db_is_null(stmt, 6));
    return whole ? ERR_OK : ERR_NO_MEMORY;
}

static enum err read_one(struct stmt *stmt, struct arena *arena, struct exercise_row *out) {
    struct exercise_row found;
    enum err err = db_one(stmt);
    if (err == ERR_OK)
        err = read_exercise(stmt, arena, &found);
    if (err == ERR_OK)
        *out = found;
    db_reset(stmt);
    return err;
}

enum err exercise_select(struct db *db, int64_t id, struct arena *arena, struct exercise_row *out) {
    struct stmt *stmt = db_stmt(db, QUERY_EXERCISE_BY_ID);
    db_bind_i64(stmt, ":exercise", id);
    return read_one(stmt, arena, out);
}

enum err exercise_select_latest(struct db *db, int64_t project_id, const char *key,
                                struct arena *arena, struct exercise_row *out) {
    struct stmt *stmt = db_stmt(db, QUERY_EXERCISE_LATEST);
    db_bind_i64(stmt, ":project", project_id);
    db_bind_text(stmt, ":key", key);
    return read_one(stmt, arena, out);
}

enum err exercise_select_page(struct db *db, int64_t project_id, int64_t before, int64_t limit,
                              struct arena *arena, struct exercise_row **out, size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_EXERCISE_LIST);
    db_bind_i64(stmt, ":project", project_id);
    db_bind_i64(stmt, ":before", before ? before : INT64_MAX);
    db_bind_i64(stmt, ":limit", limit);
    struct rows rows;
    enum err err = rows_list(stmt, read_exercise, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

enum err exercise_select_document(struct db *db, int64_t id, struct arena *arena, const char **out,
                                  size_t *len) {
    struct stmt *stmt = db_stmt(db, QUERY_EXERCISE_DOCUMENT);
    db_bind_i64(stmt, ":exercise", id);
    enum err err = db_one(stmt);
    if (err == ERR_OK) {
        size_t bytes = 0;
        const char *text = db_text(stmt, 0, &bytes);
        const char *copy = text ? arena_strndup(arena, text, bytes) : NULL;
        err = copy ? ERR_OK : ERR_NO_MEMORY;
        if (copy) {
            *out = copy;
            *len = bytes;
        }
    }
    db_reset(stmt);
    return err;
}

enum err exercise_insert(struct db *db, const struct exercise_row *row, int64_t now_ms,
                         int64_t *out_id) {
    struct stmt *stmt = db_stmt(db, QUERY_EXERCISE_INSERT);
    db_bind_i64(stmt, ":project", row->project_id);
    db_bind_text(stmt, ":key", row->key);
    db_bind_i64(stmt, ":version", row->version);
    db_bind_text(stmt, ":document", row->document);
    db_bind_i64(stmt, ":now_ms", now_ms);
    int64_t changes = 0;
    enum err err = db_run(stmt, &changes);
    if (err == ERR_OK && changes == 0)
        err = ERR_CONFLICT;
    if (err == ERR_OK)
        *out_id = db_last_id(db);
    return err;
}
