// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/contribution_conflict.h"

#include "base/clock.h"
#include "geo/geojson_write.h"
#include "model/role.h"
#include "service/audit_service.h"
#include "service/contribution_json.h"
#include "service/exercise_service.h"
#include "service/session_service.h"
#include "store/conflict_store.h"
#include "store/writer.h"
#include <string.h>

static void scrub_later(struct context *context) {
    if (context->writer)
        writer_scrub_later(context->writer);
}

enum err contribution_keep_beside(struct context *context,
                                  const struct contribution_written *written,
                                  const uint8_t uuid[CONTRIBUTION_UUID_SIZE], int64_t based_on,
                                  const struct contribution_draft *draft, struct arena *arena,
                                  struct contribution *out) {
    struct conflict conflict = {
        .contribution_id = written->id,
        .based_on = based_on,
        .deletes = draft == NULL,
        .at_ms = clock_now_ms(),
    };
    if (draft) {
        conflict.geometry = draft->content.geometry;
        conflict.category = draft->content.category;
        conflict.answers = draft->content.answers;
    }
    struct contribution found;
    enum err err = conflict_put(context->db, &conflict);
    if (err == ERR_OK)
        err = contribution_find(context->db, written->session_id, uuid, arena, &found);
    if (err != ERR_OK)
        return err;
    found.kept_beside = true;
    *out = found;
    scrub_later(context); // what may have waited there before
    return ERR_OK;
}

enum err contribution_erase(struct context *context, struct caller caller, int64_t session_id,
                            const uint8_t uuid[CONTRIBUTION_UUID_SIZE], int64_t id) {
    enum err err = contribution_delete(context->db, id);
    if (err == ERR_OK)
        err = conflict_note_gone(context->db, session_id, uuid);
    if (err == ERR_OK)
        err = audit_add(context, caller, "contribution.delete", "session", session_id);
    if (err == ERR_OK)
        scrub_later(context);
    return err;
}

/* The place and answers that waited become those that stand; its author is who she was. */
static enum err take_sent(struct context *context, const struct session *session,
                          const struct conflict *conflict, struct contribution *c) {
    uint8_t hash[SECRET_HASH_SIZE];
    c->geometry = conflict->geometry;
    c->category = conflict->category;
    c->answers = conflict->answers;
    c->answers_len = strlen(conflict->answers);
    c->state = contribution_state_written(&c->state, !session->approve_by_hand);
    c->changed_ms = clock_now_ms();
    c->version++;
    enum err err = contribution_hash(c, hash);
    return err == ERR_OK ? contribution_update(context->db, c, hash) : err;
}

enum err contribution_choose(struct context *context, struct caller caller, int64_t session_id,
                             const uint8_t uuid[CONTRIBUTION_UUID_SIZE], bool sent,
                             struct arena *arena, struct contribution_choice *out) {
    struct session session;
    struct conflict conflict;
    struct contribution_choice choice = {0};
    enum err err = session_require_rules(context, caller, session_id, &session);
    if (err == ERR_OK)
        err = contribution_find(context->db, session_id, uuid, arena, &choice.kept);
    if (err == ERR_OK)
        err = conflict_find(context->db, choice.kept.id, arena, &conflict);
    if (err == ERR_OK)
        err = exercise_get(context, session.exercise_id, arena, &choice.exercise);
    if (err != ERR_OK)
        return err;
    choice.gone = sent && conflict.deletes;
    if (choice.gone)
        err = contribution_erase(context, caller, session_id, uuid, choice.kept.id);
    else
        err = conflict_delete(context->db, choice.kept.id);
    if (err == ERR_OK && sent && !conflict.deletes)
        err = take_sent(context, &session, &conflict, &choice.kept);
    if (err == ERR_OK)
        err = audit_add(context, caller, sent ? "conflict.keep_sent" : "conflict.keep_stored",
                        "session", session_id);
    if (err != ERR_OK)
        return err;
    *out = choice;
    scrub_later(context);
    return ERR_OK;
}

static enum err write_one(struct context *context, const struct contribution_view *view,
                          int64_t session_id, const struct conflict *conflict, struct arena *arena,
                          struct jsonw *w) {
    struct contribution stored;
    enum err err = contribution_find(context->db, session_id, conflict->uuid, arena, &stored);
    if (err != ERR_OK)
        return err == ERR_NOT_FOUND ? ERR_OK : err; // taken back since the list was read
    jsonw_object(w);
    jsonw_kstr(w, "kind", conflict->deletes ? "delete" : "edit");
    jsonw_ki64(w, "based_on", conflict->based_on);
    jsonw_ktime(w, "at", conflict->at_ms);
    jsonw_key(w, "stored");
    err = contribution_write(w, &stored, view);
    jsonw_key(w, "sent");
    if (conflict->deletes) {
        jsonw_null(w);
    } else {
        jsonw_object(w);
        jsonw_key(w, "geometry");
        geojson_write_geometry(w, &conflict->geometry);
        jsonw_kstr(w, "category", conflict->category);
        jsonw_key(w, "answers");
        jsonw_raw(w, conflict->answers, strlen(conflict->answers));
        jsonw_object_end(w);
    }
    jsonw_object_end(w);
    return err;
}

enum err contribution_show_conflicts(struct context *context, struct caller caller,
                                     int64_t session_id, int64_t after, int64_t limit,
                                     struct arena *arena, struct jsonw *w, int64_t *last_id) {
    struct session session;
    struct conflict *items = NULL;
    size_t count = 0;
    const struct contribution_view view = contribution_view_of(caller, NULL);
    enum err err = session_require_rules(context, caller, session_id, &session);
    if (err == ERR_OK)
        err = conflict_select_page(context->db, session_id, after, limit + 1, arena, &items, &count);
    if (err != ERR_OK)
        return err;
    bool more = count > (size_t)limit;
    if (more)
        count = (size_t)limit;
    for (size_t i = 0; i < count && err == ERR_OK; i++)
        err = write_one(context, &view, session_id, &items[i], arena, w);
    if (err == ERR_OK)
        *last_id = more ? items[count - 1].contribution_id : 0;
    return err;
}

enum err contribution_forget_beside_of(struct context *context, int64_t participant_id) {
    enum err err = conflict_delete_of_participant(context->db, participant_id);
    if (err == ERR_OK)
        scrub_later(context);
    return err;
}

enum err contribution_forget_beside(struct context *context, int64_t session_id) {
    int64_t count = 0;
    enum err err = conflict_delete_of_session(context->db, session_id, &count);
    if (err == ERR_OK && count > 0)
        scrub_later(context);
    return err;
}
