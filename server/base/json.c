// SPDX-License-Identifier: AGPL-3.0-or-later
// json_scan reads, and the tree is built from its events: json-c's own parser would read the text a
// second time and does not survive a shortage of memory.
#include "base/json.h"
#include "base/json_scan.h"
#include "base/jsonw.h"
#include "base/number.h"
#include <json-c/json.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct builder {
    struct json_object *root;
    struct json_object *open[JSON_DEPTH_MAX];
    unsigned depth;
    const char *name; // of the next member
    const char *each; // the root's member whose elements are handed out; NULL: none
    bool in_each;
    json_element_fn *fn;
    void *context;
    size_t index;
    struct fault *fault;
};

/* Hangs a value where it belongs, and owns it from then on. */
static enum err attach(struct builder *builder, struct json_object *value) {
    if (!builder->depth) {
        builder->root = value;
        return ERR_OK;
    }
    struct json_object *parent = builder->open[builder->depth - 1];
    int failed =
        json_object_is_type(parent, json_type_object)
            ? json_object_object_add_ex(parent, builder->name, value, JSON_C_OBJECT_ADD_KEY_IS_NEW)
            : json_object_array_add(parent, value);
    if (failed)
        json_object_put(value);
    return failed ? ERR_NO_MEMORY : ERR_OK;
}

/* True when what was just completed is an element to be handed out. */
static bool completes_element(const struct builder *builder) {
    return builder->in_each && builder->depth == 2;
}

static enum err hand_out(struct builder *builder) {
    struct json_object *list = builder->open[1];
    enum err err = builder->fn(builder->context, builder->index++,
                               json_object_array_get_idx(list, 0), builder->fault);
    json_object_array_del_idx(list, 0, 1);
    return err;
}

static enum err attach_scalar(struct builder *builder, struct json_object *value) {
    enum err err = attach(builder, value);
    return !err && completes_element(builder) ? hand_out(builder) : err;
}

static enum err on_open(void *context, bool object) {
    struct builder *builder = context;
    struct json_object *value = object ? json_object_new_object() : json_object_new_array();
    if (!value)
        return ERR_NO_MEMORY;
    if (builder->depth == 1 && !object && builder->each && builder->name &&
        json_object_is_type(builder->root, json_type_object))
        builder->in_each = strcmp(builder->name, builder->each) == 0;
    enum err err = attach(builder, value);
    if (!err)
        builder->open[builder->depth++] = value;
    return err;
}

static enum err on_close(void *context) {
    struct builder *builder = context;
    builder->depth--;
    if (builder->depth == 1)
        builder->in_each = false;
    return completes_element(builder) ? hand_out(builder) : ERR_OK;
}

static enum err on_name(void *context, const char *name) {
    struct builder *builder = context;
    builder->name = name;
    return ERR_OK;
}

static enum err on_text(void *context, const char *text, size_t len) {
    struct json_object *value = len < INT32_MAX ? json_object_new_string_len(text, (int)len) : NULL;
    return value ? attach_scalar(context, value) : ERR_NO_MEMORY;
}

static enum err on_number(void *context, const char *digits, size_t len, bool whole) {
    struct json_object *value;
    struct builder *builder = context;
    if (whole) {
        bool negative = *digits == '-';
        int64_t number = 0;
        for (size_t i = negative; i < len; i++) // at most 18 digits
            number = number * 10 + (digits[i] - '0');
        value = json_object_new_int64(negative ? -number : number);
    } else {
        double number;
        if (!number_parse(digits, len, '.', &number))
            return fault_set(builder->fault, ERR_BAD_JSON, "a number", "has too many digits");
        value = json_object_new_double(number);
    }
    return value ? attach_scalar(builder, value) : ERR_NO_MEMORY;
}

static enum err on_word(void *context, char first) {
    struct json_object *value = first == 'n' ? NULL : json_object_new_boolean(first == 't');
    return value || first == 'n' ? attach_scalar(context, value) : ERR_NO_MEMORY;
}

static enum err build(const char *text, size_t len, struct builder *builder,
                      struct json_object **out) {
    static const struct json_events events = {.open = on_open,
                                              .close = on_close,
                                              .name = on_name,
                                              .text = on_text,
                                              .number = on_number,
                                              .word = on_word};
    enum err err = json_scan(text, len, JSON_DEPTH_MAX, &events, builder, builder->fault);
    if (err)
        json_object_put(builder->root);
    else
        *out = builder->root;
    return err;
}

enum err json_parse(const char *text, size_t len, struct fault *fault, struct json_object **out) {
    struct builder builder = {.fault = fault};
    return build(text, len, &builder, out);
}

enum err json_parse_each(const char *text, size_t len, const char *member, json_element_fn *fn,
                         void *context, struct fault *fault, struct json_object **out) {
    struct builder builder = {.each = member, .fn = fn, .context = context, .fault = fault};
    return build(text, len, &builder, out);
}

void json_free(struct json_object *doc) {
    json_object_put(doc);
}

