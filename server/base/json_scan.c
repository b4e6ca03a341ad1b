// SPDX-License-Identifier: AGPL-3.0-or-later
// A loop over tokens and a stack of levels; no recursion, so depth costs no C stack.
//
// Names seen so far lie decoded in `names`, one after the other, and `spans` says where; a level knows
// which span is its first. Few names are compared with each other as they come; an object with many
// is sorted when it ends, so that a hostile one costs n log n.
#include "base/json_scan.h"
#include "base/buf.h"
#include "base/utf8.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_LIMIT = 64, FEW_NAMES = 16, WHOLE_DIGITS_MAX = 18, MAGNITUDE_MAX = 308 };

struct span {
    size_t at, len;
};
struct level {
    bool object;
    size_t first_span;
    size_t first_byte; // of `names`, when the level began
};
struct scan {
    const char *start, *at, *end;
    unsigned depth, depth_max;
    struct level levels[DEPTH_LIMIT];
    struct buf names;
    struct buf spans; // struct span
    struct fault *fault;
};

static enum err bad(const struct scan *scan, const char *at, const char *why) {
    char where[32];
    snprintf(where, sizeof where, "byte %zu", (size_t)(at - scan->start));
    return fault_set(scan->fault, ERR_BAD_JSON, where, "%s", why);
}

static void skip_space(struct scan *scan) {
    while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\n' || *scan->at == '\r' ||
                                    *scan->at == '\t'))
        scan->at++;
}

static bool hex4(const char *at, const char *end, unsigned *out) {
    if (end - at < 4)
        return false;
    unsigned value = 0;
    for (int i = 0; i < 4; i++) {
        unsigned c = (unsigned char)at[i];
        unsigned digit = c - '0' < 10 ? c - '0' : (c | 32) - 'a' < 6 ? (c | 32) - 'a' + 10 : 16;
        if (digit > 15)
            return false;
        value = value * 16 + digit;
    }
    *out = value;
    return true;
}

static void append_code_point(struct buf *out, unsigned code) {
    char text[4];
    size_t n = 0;
    if (code < 0x80) {
        text[n++] = (char)code;
    } else if (code < 0x800) {
        text[n++] = (char)(0xC0 | code >> 6);
        text[n++] = (char)(0x80 | (code & 63));
    } else if (code < 0x10000) {
        text[n++] = (char)(0xE0 | code >> 12);
        text[n++] = (char)(0x80 | (code >> 6 & 63));
        text[n++] = (char)(0x80 | (code & 63));
    } else {
        text[n++] = (char)(0xF0 | code >> 18);
        text[n++] = (char)(0x80 | (code >> 12 & 63));
        text[n++] = (char)(0x80 | (code >> 6 & 63));
        text[n++] = (char)(0x80 | (code & 63));
    }
    buf_bytes(out, text, n);
}

