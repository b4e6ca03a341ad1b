// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/recording_store.h"

#include "store/rows.h"

static enum err read_recording(struct stmt *stmt, struct arena *arena, void *item) {
    struct recording *out = item;
    *out = (struct recording){
        .id = db_i64(stmt, 0),
        .exercise_key = db_text_copy(stmt, 1, arena),
        .item = db_text_copy(stmt, 2, arena),
        .language = db_text_copy(stmt, 3, arena),
        .media_type = db_text_copy(stmt, 4, arena),
        .bytes = db_i64(stmt, 5),
    };
    bool whole = out->exercise_key && out->item && out->language && out->media_type;
    return whole ? ERR_OK : ERR_NO_MEMORY;
}

enum err recording_select_list(struct db *db, int64_t project_id, const char *exercise_key,
                               const char *languages, struct arena *arena, struct recording **out,
                               size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_RECORDING_LIST);
    struct rows rows;
    db_bind_i64(stmt, ":project", project_id);
    db_bind_text(stmt, ":exercise", exercise_key);
    db_bind_text(stmt, ":languages", languages);
    enum err err = rows_list(stmt, read_recording, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

enum err recording_select_bytes(struct db *db, int64_t project_id, int64_t id,
                                struct buf *out) {
    struct stmt *stmt = db_stmt(db, QUERY_RECORDING_BYTES);
    db_bind_i64(stmt, ":project", project_id);
    db_bind_i64(stmt, ":recording", id);
    enum err err = db_one(stmt);
    if (err == ERR_OK) {
        size_t len = 0;
        const void *bytes = db_blob(stmt, 0, &len);
        buf_bytes(out, bytes, len);
        if (out->failed)
            err = ERR_NO_MEMORY;
    }
    db_reset(stmt);
    return err;
}

enum err recording_weight(struct db *db, int64_t project_id, const struct recording *recording,
                          int64_t *out) {
    struct stmt *stmt = db_stmt(db, QUERY_RECORDING_WEIGHT);
    db_bind_i64(stmt, ":project", project_id);
    db_bind_text(stmt, ":exercise", recording->exercise_key);
    db_bind_text(stmt, ":item", recording->item);
    db_bind_text(stmt, ":language", recording->language);
    enum err err = db_one(stmt);
    if (err == ERR_OK)
        *out = db_i64(stmt, 0);
    db_reset(stmt);
    return err;
}

enum err recording_put(struct db *db, int64_t project_id, const struct recording *recording,
                       const void *data, int64_t *out_id) {
    struct stmt *stmt = db_stmt(db, QUERY_RECORDING_PUT);
    db_bind_i64(stmt, ":project", project_id);
    db_bind_text(stmt, ":exercise", recording->exercise_key);
    db_bind_text(stmt, ":item", recording->item);
    db_bind_text(stmt, ":language", recording->language);
    db_bind_text(stmt, ":media_type", recording->media_type);
    db_bind_blob(stmt, ":bytes", data, (size_t)recording->bytes);
    enum err err = db_one(stmt);
    if (err == ERR_OK) {
        *out_id = db_i64(stmt, 0);
        err = db_run(stmt, NULL); // to its end: only then is the row written
    }
    return err;
}

enum err recording_delete(struct db *db, int64_t project_id, int64_t id) {
    struct stmt *stmt = db_stmt(db, QUERY_RECORDING_DELETE);
    db_bind_i64(stmt, ":project", project_id);
    db_bind_i64(stmt, ":recording", id);
    return rows_write_one(stmt);
}
