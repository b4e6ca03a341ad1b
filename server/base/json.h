// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading JSON that somebody sent: strict RFC 8259, UTF-8 checked, duplicate keys refused, depth
// bounded. The only user of json-c. A `struct json_object *` handed out by an accessor is borrowed
// from the document it came from.
#ifndef REPERE_BASE_JSON_H
#define REPERE_BASE_JSON_H
#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_object;
enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };
enum { JSON_DEPTH_MAX = 16 };

/**
 * Parses one whole document of `len` bytes.
 *
 * @param out the document, to be freed with json_free
 * Errors: BAD_JSON (fault: "byte N" and what is wrong there), NO_MEMORY.
 */
enum err json_parse(const char *text, size_t len, struct fault *fault, struct json_object **out);
/** One element, freed after the call; what it returns, when not ERR_OK, ends the reading. */
typedef enum err json_element_fn(void *context, size_t index, struct json_object *element,
                                 struct fault *fault);
/**
 * json_parse for a document whose bulk is one array, such as "features": its elements go to `fn`
 * one by one and are not kept, so that memory is that of the largest. In `out` the array is empty.
 *
 * @param member a name of the outermost object; when it is not there or no array, `fn` is not
 * called Errors: as json_parse, found perhaps after `fn` was called; what `fn` returns.
 */
enum err json_parse_each(const char *text, size_t len, const char *member, json_element_fn *fn,
                         void *context, struct fault *fault, struct json_object **out);
void json_free(struct json_object *doc);

/** The type of a value; NULL counts as JSON_NULL. */
enum json_kind json_type_of(const struct json_object *value);
/** A member of an object; NULL when absent or when `object` is not an object. A member whose value
 *  is null is also NULL: json_has tells the two apart. */
struct json_object *json_get(const struct json_object *object, const char *key);
bool json_has(const struct json_object *object, const char *key);
size_t json_length(const struct json_object *array);
struct json_object *json_at(const struct json_object *array, size_t index);
/** The text of a string, NUL-terminated (a text may hold NUL itself: compare `*len`); NULL for
 * others. */
const char *json_text(const struct json_object *value, size_t *len);
/** True and sets `*out` when the value is a finite number. */
bool json_number(const struct json_object *value, double *out);
/** True and sets `*out` when the value is a whole number within int64. */
bool json_integer(const struct json_object *value, int64_t *out);
bool json_boolean(const struct json_object *value, bool *out);

/** Walks the members of an object: start with `it = {0}`; false at the end. */
struct json_members {
    void *next;
    bool started;
};
bool json_next(const struct json_object *object, struct json_members *it, const char **key,
               struct json_object **value);
/** The value as compact JSON text, to be kept in the store; valid until the document is freed or
 *  the value is written again. NULL when memory is short. */
const char *json_write(struct json_object *value, size_t *len);
#endif
