// SPDX-License-Identifier: AGPL-3.0-or-later
// The groups that a project's figures are told apart by, such as "new in the city": at most three, each with
// words in any languages. A participant may say which are hers; it never stands on a contribution.
#ifndef REPERE_MODEL_GROUP_H
#define REPERE_MODEL_GROUP_H
#include "base/jsonw.h"
#include "model/exercise.h"

enum { GROUPS_MAX = 3 };

struct group {
    const char *id; // a-z, 0-9, _
    struct exercise_text label;
};
struct group_list {
    size_t count;
    struct group items[GROUPS_MAX];
};

/**
 * Reads [{"id": "new", "label": {"en": "New here"}}].
 *
 * @param out texts in the arena
 * Errors: BAD_FIELD (fault: the member's path, "groups[0].label.fr"), NO_MEMORY.
 */
enum err group_list_read(const struct json_object *list, struct arena *arena, struct fault *fault,
                         struct group_list *out);
/** The same from JSON text, such as the store keeps. Errors: also BAD_JSON. */
enum err group_list_parse(const char *text, struct arena *arena, struct fault *fault,
                          struct group_list *out);
/** The array as the writer's next value: what the store keeps. */
void group_list_write(struct jsonw *w, const struct group_list *groups);
/** NULL when there is none of that id. */
const struct group *group_find(const struct group_list *groups, const char *id);
#endif
