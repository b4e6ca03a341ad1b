// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes JSON straight into a buf: commas and escapes are its business, so that no document is
// glued from strings. Used for every reply, large GeoJSON included.
#ifndef REPERE_BASE_JSONW_H
#define REPERE_BASE_JSONW_H
#include "base/buf.h"

struct jsonw {
    struct buf *out;
    uint32_t filled; // one bit a level: a value stands there already
    unsigned depth;  // at most 31
    bool after_key;
};

void jsonw_init(struct jsonw *w, struct buf *out);
void jsonw_object(struct jsonw *w);
void jsonw_object_end(struct jsonw *w);
void jsonw_array(struct jsonw *w);
void jsonw_array_end(struct jsonw *w);
/** The next value's name. `key` is one of ours or is escaped like any text. */
void jsonw_key(struct jsonw *w, const char *key);
/** NULL is written as null. Bytes that are not UTF-8 become U+FFFD. '<' is escaped as well. */
void jsonw_str(struct jsonw *w, const char *text);
void jsonw_strn(struct jsonw *w, const char *text, size_t len);
void jsonw_i64(struct jsonw *w, int64_t value);
void jsonw_fixed(struct jsonw *w, double value, int decimals);
void jsonw_bool(struct jsonw *w, bool value);
void jsonw_null(struct jsonw *w);
/** A value that is already valid JSON (a stored document). */
void jsonw_raw(struct jsonw *w, const char *json, size_t len);

/* key and value at once */
void jsonw_kstr(struct jsonw *w, const char *key, const char *text);
void jsonw_ki64(struct jsonw *w, const char *key, int64_t value);
void jsonw_kfixed(struct jsonw *w, const char *key, double value, int decimals);
void jsonw_kbool(struct jsonw *w, const char *key, bool value);
/** RFC 3339 UTC to the second; null when `time_ms` is 0. */
void jsonw_ktime(struct jsonw *w, const char *key, int64_t time_ms);
/** `raw_json` NULL: null */
void jsonw_kraw(struct jsonw *w, const char *key, const char *raw_json);
#endif
