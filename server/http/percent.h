// SPDX-License-Identifier: AGPL-3.0-or-later
// Percent-decoding of paths and queries, strict: what a browser would never send is refused.
#ifndef REPERE_HTTP_PERCENT_H
#define REPERE_HTTP_PERCENT_H
#include "base/arena.h"
#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>

/**
 * Decodes `len` bytes into the arena, NUL-terminated.
 *
 * @param plus true: '+' stands for a space (queries)
 * Errors: BAD_REQUEST (a broken escape, a control character, not UTF-8), NO_MEMORY.
 */
enum err percent_decode(const char *text, size_t len, bool plus, struct arena *arena, char **out,
                        size_t *out_len);
/** True when a request target is one this server looks at: it begins with '/', is printable ASCII
 *  with whole escapes, names no byte NUL, and no step of its path is "." or "..", even escaped. */
bool percent_target_ok(const char *target, size_t len);
#endif
