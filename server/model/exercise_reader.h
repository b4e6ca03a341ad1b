// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads members of an exercise document. The first thing wrong is kept with its path; what is read
// after it gives fallbacks, so that the parser reads top to bottom and looks at `err` once. For
// exercise_read, and for group_list_read, whose texts follow the same rules.
#ifndef REPERE_MODEL_EXERCISE_READER_H
#define REPERE_MODEL_EXERCISE_READER_H
#include "base/json.h"
#include "model/exercise.h"

struct exercise_reader {
    struct arena *arena;
    struct fault *fault;
    enum err err;
    char path[96]; // of the object being read; "" for the document
    const struct exercise_text *languages; // the title; NULL while it is read itself
};

/** Says what is wrong with a member of the present object; `key` NULL: with the object itself. */
void reader_wrong(struct exercise_reader *r, const char *key, const char *why, ...)
    __attribute__((format(printf, 3, 4)));
/** Steps into an object inside ("options", 3) or ("if", -1); the mark undoes it. */
size_t reader_enter(struct exercise_reader *r, const char *key, long index);
void reader_leave(struct exercise_reader *r, size_t mark);
/** Refuses what is no object, and members that are not in the NULL-ended list. */
void reader_only(struct exercise_reader *r, const struct json_object *object,
                 const char *const *known);

/** NULL when absent; null itself is refused. */
struct json_object *reader_member(struct exercise_reader *r, const struct json_object *object,
                                  const char *key, bool required);
/** Array of min..max elements; 0 when absent or wrong. */
size_t reader_list(struct exercise_reader *r, const struct json_object *object, const char *key,
                   size_t min, size_t max, struct json_object **out);
/** 1 to 40 of a-z, 0-9 and those of `also`; "" after an error. */
const char *reader_word(struct exercise_reader *r, const struct json_object *object,
                        const char *key, const char *also);
/** The same, NULL when absent. */
const char *reader_word_or_none(struct exercise_reader *r, const struct json_object *object,
                                const char *key, const char *also);
/** "#rrggbb"; NULL when absent. */
const char *reader_colour(struct exercise_reader *r, const struct json_object *object,
                          const char *key);
/** Index in the NULL-ended list; -1 when absent or wrong. */
int reader_choice(struct exercise_reader *r, const struct json_object *object, const char *key,
                  const char *const *words, bool required);
int64_t reader_integer(struct exercise_reader *r, const struct json_object *object,
                       const char *key, int64_t min, int64_t max, bool required);
/** False when absent. */
bool reader_flag(struct exercise_reader *r, const struct json_object *object, const char *key);
/** Text by language, in the languages of the title. */
void reader_text(struct exercise_reader *r, const struct json_object *object, const char *key,
                 bool required, struct exercise_text *out);
/** A subset of `within`, not empty; 0 when absent. */
unsigned reader_draw(struct exercise_reader *r, const struct json_object *object, const char *key,
                     unsigned within);
/** The slices of editions: exercise_publish.c. After the fields. */
void reader_publish(struct exercise_reader *r, const struct json_object *document,
                    struct exercise *exercise);
#endif
