// SPDX-License-Identifier: AGPL-3.0-or-later
// What handlers share: the worker's context, who asks, reading a JSON body field by field, starting
// a reply. A handler is: parameters and fields -> service -> jsonw.
#ifndef REPERE_API_API_H
#define REPERE_API_API_H
#include "base/json.h"
#include "base/jsonw.h"
#include "geo/bbox.h"
#include "http/request.h"
#include "http/response.h"
#include "model/participant.h"
#include "service/caller.h"
#include "service/context.h"

struct context *api_context(const struct request *request);
struct caller api_caller(const struct request *request);

/** A writer over the response's body. */
struct jsonw api_reply(struct response *response);
/** The reply of a route that has nothing to say: {}. */
enum err api_empty(struct response *response);

/* Lists. A page is asked for with one item more than it holds, to know whether any follow. A cursor
 * is the id of the last item sent, as text. */
/** The `cursor` parameter, 0 when absent. */
int64_t api_cursor(const struct request *request);
/** Whether more came than the page holds; then `*count` becomes `limit`. */
bool api_page_cut(size_t *count, int64_t limit);
/** Begins {"items": [...], "next": ...}: the items are written next, then api_items_end, or
 *  api_items_whole where there are no pages. */
struct jsonw api_items(struct response *response);
/** @param last_id as in api_next */
void api_items_end(struct jsonw *w, int64_t last_id);
/** The end of a list that has no pages. */
void api_items_whole(struct jsonw *w);
/** "next": the cursor, or null when `last_id` is 0 (nothing follows). */
void api_next(struct jsonw *w, int64_t last_id);

/**
 * The version that If-Match asks for ("12", quoted or bare), 0 without one or with "*".
 * Errors: BAD_REQUEST.
 */
enum err api_if_version(struct request *request, int64_t *out);

/** "http://192.168.1.10:8080": a scheme, and what a host and a port are written with. */
bool api_is_origin(const char *origin);

/* Announcements. */
/** "session/7", in the arena; NULL when memory is short. */
const char *api_session_topic(struct arena *arena, int64_t session_id);

/**
 * A JSON object being read member by member. The first thing wrong is remembered in `err` and in
 * the request's fault (with the path of the member); what is read after it gives fallbacks. A
 * member that nobody asked for is refused at the end.
 *
 *     struct fields f;
 *     if (fields_open(request, &f) == ERR_OK) {
 *         title = fields_text(&f, "title", 1, 200);
 *         seats = fields_int_or(&f, "seat_limit", 1, 500, 20);
 *     }
 *     return fields_close(&f);
 *
 * Texts handed out are copies in the request's arena. A member whose value is null counts as
 * absent.
 */
enum { FIELDS_MAX = 24, FIELDS_PATH_SIZE = 64 };
struct fields {
    struct arena *arena;
    struct fault *fault;
    struct json_object *object;
    struct json_object *document; // owned; NULL for an inner object
    char path[FIELDS_PATH_SIZE];  // "" for the body itself
    const char *asked[FIELDS_MAX];
    size_t asked_count;
    enum err err;
};

/** The request's body. Errors: BAD_JSON, BAD_FIELD (not an object), NO_MEMORY. fields_close is due
 *  even after an error. */
enum err fields_open(struct request *request, struct fields *out);
/** An object inside: an element of a list, a member. `path` is its place ("help_contacts[1]"). */
void fields_inner(const struct fields *outer, struct json_object *object, const char *path,
                  struct fields *out);
/** Refuses members that were not asked for, frees what is owned, gives back the first error. Call
 * it once. */
enum err fields_close(struct fields *fields);
/** Says what is wrong with a member; keeps the first. `why` is a printf format. */
void fields_wrong(struct fields *fields, const char *key, const char *why, ...)
    __attribute__((format(printf, 3, 4)));

bool fields_has(struct fields *fields, const char *key);
/** The member as it is (borrowed until fields_close), NULL when absent; no complaint. */
struct json_object *fields_value(struct fields *fields, const char *key);

/* A text of min..max bytes without control characters; NULL after an error. */
const char *fields_text(struct fields *fields, const char *key, size_t min, size_t max);
/** `fallback` when absent. */
const char *fields_text_or(struct fields *fields, const char *key, size_t max,
                           const char *fallback);
/** One of the NULL-ended words: its index; `fallback` when absent (below 0: required). */
int fields_one_of(struct fields *fields, const char *key, const char *const *words, int fallback);
/* A whole number of min..max; `fallback` when absent. */
int64_t fields_int_or(struct fields *fields, const char *key, int64_t min, int64_t max,
                      int64_t fallback);
bool fields_bool(struct fields *fields, const char *key);
/** [west, south, east, north] in EPSG:4326 degrees; false when absent (and wrong when required). */
/** The members of a consent, each required. */
void fields_consent(struct fields *fields, struct consent *out);
bool fields_bbox(struct fields *fields, const char *key, bool required, struct bbox *out);
/** Text by language ({"en": "..", "fr": ".."}, each at most `max` bytes, line breaks allowed) as
 *  compact JSON; NULL when absent or wrong. */
const char *fields_translations(struct fields *fields, const char *key, size_t max);
/** A value as compact JSON in the arena, to be kept as it is; NULL when memory is short. */
const char *fields_json(struct fields *fields, struct json_object *value);
#endif
