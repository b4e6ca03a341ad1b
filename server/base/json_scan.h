// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether a text is JSON as RFC 8259 writes it, in one pass, telling what it meets on the way.
// Knows no JSON library; json.c builds a tree from the events.
#ifndef REPERE_BASE_JSON_SCAN_H
#define REPERE_BASE_JSON_SCAN_H
#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>

/** Anything but ERR_OK ends the scan and is returned. Texts are decoded, and borrowed for the call.
 */
struct json_events {
    enum err (*open)(void *context, bool object);
    enum err (*close)(void *context);
    enum err (*name)(void *context, const char *name);
    enum err (*text)(void *context, const char *text, size_t len);
    enum err (*number)(void *context, const char *digits, size_t len, bool whole);
    enum err (*word)(void *context, char first); // t, f, n
};

/**
 * Stricter than the grammar where a reader could be misled: no name twice in an object, no NUL in a
 * name, no half surrogate pair, no byte-order mark, at most `depth_max` (1-64) nested arrays and
 * objects, whole numbers of at most 18 digits, numbers below 1e308.
 *
 * @param events NULL: only check
 * Errors: BAD_JSON (fault: "byte N", counted from 0, and what is wrong there), NO_MEMORY, an
 * event's.
 */
enum err json_scan(const char *text, size_t len, unsigned depth_max,
                   const struct json_events *events, void *context, struct fault *fault);
#endif
