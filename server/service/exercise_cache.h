// SPDX-License-Identifier: AGPL-3.0-or-later
// Parsed exercises, shared by all threads. A version never changes, so an entry stays until the end;
// when all places are taken, the rest are parsed each time they are needed.
#ifndef REPERE_SERVICE_EXERCISE_CACHE_H
#define REPERE_SERVICE_EXERCISE_CACHE_H
#include "base/arena.h"
#include "model/exercise.h"
#include <stddef.h>

struct exercise_cache;

/** Errors: NO_MEMORY. */
enum err exercise_cache_new(struct exercise_cache **out);
/** After every thread that used it has ended. */
void exercise_cache_free(struct exercise_cache *cache);
/**
 * The exercise of this document. An entry counts only while its text is the document's: an id that
 * was given up and used again gives no wrong answer.
 *
 * @param cache NULL: parses
 * @param out   lives as long as the arena or the cache
 * Errors: those of exercise_parse.
 */
enum err exercise_cache_parse(struct exercise_cache *cache, int64_t id, const char *text,
                              size_t len, struct arena *arena, const struct exercise **out);
#endif
