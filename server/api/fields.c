// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/api.h"

#include "model/session.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { WORD_MAX = 40 };

/* ---- opening and closing ---- */

enum err fields_open(struct request *request, struct fields *out) {
    *out = (struct fields){.arena = request->arena, .fault = &request->fault};
    out->err = json_parse(request->body ? request->body : "", request->body_len, out->fault,
                          &out->document);
    if (out->err == ERR_OK && json_type_of(out->document) != JSON_OBJECT)
        out->err = fault_set(out->fault, ERR_BAD_FIELD, "", "the body is a JSON object");
    if (out->err == ERR_OK)
        out->object = out->document;
    return out->err;
}

void fields_inner(const struct fields *outer, struct json_object *object, const char *path,
                  struct fields *out) {
    *out = (struct fields){
        .arena = outer->arena, .fault = outer->fault, .object = object, .err = outer->err};
    snprintf(out->path, sizeof out->path, "%s", path);
    if (out->err == ERR_OK && json_type_of(object) != JSON_OBJECT)
        out->err = fault_set(out->fault, ERR_BAD_FIELD, path, "is an object");
}

void fields_wrong(struct fields *fields, const char *key, const char *why, ...) {
    if (fields->err != ERR_OK)
        return;
    char where[sizeof fields->fault->where], text[sizeof fields->fault->why];
    snprintf(where, sizeof where, "%s%s%s", fields->path, fields->path[0] && key[0] ? "." : "",
             key);
    va_list arguments;
    va_start(arguments, why);
    vsnprintf(text, sizeof text, why, arguments);
    va_end(arguments);
    fields->err = fault_set(fields->fault, ERR_BAD_FIELD, where, "%s", text);
}

static bool was_asked(const struct fields *fields, const char *key) {
    for (size_t i = 0; i < fields->asked_count; i++)
        if (strcmp(fields->asked[i], key) == 0)
            return true;
    return false;
}

/* The client's own word is repeated to it only when it is a plain one. */
static bool is_word(const char *key) {
    size_t len = strspn(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    return len > 0 && len <= WORD_MAX && key[len] == '\0';
}

enum err fields_close(struct fields *fields) {
    struct json_members it = {0};
    const char *key = NULL;
    struct json_object *value = NULL;
    while (fields->err == ERR_OK && json_next(fields->object, &it, &key, &value))
        if (!was_asked(fields, key))
            fields_wrong(fields, is_word(key) ? key : "", "is not a member of this resource");
    json_free(fields->document);
    fields->document = NULL;
    fields->object = NULL;
    return fields->err;
}

/* ---- members ---- */

struct json_object *fields_value(struct fields *fields, const char *key) {
    if (fields->asked_count < FIELDS_MAX && !was_asked(fields, key))
        fields->asked[fields->asked_count++] = key;
    return fields->err == ERR_OK ? json_get(fields->object, key) : NULL;
}

bool fields_has(struct fields *fields, const char *key) {
    return fields_value(fields, key) != NULL;
}

/* The member, or a complaint that it is missing. */
static struct json_object *required(struct fields *fields, const char *key) {
    struct json_object *value = fields_value(fields, key);
    if (!value)
        fields_wrong(fields, key, "is missing");
    return value;
}

static bool has_control(const char *text, size_t len, bool line_breaks) {
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < 0x20 && !(line_breaks && c == '\n')) || c == 0x7f)
            return true;
    }
    return false;
}

/* Checks a text and copies it; `key` is for the complaint. */
static const char *take_text(struct fields *fields, const char *key,
                             const struct json_object *value, size_t min, size_t max) {
    size_t len = 0;
    const char *text = json_text(value, &len);
    if (!text)
        fields_wrong(fields, key, "is a text");
    else if (len < min || len > max)
        fields_wrong(fields, key, "takes %zu to %zu bytes", min, max);
    else if (has_control(text, len, false))
        fields_wrong(fields, key, "holds a control character");
    if (fields->err != ERR_OK)
        return NULL;
    const char *copy = arena_strndup(fields->arena, text, len);
    if (!copy)
        fields->err = ERR_NO_MEMORY;
    return copy;
}

