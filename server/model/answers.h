// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether answers fit the exercise, and what follows from them: the category, how fine the position
// may be, what may be drawn. Faults name the question, never the answer.
#ifndef REPERE_MODEL_ANSWERS_H
#define REPERE_MODEL_ANSWERS_H
#include "base/buf.h"
#include "model/exercise.h"

struct answer_link {
    const struct exercise_field *field;
    uint8_t uuid[16]; // of another contribution; whether it exists is the service's to check
};

/** Points into the exercise and the arena. */
struct answers {
    const struct exercise_option *category;
    double precision_m; // the coarser of the session's and the category's; 0: exact
    unsigned draw;      // enum exercise_draw bits that may be drawn
    size_t link_count;
    const struct answer_link *links;
};

/**
 * Checks `answers` and writes them in their one canonical form: the fields and the chosen options in
 * the exercise's order, compact. An empty list says nothing and is left out.
 *
 * @param free_text           the session asks questions that are answered in one's own words
 * @param session_precision_m 0 (exact), 25, 50, 100, 250
 * @param json                emptied first; holds nothing of use after an error
 * Errors: BAD_FIELD (fault: "answers.<field>"), NO_MEMORY.
 */
enum err answers_check(const struct exercise *exercise, bool free_text, double session_precision_m,
                       const struct json_object *answers, struct arena *arena, struct buf *json,
                       struct fault *fault, struct answers *out);
/** Errors: BAD_GEOMETRY when this category is not drawn so. */
enum err answers_allow(const struct answers *answers, enum geometry_type type, struct fault *fault);
#endif
