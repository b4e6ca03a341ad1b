// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/finding_service.h"

#include "base/clock.h"
#include "geo/geojson_read.h"
#include "model/role.h"
#include "service/audit_service.h"
#include "service/contribution_draft.h"
#include "service/project_service.h"
#include "service/session_service.h"
#include "store/writer.h"

static bool sees_withdrawn(struct caller caller) {
    return (caller.roles & ROLE_LEADS) != 0;
}

enum err finding_find(struct context *context, struct caller caller, int64_t id,
                      struct arena *arena, struct finding *out) {
    struct finding found;
    enum err err = finding_select(context->db, id, arena, &found);
    if (err == ERR_OK)
        err = project_require(context, caller, found.project_id);
    if (err == ERR_OK && found.state == FINDING_WITHDRAWN && !sees_withdrawn(caller))
        err = ERR_NOT_FOUND;
    if (err == ERR_OK)
        *out = found;
    return err;
}

enum err finding_list(struct context *context, struct caller caller, const struct finding_page *page,
                      struct arena *arena, struct finding **out, size_t *count) {
    struct finding_page hers = *page;
    struct session session;
    hers.withdrawn_too = sees_withdrawn(caller);
    hers.before = page->before ? page->before : INT64_MAX;
    enum err err = page->session_id
                       ? session_require_rules(context, caller, page->session_id, &session)
                       : project_require(context, caller, page->project_id);
    return err == ERR_OK ? finding_select_page(context->db, &hers, arena, out, count) : err;
}

enum err finding_place(struct context *context, struct caller caller,
                       const struct json_object *geometry, struct arena *arena,
                       struct fault *fault, struct finding *f) {
    struct session session;
    enum err err = session_require_rules(context, caller, f->session_id, &session);
    if (err == ERR_OK)
        err = geojson_read_geometry(geometry, arena, fault, &f->geometry);
    // a finding is of no category: what the session says about positions holds
    const struct answers any = {
        .precision_m = session.precision_m,
        .draw = DRAW_POINT | DRAW_LINE | DRAW_AREA,
    };
    if (err == ERR_OK)
        err = contribution_place(&session, &any, arena, fault, &f->geometry);
    return err;
}

enum err finding_word(struct context *context, struct caller caller, const struct finding *f,
                      struct arena *arena, struct finding *out) {
    struct session session;
    struct finding draft = *f;
    draft.created_ms = clock_now_ms();
    enum err err = session_require_rules(context, caller, f->session_id, &session);
    if (err == ERR_OK)
        err = finding_insert(context->db, &draft, &draft.id);
    if (err == ERR_OK)
        err = audit_add(context, caller, "finding.word", "finding", draft.id);
    return err == ERR_OK ? finding_select(context->db, draft.id, arena, out) : err;
}

/* One that may be changed, unless it was changed since it was read. */
static enum err find_version(struct context *context, struct caller caller, int64_t id,
                             int64_t if_version, struct arena *arena, struct finding *out) {
    enum err err = finding_find(context, caller, id, arena, out);
    if (err == ERR_OK && if_version != 0 && if_version != out->version)
        return ERR_STALE;
    return err;
}

static enum err take_back(struct context *context, enum err err) {
    if (err == ERR_OK && context->writer)
        writer_scrub_later(context->writer);
    return err;
}

enum err finding_edit(struct context *context, struct caller caller, const struct finding *f,
                      int64_t if_version, struct arena *arena, struct finding *out) {
    struct finding before;
    enum err err = find_version(context, caller, f->id, if_version, arena, &before);
    if (err == ERR_OK)
        err = finding_update(context->db, f);
    if (err == ERR_OK)
        err = audit_add(context, caller, "finding.edit", "finding", f->id);
    if (err == ERR_OK)
        err = finding_select(context->db, f->id, arena, out);
    return take_back(context, err);
}

enum err finding_judge(struct context *context, struct caller caller, int64_t id,
                       enum finding_state state, int64_t if_version, struct arena *arena,
                       struct finding *out) {
    static const char *const actions[] = {
        [FINDING_DRAFT] = "finding.draft",
        [FINDING_AGREED] = "finding.agree",
        [FINDING_WITHDRAWN] = "finding.withdraw",
    };
    struct finding found;
    enum err err = find_version(context, caller, id, if_version, arena, &found);
    if (err == ERR_OK && found.state != state) {
        err = finding_update_state(context->db, id, state,
                                   state == FINDING_AGREED ? clock_now_ms() : 0);
        if (err == ERR_OK)
            err = audit_add(context, caller, actions[state], "finding", id);
        if (err == ERR_OK)
            err = finding_select(context->db, id, arena, &found);
    }
    if (err == ERR_OK)
        *out = found;
    return err;
}

enum err finding_remove(struct context *context, struct caller caller, int64_t id,
                        struct arena *arena) {
    struct finding found;
    enum err err = finding_find(context, caller, id, arena, &found);
    if (err == ERR_OK)
        err = finding_delete(context->db, id);
    if (err == ERR_OK)
        err = audit_add(context, caller, "finding.delete", "finding", id);
    return take_back(context, err);
}
