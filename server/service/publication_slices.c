// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/publication_slices.h"

#include "base/json.h"
#include "base/jsonw.h"

#include <stdio.h>
#include <string.h>

const char *publication_text(const struct exercise_text *text, struct arena *arena) {
    struct buf buf;
    struct jsonw w;
    buf_init(&buf);
    jsonw_init(&w, &buf);
    jsonw_object(&w);
    for (size_t i = 0; i < text->count; i++)
        jsonw_kstr(&w, text->phrases[i].language, text->phrases[i].words);
    jsonw_object_end(&w);
    const char *copy = buf.failed ? NULL : arena_strndup(arena, buf.data, buf.len);
    buf_fini(&buf);
    return copy;
}

/* ---- making them ---- */

static enum err add(struct publication_slices *slices, enum slice_kind kind, const char *id,
                    const char *title, const char *colour, const char *icon, struct arena *arena) {
    const char *whole = kind == SLICE_ALL ? slice_kind_name(kind)
                                          : arena_printf(arena, "%s.%s", slice_kind_name(kind), id);
    if (!whole || !title)
        return ERR_NO_MEMORY;
    if (slices->count == CUBE_SLICES_MAX)
        return ERR_INTERNAL;
    slices->items[slices->count++] = (struct publication_slice){
        .id = whole, .kind = kind, .title = title, .colour = colour ? colour : "", .icon = icon ? icon : ""};
    return ERR_OK;
}

static enum err add_of_exercise(struct publication_slices *slices, enum slice_kind kind,
                                const struct exercise_slice *from, size_t count, struct arena *arena) {
    enum err err = ERR_OK;
    for (size_t i = 0; i < count && !err; i++)
        err = add(slices, kind, from[i].id, publication_text(&from[i].label, arena), from[i].colour,
                  from[i].icon, arena);
    return err;
}

static const char *copy_json(struct json_object *value, struct arena *arena) {
    size_t len = 0;
    const char *text = value ? json_write(value, &len) : NULL;
    return text ? arena_strndup(arena, text, len) : NULL;
}

static enum err add_groups(struct publication_slices *slices, const char *groups, struct arena *arena) {
    struct json_object *document = NULL;
    enum err err = json_parse(groups, strlen(groups), NULL, &document);
    for (size_t i = 0; !err && i < json_length(document); i++) {
        struct json_object *group = json_at(document, i);
        size_t len = 0;
        const char *id = json_text(json_get(group, "id"), &len);
        err = id ? add(slices, SLICE_GROUP, id, copy_json(json_get(group, "label"), arena), NULL, NULL, arena)
                 : ERR_NOT_A_STORE;
    }
    json_free(document);
    return err;
}

enum err publication_slices_make(const struct exercise *latest, const char *groups, struct arena *arena,
                                 struct publication_slices *out) {
    struct publication_slices slices = {0};
    enum err err = add(&slices, SLICE_ALL, NULL, publication_text(&latest->title, arena), NULL, NULL, arena);
    if (!err)
        err = add_of_exercise(&slices, SLICE_CATEGORY, latest->publish_categories,
                              latest->publish_category_count, arena);
    if (!err)
        err = add_of_exercise(&slices, SLICE_TIME, latest->publish_times, latest->publish_time_count, arena);
    if (!err)
        err = add_groups(&slices, groups, arena);
    if (!err)
        *out = slices;
    return err;
}

/* ---- judging ---- */

static uint32_t bit_of(const struct publication_slices *slices, enum slice_kind kind, const char *id) {
    const size_t prefix = strlen(slice_kind_name(kind)) + 1;
    for (size_t i = 0; i < slices->count; i++)
        if (slices->items[i].kind == kind && strcmp(slices->items[i].id + prefix, id) == 0)
            return UINT32_C(1) << i;
    return 0;
}

static bool option_chosen(const struct exercise_slice *slice, const struct json_object *answer) {
    size_t len = 0;
    const char *id = json_text(answer, &len);
    if (!id)
        return false;
    for (size_t i = 0; i < slice->field->option_count; i++)
        if ((slice->options >> i & 1) && strcmp(slice->field->options[i].id, id) == 0)
            return true;
    return false;
}

static bool chosen(const struct exercise_slice *slice, const struct json_object *answers) {
    const struct json_object *answer = json_get(answers, slice->field->id);
    if (json_type_of(answer) != JSON_ARRAY)
        return option_chosen(slice, answer);
    for (size_t i = 0; i < json_length(answer); i++)
        if (option_chosen(slice, json_at(answer, i)))
            return true;
    return false;
}

static uint32_t chosen_of(const struct publication_slices *slices, enum slice_kind kind,
                          const struct exercise_slice *own, size_t count,
                          const struct json_object *answers) {
    uint32_t bits = 0;
    for (size_t i = 0; i < count; i++)
        if (chosen(&own[i], answers))
            bits |= bit_of(slices, kind, own[i].id);
    return bits;
}

enum err publication_slices_of(const struct publication_slices *slices, const struct exercise *version,
                               const char *answers, size_t len, uint32_t *out) {
    struct json_object *document = NULL;
    enum err err = json_parse(answers, len, NULL, &document);
    if (err)
        return err == ERR_BAD_JSON ? ERR_NOT_A_STORE : err;
    *out = 1 |
           chosen_of(slices, SLICE_CATEGORY, version->publish_categories, version->publish_category_count,
                     document) |
           chosen_of(slices, SLICE_TIME, version->publish_times, version->publish_time_count, document);
    json_free(document);
    return ERR_OK;
}

enum err publication_slices_of_groups(const struct publication_slices *slices, const char *own_groups,
                                      uint32_t *out) {
    struct json_object *document = NULL;
    uint32_t bits = 0;
    enum err err = json_parse(own_groups, strlen(own_groups), NULL, &document);
    if (err)
        return err == ERR_BAD_JSON ? ERR_NOT_A_STORE : err;
    for (size_t i = 0; i < json_length(document); i++) {
        size_t len = 0;
        const char *id = json_text(json_at(document, i), &len);
        bits |= id ? bit_of(slices, SLICE_GROUP, id) : 0;
    }
    json_free(document);
    *out = bits;
    return ERR_OK;
}
