// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/exercise_service.h"
#include "base/clock.h"
#include "base/log.h"
#include "model/role.h"
#include "service/audit_service.h"
#include "service/exercise_cache.h"
#include "service/project_service.h"
#include <string.h>

static enum err require(struct context *context, struct caller caller, int64_t project_id) {
    if (project_id)
        return project_require(context, caller, project_id);
    return caller.roles & ROLE_STAFF ? ERR_OK : ERR_NOT_FOUND;
}

enum err exercise_find(struct context *context, struct caller caller, int64_t id,
                       struct arena *arena, struct exercise_row *out) {
    struct exercise_row found;
    enum err err = exercise_select(context->db, id, arena, &found);
    if (err == ERR_OK)
        err = require(context, caller, found.project_id);
    if (err == ERR_OK)
        *out = found;
    return err;
}

enum err exercise_list(struct context *context, struct caller caller, int64_t project_id,
                       int64_t before, int64_t limit, struct arena *arena,
                       struct exercise_row **out, size_t *count) {
    enum err err = require(context, caller, project_id);
    if (err)
        return err;
    return exercise_select_page(context->db, project_id, before, limit, arena, out, count);
}

/* The canonical document of this version, in the arena; NULL when memory is short. */
static const char *document_of(const struct exercise *exercise, int64_t version,
                               struct arena *arena) {
    struct exercise numbered = *exercise;
    numbered.version = version;
    struct buf buf;
    struct jsonw w;
    buf_init(&buf);
    jsonw_init(&w, &buf);
    exercise_write(&w, &numbered);
    const char *text = buf.failed ? NULL : arena_strndup(arena, buf.data, buf.len);
    buf_fini(&buf);
    return text;
}

enum err exercise_save(struct context *context, struct caller caller, int64_t project_id,
                       const struct exercise *exercise, struct arena *arena,
                       struct exercise_row *out, bool *is_new) {
    enum err err = project_require(context, caller, project_id);
    if (err)
        return err;
    struct exercise_row latest = {0};
    err = exercise_select_latest(context->db, project_id, exercise->id, arena, &latest);
    if (err && err != ERR_NOT_FOUND)
        return err;
    const char *same = latest.id ? document_of(exercise, latest.version, arena) : "";
    if (!same)
        return ERR_NO_MEMORY;
    if (latest.id && strcmp(same, latest.document) == 0) {
        *out = latest;
        *is_new = false;
        return ERR_OK;
    }
    struct exercise_row next = {.project_id = project_id, .key = exercise->id};
    next.version = latest.version + 1;
    next.document = document_of(exercise, next.version, arena);
    int64_t id = 0;
    err = next.document ? exercise_insert(context->db, &next, clock_now_ms(), &id) : ERR_NO_MEMORY;
    if (err == ERR_OK)
        err = audit_add(context, caller, "exercise.save", "exercise", id);
    if (err == ERR_OK)
        err = exercise_select(context->db, id, arena, out);
    if (err == ERR_OK)
        *is_new = true;
    return err;
}

enum err exercise_get(struct context *context, int64_t id, struct arena *arena,
                      const struct exercise **out) {
    const char *text = NULL;
    size_t len = 0;
    enum err err = exercise_select_document(context->db, id, arena, &text, &len);
    if (err)
        return err;
    err = exercise_cache_parse(context->exercises, id, text, len, arena, out);
    if (err == ERR_OK || err == ERR_NO_MEMORY)
        return err;
    log_event(LOG_ERROR, "exercise_unreadable", "exercise %lld: %s", (long long)id, err_name(err));
    return ERR_NOT_A_STORE;
}

static enum err install(struct db *db, const char *name, const char *text, struct fault *fault) {
    struct arena arena;
    arena_init(&arena);
    const struct exercise *exercise = NULL;
    struct fault found = {0};
    enum err err = exercise_parse(text, strlen(text), &arena, &found, &exercise);
    if (err == ERR_BAD_JSON || err == ERR_BAD_FIELD)
        err = fault_set(fault, ERR_INTERNAL, name, "%s %s", found.where, found.why);
    if (err)
        goto done;
    struct exercise_row row = {.key = exercise->id, .version = exercise->version};
    row.document = document_of(exercise, row.version, &arena);
    int64_t id = 0;
    err = row.document ? exercise_insert(db, &row, clock_now_ms(), &id) : ERR_NO_MEMORY;
    if (err == ERR_CONFLICT) // this version is there, and versions never change
        err = ERR_OK;
done:
    arena_fini(&arena);
    return err;
}

enum err exercise_install_templates(struct db *db, const char *const *texts, struct fault *fault) {
    enum err err = db_begin(db);
    if (err)
        return err;
    for (size_t i = 0; texts[i] && err == ERR_OK; i += 2)
        err = install(db, texts[i], texts[i + 1], fault);
    if (err == ERR_OK)
        err = db_commit(db);
    if (err)
        db_rollback(db);
    return err;
}
