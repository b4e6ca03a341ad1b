// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/json_token.h"
#include "base/utf8.h"
#include <stdio.h>
#include <string.h>

enum { WHOLE_DIGITS_MAX = 18, MAGNITUDE_MAX = 308 };

enum err json_token_bad(const struct json_cursor *cursor, const char *at, const char *why) {
    char where[32];
    snprintf(where, sizeof where, "byte %zu", (size_t)(at - cursor->start));
    return fault_set(cursor->fault, ERR_BAD_JSON, where, "%s", why);
}

void json_token_space(struct json_cursor *cursor) {
    while (cursor->at < cursor->end && (*cursor->at == ' ' || *cursor->at == '\n' ||
                                        *cursor->at == '\r' || *cursor->at == '\t'))
        cursor->at++;
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

/* After the backslash. */
static enum err scan_escape(struct json_cursor *cursor, bool nul_taken, struct buf *out) {
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    const char *begin = cursor->at;
    if (cursor->at == cursor->end)
        return json_token_bad(cursor, begin, "the text ends inside a string");
    char c = *cursor->at++;
    if (c != 'u') {
        const char *letter = c ? strchr(letters, c) : NULL;
        if (!letter)
            return json_token_bad(cursor, begin, "no such escape");
        buf_char(out, meanings[letter - letters]);
        return ERR_OK;
    }
    unsigned code, low;
    if (!hex4(cursor->at, cursor->end, &code))
        return json_token_bad(cursor, begin, "\\u needs four hexadecimal digits");
    cursor->at += 4;
    if (code >= 0xDC00 && code <= 0xDFFF)
        return json_token_bad(cursor, begin, "half a surrogate pair");
    if (code >= 0xD800 && code <= 0xDBFF) {
        if (cursor->end - cursor->at < 6 || cursor->at[0] != '\\' || cursor->at[1] != 'u' ||
            !hex4(cursor->at + 2, cursor->end, &low) || low < 0xDC00 || low > 0xDFFF)
            return json_token_bad(cursor, begin, "half a surrogate pair");
        cursor->at += 6;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    if (!code && !nul_taken)
        return json_token_bad(cursor, begin, "a name may not hold NUL");
    append_code_point(out, code);
    return ERR_OK;
}

enum err json_token_string(struct json_cursor *cursor, bool nul_taken, struct buf *out) {
    const char *plain = ++cursor->at;
    for (;;) {
        if (cursor->at == cursor->end)
            return json_token_bad(cursor, cursor->at, "the text ends inside a string");
        unsigned char c = (unsigned char)*cursor->at;
        if (c == '"' || c == '\\') {
            buf_bytes(out, plain, (size_t)(cursor->at - plain));
            cursor->at++;
            if (c == '"')
                return ERR_OK;
            enum err err = scan_escape(cursor, nul_taken, out);
            if (err)
                return err;
            plain = cursor->at;
        } else if (c < 0x20) {
            return json_token_bad(cursor, cursor->at, "a control character inside a string");
        } else {
            size_t step = utf8_step(cursor->at, (size_t)(cursor->end - cursor->at));
            if (!step)
                return json_token_bad(cursor, cursor->at, "not UTF-8");
            cursor->at += step;
        }
    }
}

static size_t scan_digits(struct json_cursor *cursor) {
    const char *begin = cursor->at;
    while (cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9')
        cursor->at++;
    return (size_t)(cursor->at - begin);
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

enum err json_token_number(struct json_cursor *cursor, bool *whole_number) {
    const char *begin = cursor->at;
    if (*cursor->at == '-')
        cursor->at++;
    const char *first = cursor->at;
    size_t whole = scan_digits(cursor);
    if (!whole)
        return json_token_bad(cursor, begin, "not a JSON value");
    if (whole > 1 && *first == '0')
        return json_token_bad(cursor, begin, "a number may not begin with 0");
    bool is_whole = true;
    if (cursor->at < cursor->end && *cursor->at == '.') {
        is_whole = false;
        cursor->at++;
        if (!scan_digits(cursor))
            return json_token_bad(cursor, begin, "digits are missing after the point");
    }
    const char *mantissa_end = cursor->at;
    long exponent = 0;
    if (cursor->at < cursor->end && (*cursor->at | 32) == 'e') {
        is_whole = false;
        const char *exponent_at = ++cursor->at;
        if (cursor->at < cursor->end && (*cursor->at == '+' || *cursor->at == '-'))
            cursor->at++;
        if (!scan_digits(cursor))
            return json_token_bad(cursor, begin, "digits are missing in the exponent");
        exponent = read_exponent(exponent_at, cursor->at);
    }
    if (is_whole && whole > WHOLE_DIGITS_MAX)
        return json_token_bad(cursor, begin, "a whole number has at most 18 digits");
    if ((exponent || whole > MAGNITUDE_MAX) &&
        magnitude(first, mantissa_end) + exponent >= MAGNITUDE_MAX)
        return json_token_bad(cursor, begin, "the number is too large");
    *whole_number = is_whole;
    return ERR_OK;
}

enum err json_token_word(struct json_cursor *cursor, const char *word) {
    size_t len = strlen(word);
    if ((size_t)(cursor->end - cursor->at) < len || memcmp(cursor->at, word, len) != 0)
        return json_token_bad(cursor, cursor->at, "not a JSON value");
    cursor->at += len;
    return ERR_OK;
}
