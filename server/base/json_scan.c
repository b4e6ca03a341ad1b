// SPDX-License-Identifier: AGPL-3.0-or-later
// A loop over tokens and a stack of levels; no recursion, so depth costs no C stack.
//
// Names seen so far lie decoded in `names`, one after the other, and `spans` says where; a level
// knows which span is its first. Few names are compared with each other as they come; an object
// with many is sorted when it ends, so that a hostile one costs n log n.
#include "base/json_scan.h"
#include "base/buf.h"
#include "base/json_token.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_LIMIT = 64, FEW_NAMES = 16 };

struct span {
    size_t at, len;
};
struct level {
    bool object;
    size_t first_span;
    size_t first_byte; // of `names`, when the level began
};
struct scan {
    struct json_cursor cursor;
    unsigned depth, depth_max;
    struct level levels[DEPTH_LIMIT];
    struct buf names; // each with its NUL
    struct buf spans; // struct span
    struct buf text;  // the string just read
    const struct json_events *events;
    void *context;
};

static const struct span *spans(const struct scan *scan) {
    return (const struct span *)(const void *)scan->spans.data;
}

static size_t span_count(const struct scan *scan) {
    return scan->spans.len / sizeof(struct span);
}

static int compare_spans(const void *a, const void *b, void *names) {
    const struct span *x = a, *y = b;
    if (x->len != y->len)
        return x->len < y->len ? -1 : 1;
    return x->len ? memcmp((char *)names + x->at, (char *)names + y->at, x->len) : 0;
}

static enum err twice(const struct scan *scan, const char *at) {
    return json_token_bad(&scan->cursor, at, "a name stands twice in this object");
}

/* At the end of an object with many names. */
static enum err check_many_names(struct scan *scan) {
    size_t first = scan->levels[scan->depth - 1].first_span;
    size_t count = span_count(scan) - first;
    if (count <= FEW_NAMES)
        return ERR_OK;
    struct span *all = (struct span *)(void *)scan->spans.data + first;
    qsort_r(all, count, sizeof *all, compare_spans, scan->names.data);
    for (size_t i = 1; i < count; i++)
        if (compare_spans(&all[i - 1], &all[i], scan->names.data) == 0)
            return twice(scan, scan->cursor.at);
    return ERR_OK;
}

static char next_char(const struct scan *scan) {
    return scan->cursor.at < scan->cursor.end ? *scan->cursor.at : 0;
}

/* Keeps the name that was just appended to `names`, unless the object has it already. */
static enum err keep_name(struct scan *scan, size_t at, const char *begin) {
    const struct span span = {.at = at, .len = scan->names.len - at};
    buf_char(&scan->names, 0);
    if (scan->names.failed)
        return ERR_NO_MEMORY;
    size_t first = scan->levels[scan->depth - 1].first_span;
    if (span_count(scan) - first < FEW_NAMES)
        for (size_t i = first; i < span_count(scan); i++)
            if (compare_spans(&spans(scan)[i], &span, scan->names.data) == 0)
                return twice(scan, begin);
    buf_bytes(&scan->spans, &span, sizeof span);
    if (scan->spans.failed)
        return ERR_NO_MEMORY;
    return scan->events ? scan->events->name(scan->context, scan->names.data + at) : ERR_OK;
}

/* A name, its colon, and the space around them. */
static enum err scan_name(struct scan *scan) {
    struct json_cursor *cursor = &scan->cursor;
    if (next_char(scan) != '"')
        return json_token_bad(cursor, cursor->at, "a name in double quotes is missing");
    const char *begin = cursor->at;
    size_t at = scan->names.len;
    enum err err = json_token_string(cursor, false, &scan->names);
    if (!err)
        err = keep_name(scan, at, begin);
    if (err)
        return err;
    json_token_space(cursor);
    if (next_char(scan) != ':')
        return json_token_bad(cursor, cursor->at, "a colon is missing");
    cursor->at++;
    json_token_space(cursor);
    return ERR_OK;
}

static enum err open_level(struct scan *scan, bool object) {
    if (scan->depth == scan->depth_max)
        return json_token_bad(&scan->cursor, scan->cursor.at, "nested too deep");
    scan->levels[scan->depth++] = (struct level){
        .object = object, .first_span = span_count(scan), .first_byte = scan->names.len};
    scan->cursor.at++;
    json_token_space(&scan->cursor);
    return scan->events ? scan->events->open(scan->context, object) : ERR_OK;
}

