// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store/project_store.h"

#include "store/rows.h"

static enum err read_project(struct stmt *stmt, struct arena *arena, void *item) {
    struct project *out = item;
    *out = (struct project){
        .id = db_i64(stmt, 0),
        .title = db_text_copy(stmt, 1, arena),
        .bbox = {db_f64(stmt, 2), db_f64(stmt, 3), db_f64(stmt, 4), db_f64(stmt, 5)},
        .base_maps = db_text_copy(stmt, 6, arena),
        .created_ms = db_i64(stmt, 7),
        .sessions = db_i64(stmt, 8),
        .groups = db_text_copy(stmt, 9, arena),
    };
    bool whole = out->title && out->groups && out->base_maps;
    return whole ? ERR_OK : ERR_NO_MEMORY;
}

enum err project_select(struct db *db, int64_t id, struct arena *arena, struct project *out) {
    struct stmt *stmt = db_stmt(db, QUERY_PROJECT_BY_ID);
    db_bind_i64(stmt, ":project", id);
    struct project found;
    enum err err = db_one(stmt);
    if (err == ERR_OK)
        err = read_project(stmt, arena, &found);
    if (err == ERR_OK)
        *out = found;
    db_reset(stmt);
    return err;
}

enum err project_select_page(struct db *db, int64_t staff_id, int64_t before, int64_t limit,
                             struct arena *arena, struct project **out, size_t *count) {
    struct stmt *stmt = db_stmt(db, staff_id ? QUERY_PROJECT_LIST_OF_STAFF : QUERY_PROJECT_LIST);
    if (staff_id)
        db_bind_i64(stmt, ":staff", staff_id);
    db_bind_i64(stmt, ":before", before);
    db_bind_i64(stmt, ":limit", limit);
    struct rows rows;
    enum err err = rows_list(stmt, read_project, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

static void bind_project(struct stmt *stmt, const struct project *project) {
    db_bind_text(stmt, ":title", project->title);
    db_bind_f64(stmt, ":west_deg", project->bbox.west_deg);
    db_bind_f64(stmt, ":south_deg", project->bbox.south_deg);
    db_bind_f64(stmt, ":east_deg", project->bbox.east_deg);
    db_bind_f64(stmt, ":north_deg", project->bbox.north_deg);
    db_bind_text(stmt, ":base_maps", project->base_maps);
    db_bind_text(stmt, ":groups", project->groups);
}

enum err project_insert(struct db *db, const struct project *project, int64_t *out_id) {
    struct stmt *stmt = db_stmt(db, QUERY_PROJECT_INSERT);
    bind_project(stmt, project);
    db_bind_i64(stmt, ":now_ms", project->created_ms);
    enum err err = db_run(stmt, NULL);
    if (err == ERR_OK)
        *out_id = db_last_id(db);
    return err;
}

enum err project_update(struct db *db, const struct project *project) {
    struct stmt *stmt = db_stmt(db, QUERY_PROJECT_UPDATE);
    bind_project(stmt, project);
    db_bind_i64(stmt, ":project", project->id);
    return rows_write_one(stmt);
}

static enum err read_id(struct stmt *stmt, struct arena *arena, void *item) {
    const char **out = item;
    *out = db_text_copy(stmt, 0, arena);
    return *out ? ERR_OK : ERR_NO_MEMORY;
}

enum err project_chosen_groups(struct db *db, int64_t project_id, struct arena *arena, const char ***out,
                               size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_PROJECT_CHOSEN_GROUPS);
    struct rows rows;
    db_bind_i64(stmt, ":project", project_id);
    enum err err = rows_list(stmt, read_id, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

enum err project_forget_groups(struct db *db, int64_t project_id) {
    struct stmt *stmt = db_stmt(db, QUERY_PROJECT_FORGET_GROUPS);
    db_bind_i64(stmt, ":project", project_id);
    return db_run(stmt, NULL);
}

enum err project_staff_find(struct db *db, int64_t project_id, int64_t staff_id) {
    struct stmt *stmt = db_stmt(db, QUERY_PROJECT_HAS_STAFF);
    db_bind_i64(stmt, ":project", project_id);
    db_bind_i64(stmt, ":staff", staff_id);
    enum err err = db_one(stmt);
    db_reset(stmt);
    return err;
}

enum err project_staff_select(struct db *db, int64_t project_id, struct arena *arena,
                              struct staff **out, size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_PROJECT_STAFF_LIST);
    db_bind_i64(stmt, ":project", project_id);
    return staff_rows(stmt, arena, out, count);
}

enum err project_staff_insert(struct db *db, int64_t project_id, int64_t staff_id) {
    struct stmt *stmt = db_stmt(db, QUERY_PROJECT_STAFF_INSERT);
    db_bind_i64(stmt, ":project", project_id);
    db_bind_i64(stmt, ":staff", staff_id);
    return db_run(stmt, NULL);
}

enum err project_staff_delete(struct db *db, int64_t project_id, int64_t staff_id) {
    struct stmt *stmt = db_stmt(db, QUERY_PROJECT_STAFF_DELETE);
    db_bind_i64(stmt, ":project", project_id);
    db_bind_i64(stmt, ":staff", staff_id);
    return rows_write_one(stmt);
}
