// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/contribution_json.h"

#include "base/json.h"
#include "base/secret.h"
#include "geo/geojson_write.h"
#include "model/role.h"

struct contribution_view contribution_view_of(struct caller caller,
                                              const struct exercise *exercise) {
    return (struct contribution_view){
        .lead = (caller.roles & ROLE_LEADS) != 0,
        .roles = caller.roles,
        .reader_id = caller.id,
        .exercise = exercise,
    };
}

struct contribution_view contribution_view_of_room(bool leads, const struct exercise *exercise) {
    const struct caller listener = {.roles = leads ? ROLE_LEADS : ROLE_RESEARCHER};
    return contribution_view_of(listener, exercise);
}

static bool is_own(const struct contribution *c, const struct contribution_view *view) {
    if (view->reader_id == 0)
        return false;
    int64_t author = view->roles & ROLE_PARTICIPANT ? c->participant_id : c->entered_by;
    return author == view->reader_id;
}

static bool asks_for_text(const struct exercise *exercise) {
    for (size_t i = 0; i < exercise->field_count; i++) {
        if (exercise->fields[i].type == FIELD_TEXT)
            return true;
    }
    return false;
}

static bool is_no_text(const struct exercise_field *field) {
    return field->type != FIELD_TEXT;
}

enum err contribution_write_answers(struct jsonw *w, const char *answers, size_t answers_len,
                                    const struct exercise *exercise, contribution_answer_fn *may) {
    struct json_object *document = NULL;
    enum err err = json_parse(answers, answers_len, NULL, &document);
    if (err != ERR_OK)
        return err == ERR_NO_MEMORY ? err : ERR_NOT_A_STORE;
    jsonw_object(w);
    struct json_members it = {0};
    const char *key;
    struct json_object *value;
    while (json_next(document, &it, &key, &value)) {
        const struct exercise_field *field = exercise_field_find(exercise, key);
        if (!field || !may(field))
            continue;
        size_t len = 0;
        const char *text = json_write(value, &len);
        if (!text) {
            err = ERR_NO_MEMORY;
            break;
        }
        jsonw_key(w, key);
        jsonw_raw(w, text, len);
    }
    jsonw_object_end(w);
    json_free(document);
    return err;
}

static enum err write_answers(struct jsonw *w, const struct contribution *c,
                              const struct contribution_view *view, bool own) {
    bool whole = view->lead || own || c->state == CONTRIBUTION_APPROVED;
    if (!whole && asks_for_text(view->exercise))
        return contribution_write_answers(w, c->answers, c->answers_len, view->exercise,
                                          is_no_text);
    jsonw_raw(w, c->answers, c->answers_len);
    return ERR_OK;
}

enum err contribution_write(struct jsonw *w, const struct contribution *c,
                            const struct contribution_view *view) {
    bool own = is_own(c, view);
    char uuid[SECRET_UUID_TEXT_SIZE];
    secret_uuid_format(c->uuid, uuid);
    jsonw_object(w);
    jsonw_kstr(w, "type", "Feature");
    jsonw_kstr(w, "id", uuid);
    jsonw_key(w, "geometry");
    geojson_write_geometry(w, &c->geometry);
    jsonw_key(w, "properties");
    jsonw_object(w);
    jsonw_kstr(w, "category", c->category);
    jsonw_key(w, "answers");
    enum err err = write_answers(w, c, view, own);
    jsonw_kstr(w, "state", contribution_state_name(c->state));
    jsonw_ki64(w, "version", c->version);
    jsonw_kbool(w, "mine", own);
    if (c->kept_beside)
        jsonw_kbool(w, "kept_beside", true);
    if (view->lead) {
        jsonw_kstr(w, "participant", c->pseudonym);
        jsonw_ktime(w, "created", c->created_ms);
        jsonw_ktime(w, "changed", c->changed_ms);
    }
    jsonw_object_end(w);
    jsonw_object_end(w);
    return err == ERR_OK && w->out->failed ? ERR_NO_MEMORY : err;
}
