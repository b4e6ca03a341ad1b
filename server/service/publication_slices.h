// SPDX-License-Identifier: AGPL-3.0-or-later
// The slices of an exercise, and in which of them a contribution counts. The latest version names them; a
// contribution is judged by the version it was made with, whose slices of the same id say which answers count.
#ifndef REPERE_SERVICE_PUBLICATION_SLICES_H
#define REPERE_SERVICE_PUBLICATION_SLICES_H
#include "base/arena.h"
#include "model/exercise.h"
#include "publish/cube.h"
#include "publish/edition.h"

struct publication_slice {
    const char *id; // inside the exercise: "all", "category.unsafe", "group.new"
    enum slice_kind kind;
    const char *title;         // JSON: text by language
    const char *colour, *icon; // "" for none
};
struct publication_slices {
    size_t count;
    struct publication_slice items[CUBE_SLICES_MAX]; // bit s of a mark is the s-th
};
/** @param groups the project's, a JSON array of {"id", "label"} */
enum err publication_slices_make(const struct exercise *latest, const char *groups, struct arena *arena,
                                 struct publication_slices *out);
/** The bits of what was answered; bit 0 is "all". Errors: NOT_A_STORE (no JSON object), NO_MEMORY. */
enum err publication_slices_of(const struct publication_slices *slices, const struct exercise *version,
                               const char *answers, size_t len, uint32_t *out);
/** The bits of a person's groups, a JSON array of ids. */
enum err publication_slices_of_groups(const struct publication_slices *slices, const char *own_groups,
                                      uint32_t *out);
/** The words of an exercise as a JSON object by language, in the arena; NULL when memory is short. */
const char *publication_text(const struct exercise_text *text, struct arena *arena);
#endif
