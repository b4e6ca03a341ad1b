// SPDX-License-Identifier: AGPL-3.0-or-later
// Exercises: the built-in templates, which all staff may read, and a project's own, which its staff
// may. Saving one adds a version; sessions keep the version they were opened with.
#ifndef REPERE_SERVICE_EXERCISE_SERVICE_H
#define REPERE_SERVICE_EXERCISE_SERVICE_H
#include "base/arena.h"
#include "model/exercise.h"
#include "service/caller.h"
#include "service/context.h"
#include "store/exercise_store.h"
#include <stddef.h>

/** An exercise with its document, if the caller may see it. Errors: NOT_FOUND (also: not theirs). */
enum err exercise_find(struct context *context, struct caller caller, int64_t id,
                       struct arena *arena, struct exercise_row *out);
/** The latest versions of the templates and, unless `project_id` is 0, of the project's own; newest
 *  first, ids below `before` (0: from the newest). Errors: NOT_FOUND (project). */
enum err exercise_list(struct context *context, struct caller caller, int64_t project_id,
                       int64_t before, int64_t limit, struct arena *arena,
                       struct exercise_row **out, size_t *count);
/**
 * (writes) The next version of this exercise in the project, its first when the project has none of
 * that id. What says the same as the latest version adds none: that one is handed back.
 *
 * @param exercise its own version is passed over
 * Errors: NOT_FOUND (project).
 */
enum err exercise_save(struct context *context, struct caller caller, int64_t project_id,
                       const struct exercise *exercise, struct arena *arena,
                       struct exercise_row *out, bool *is_new);
/**
 * The parsed exercise of a session, whoever asks: the session was checked before. exercise_write
 * gives its document.
 *
 * @param out read-only; lives as long as the arena, or as the program
 * Errors: NOT_FOUND, NOT_A_STORE (the stored document is none).
 */
enum err exercise_get(struct context *context, int64_t id, struct arena *arena,
                      const struct exercise **out);
/**
 * (writes, in a transaction of its own) Adds the versions of built-in templates that the store has
 * not; what it has is left as it is.
 *
 * @param texts name, JSON text, ..., NULL, as embedded in the program
 * Errors: INTERNAL (a text is no exercise; fault names it), those of the store.
 */
enum err exercise_install_templates(struct db *db, const char *const *texts, struct fault *fault);
#endif
