// SPDX-License-Identifier: AGPL-3.0-or-later
// The strings and numbers of JSON, read from a cursor. json_scan's helper.
#ifndef REPERE_BASE_JSON_TOKEN_H
#define REPERE_BASE_JSON_TOKEN_H
#include "base/buf.h"
#include "base/err.h"
#include <stdbool.h>

struct json_cursor {
    const char *start, *at, *end;
    struct fault *fault;
};
/** BAD_JSON with the fault's place set to that of `at`. */
enum err json_token_bad(const struct json_cursor *cursor, const char *at, const char *why);
void json_token_space(struct json_cursor *cursor);
/**
 * From an opening quote to behind the closing one; the decoded text is appended to `out` (a
 * shortage of memory is left in out->failed).
 * @param nul_taken false: \u0000 is refused
 */
enum err json_token_string(struct json_cursor *cursor, bool nul_taken, struct buf *out);
/** From a sign or digit to behind the number; `*whole` when it has neither point nor exponent. */
enum err json_token_number(struct json_cursor *cursor, bool *whole);
/** true, false or null. */
enum err json_token_word(struct json_cursor *cursor, const char *word);
#endif
