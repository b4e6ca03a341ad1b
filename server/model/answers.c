// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/answers.h"
#include "base/json.h"
#include "base/secret.h"
#include "base/utf8.h"
#include <stdio.h>
#include <string.h>

struct check {
    const struct exercise *exercise;
    bool free_text;
    struct fault *fault;
    struct jsonw json;
    uint64_t chosen[EXERCISE_FIELDS_MAX]; // bit i of a field: its option i
    struct answer_link *links;
    size_t link_count;
};

static enum err wrong(struct check *check, const struct exercise_field *field, const char *why) {
    char where[96];
    snprintf(where, sizeof where, "answers.%s", field->id);
    return fault_set(check->fault, ERR_BAD_FIELD, where, "%s", why);
}

/* The option's bit; 0 when the value is no option of the field. */
static uint64_t option_bit(const struct exercise_field *field, const struct json_object *value) {
    size_t len = 0;
    const char *id = json_text(value, &len);
    const struct exercise_option *option =
        id && strlen(id) == len ? exercise_option_find(field, id) : NULL;
    return option ? UINT64_C(1) << (option - field->options) : 0;
}

static enum err check_one(struct check *check, const struct exercise_field *field,
                          const struct json_object *value, uint64_t *chosen) {
    *chosen = option_bit(field, value);
    if (!*chosen)
        return wrong(check, field, "is no option of this question");
    jsonw_kstr(&check->json, field->id, json_text(value, NULL));
    return ERR_OK;
}

static enum err check_several(struct check *check, const struct exercise_field *field,
                              const struct json_object *value, uint64_t *chosen) {
    if (json_type_of(value) != JSON_ARRAY)
        return wrong(check, field, "is not a list of options");
    for (size_t i = 0; i < json_length(value); i++) {
        uint64_t bit = option_bit(field, json_at(value, i));
        if (!bit)
            return wrong(check, field, "has an element that is no option of this question");
        if (*chosen & bit)
            return wrong(check, field, "names an option twice");
        *chosen |= bit;
    }
    if (!*chosen)
        return field->required ? wrong(check, field, "needs an answer") : ERR_OK;
    jsonw_key(&check->json, field->id);
    jsonw_array(&check->json);
    for (size_t i = 0; i < field->option_count; i++) {
        if (*chosen >> i & 1)
            jsonw_str(&check->json, field->options[i].id);
    }
    jsonw_array_end(&check->json);
    return ERR_OK;
}

static enum err check_number(struct check *check, const struct exercise_field *field,
                             const struct json_object *value) {
    const char *word = json_text(value, NULL);
    if (word && field->not_applicable && strcmp(word, "na") == 0) {
        jsonw_kstr(&check->json, field->id, "na");
        return ERR_OK;
    }
    int64_t number;
    if (!json_integer(value, &number))
        return wrong(check, field, "is not a whole number");
    if (number < field->min || number > field->max)
        return wrong(check, field, "is out of this question's range");
    jsonw_ki64(&check->json, field->id, number);
    return ERR_OK;
}

static enum err check_text(struct check *check, const struct exercise_field *field,
                           const struct json_object *value) {
    size_t len = 0;
    const char *text = json_text(value, &len);
    bool visible = false, control = false;
    for (size_t i = 0; text && i < len; i++) {
        unsigned char byte = (unsigned char)text[i];
        control = control || (byte < 0x20 && byte != '\n') || byte == 0x7f;
        visible = visible || byte > 0x20;
    }
    if (!text || control)
        return wrong(check, field, "is not a plain text");
    if (!visible)
        return wrong(check, field, "is empty; leave it out");
    if (utf8_count(text, len) > (size_t)field->max_characters)
        return wrong(check, field, "is too long");
    jsonw_key(&check->json, field->id);
    jsonw_strn(&check->json, text, len);
    return ERR_OK;
}

static enum err check_link(struct check *check, const struct exercise_field *field,
                           const struct json_object *value) {
    struct answer_link *link = &check->links[check->link_count];
    size_t len = 0;
    const char *text = json_text(value, &len);
    if (!text || !secret_uuid_parse(text, len, link->uuid))
        return wrong(check, field, "is not the id of a contribution");
    char canonical[SECRET_UUID_TEXT_SIZE];
    secret_uuid_format(link->uuid, canonical);
    jsonw_kstr(&check->json, field->id, canonical);
    link->field = field;
    check->link_count++;
    return ERR_OK;
}

