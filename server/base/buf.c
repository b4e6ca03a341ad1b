// SPDX-License-Identifier: AGPL-3.0-or-later
// Doubling growth; after a failed allocation every append is passed over.
#include "base/buf.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SMALLEST_CAP = 256, DIGITS_MAX = 24 };

void buf_init(struct buf *buf) {
    *buf = (struct buf){0};
}

void buf_fini(struct buf *buf) {
    free(buf->data);
    buf_init(buf);
}

void buf_clear(struct buf *buf) {
    buf->len = 0;
    buf->failed = false;
}

static char *grow(struct buf *buf, size_t extra) {
    if (extra > SIZE_MAX / 2 - buf->len) {
        buf->failed = true;
        return NULL;
    }
    size_t cap = buf->cap ? buf->cap : SMALLEST_CAP;
    while (cap < buf->len + extra)
        cap *= 2;
    char *data = realloc(buf->data, cap);
    if (!data) {
        buf->failed = true;
        return NULL;
    }
    buf->data = data;
    buf->cap = cap;
    return data + buf->len;
}

char *buf_reserve(struct buf *buf, size_t extra) {
    if (buf->failed)
        return NULL;
    return buf->cap - buf->len >= extra && buf->data ? buf->data + buf->len : grow(buf, extra);
}

void buf_bytes(struct buf *buf, const void *bytes, size_t len) {
    if (!len)
        return;
    char *at = buf_reserve(buf, len);
    if (!at)
        return;
    memcpy(at, bytes, len);
    buf->len += len;
}

void buf_str(struct buf *buf, const char *text) {
    buf_bytes(buf, text, strlen(text));
}

void buf_char(struct buf *buf, char c) {
    char *at = buf_reserve(buf, 1);
    if (!at)
        return;
    *at = c;
    buf->len++;
}

/* Writes the digits of `value` so that they end at `end`; returns where they begin. */
static char *digits_before(char *end, uint64_t value) {
    do {
        *--end = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    return end;
}

void buf_i64(struct buf *buf, int64_t value) {
    char text[DIGITS_MAX];
    char *end = text + sizeof text;
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    char *at = digits_before(end, magnitude);
    if (value < 0)
        *--at = '-';
    buf_bytes(buf, at, (size_t)(end - at));
}

/* For magnitudes beyond 2^53: the C library's digits, with the locale's point put right. */
static void fixed_large(struct buf *buf, double value, int decimals) {
    char text[352];
    int len = snprintf(text, sizeof text, "%.*f", decimals, value);
    char *at = len > 0 ? buf_reserve(buf, (size_t)len) : NULL;
    if (!at)
        return;
    size_t n = 0, point = 0;
    for (int i = 0; i < len; i++) {
        if (text[i] == '-' || (text[i] >= '0' && text[i] <= '9'))
            at[n++] = text[i];
        else if (!point)
            at[point = n++] = '.';
    }
    while (point && at[n - 1] == '0')
        n--;
    if (point && n == point + 1)
        n--;
    buf->len += n;
}

void buf_fixed(struct buf *buf, double value, int decimals) {
    static const double scales[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    if (!isfinite(value)) {
        buf_str(buf, "null");
        return;
    }
    if (decimals < 0)
        decimals = 0;
    if (decimals > 9)
        decimals = 9;
    double scaled = fabs(value) * scales[decimals];
    if (scaled >= 9007199254740992.0) {
        fixed_large(buf, value, decimals);
        return;
    }
    uint64_t whole = (uint64_t)llround(scaled);
    while (decimals > 0 && whole % 10 == 0) {
        whole /= 10;
        decimals--;
    }
    char text[DIGITS_MAX];
    char *end = text + sizeof text;
    uint64_t power = (uint64_t)scales[decimals];
    char *at = end;
    if (decimals) {
        at = digits_before(at, whole % power);
        while (end - at < decimals)
            *--at = '0';
        *--at = '.';
    }
    at = digits_before(at, whole / power);
    if (value < 0 && whole)
        *--at = '-';
    buf_bytes(buf, at, (size_t)(end - at));
}

void buf_printf(struct buf *buf, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    char *at = len < 0 ? NULL : buf_reserve(buf, (size_t)len + 1);
    if (at) {
        vsnprintf(at, (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    } else {
        buf->failed = true;
    }
    va_end(again);
    va_end(args);
}
