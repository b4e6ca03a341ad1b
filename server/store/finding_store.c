// SPDX-License-Identifier: AGPL-3.0-or-later
// Geometries of findings are GeoJSON text: there are few, and nothing searches them by place.
#include "store/finding_store.h"

#include "base/json.h"
#include "base/jsonw.h"
#include "geo/geojson_read.h"
#include "geo/geojson_write.h"
#include "store/rows.h"

static enum err read_place(const char *text, size_t len, struct arena *arena, struct geometry *out) {
    struct json_object *json = NULL;
    enum err err = text ? json_parse(text, len, NULL, &json) : ERR_NOT_A_STORE;
    if (err == ERR_OK)
        err = geojson_read_geometry(json, arena, NULL, out);
    json_free(json);
    return err == ERR_OK || err == ERR_NO_MEMORY ? err : ERR_NOT_A_STORE;
}

/* The columns of finding_by_id, finding_list, findings_of_project and findings_agreed, in their order. */
static enum err read_finding(struct stmt *stmt, struct arena *arena, void *item) {
    struct finding *out = item;
    size_t len = 0;
    const char *place = db_text(stmt, 5, &len);
    *out = (struct finding){
        .id = db_i64(stmt, 0),
        .session_id = db_i64(stmt, 1),
        .project_id = db_i64(stmt, 2),
        .exercise_key = db_text_copy(stmt, 3, arena),
        .held_on = db_text_copy(stmt, 4, arena),
        .statement = db_text_copy(stmt, 6, arena),
        .recommendation = db_text_copy(stmt, 7, arena),
        .who = db_text_copy(stmt, 8, arena),
        .urgency = db_text_copy(stmt, 9, arena),
        .language = db_text_copy(stmt, 10, arena),
        .agreed_ms = db_i64(stmt, 12),
        .created_ms = db_i64(stmt, 13),
        .version = db_i64(stmt, 14),
    };
    bool whole = out->exercise_key && out->held_on && out->statement && out->recommendation &&
                 out->who && out->urgency && out->language;
    if (!whole)
        return ERR_NO_MEMORY;
    if (!finding_state_parse(db_text(stmt, 11, NULL), &out->state))
        return ERR_NOT_A_STORE;
    return read_place(place, len, arena, &out->geometry);
}

static enum err write_content(struct stmt *stmt, const struct finding *f) {
    struct buf place;
    struct jsonw w;
    buf_init(&place);
    jsonw_init(&w, &place);
    geojson_write_geometry(&w, &f->geometry);
    db_bind_textn(stmt, ":geometry", place.data, place.len);
    db_bind_text(stmt, ":statement", f->statement);
    db_bind_text(stmt, ":recommendation", f->recommendation);
    db_bind_text(stmt, ":who", f->who);
    db_bind_text(stmt, ":urgency", f->urgency);
    db_bind_text(stmt, ":language", f->language);
    enum err err = place.failed ? ERR_NO_MEMORY : rows_write_one(stmt);
    buf_fini(&place);
    return err;
}

enum err finding_insert(struct db *db, const struct finding *f, int64_t *out_id) {
    struct stmt *stmt = db_stmt(db, QUERY_FINDING_INSERT);
    db_bind_i64(stmt, ":session", f->session_id);
    db_bind_i64(stmt, ":now_ms", f->created_ms);
    enum err err = write_content(stmt, f);
    if (err == ERR_OK)
        *out_id = db_last_id(db);
    return err;
}

enum err finding_update(struct db *db, const struct finding *f) {
    struct stmt *stmt = db_stmt(db, QUERY_FINDING_UPDATE);
    db_bind_i64(stmt, ":finding", f->id);
    return write_content(stmt, f);
}

enum err finding_update_state(struct db *db, int64_t id, enum finding_state state,
                              int64_t agreed_ms) {
    struct stmt *stmt = db_stmt(db, QUERY_FINDING_SET_STATE);
    db_bind_i64(stmt, ":finding", id);
    db_bind_text(stmt, ":state", finding_state_words[state]);
    db_bind_i64(stmt, ":agreed_ms", agreed_ms);
    return rows_write_one(stmt);
}

enum err finding_delete(struct db *db, int64_t id) {
    struct stmt *stmt = db_stmt(db, QUERY_FINDING_DELETE);
    db_bind_i64(stmt, ":finding", id);
    return rows_write_one(stmt);
}

enum err finding_select(struct db *db, int64_t id, struct arena *arena, struct finding *out) {
    struct stmt *stmt = db_stmt(db, QUERY_FINDING_BY_ID);
    db_bind_i64(stmt, ":finding", id);
    struct finding found;
    enum err err = db_one(stmt);
    if (err == ERR_OK)
        err = read_finding(stmt, arena, &found);
    if (err == ERR_OK)
        *out = found;
    db_reset(stmt);
    return err;
}

static enum err list(struct stmt *stmt, struct arena *arena, struct finding **out, size_t *count) {
    struct rows rows;
    enum err err = rows_list(stmt, read_finding, sizeof **out, arena, &rows);
    if (err == ERR_OK) {
        *out = rows.items;
        *count = rows.count;
    }
    return err;
}

enum err finding_select_page(struct db *db, const struct finding_page *page, struct arena *arena,
                             struct finding **out, size_t *count) {
    bool of_session = page->session_id != 0;
    struct stmt *stmt = db_stmt(db, of_session ? QUERY_FINDING_LIST : QUERY_FINDINGS_OF_PROJECT);
    db_bind_i64(stmt, of_session ? ":session" : ":project",
                of_session ? page->session_id : page->project_id);
    db_bind_i64(stmt, ":withdrawn_too", page->withdrawn_too);
    db_bind_i64(stmt, ":before", page->before);
    db_bind_i64(stmt, ":limit", page->limit);
    return list(stmt, arena, out, count);
}

enum err finding_list_agreed(struct db *db, int64_t project_id, struct arena *arena,
                             struct finding **out, size_t *count) {
    struct stmt *stmt = db_stmt(db, QUERY_FINDINGS_AGREED);
    db_bind_i64(stmt, ":project", project_id);
    return list(stmt, arena, out, count);
}
