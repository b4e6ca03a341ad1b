// SPDX-License-Identifier: AGPL-3.0-or-later
// Projects and their staff in the private store. Who may is the service's business.
#ifndef REPERE_STORE_PROJECT_STORE_H
#define REPERE_STORE_PROJECT_STORE_H
#include "base/arena.h"
#include "model/project.h"
#include "store/db.h"
#include "store/staff_store.h"
#include <stddef.h>

/** Errors: NOT_FOUND. */
enum err project_select(struct db *db, int64_t id, struct arena *arena, struct project *out);
/** Newest first, ids below `before`. @param staff_id 0: everybody's; else those she is on */
enum err project_select_page(struct db *db, int64_t staff_id, int64_t before, int64_t limit,
                             struct arena *arena, struct project **out, size_t *count);
enum err project_insert(struct db *db, const struct project *project, int64_t *out_id);
/** Title, bbox, base map, groups. Errors: NOT_FOUND. */
enum err project_update(struct db *db, const struct project *project);
/** Ids of groups that anybody in the project said were hers. */
enum err project_chosen_groups(struct db *db, int64_t project_id, struct arena *arena, const char ***out,
                               size_t *count);
/** What participants said of groups that the project has no more. */
enum err project_forget_groups(struct db *db, int64_t project_id);

/** Errors: NOT_FOUND when she is not on it. */
enum err project_staff_find(struct db *db, int64_t project_id, int64_t staff_id);
enum err project_staff_select(struct db *db, int64_t project_id, struct arena *arena,
                              struct staff **out, size_t *count);
/** Twice is once. Errors: CONFLICT (no such project or account). */
enum err project_staff_insert(struct db *db, int64_t project_id, int64_t staff_id);
/** Errors: NOT_FOUND. */
enum err project_staff_delete(struct db *db, int64_t project_id, int64_t staff_id);
#endif
