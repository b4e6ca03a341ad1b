// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether a text is JSON as RFC 8259 writes it, in one pass and without building anything. Knows no
// JSON library; json.c asks it before it builds a tree.
#ifndef REPERE_BASE_JSON_SCAN_H
#define REPERE_BASE_JSON_SCAN_H
#include "base/err.h"
#include <stddef.h>

/**
 * Stricter than the grammar where a reader could be misled: no name twice in an object, no NUL in a
 * name, no half surrogate pair, no byte-order mark, at most `depth_max` (1-64) nested arrays and
 * objects, whole numbers of at most 18 digits, numbers below 1e308.
 *
 * Errors: BAD_JSON (fault: "byte N", counted from 0, and what is wrong there), NO_MEMORY.
 */
enum err json_scan(const char *text, size_t len, unsigned depth_max, struct fault *fault);
#endif
