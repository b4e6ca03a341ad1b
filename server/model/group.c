// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/group.h"

#include "base/json.h"
#include "model/exercise_reader.h"
#include <string.h>

static void read_groups(struct exercise_reader *r, const struct json_object *list,
                        struct group_list *out) {
    static const char *const known[] = {"id", "label", NULL};
    size_t count = json_length(list);
    if (json_type_of(list) != JSON_ARRAY || count > GROUPS_MAX)
        reader_wrong(r, "groups", "is not a list of at most %d groups", GROUPS_MAX);
    for (; out->count < count && !r->err; out->count++) {
        struct json_object *one = json_at(list, out->count);
        struct group *group = &out->items[out->count];
        size_t mark = reader_enter(r, "groups", (long)out->count);
        reader_only(r, one, known);
        group->id = reader_word(r, one, "id", "_");
        if (group_find(out, group->id))
            reader_wrong(r, "id", "is the id of an earlier group too");
        reader_text(r, one, "label", true, &group->label);
        reader_leave(r, mark);
    }
}

enum err group_list_read(const struct json_object *list, struct arena *arena, struct fault *fault,
                         struct group_list *out) {
    struct exercise_reader r = {.arena = arena, .fault = fault};
    struct group_list groups = {0};
    read_groups(&r, list, &groups);
    if (!r.err)
        *out = groups;
    return r.err;
}

enum err group_list_parse(const char *text, struct arena *arena, struct fault *fault,
                          struct group_list *out) {
    struct json_object *list = NULL;
    enum err err = json_parse(text, strlen(text), fault, &list);
    if (err == ERR_OK)
        err = group_list_read(list, arena, fault, out);
    json_free(list);
    return err;
}

void group_list_write(struct jsonw *w, const struct group_list *groups) {
    jsonw_array(w);
    for (size_t i = 0; i < groups->count; i++) {
        const struct exercise_text *label = &groups->items[i].label;
        jsonw_object(w);
        jsonw_kstr(w, "id", groups->items[i].id);
        jsonw_key(w, "label");
        jsonw_object(w);
        for (size_t k = 0; k < label->count; k++)
            jsonw_kstr(w, label->phrases[k].language, label->phrases[k].words);
        jsonw_object_end(w);
        jsonw_object_end(w);
    }
    jsonw_array_end(w);
}

const struct group *group_find(const struct group_list *groups, const char *id) {
    for (size_t i = 0; i < groups->count; i++) {
        if (strcmp(groups->items[i].id, id) == 0)
            return &groups->items[i];
    }
    return NULL;
}
