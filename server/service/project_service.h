// SPDX-License-Identifier: AGPL-3.0-or-later
// Projects and who works on them. Administrators see all; other staff those they are on. To anyone
// else a project does not exist.
#ifndef REPERE_SERVICE_PROJECT_SERVICE_H
#define REPERE_SERVICE_PROJECT_SERVICE_H
#include "base/arena.h"
#include "model/project.h"
#include "service/caller.h"
#include "service/context.h"
#include "store/staff_store.h"
#include <stddef.h>

/** May this member of staff touch the project? Errors: NOT_FOUND. */
enum err project_require(struct context *context, struct caller caller, int64_t project_id);
/** Errors: NOT_FOUND. */
enum err project_find(struct context *context, struct caller caller, int64_t project_id,
                      struct arena *arena, struct project *out);
/** The caller's projects, newest first, those with an id below `before` (0: from the newest). */
enum err project_list(struct context *context, struct caller caller, int64_t before, int64_t limit,
                      struct arena *arena, struct project **out, size_t *count);
/** (writes) Makes `project` (title, bbox, base_maps, groups); the caller is on its staff. Sets id and times. */
enum err project_create(struct context *context, struct caller caller, struct project *project);
/** (writes) Changes the project of `project->id`. Errors: NOT_FOUND, BAD_FIELD. */
enum err project_edit(struct context *context, struct caller caller, struct project *project,
                      struct arena *arena, struct fault *fault);

/** Who is on it. */
enum err project_staff_list(struct context *context, struct caller caller, int64_t project_id,
                            struct arena *arena, struct staff **out, size_t *count);
/** (writes) Errors: NOT_FOUND (project), BAD_FIELD (no such name). */
enum err project_staff_add(struct context *context, struct caller caller, int64_t project_id,
                           const char *name, struct fault *fault);
/** (writes) Errors: NOT_FOUND. */
enum err project_staff_remove(struct context *context, struct caller caller, int64_t project_id,
                              int64_t staff_id);
#endif
