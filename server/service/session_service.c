// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/session_service.h"

#include "base/clock.h"
#include "model/role.h"
#include "service/audit_service.h"
#include "service/contribution_conflict.h"
#include "service/exercise_service.h"
#include "service/project_service.h"
#include "service/tablet_service.h"
#include "store/session_store.h"

/* ---- seeing ---- */

enum err session_require(struct context *context, struct caller caller, int64_t session_id,
                         struct arena *arena, struct session *out) {
    bool participant = (caller.roles & ROLE_PARTICIPANT) != 0;
    if (participant && caller.session_id != session_id)
        return ERR_NOT_FOUND;
    struct session found;
    enum err err = session_select(context->db, session_id, arena, &found);
    if (err == ERR_OK && !participant)
        err = project_require(context, caller, found.project_id);
    if (err == ERR_OK)
        *out = found;
    return err;
}

enum err session_require_rules(struct context *context, struct caller caller, int64_t session_id,
                               struct session *out) {
    bool participant = (caller.roles & ROLE_PARTICIPANT) != 0;
    if (participant && caller.session_id != session_id)
        return ERR_NOT_FOUND;
    struct session found;
    enum err err = session_select_rules(context->db, session_id, &found);
    if (err == ERR_OK && !participant)
        err = project_require(context, caller, found.project_id);
    if (err == ERR_OK)
        *out = found;
    return err;
}

enum err session_count(struct context *context, struct session *session) {
    return session_select_counts(context->db, session->id, &session->participants,
                                 &session->contributions);
}

enum err session_list(struct context *context, struct caller caller, int64_t project_id,
                      int64_t before, int64_t limit, struct arena *arena, struct session **out,
                      size_t *count) {
    enum err err = project_require(context, caller, project_id);
    if (err != ERR_OK)
        return err;
    return session_select_page(context->db, project_id, before ? before : INT64_MAX, limit, arena,
                               out, count);
}

/* What a write answers with: the session as it stands now, counted. */
static enum err again(struct context *context, int64_t session_id, struct arena *arena,
                      struct session *out) {
    struct session found;
    enum err err = session_select(context->db, session_id, arena, &found);
    if (err == ERR_OK)
        err = session_count(context, &found);
    if (err == ERR_OK)
        *out = found;
    return err;
}

/* ---- opening and editing ---- */

static enum err missing(struct fault *fault, const char *where) {
    return fault_set(fault, ERR_BAD_FIELD, where, "is missing");
}

/* ["en","fr"]: those the exercise is written in; NULL when memory is short. */
static const char *languages_of(const struct exercise *exercise, struct arena *arena) {
    struct buf json;
    struct jsonw w;
    buf_init(&json);
    jsonw_init(&w, &json);
    jsonw_array(&w);
    for (size_t i = 0; i < exercise->title.count; i++)
        jsonw_str(&w, exercise->title.phrases[i].language);
    jsonw_array_end(&w);
    const char *copy = json.failed ? NULL : arena_strndup(arena, json.data, json.len);
    buf_fini(&json);
    return copy;
}

/* A template, or one of the project's own; and a precision that it allows. */
static enum err check_exercise(struct context *context, struct caller caller,
                               const struct session_change *change, struct session *session,
                               struct arena *arena, struct fault *fault) {
    const struct exercise *exercise = NULL;
    struct exercise_row row;
    enum err err = exercise_find(context, caller, change->exercise_id, arena, &row);
    if (err == ERR_OK && row.project_id != 0 && row.project_id != session->project_id)
        err = ERR_NOT_FOUND;
    if (err == ERR_OK)
        err = exercise_get(context, change->exercise_id, arena, &exercise);
    if (err == ERR_NOT_FOUND)
        return fault_set(fault, ERR_BAD_FIELD, "exercise", "is not an exercise of this project");
    if (err != ERR_OK)
        return err;
    if (change->precision_m < 0)
        session->precision_m = exercise->precision_m;
    if (!change->languages)
        session->languages = languages_of(exercise, arena);
    if (!session->languages)
        return ERR_NO_MEMORY;
    if (!session_precision_allowed(session->precision_m, exercise->precision_m,
                                   exercise->sensitive))
        return fault_set(fault, ERR_BAD_FIELD, "precision_m",
                         "is 0, 25, 50, 100 or 250 and no finer than the exercise's %d",
                         exercise->precision_m);
    return ERR_OK;
}

