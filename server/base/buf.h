// SPDX-License-Identifier: AGPL-3.0-or-later
// A growing run of bytes. Appending never fails at the call: a shortage of memory is remembered in
// `failed`, and whoever sends or keeps the bytes looks at it once.
#ifndef REPERE_BASE_BUF_H
#define REPERE_BASE_BUF_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
    char *data; // not NUL-terminated; NULL while empty
    size_t len;
    size_t cap;
    bool failed;
};

void buf_init(struct buf *buf);
void buf_fini(struct buf *buf);
/** Empties it and keeps its memory. */
void buf_clear(struct buf *buf);
void buf_bytes(struct buf *buf, const void *bytes, size_t len);
void buf_str(struct buf *buf, const char *text);
void buf_char(struct buf *buf, char c);
void buf_i64(struct buf *buf, int64_t value);
/** A decimal number, at most `decimals` (0-9) after the point, trailing zeros dropped, never in
 *  exponent form, whatever the locale. Not-a-number and infinities are written as null. */
void buf_fixed(struct buf *buf, double value, int decimals);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Makes room for `extra` more bytes and returns where they go, or NULL; then add to `len`. */
char *buf_reserve(struct buf *buf, size_t extra);
#endif
