// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/contribution_service.h"

#include "base/clock.h"
#include "model/role.h"
#include "service/audit_service.h"
#include "service/contribution_conflict.h"
#include "service/exercise_service.h"
#include "service/session_service.h"
#include "store/conflict_store.h"
#include "store/writer.h"
#include <string.h>

static bool is_participant(struct caller caller) {
    return (caller.roles & ROLE_PARTICIPANT) != 0;
}

/* Her own; for staff, what she entered herself, for the room or from a sheet of paper. */
static bool wrote_it(struct caller caller, const struct contribution_written *written) {
    return caller.id == (is_participant(caller) ? written->participant_id : written->entered_by);
}

static enum err pass_gate(const struct contribution_gate *gate, int64_t participant_id) {
    if (!gate->open)
        return ERR_SESSION_CLOSED;
    if (participant_id != 0 && !(gate->admitted && gate->consents))
        return ERR_NOT_ADMITTED;
    return ERR_OK;
}

static enum err create(struct context *context, const struct contribution_draft *draft,
                       const struct contribution_gate *gate, struct contribution *out) {
    bool gone = false;
    enum err err = conflict_is_gone(context->db, out->session_id, out->uuid, &gone);
    if (err != ERR_OK || gone)
        return err != ERR_OK ? err : ERR_DELETED;
    out->state = contribution_state_written(NULL, gate->approve_at_once);
    out->version = 1;
    out->created_ms = out->changed_ms = clock_now_ms();
    return contribution_insert(context->db, out, draft->hash, &out->id);
}

static enum err change(struct context *context, const struct contribution_draft *draft,
                       const struct contribution_gate *gate, struct contribution *out) {
    enum contribution_state before = out->state;
    out->state = contribution_state_written(&before, gate->approve_at_once);
    out->changed_ms = clock_now_ms();
    out->version++;
    enum err err = contribution_update(context->db, out, draft->hash);
    if (err == ERR_OK && context->writer) // what stood there before is taken back
        writer_scrub_later(context->writer);
    return err;
}

/* An edit by its author of what stands there; its outcome is CHANGED or KEPT_BESIDE. */
static enum err edit(struct context *context, const struct contribution_draft *draft,
                     const struct contribution_written *written, int64_t if_version,
                     const struct contribution_gate *gate, struct arena *arena,
                     struct contribution *out, enum contribution_outcome *outcome) {
    if (written->content_version > if_version) {
        *outcome = CONTRIBUTION_KEPT_BESIDE;
        return contribution_keep_beside(context, written, out->uuid, if_version, draft, arena, out);
    }
    *outcome = CONTRIBUTION_CHANGED;
    return change(context, draft, gate, out);
}

enum err contribution_submit(struct context *context, struct caller caller,
                             const struct contribution_draft *draft, int64_t if_version,
                             struct arena *arena, struct contribution *out,
                             enum contribution_outcome *outcome) {
    struct contribution result = draft->content;
    struct contribution_gate gate;
    struct contribution_written written;
    enum err err =
        contribution_find_gate(context->db, result.session_id, result.participant_id, arena, &gate);
    if (err != ERR_OK)
        return err;
    err = contribution_find_written(context->db, result.uuid, &written);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    bool stands = err == ERR_OK;
    if (stands && (written.session_id != result.session_id || !wrote_it(caller, &written) ||
                   written.participant_id != result.participant_id))
        return ERR_NOT_FOUND;
    result.pseudonym = gate.pseudonym;
    if (stands) {
        result.id = written.id;
        result.state = written.state;
        result.version = written.version;
        result.created_ms = written.created_ms;
    }
    if (stands && memcmp(written.body_hash, draft->hash, sizeof draft->hash) == 0) {
        *outcome = CONTRIBUTION_SAME;
        *out = result;
        return ERR_OK;
    }
    err = pass_gate(&gate, result.participant_id);
    if (err != ERR_OK)
        return err;
    enum contribution_outcome came = CONTRIBUTION_CREATED;
    err = stands ? edit(context, draft, &written, if_version, &gate, arena, &result, &came)
                 : create(context, draft, &gate, &result);
    if (err == ERR_OK) {
        *outcome = came;
        *out = result;
    }
    return err;
}

/* What stands under the uuid in a session that the caller may see. */
static enum err find_in_session(struct context *context, struct caller caller, int64_t session_id,
                                const uint8_t uuid[CONTRIBUTION_UUID_SIZE], struct session *session,
                                struct contribution_written *out) {
    enum err err = session_require_rules(context, caller, session_id, session);
    if (err == ERR_OK)
        err = contribution_find_written(context->db, uuid, out);
    if (err == ERR_OK && out->session_id != session_id)
        err = ERR_NOT_FOUND;
    return err;
}

enum err contribution_remove(struct context *context, struct caller caller, int64_t session_id,
                             const uint8_t uuid[CONTRIBUTION_UUID_SIZE], int64_t if_version,
                             struct arena *arena, struct contribution *out,
                             enum contribution_outcome *outcome) {
    struct session session;
    struct contribution_written written;
    enum err err = find_in_session(context, caller, session_id, uuid, &session, &written);
    if (err != ERR_OK)
        return err;
    bool lead = (caller.roles & ROLE_LEADS) != 0;
    if (!lead && !wrote_it(caller, &written))
        return ERR_NOT_FOUND;
    if (!lead && !session.open)
        return ERR_SESSION_CLOSED;
    if (if_version != 0 && written.content_version > if_version) {
        *outcome = CONTRIBUTION_KEPT_BESIDE;
        return contribution_keep_beside(context, &written, uuid, if_version, NULL, arena, out);
    }
    *outcome = CONTRIBUTION_REMOVED;
    return contribution_erase(context, caller, session_id, uuid, written.id);
}

enum err contribution_judge(struct context *context, struct caller caller, int64_t session_id,
                            const uint8_t uuid[CONTRIBUTION_UUID_SIZE],
                            enum contribution_state state, struct arena *arena,
                            struct contribution *out, const struct exercise **exercise) {
    static const char *const actions[CONTRIBUTION_STATES] = {
        [CONTRIBUTION_PENDING] = "contribution.pend",
        [CONTRIBUTION_APPROVED] = "contribution.approve",
        [CONTRIBUTION_HIDDEN] = "contribution.hide",
    };
    struct session session;
    struct contribution_written written;
    enum err err = find_in_session(context, caller, session_id, uuid, &session, &written);
    if (err == ERR_OK && written.state != state) {
        err = contribution_set_state(context->db, written.id, state, clock_now_ms());
        if (err == ERR_OK)
            err = audit_add(context, caller, actions[state], "session", session_id);
        if (err == ERR_OK && context->writer) // the title under which it was shared may go with it
            writer_scrub_later(context->writer);
    }
    if (err == ERR_OK)
        err = exercise_get(context, session.exercise_id, arena, exercise);
    if (err == ERR_OK)
        err = contribution_find(context->db, session_id, uuid, arena, out);
    return err;
}