enum err session_open(struct context *context, struct caller caller, int64_t project_id,
                      const struct session_change *change, struct arena *arena, struct fault *fault,
                      struct session *out) {
    struct project project;
    enum err err = project_find(context, caller, project_id, arena, &project);
    if (err != ERR_OK)
        return err;
    if (change->exercise_id < 0)
        return missing(fault, "exercise");
    if (!change->title)
        return missing(fault, "title");
    if (!change->held_on)
        return missing(fault, "held_on");
    struct session session = {
        .project_id = project_id,
        .place = "",
        .bbox = project.bbox,
        .consent = "{}",
        .help_contacts = "[]",
        .seat_limit = SESSION_SEATS_USUAL,
        .admit_by_hand = true,
        .created_ms = clock_now_ms(),
    };
    session_change_apply(change, &session);
    err = check_exercise(context, caller, change, &session, arena, fault);
    if (err == ERR_OK)
        err = session_insert(context->db, &session, &session.id);
    if (err == ERR_OK)
        err = audit_add(context, caller, "session.open", "session", session.id);
    return err == ERR_OK ? again(context, session.id, arena, out) : err;
}

enum err session_edit(struct context *context, struct caller caller, int64_t session_id,
                      const struct session_change *change, int64_t if_version, struct arena *arena,
                      struct fault *fault, struct session *out) {
    struct session session;
    enum err err = session_require(context, caller, session_id, arena, &session);
    if (err != ERR_OK)
        return err;
    if (if_version != 0 && if_version != session.version)
        return ERR_STALE;
    if (change->exercise_id >= 0 && change->exercise_id != session.exercise_id)
        return fault_set(fault, ERR_BAD_FIELD, "exercise", "is fixed once the session is opened");
    if (change->precision_m >= 0 && change->precision_m != session.precision_m)
        return fault_set(fault, ERR_BAD_FIELD, "precision_m",
                         "is fixed once the session is opened");
    session_change_apply(change, &session);
    err = session_update(context->db, &session);
    if (err == ERR_OK)
        err = audit_add(context, caller, "session.edit", "session", session_id);
    return err == ERR_OK ? again(context, session_id, arena, out) : err;
}

/* ---- closing and reopening ---- */

enum err session_close(struct context *context, struct caller caller, int64_t session_id,
                       struct arena *arena, struct session *out) {
    struct session session;
    enum err err = session_require(context, caller, session_id, arena, &session);
    if (err == ERR_OK && session.open) {
        err = session_update_closed(context->db, session_id, clock_now_ms());
        if (err == ERR_OK)
            err = tablet_forget_all(context, session_id);
        if (err == ERR_OK)
            err = contribution_forget_beside(context, session_id);
        if (err == ERR_OK)
            err = audit_add(context, caller, "session.close", "session", session_id);
    }
    return err == ERR_OK ? again(context, session_id, arena, out) : err;
}

enum err session_reopen(struct context *context, struct caller caller, int64_t session_id,
                        struct arena *arena, struct session *out) {
    struct session session;
    enum err err = session_require(context, caller, session_id, arena, &session);
    if (err == ERR_OK && !session.open) {
        err = session_update_open(context->db, session_id);
        if (err == ERR_OK)
            err = audit_add(context, caller, "session.reopen", "session", session_id);
    }
    return err == ERR_OK ? again(context, session_id, arena, out) : err;
}
