// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/overlay_store.h"

#include "store/rows.h"

enum err overlay_insert(struct db *db, const struct overlay *overlay, int64_t now_ms, int64_t *id) {
    struct stmt *stmt = db_stmt(db, QUERY_OVERLAY_INSERT);
    db_bind_i64(stmt, ":project", overlay->project_id);
    db_bind_text(stmt, ":title", overlay->title);
    db_bind_text(stmt, ":colour", overlay->colour);
    db_bind_text(stmt, ":attribution", overlay->attribution);
    db_bind_i64(stmt, ":now_ms", now_ms);
    enum err err = db_run(stmt, NULL);
    if (err == ERR_OK)
        *id = db_last_id(db);
    return err;
}

enum err overlay_feature_insert(struct db *db, int64_t overlay_id,
                                const struct overlay_feature *feature) {
    struct stmt *stmt = db_stmt(db, QUERY_OVERLAY_FEATURE_INSERT);
    db_bind_i64(stmt, ":overlay", overlay_id);
    db_bind_text(stmt, ":label", feature->label ? feature->label : "");
    db_bind_text(stmt, ":properties", feature->properties ? feature->properties : "{}");
    enum err err = db_bind_geometry(stmt, ":geometry", &feature->geometry);
    if (err != ERR_OK)
        return err;
    return db_run(stmt, NULL);
}

enum err overlay_summarise(struct db *db, int64_t overlay_id) {
    struct stmt *stmt = db_stmt(db, QUERY_OVERLAY_SUMMARISE);
    db_bind_i64(stmt, ":overlay", overlay_id);
    return db_run(stmt, NULL);
}

enum err overlay_update(struct db *db, const struct overlay *overlay) {
    struct stmt *stmt = db_stmt(db, QUERY_OVERLAY_UPDATE);
    db_bind_i64(stmt, ":overlay", overlay->id);
    db_bind_text(stmt, ":title", overlay->title);
    db_bind_text(stmt, ":colour", overlay->colour);
    db_bind_text(stmt, ":attribution", overlay->attribution);
    return rows_write_one(stmt);
}

enum err overlay_delete(struct db *db, int64_t overlay_id) {
    struct stmt *stmt = db_stmt(db, QUERY_OVERLAY_DELETE);
    db_bind_i64(stmt, ":overlay", overlay_id);
    return rows_write_one(stmt);
}

static enum err read_overlay(struct stmt *stmt, struct arena *arena, void *item) {
    struct overlay *out = item;
    *out = (struct overlay){
        .id = db_i64(stmt, 0),
        .project_id = db_i64(stmt, 1),
        .title = db_text_copy(stmt, 2, arena),
        .kind = db_text_copy(stmt, 3, arena),
        .colour = db_text_copy(stmt, 4, arena),
        .attribution = db_text_copy(stmt, 5, arena),
        .feature_count = db_i64(stmt, 6),
        .has_bbox = !db_is_null(stmt, 7),
        .bbox = {db_f64(stmt, 7), db_f64(stmt, 8), db_f64(stmt, 9), db_f64(stmt, 10)},
    };
    return out->title && out->kind && out->colour && out->attribution ? ERR_OK : ERR_NO_MEMORY;
}

enum err overlay_find(struct db *db, int64_t overlay_id, struct arena *arena, struct overlay *out) {
    struct stmt *stmt = db_stmt(db, QUERY_OVERLAY_BY_ID);
    db_bind_i64(stmt, ":overlay", overlay_id);
    struct overlay found;
    enum err err = db_one(stmt);
    if (err == ERR_OK)
        err = read_overlay(stmt, arena, &found);
    db_reset(stmt);
    if (err == ERR_OK)
        *out = found;
    return err;
}

enum err overlay_list(struct db *db, int64_t project_id, struct arena *arena, struct overlay **out,
                      size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_OVERLAY_LIST);
    db_bind_i64(stmt, ":project", project_id);
    struct rows rows;
    enum err err = rows_list(stmt, read_overlay, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

enum err overlay_features(struct db *db, int64_t overlay_id, overlay_feature_fn *fn,
                          void *context) {
    struct stmt *stmt = db_stmt(db, QUERY_OVERLAY_FEATURES);
    db_bind_i64(stmt, ":overlay", overlay_id);
    struct arena scratch; // one feature's geometry at a time
    arena_init(&scratch);
    bool row = false;
    enum err err;
    while ((err = db_step(stmt, &row)) == ERR_OK && row) {
        size_t label_len, properties_len;
        struct overlay_feature feature = {
            .id = db_i64(stmt, 0),
            .label = db_text(stmt, 1, &label_len),
            .properties = db_text(stmt, 2, &properties_len),
        };
        err = db_geometry(stmt, 3, &scratch, &feature.geometry);
        if (err == ERR_OK)
            err = fn(context, &feature);
        if (err != ERR_OK)
            break;
        arena_reset(&scratch);
    }
    db_reset(stmt);
    arena_fini(&scratch);
    return err;
}
