// SPDX-License-Identifier: AGPL-3.0-or-later
// A contribution as the GeoJSON Feature that a reader may see. The one place that decides which of
// its members leave the server.
//
//   the author     her own, whole, but neither pseudonym nor time
//   researchers    all of their sessions; words in free text only once approved or when their own
//   leads          everything
#ifndef REPERE_SERVICE_CONTRIBUTION_JSON_H
#define REPERE_SERVICE_CONTRIBUTION_JSON_H
#include "base/jsonw.h"
#include "model/contribution.h"
#include "model/exercise.h"
#include "service/caller.h"

/** For whom it is written. */
struct contribution_view {
    bool lead;
    unsigned roles;
    int64_t reader_id;               // participant or staff id; 0 for an announcement
    const struct exercise *exercise; // names the free-text questions; needed unless `lead`
};
struct contribution_view contribution_view_of(struct caller caller,
                                              const struct exercise *exercise);
/** The view of whoever listens: leads, or researchers. Nobody's own. */
struct contribution_view contribution_view_of_room(bool leads, const struct exercise *exercise);

/** Whether the answers to a question are among them. */
typedef bool contribution_answer_fn(const struct exercise_field *field);
/**
 * Some of the answers as an object, the writer's next value: those to questions of the exercise that `may` lets
 * pass. Errors: NOT_A_STORE (the text is no JSON), NO_MEMORY.
 */
enum err contribution_write_answers(struct jsonw *w, const char *answers, size_t answers_len,
                                    const struct exercise *exercise, contribution_answer_fn *may);
/** The Feature as the writer's next value. Errors: NO_MEMORY. */
enum err contribution_write(struct jsonw *w, const struct contribution *c,
                            const struct contribution_view *view);
#endif
