// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/account.h"

#include "api/api.h"
#include "api/writers.h"
#include "model/group.h"
#include "model/role.h"
#include "service/auth_service.h"
#include "service/participant_service.h"
#include <stdio.h>
#include <string.h>

enum { NAME_BYTES_MAX = 256, PASSWORD_BYTES_MAX = 1024, TOKEN_BYTES_MAX = 100 };

static void write_me_staff(struct jsonw *w, const struct staff *staff) {
    jsonw_object(w);
    jsonw_kstr(w, "kind", "staff");
    jsonw_kstr(w, "name", staff->name);
    jsonw_kstr(w, "role", role_name(staff->role));
    jsonw_object_end(w);
}

static void write_me_participant(struct jsonw *w, const struct participant *p, const char *groups) {
    jsonw_object(w);
    jsonw_kstr(w, "kind", "participant");
    jsonw_ki64(w, "session", p->session_id);
    jsonw_kstr(w, "pseudonym", p->pseudonym);
    jsonw_kstr(w, "state", participant_state_name(p->state));
    jsonw_kstr(w, "language", p->language);
    write_consent(w, "consent", &p->consent);
    jsonw_kraw(w, "groups", groups);
    jsonw_object_end(w);
}

enum err me_show(struct request *request, struct response *response) {
    struct caller caller = api_caller(request);
    struct jsonw w = api_reply(response);
    enum err err = ERR_OK;
    if (caller.roles & ROLE_PARTICIPANT) {
        struct participant own;
        const char *groups = NULL;
        err = participant_own(api_context(request), caller, request->arena, &own);
        if (err == ERR_OK)
            err = participant_groups(api_context(request), caller, request->arena, &groups);
        if (err == ERR_OK)
            write_me_participant(&w, &own, groups);
    } else if (caller.roles & ROLE_STAFF) {
        struct staff staff;
        err = auth_staff(api_context(request), caller, request->arena, &staff);
        if (err == ERR_OK)
            write_me_staff(&w, &staff);
    } else {
        jsonw_object(&w);
        jsonw_kstr(&w, "kind", "anyone");
        jsonw_object_end(&w);
    }
    return err;
}

/* ---- staff ---- */

static enum err answer_signed_in(struct request *request, struct response *response,
                                 const struct auth_signed_in *in) {
    response_cookie(response, request, in->token, AUTH_TOKEN_LIFE_S);
    struct jsonw w = api_reply(response);
    write_me_staff(&w, &in->staff);
    return ERR_OK;
}

/* Argon2id takes its time: on a worker, never on the writer. */
enum err signin_prepare(struct request *request, struct response *response) {
    (void)response;
    const char *name = NULL, *password = NULL;
    struct fields f;
    if (fields_open(request, &f) == ERR_OK) {
        name = fields_text(&f, "name", 1, NAME_BYTES_MAX);
        password = fields_text(&f, "password", 1, PASSWORD_BYTES_MAX);
    }
    enum err err = fields_close(&f);
    if (err != ERR_OK)
        return err;
    int64_t *staff_id = arena_alloc(request->arena, sizeof *staff_id);
    if (!staff_id)
        return ERR_NO_MEMORY;
    request->state = staff_id;
    return auth_check_password(api_context(request), request->from, name, password, &request->fault,
                               staff_id);
}

enum err signin(struct request *request, struct response *response) {
    const int64_t *staff_id = request->state;
    struct auth_signed_in in;
    enum err err = auth_sign_in(api_context(request), *staff_id, request->principal.token_hash,
                                request->arena, &in);
    return err == ERR_OK ? answer_signed_in(request, response, &in) : err;
}

enum err signin_link_prepare(struct request *request, struct response *response) {
    (void)response;
    struct fields f;
    if (fields_open(request, &f) == ERR_OK)
        request->state = (void *)fields_text(&f, "token", 1, TOKEN_BYTES_MAX);
    return fields_close(&f);
}

enum err signin_link(struct request *request, struct response *response) {
    struct auth_signed_in in;
    enum err err = auth_sign_in_by_link(api_context(request), request->state,
                                        request->principal.token_hash, request->arena,
                                        &request->fault, &in);
    return err == ERR_OK ? answer_signed_in(request, response, &in) : err;
}

enum err signout(struct request *request, struct response *response) {
    enum err err = auth_sign_out(api_context(request), request->principal.token_hash);
    if (err != ERR_OK)
        return err;
    response_cookie(response, request, NULL, 0);
    return api_empty(response);
}

/* ---- a participant's consent ---- */

enum err consent_prepare(struct request *request, struct response *response) {
    (void)response;
    struct consent *consent = arena_alloc(request->arena, sizeof *consent);
    if (!consent)
        return ERR_NO_MEMORY;
    struct fields f;
    if (fields_open(request, &f) == ERR_OK) {
        fields_consent(&f, consent);
    }
    request->state = consent;
    return fields_close(&f);
}

enum err consent_set(struct request *request, struct response *response) {
    struct participant own;
    const char *groups = NULL;
    enum err err = participant_consent(api_context(request), api_caller(request), request->state,
                                       request->arena, &own);
    if (err == ERR_OK)
        err = participant_groups(api_context(request), api_caller(request), request->arena, &groups);
    if (err == ERR_OK)
        err = announce_participant(request, response, &own);
    if (err == ERR_OK) {
        struct jsonw w = api_reply(response);
        write_me_participant(&w, &own, groups);
    }
    return err;
}

/* ---- her groups ---- */

struct chosen {
    size_t count;
    const char *ids[GROUPS_MAX];
};

static const char *read_id(struct fields *f, const struct json_object *value, size_t index) {
    char where[32];
    size_t len = 0;
    const char *id = json_text(value, &len);
    snprintf(where, sizeof where, "groups[%zu]", index);
    if (!id || strlen(id) != len || len == 0 || len > EXERCISE_ID_MAX_BYTES) {
        fields_wrong(f, where, "is no group of this project");
        return "";
    }
    const char *copy = arena_strndup(f->arena, id, len);
    if (!copy)
        f->err = ERR_NO_MEMORY;
    return copy;
}

static void read_chosen(struct fields *f, const struct json_object *list, struct chosen *out) {
    size_t count = json_length(list);
    if (json_type_of(list) != JSON_ARRAY || count > GROUPS_MAX)
        fields_wrong(f, "groups", "is a list of at most %d ids", GROUPS_MAX);
    for (; out->count < count && f->err == ERR_OK; out->count++) {
        const char *id = read_id(f, json_at(list, out->count), out->count);
        for (size_t i = 0; i < out->count && f->err == ERR_OK; i++) {
            if (strcmp(out->ids[i], id) == 0)
                fields_wrong(f, "groups", "names a group twice");
        }
        out->ids[out->count] = id;
    }
}

enum err groups_prepare(struct request *request, struct response *response) {
    (void)response;
    struct chosen *chosen = arena_alloc(request->arena, sizeof *chosen);
    if (!chosen)
        return ERR_NO_MEMORY;
    request->state = chosen;
    struct fields f;
    if (fields_open(request, &f) == ERR_OK)
        read_chosen(&f, fields_value(&f, "groups"), chosen);
    return fields_close(&f);
}

enum err groups_set(struct request *request, struct response *response) {
    const struct chosen *chosen = request->state;
    enum err err = participant_choose_groups(api_context(request), api_caller(request), chosen->ids,
                                             chosen->count, request->arena, &request->fault);
    return err == ERR_OK ? api_empty(response) : err;
}
