// SPDX-License-Identifier: AGPL-3.0-or-later
// Files of the tree and exercises made of them, for tests. Whatever goes wrong fails the test.
#ifndef REPERE_TESTS_EXERCISE_FIXTURE_H
#define REPERE_TESTS_EXERCISE_FIXTURE_H
#include "base/arena.h"
#include "model/exercise.h"
#include <stddef.h>

/** The text of a file of the tree ("examples/exercises/safety-map.json"), in the arena. */
const char *fixture_text(struct arena *arena, const char *path, size_t *len);
/** A file of the tree, parsed. */
const struct exercise *fixture_exercise(struct arena *arena, const char *path);
/** `text` with the first `replace` in it become `by`. */
const char *fixture_replaced(struct arena *arena, const char *text, const char *replace,
                             const char *by);
#endif
