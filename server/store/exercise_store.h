// SPDX-License-Identifier: AGPL-3.0-or-later
// Versions of exercises at rest. A version is inserted once and never changed.
#ifndef REPERE_STORE_EXERCISE_STORE_H
#define REPERE_STORE_EXERCISE_STORE_H
#include "base/arena.h"
#include "store/db.h"
#include <stddef.h>
#include <stdint.h>

struct exercise_row {
    int64_t id;
    int64_t project_id; // 0: a built-in template
    const char *key;    // the document's "id"
    int64_t version;
    const char *title;       // JSON: text by language
    const char *sensitivity; // "sensitive" or "standard"
    const char *document;    // JSON in canonical form; NULL in lists
};

/** Errors: NOT_FOUND. */
enum err exercise_select(struct db *db, int64_t id, struct arena *arena, struct exercise_row *out);
/** The latest version of each template, and of each exercise of the project (0: of none), newest
 *  first, ids below `before` (0: from the newest). */
enum err exercise_select_page(struct db *db, int64_t project_id, int64_t before, int64_t limit,
                              struct arena *arena, struct exercise_row **out, size_t *count);
/** The latest version of that key. @param project_id 0: among the templates. Errors: NOT_FOUND. */
enum err exercise_select_latest(struct db *db, int64_t project_id, const char *key,
                                struct arena *arena, struct exercise_row *out);
/** Inserts project_id, key, version and document. Errors: CONFLICT (there is such a version). */
enum err exercise_insert(struct db *db, const struct exercise_row *row, int64_t now_ms,
                         int64_t *out_id);
/** The document alone, in the arena: cheaper than exercise_select. Errors: NOT_FOUND. */
enum err exercise_select_document(struct db *db, int64_t id, struct arena *arena, const char **out,
                                  size_t *len);
#endif
