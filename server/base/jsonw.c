// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/jsonw.h"
#include "base/clock.h"
#include "base/utf8.h"
#include <string.h>

void jsonw_init(struct jsonw *w, struct buf *out) {
    *w = (struct jsonw){.out = out};
}

/* Before each value: the comma that it needs. */
static void value_begins(struct jsonw *w) {
    uint32_t bit = UINT32_C(1) << w->depth;
    if (w->after_key)
        w->after_key = false;
    else if (w->filled & bit)
        buf_char(w->out, ',');
    w->filled |= bit;
}

static void level_begins(struct jsonw *w, char bracket) {
    value_begins(w);
    buf_char(w->out, bracket);
    if (w->depth < 31)
        w->depth++;
    else
        w->out->failed = true;
    w->filled &= ~(UINT32_C(1) << w->depth);
}

static void level_ends(struct jsonw *w, char bracket) {
    if (w->depth)
        w->depth--;
    else
        w->out->failed = true;
    buf_char(w->out, bracket);
}

void jsonw_object(struct jsonw *w) {
    level_begins(w, '{');
}

void jsonw_object_end(struct jsonw *w) {
    level_ends(w, '}');
}

void jsonw_array(struct jsonw *w) {
    level_begins(w, '[');
}

void jsonw_array_end(struct jsonw *w) {
    level_ends(w, ']');
}

static void escape(struct buf *out, unsigned char c) {
    static const char hex[] = "0123456789abcdef";
    const char *word = NULL;
    switch (c) {
    case '"':
        word = "\\\"";
        break;
    case '\\':
        word = "\\\\";
        break;
    case '\n':
        word = "\\n";
        break;
    case '\r':
        word = "\\r";
        break;
    case '\t':
        word = "\\t";
        break;
    default:
        break;
    }
    if (word) {
        buf_str(out, word);
        return;
    }
    const char text[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    buf_bytes(out, text, sizeof text);
}

/* Bytes that need an escape or a look at their encoding: controls, " \ < DEL, and beyond ASCII. */
static const uint64_t care[4] = {UINT64_C(0x10000004ffffffff), UINT64_C(0x8000000010000000),
                                 UINT64_MAX, UINT64_MAX};

static bool needs_care(unsigned char c) {
    return care[c >> 6] >> (c & 63) & 1;
}

/* The top bit of the first of eight bytes that is `c` is 1; they are all ASCII. */
static uint64_t equal(uint64_t eight, unsigned char c) {
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t zero_where_equal = eight ^ (ones * c);
    return zero_where_equal - ones;
}

/* The same rule for eight bytes at once. */
static bool any_needs_care(uint64_t eight) {
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    uint64_t control = eight - ones * 0x20;
    uint64_t hit = control | equal(eight, '"') | equal(eight, '\\') | equal(eight, '<') |
                   equal(eight, 0x7F) | eight;
    return (hit & tops) != 0;
}

static bool is_plain(const char *text, size_t len) {
    uint64_t eight;
    for (; len >= sizeof eight; text += sizeof eight, len -= sizeof eight) {
        memcpy(&eight, text, sizeof eight);
        if (any_needs_care(eight))
            return false;
    }
    eight = UINT64_C(0x2020202020202020);
    memcpy(&eight, text, len);
    return !any_needs_care(eight);
}

static void quoted_with_care(struct buf *out, const char *text, size_t len) {
    buf_char(out, '"');
    size_t plain = 0; // start of the run that can be copied as it is
    size_t at = 0;
    while (at < len) {
        unsigned char c = (unsigned char)text[at];
        size_t step = needs_care(c) ? utf8_step(text + at, len - at) : 1;
        if (step > 1 || !needs_care(c)) {
            at += step;
            continue;
        }
        buf_bytes(out, text + plain, at - plain);
        if (step == 1)
            escape(out, c);
        else
            buf_str(out, "\xEF\xBF\xBD");
        plain = ++at;
    }
    buf_bytes(out, text + plain, len - plain);
    buf_char(out, '"');
}

/* Most texts, and all keys of ours, are plain: one reservation, one copy. */
static void quoted(struct buf *out, const char *text, size_t len) {
    if (!is_plain(text, len)) {
        quoted_with_care(out, text, len);
        return;
    }
    char *at = buf_reserve(out, len + 2);
    if (!at)
        return;
    at[0] = '"';
    memcpy(at + 1, text, len);
    at[len + 1] = '"';
    out->len += len + 2;
}

void jsonw_key(struct jsonw *w, const char *key) {
    value_begins(w);
    quoted(w->out, key, strlen(key));
    buf_char(w->out, ':');
    w->after_key = true;
}

void jsonw_strn(struct jsonw *w, const char *text, size_t len) {
    value_begins(w);
    quoted(w->out, text, len);
}

void jsonw_str(struct jsonw *w, const char *text) {
    if (text)
        jsonw_strn(w, text, strlen(text));
    else
        jsonw_null(w);
}

void jsonw_i64(struct jsonw *w, int64_t value) {
    value_begins(w);
    buf_i64(w->out, value);
}

void jsonw_fixed(struct jsonw *w, double value, int decimals) {
    value_begins(w);
    buf_fixed(w->out, value, decimals);
}

void jsonw_bool(struct jsonw *w, bool value) {
    value_begins(w);
    buf_str(w->out, value ? "true" : "false");
}

void jsonw_null(struct jsonw *w) {
    value_begins(w);
    buf_str(w->out, "null");
}

void jsonw_raw(struct jsonw *w, const char *json, size_t len) {
    value_begins(w);
    buf_bytes(w->out, json, len);
}

void jsonw_kstr(struct jsonw *w, const char *key, const char *text) {
    jsonw_key(w, key);
    jsonw_str(w, text);
}

void jsonw_ki64(struct jsonw *w, const char *key, int64_t value) {
    jsonw_key(w, key);
    jsonw_i64(w, value);
}

void jsonw_kfixed(struct jsonw *w, const char *key, double value, int decimals) {
    jsonw_key(w, key);
    jsonw_fixed(w, value, decimals);
}

void jsonw_kbool(struct jsonw *w, const char *key, bool value) {
    jsonw_key(w, key);
    jsonw_bool(w, value);
}

void jsonw_ktime(struct jsonw *w, const char *key, int64_t time_ms) {
    char text[CLOCK_TEXT_SIZE];
    if (time_ms)
        clock_format(time_ms, text);
    jsonw_kstr(w, key, time_ms ? text : NULL);
}

void jsonw_kraw(struct jsonw *w, const char *key, const char *raw_json) {
    jsonw_key(w, key);
    if (raw_json)
        jsonw_raw(w, raw_json, strlen(raw_json));
    else
        jsonw_null(w);
}
