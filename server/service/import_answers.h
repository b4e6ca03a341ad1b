// SPDX-License-Identifier: AGPL-3.0-or-later
// The cells of a row as answers to an exercise. Rows that say the same are judged once.
#ifndef REPERE_SERVICE_IMPORT_ANSWERS_H
#define REPERE_SERVICE_IMPORT_ANSWERS_H
#include "model/answers.h"
#include "model/import_source.h"
#include "model/session.h"

struct import_answers;

/** What a row's cells say. */
struct import_said {
    struct answers answers;
    const char *json; // canonical
    size_t json_len;
};

/**
 * Finds the columns and questions that the mapping names.
 *
 * @param mapping, source, session, exercise borrowed until import_answers_free
 * Errors: BAD_FIELD (fault: the column, or the question), NO_MEMORY.
 */
enum err import_answers_new(const struct import_mapping *mapping,
                            const struct import_source *source, const struct session *session,
                            const struct exercise *exercise, struct fault *fault,
                            struct import_answers **out);
void import_answers_free(struct import_answers *answers);
/**
 * @param out lives as long as `answers`
 * Errors: BAD_FIELD (fault: the column or question, and what is wrong with the cell), NO_MEMORY.
 */
enum err import_answers_read(struct import_answers *answers, const struct import_record *record,
                             struct fault *fault, const struct import_said **out);
#endif
