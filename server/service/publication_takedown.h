// SPDX-License-Identifier: AGPL-3.0-or-later
// Urgent: something is taken out of a published edition at once. A slice is left out, never computed again; the
// edition gets the next revision under another address, and says what it lacks.
#ifndef REPERE_SERVICE_PUBLICATION_TAKEDOWN_H
#define REPERE_SERVICE_PUBLICATION_TAKEDOWN_H
#include "service/caller.h"
#include "service/context.h"
#include "store/edition_store.h"

struct takedown {
    const char *slice;      // "safety-map.group.new"; or
    int64_t finding, asset; // an id; 0: not that
};
/**
 * Leads of the project. On this thread, some 100 ms; waits for a publication that is under way.
 *
 * Errors: NOT_FOUND (the edition, or what it does not hold: fault), CONFLICT (a publication takes
 * longer; the file is not the one that was published), DISK_FULL, READ_ONLY, IO, NOT_A_STORE.
 */
enum err publication_take_down(struct context *context, struct caller caller, int64_t project_id,
                               unsigned number, const struct takedown *what, struct fault *fault,
                               unsigned *revision);
/**
 * Takes out of an edition those of `count` things that it holds: one revision for all. On this thread, with the
 * project's lock held and what a crash left put right.
 *
 * Errors: NOT_FOUND (it holds none of them), CONFLICT (the file is missing, or is not the one that was published),
 * DISK_FULL, READ_ONLY, IO, NOT_A_STORE.
 */
enum err publication_take_out(struct context *context, struct caller caller, const struct edition_row *row,
                              const struct takedown *what, size_t count, struct fault *fault,
                              unsigned *revision);
/**
 * Leads: no further editions of an exercise. What was published of it stays as it is; later editions hold
 * nothing of it. Its key is destroyed, and who was in its leaves is forgotten.
 *
 * Errors: NOT_FOUND, CONFLICT (a publication takes longer).
 */
enum err publication_end_exercise(struct context *context, struct caller caller, int64_t project_id,
                                  const char *exercise_key, struct fault *fault);
#endif
