// SPDX-License-Identifier: AGPL-3.0-or-later
// A project's publishing as its leads see it: editions, what the next one would hold, what is missing.
#ifndef REPERE_SERVICE_PUBLICATION_OVERVIEW_H
#define REPERE_SERVICE_PUBLICATION_OVERVIEW_H
#include "base/jsonw.h"
#include "service/caller.h"
#include "service/context.h"

/** The API's Publication, as the writer's next value. @param day days since 1970-01-01. Errors: NOT_FOUND. */
enum err publication_overview(struct context *context, struct caller caller, int64_t project_id, int64_t day,
                              struct arena *arena, struct jsonw *w);
#endif