static enum err close_level(struct scan *scan) {
    const struct level *level = &scan->levels[scan->depth - 1];
    if (level->object) {
        enum err err = check_many_names(scan);
        if (err)
            return err;
        scan->spans.len = level->first_span * sizeof(struct span);
        scan->names.len = level->first_byte;
    }
    scan->cursor.at++;
    scan->depth--;
    return scan->events ? scan->events->close(scan->context) : ERR_OK;
}

static enum err scan_string(struct scan *scan) {
    buf_clear(&scan->text);
    enum err err = json_token_string(&scan->cursor, true, &scan->text);
    if (!err && scan->text.failed)
        err = ERR_NO_MEMORY;
    if (err || !scan->events)
        return err;
    return scan->events->text(scan->context, scan->text.data ? scan->text.data : "",
                              scan->text.len);
}

static enum err scan_number(struct scan *scan) {
    const char *begin = scan->cursor.at;
    bool whole;
    enum err err = json_token_number(&scan->cursor, &whole);
    if (err || !scan->events)
        return err;
    return scan->events->number(scan->context, begin, (size_t)(scan->cursor.at - begin), whole);
}

static enum err scan_word(struct scan *scan, const char *word) {
    enum err err = json_token_word(&scan->cursor, word);
    if (err || !scan->events)
        return err;
    return scan->events->word(scan->context, word[0]);
}

/* A value that is not an array or object. */
static enum err scan_scalar(struct scan *scan) {
    switch (*scan->cursor.at) {
    case '"':
        return scan_string(scan);
    case 't':
        return scan_word(scan, "true");
    case 'f':
        return scan_word(scan, "false");
    case 'n':
        return scan_word(scan, "null");
    default:
        return scan_number(scan);
    }
}

/* After a value: commas and closing brackets, until a next value stands or all levels are closed.
 */
static enum err after_value(struct scan *scan) {
    struct json_cursor *cursor = &scan->cursor;
    while (scan->depth) {
        bool object = scan->levels[scan->depth - 1].object;
        json_token_space(cursor);
        if (next_char(scan) == ',') {
            cursor->at++;
            json_token_space(cursor);
            return object ? scan_name(scan) : ERR_OK;
        }
        if (next_char(scan) != (object ? '}' : ']'))
            return json_token_bad(cursor, cursor->at, "a comma or a closing bracket is missing");
        enum err err = close_level(scan);
        if (err)
            return err;
    }
    return ERR_OK;
}

/* Opens what begins here; an empty one is closed at once. `*value_done`: no value follows inside.
 */
static enum err begin_value(struct scan *scan, bool *value_done) {
    char first = next_char(scan);
    *value_done = true;
    if (first != '{' && first != '[')
        return scan_scalar(scan);
    enum err err = open_level(scan, first == '{');
    if (err)
        return err;
    if (next_char(scan) == (first == '{' ? '}' : ']'))
        return close_level(scan);
    *value_done = false;
    return first == '{' ? scan_name(scan) : ERR_OK;
}

static enum err scan_document(struct scan *scan) {
    struct json_cursor *cursor = &scan->cursor;
    if (cursor->end - cursor->at >= 3 && memcmp(cursor->at, "\xEF\xBB\xBF", 3) == 0)
        return json_token_bad(cursor, cursor->at, "a byte-order mark");
    json_token_space(cursor);
    do {
        bool value_done;
        if (cursor->at == cursor->end)
            return json_token_bad(cursor, cursor->at, "the text ends too early");
        enum err err = begin_value(scan, &value_done);
        if (!err && value_done)
            err = after_value(scan);
        if (err)
            return err;
    } while (scan->depth);
    json_token_space(cursor);
    if (cursor->at != cursor->end)
        return json_token_bad(cursor, cursor->at, "text after the document's end");
    return ERR_OK;
}

enum err json_scan(const char *text, size_t len, unsigned depth_max,
                   const struct json_events *events, void *context, struct fault *fault) {
    struct scan scan = {
        .cursor = {.start = text, .at = text, .end = text + len, .fault = fault},
        .depth_max = depth_max < DEPTH_LIMIT ? depth_max : DEPTH_LIMIT,
        .events = events,
        .context = context,
    };
    buf_init(&scan.names);
    buf_init(&scan.spans);
    buf_init(&scan.text);
    enum err err = scan_document(&scan);
    buf_fini(&scan.text);
    buf_fini(&scan.spans);
    buf_fini(&scan.names);
    return err;
}