/* After the backslash. `name` NULL: the value is of no interest. */
static enum err scan_escape(struct scan *scan, struct buf *name) {
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    const char *begin = scan->at;
    if (scan->at == scan->end)
        return bad(scan, begin, "the text ends inside a string");
    char c = *scan->at++;
    if (c != 'u') {
        const char *letter = c ? strchr(letters, c) : NULL;
        if (!letter)
            return bad(scan, begin, "no such escape");
        if (name)
            buf_char(name, meanings[letter - letters]);
        return ERR_OK;
    }
    unsigned code, low;
    if (!hex4(scan->at, scan->end, &code))
        return bad(scan, begin, "\\u needs four hexadecimal digits");
    scan->at += 4;
    if (code >= 0xDC00 && code <= 0xDFFF)
        return bad(scan, begin, "half a surrogate pair");
    if (code >= 0xD800 && code <= 0xDBFF) {
        if (scan->end - scan->at < 6 || scan->at[0] != '\\' || scan->at[1] != 'u' ||
            !hex4(scan->at + 2, scan->end, &low) || low < 0xDC00 || low > 0xDFFF)
            return bad(scan, begin, "half a surrogate pair");
        scan->at += 6;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    if (name && !code)
        return bad(scan, begin, "a name may not hold NUL");
    if (name)
        append_code_point(name, code);
    return ERR_OK;
}

/* From the opening quote to behind the closing one; the decoded text is appended to `name`. */
static enum err scan_string(struct scan *scan, struct buf *name) {
    const char *plain = ++scan->at;
    for (;;) {
        if (scan->at == scan->end)
            return bad(scan, scan->at, "the text ends inside a string");
        unsigned char c = (unsigned char)*scan->at;
        if (c == '"' || c == '\\') {
            if (name)
                buf_bytes(name, plain, (size_t)(scan->at - plain));
            scan->at++;
            if (c == '"')
                return ERR_OK;
            enum err err = scan_escape(scan, name);
            if (err)
                return err;
            plain = scan->at;
        } else if (c < 0x20) {
            return bad(scan, scan->at, "a control character inside a string");
        } else {
            size_t step = utf8_step(scan->at, (size_t)(scan->end - scan->at));
            if (!step)
                return bad(scan, scan->at, "not UTF-8");
            scan->at += step;
        }
    }
}

static size_t scan_digits(struct scan *scan) {
    const char *begin = scan->at;
    while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9')
        scan->at++;
    return (size_t)(scan->at - begin);
}

/* The power of ten of the first digit that counts, so that 0.05 has -2 and 123 has 2. */
static long magnitude(const char *number, const char *end) {
    long power = -1, shift = 0;
    bool found = false, fraction = false;
    for (; number < end && (*number | 32) != 'e'; number++) {
        if (*number == '.') {
            fraction = true;
        } else if (*number >= '0' && *number <= '9') {
            if (!found && fraction)
                shift--;
            if (*number != '0')
                found = true;
            if (found && !fraction)
                power++;
        }
    }
    if (!found)
        return -MAGNITUDE_MAX;
    return power >= 0 ? power : shift;
}

/* The exponent after e or E, kept within a range that still tells too large from fine. */
static long read_exponent(const char *at, const char *end) {
    const long far = 100000000;
    bool negative = at < end && *at == '-';
    long value = 0;
    for (at += at < end && (*at == '-' || *at == '+'); at < end; at++)
        value = value < far ? value * 10 + (*at - '0') : value;
    return negative ? -value : value;
}

static enum err scan_number(struct scan *scan) {
    const char *begin = scan->at;
    if (*scan->at == '-')
        scan->at++;
    const char *first = scan->at;
    size_t whole = scan_digits(scan);
    if (!whole)
        return bad(scan, begin, "not a JSON value");
    if (whole > 1 && *first == '0')
        return bad(scan, begin, "a number may not begin with 0");
    bool is_whole = true;
    if (scan->at < scan->end && *scan->at == '.') {
        is_whole = false;
        scan->at++;
        if (!scan_digits(scan))
            return bad(scan, begin, "digits are missing after the point");
    }
    const char *mantissa_end = scan->at;
    long exponent = 0;
    if (scan->at < scan->end && (*scan->at | 32) == 'e') {
        is_whole = false;
        const char *exponent_at = ++scan->at;
        if (scan->at < scan->end && (*scan->at == '+' || *scan->at == '-'))
            scan->at++;
        if (!scan_digits(scan))
            return bad(scan, begin, "digits are missing in the exponent");
        exponent = read_exponent(exponent_at, scan->at);
    }
    if (is_whole && whole > WHOLE_DIGITS_MAX)
        return bad(scan, begin, "a whole number has at most 18 digits");
    if ((exponent || whole > MAGNITUDE_MAX) &&
        magnitude(first, mantissa_end) + exponent >= MAGNITUDE_MAX)
        return bad(scan, begin, "the number is too large");
    return ERR_OK;
}

static enum err scan_word(struct scan *scan, const char *word) {
    size_t len = strlen(word);
    if ((size_t)(scan->end - scan->at) < len || memcmp(scan->at, word, len) != 0)
        return bad(scan, scan->at, "not a JSON value");
    scan->at += len;
    return ERR_OK;
}

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
            return bad(scan, scan->at, "a name stands twice in this object");
    return ERR_OK;
}

