// SPDX-License-Identifier: AGPL-3.0-or-later
// Well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
#ifndef REPERE_BASE_UTF8_H
#define REPERE_BASE_UTF8_H
#include <stdbool.h>
#include <stddef.h>

/** Bytes of the character that `text` begins with (1-4); 0 when it is not one, or `len` is 0. */
size_t utf8_step(const char *text, size_t len);
/** True for `len` bytes that are UTF-8 throughout; else `*bad_at` (may be NULL) is the first offset
 *  that is not. */
bool utf8_valid(const char *text, size_t len, size_t *bad_at);
/** Number of characters of a valid text. */
size_t utf8_count(const char *text, size_t len);
/** True for 1 to `max` characters of UTF-8 on one line with something visible among them: no controls (ASCII's,
 *  U+0080-U+009F), no line or paragraph ends, none that turn the direction of the text around them. */
bool utf8_is_line(const char *text, size_t len, size_t max);
#endif
