// SPDX-License-Identifier: AGPL-3.0-or-later
// json_scan decides what is JSON; json-c then only builds the tree. json-c reads numbers in the C
// locale whatever the program's is.
#include "base/json.h"
#include "base/json_scan.h"
#include <errno.h>
#include <json-c/json.h>
#include <limits.h>
#include <math.h>

enum err json_parse(const char *text, size_t len, struct fault *fault, struct json_object **out) {
    enum err err = json_scan(text, len, JSON_DEPTH_MAX, fault);
    if (err)
        return err;
    if (len > INT_MAX)
        return fault_set(fault, ERR_BAD_JSON, "byte 0", "the document is too long");
    // json-c counts a scalar as a level of its own
    struct json_tokener *tokener = json_tokener_new_ex(JSON_DEPTH_MAX + 2);
    if (!tokener)
        return ERR_NO_MEMORY;
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    errno = 0;
    struct json_object *doc = json_tokener_parse_ex(tokener, text, (int)len);
    // a number at the very end is only complete once something follows it
    if (json_tokener_get_error(tokener) == json_tokener_continue)
        doc = json_tokener_parse_ex(tokener, " ", 1);
    enum json_tokener_error error = json_tokener_get_error(tokener);
    size_t stopped_at = json_tokener_get_parse_end(tokener);
    json_tokener_free(tokener);
    if (error == json_tokener_success) {
        *out = doc; // NULL is the document `null`
        return ERR_OK;
    }
    // the scanner took the text, so what json-c cannot do for want of memory is no fault of the text
    if (stopped_at < len && error != json_tokener_error_parse_number)
        return ERR_NO_MEMORY;
    return fault_set(fault, ERR_BAD_JSON, "byte 0", "%s", json_tokener_error_desc(error));
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

const char *json_write(struct json_object *value, size_t *len) {
    size_t bytes = 0;
    const char *text = json_object_to_json_string_length(
        value, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, &bytes);
    if (text && len)
        *len = bytes;
    return text;
}