enum json_kind json_type_of(const struct json_object *value) {
    switch (json_object_get_type(value)) {
    case json_type_boolean:
        return JSON_BOOL;
    case json_type_double:
    case json_type_int:
        return JSON_NUMBER;
    case json_type_string:
        return JSON_STRING;
    case json_type_array:
        return JSON_ARRAY;
    case json_type_object:
        return JSON_OBJECT;
    case json_type_null:
        break;
    }
    return JSON_NULL;
}

struct json_object *json_get(const struct json_object *object, const char *key) {
    struct json_object *value = NULL;
    if (json_object_is_type(object, json_type_object))
        json_object_object_get_ex(object, key, &value);
    return value;
}

bool json_has(const struct json_object *object, const char *key) {
    return json_object_is_type(object, json_type_object) &&
           json_object_object_get_ex(object, key, NULL);
}

size_t json_length(const struct json_object *array) {
    return json_object_is_type(array, json_type_array) ? json_object_array_length(array) : 0;
}

struct json_object *json_at(const struct json_object *array, size_t index) {
    return index < json_length(array) ? json_object_array_get_idx(array, index) : NULL;
}

const char *json_text(const struct json_object *value, size_t *len) {
    if (!json_object_is_type(value, json_type_string))
        return NULL;
    struct json_object *string = (struct json_object *)value; // json-c's getter is not const
    if (len)
        *len = (size_t)json_object_get_string_len(string);
    return json_object_get_string(string);
}

bool json_number(const struct json_object *value, double *out) {
    if (json_type_of(value) != JSON_NUMBER)
        return false;
    double number = json_object_get_double(value);
    if (!isfinite(number))
        return false;
    *out = number;
    return true;
}

bool json_integer(const struct json_object *value, int64_t *out) {
    const double limit = 9223372036854775808.0; // 2^63
    if (json_object_is_type(value, json_type_int)) {
        *out = json_object_get_int64(value);
        return true;
    }
    double number;
    if (!json_number(value, &number) || number != floor(number) || number < -limit ||
        number >= limit)
        return false;
    *out = (int64_t)number;
    return true;
}

bool json_boolean(const struct json_object *value, bool *out) {
    if (!json_object_is_type(value, json_type_boolean))
        return false;
    *out = json_object_get_boolean(value);
    return true;
}

bool json_next(const struct json_object *object, struct json_members *it, const char **key,
               struct json_object **value) {
    if (!json_object_is_type(object, json_type_object))
        return false;
    if (!it->started) {
        it->started = true;
        it->next = lh_table_head(json_object_get_object(object));
    }
    struct lh_entry *entry = it->next;
    if (!entry)
        return false;
    it->next = lh_entry_next(entry);
    *key = lh_entry_k(entry);
    *value = lh_entry_v(entry);
    return true;
}

static void write_value(struct jsonw *w, struct json_object *value);

static void write_number(struct jsonw *w, struct json_object *value) {
    char text[NUMBER_TEXT_SIZE];
    if (json_object_is_type(value, json_type_int))
        jsonw_i64(w, json_object_get_int64(value));
    else
        jsonw_raw(w, text, number_format(json_object_get_double(value), text));
}

static void write_object(struct jsonw *w, struct json_object *object) {
    struct json_members it = {0};
    const char *key;
    struct json_object *member;
    jsonw_object(w);
    while (json_next(object, &it, &key, &member)) {
        jsonw_key(w, key);
        write_value(w, member);
    }
    jsonw_object_end(w);
}

/* Depth is bounded: what was parsed has JSON_DEPTH_MAX levels. */
static void write_value(struct jsonw *w, struct json_object *value) {
    switch (json_type_of(value)) {
    case JSON_NULL:
        jsonw_null(w);
        break;
    case JSON_BOOL:
        jsonw_bool(w, json_object_get_boolean(value));
        break;
    case JSON_NUMBER:
        write_number(w, value);
        break;
    case JSON_STRING:
        jsonw_strn(w, json_object_get_string(value), (size_t)json_object_get_string_len(value));
        break;
    case JSON_ARRAY:
        jsonw_array(w);
        for (size_t i = 0; i < json_length(value); i++)
            write_value(w, json_at(value, i));
        jsonw_array_end(w);
        break;
    case JSON_OBJECT:
        write_object(w, value);
        break;
    }
}

static void free_text(struct json_object *value, void *text) {
    (void)value;
    free(text);
}

const char *json_write(struct json_object *value, size_t *len) {
    static const char null_text[] = "null";
    if (!value) {
        if (len)
            *len = sizeof null_text - 1;
        return null_text;
    }
    // not json-c's writer: short of memory, it gives half a text without saying so
    struct buf out;
    struct jsonw w;
    buf_init(&out);
    jsonw_init(&w, &out);
    write_value(&w, value);
    buf_char(&out, 0);
    if (out.failed) {
        buf_fini(&out);
        return NULL;
    }
    if (len)
        *len = out.len - 1;
    json_object_set_userdata(value, out.data, free_text); // lives as long as the value
    return out.data;
}