/* A name, its colon, and the space around them. */
static enum err scan_name(struct scan *scan) {
    if (scan->at == scan->end || *scan->at != '"')
        return bad(scan, scan->at, "a name in double quotes is missing");
    const char *begin = scan->at;
    struct span span = {.at = scan->names.len};
    enum err err = scan_string(scan, &scan->names);
    if (err)
        return err;
    span.len = scan->names.len - span.at;
    size_t first = scan->levels[scan->depth - 1].first_span;
    if (span_count(scan) - first < FEW_NAMES && !scan->names.failed)
        for (size_t i = first; i < span_count(scan); i++)
            if (compare_spans(&spans(scan)[i], &span, scan->names.data) == 0)
                return bad(scan, begin, "a name stands twice in this object");
    buf_bytes(&scan->spans, &span, sizeof span);
    if (scan->names.failed || scan->spans.failed)
        return ERR_NO_MEMORY;
    skip_space(scan);
    if (scan->at == scan->end || *scan->at != ':')
        return bad(scan, scan->at, "a colon is missing");
    scan->at++;
    skip_space(scan);
    return ERR_OK;
}

static enum err open_level(struct scan *scan) {
    if (scan->depth == scan->depth_max)
        return bad(scan, scan->at, "nested too deep");
    scan->levels[scan->depth++] = (struct level){.object = *scan->at == '{',
                                                 .first_span = span_count(scan),
                                                 .first_byte = scan->names.len};
    scan->at++;
    return ERR_OK;
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
    scan->at++;
    scan->depth--;
    return ERR_OK;
}

/* A value that is not an array or object. */
static enum err scan_scalar(struct scan *scan) {
    switch (*scan->at) {
    case '"':
        return scan_string(scan, NULL);
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

/* After a value: commas and closing brackets, until a next value stands or all levels are closed. */
static enum err after_value(struct scan *scan) {
    while (scan->depth) {
        const struct level *level = &scan->levels[scan->depth - 1];
        skip_space(scan);
        if (scan->at == scan->end)
            return bad(scan, scan->at, "the text ends too early");
        if (*scan->at == ',') {
            scan->at++;
            skip_space(scan);
            return level->object ? scan_name(scan) : ERR_OK;
        }
        if (*scan->at != (level->object ? '}' : ']'))
            return bad(scan, scan->at, "a comma or a closing bracket is missing");
        enum err err = close_level(scan);
        if (err)
            return err;
    }
    return ERR_OK;
}

/* Opens what begins here; an empty one is closed at once. `*value_done`: no value follows inside. */
static enum err begin_value(struct scan *scan, bool *value_done) {
    *value_done = true;
    if (*scan->at != '{' && *scan->at != '[')
        return scan_scalar(scan);
    bool object = *scan->at == '{';
    enum err err = open_level(scan);
    if (err)
        return err;
    skip_space(scan);
    if (scan->at < scan->end && *scan->at == (object ? '}' : ']'))
        return close_level(scan);
    *value_done = false;
    return object ? scan_name(scan) : ERR_OK;
}

static enum err scan_document(struct scan *scan) {
    if (scan->end - scan->at >= 3 && memcmp(scan->at, "\xEF\xBB\xBF", 3) == 0)
        return bad(scan, scan->at, "a byte-order mark");
    skip_space(scan);
    do {
        bool value_done;
        if (scan->at == scan->end)
            return bad(scan, scan->at, "the text ends too early");
        enum err err = begin_value(scan, &value_done);
        if (!err && value_done)
            err = after_value(scan);
        if (err)
            return err;
    } while (scan->depth);
    skip_space(scan);
    return scan->at == scan->end ? ERR_OK : bad(scan, scan->at, "text after the document's end");
}

enum err json_scan(const char *text, size_t len, unsigned depth_max, struct fault *fault) {
    struct scan scan = {
        .start = text,
        .at = text,
        .end = text + len,
        .depth_max = depth_max < DEPTH_LIMIT ? depth_max : DEPTH_LIMIT,
        .fault = fault,
    };
    buf_init(&scan.names);
    buf_init(&scan.spans);
    enum err err = scan_document(&scan);
    buf_fini(&scan.spans);
    buf_fini(&scan.names);
    return err;
}