const char *fields_text(struct fields *fields, const char *key, size_t min, size_t max) {
    struct json_object *value = required(fields, key);
    return value ? take_text(fields, key, value, min, max) : NULL;
}

const char *fields_text_or(struct fields *fields, const char *key, size_t max,
                           const char *fallback) {
    struct json_object *value = fields_value(fields, key);
    return value ? take_text(fields, key, value, 0, max) : fallback;
}

int fields_one_of(struct fields *fields, const char *key, const char *const *words, int fallback) {
    struct json_object *value = fallback < 0 ? required(fields, key) : fields_value(fields, key);
    if (!value)
        return fallback;
    size_t len = 0;
    const char *text = json_text(value, &len);
    for (int i = 0; text && words[i]; i++)
        if (strlen(words[i]) == len && memcmp(words[i], text, len) == 0)
            return i;
    fields_wrong(fields, key, "is not one of the known words");
    return fallback;
}

int64_t fields_int_or(struct fields *fields, const char *key, int64_t min, int64_t max,
                      int64_t fallback) {
    struct json_object *value = fields_value(fields, key);
    int64_t number = 0;
    if (!value)
        return fallback;
    if (json_integer(value, &number) && number >= min && number <= max)
        return number;
    fields_wrong(fields, key, "is a whole number from %" PRId64 " to %" PRId64, min, max);
    return min;
}

bool fields_bool(struct fields *fields, const char *key) {
    struct json_object *value = required(fields, key);
    bool flag = false;
    if (value && !json_boolean(value, &flag))
        fields_wrong(fields, key, "is true or false");
    return flag;
}

void fields_consent(struct fields *fields, struct consent *out) {
    out->room = fields_bool(fields, "room");
    out->aggregate = fields_bool(fields, "aggregate");
    out->finding = fields_bool(fields, "finding");
    out->photo = fields_bool(fields, "photo");
}

bool fields_bbox(struct fields *fields, const char *key, bool must, struct bbox *out) {
    struct json_object *value = must ? required(fields, key) : fields_value(fields, key);
    if (!value)
        return false;
    double wsen_deg[4] = {0};
    bool numbers = json_type_of(value) == JSON_ARRAY && json_length(value) == 4;
    for (size_t i = 0; numbers && i < 4; i++)
        numbers = json_number(json_at(value, i), &wsen_deg[i]);
    struct bbox box = {wsen_deg[0], wsen_deg[1], wsen_deg[2], wsen_deg[3]};
    if (!numbers || !bbox_valid(&box)) {
        fields_wrong(fields, key, "is [west, south, east, north] in degrees");
        return false;
    }
    *out = box;
    return true;
}

/* ---- text by language ---- */

static bool translation_fits(struct fields *fields, const char *key, const char *language,
                             const struct json_object *value, size_t max) {
    size_t len = 0;
    const char *text = json_text(value, &len);
    if (!session_language_valid(language))
        fields_wrong(fields, key, "is text by language, such as {\"en\": \"..\", \"fr\": \"..\"}");
    else if (!text || len == 0 || len > max)
        fields_wrong(fields, key, "takes a text of 1 to %zu bytes for each language", max);
    else if (has_control(text, len, true))
        fields_wrong(fields, key, "holds a control character");
    return fields->err == ERR_OK;
}

const char *fields_translations(struct fields *fields, const char *key, size_t max) {
    struct json_object *value = fields_value(fields, key);
    if (!value)
        return NULL;
    if (json_type_of(value) != JSON_OBJECT)
        fields_wrong(fields, key, "is text by language, such as {\"en\": \"..\", \"fr\": \"..\"}");
    struct json_members it = {0};
    const char *language = NULL;
    struct json_object *text = NULL;
    while (fields->err == ERR_OK && json_next(value, &it, &language, &text))
        if (!translation_fits(fields, key, language, text, max))
            break;
    if (fields->err != ERR_OK)
        return NULL;
    return fields_json(fields, value);
}

const char *fields_json(struct fields *fields, struct json_object *value) {
    size_t len = 0;
    const char *json = json_write(value, &len);
    const char *copy = json ? arena_strndup(fields->arena, json, len) : NULL;
    if (!copy && fields->err == ERR_OK)
        fields->err = ERR_NO_MEMORY;
    return copy;
}