static enum err check_field(struct check *check, size_t index, const struct json_object *answers) {
    const struct exercise_field *field = &check->exercise->fields[index];
    const struct json_object *value = json_get(answers, field->id);
    const struct exercise_field *cause = field->if_field;
    bool asked = !cause || check->chosen[cause - check->exercise->fields] & field->if_options;
    if (!json_has(answers, field->id)) {
        bool needed = field->required && asked && (field->type != FIELD_TEXT || check->free_text);
        return needed ? wrong(check, field, "needs an answer") : ERR_OK;
    }
    if (!value)
        return wrong(check, field, "is null; leave it out");
    if (!asked)
        return wrong(check, field, "is not asked after the other answers");
    switch (field->type) {
    case FIELD_ONE:
        return check_one(check, field, value, &check->chosen[index]);
    case FIELD_SEVERAL:
        return check_several(check, field, value, &check->chosen[index]);
    case FIELD_SCALE:
    case FIELD_NUMBER:
        return check_number(check, field, value);
    case FIELD_TEXT:
        if (!check->free_text)
            return wrong(check, field, "is not asked: free text is off in this session");
        return check_text(check, field, value);
    case FIELD_LINK:
        return check_link(check, field, value);
    }
    return ERR_INTERNAL;
}

/* Names what was sent only when it looks like a question's name: anything else may be somebody's words. */
static enum err check_members(const struct exercise *exercise, const struct json_object *answers,
                              struct fault *fault) {
    if (json_type_of(answers) != JSON_OBJECT)
        return fault_set(fault, ERR_BAD_FIELD, "answers", "is not an object");
    struct json_members it = {0};
    const char *key;
    struct json_object *value;
    while (json_next(answers, &it, &key, &value)) {
        if (exercise_field_find(exercise, key))
            continue;
        size_t len = strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_");
        bool named = len > 0 && len <= EXERCISE_ID_MAX_BYTES && key[len] == '\0';
        char where[96];
        snprintf(where, sizeof where, "answers%s%s", named ? "." : "", named ? key : "");
        return fault_set(fault, ERR_BAD_FIELD, where, "%s",
                         named ? "is no question of this exercise"
                               : "has a member that is no question of this exercise");
    }
    return ERR_OK;
}

static const struct exercise_option *chosen_option(const struct check *check,
                                                   const struct exercise_field *field) {
    uint64_t chosen = check->chosen[field - check->exercise->fields];
    size_t index = 0;
    while (!(chosen >> index & 1))
        index++;
    return &field->options[index];
}

enum err answers_check(const struct exercise *exercise, bool free_text, double session_precision_m,
                       const struct json_object *answers, struct arena *arena, struct buf *json,
                       struct fault *fault, struct answers *out) {
    enum err err = check_members(exercise, answers, fault);
    if (err)
        return err;
    struct check check = {.exercise = exercise, .free_text = free_text, .fault = fault};
    check.links = arena_array(arena, exercise->field_count, sizeof *check.links);
    if (!check.links)
        return ERR_NO_MEMORY;
    buf_clear(json);
    jsonw_init(&check.json, json);
    jsonw_object(&check.json);
    for (size_t i = 0; i < exercise->field_count && !err; i++)
        err = check_field(&check, i, answers);
    if (err)
        return err;
    jsonw_object_end(&check.json);
    if (json->failed)
        return ERR_NO_MEMORY;
    const struct exercise_option *category = chosen_option(&check, exercise->category);
    double own_m = category->precision_m;
    *out = (struct answers){
        .category = category,
        .precision_m = own_m > session_precision_m ? own_m : session_precision_m,
        .draw = category->draw,
        .link_count = check.link_count,
        .links = check.links,
    };
    return ERR_OK;
}

enum err answers_allow(const struct answers *answers, enum geometry_type type,
                       struct fault *fault) {
    if (answers->draw & exercise_draw_of(type))
        return ERR_OK;
    return fault_set(fault, ERR_BAD_GEOMETRY, "geometry", "this category is not drawn as %s",
                     geometry_type_name(type));
}
