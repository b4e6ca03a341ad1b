// SPDX-License-Identifier: AGPL-3.0-or-later
// The one table: method, path, handler, who may call it, the reply's schema, a sentence; then what may
// be left out (parameters, body, prepare, flags). Router, parameter parser and /api/openapi.json read
// it; tests/http/roles.test.mjs walks it. A new resource gets a header, a file and a section here.
#include "api/routes.h"
#include "api/exercises.h"
#include "model/role.h"

/* Parameters that several resources share. */

static const struct param project_param = {
    .name = "project", .type = PARAM_INT, .min = 1, .max = 9007199254740991.0, .doc = "Project id."};
static const struct param session_param = {
    .name = "session", .type = PARAM_INT, .min = 1, .max = 9007199254740991.0, .doc = "Session id."};
static const struct param exercise_param = {.name = "exercise",
                                            .type = PARAM_INT,
                                            .min = 1,
                                            .max = 9007199254740991.0,
                                            .doc = "Exercise id."};
static const struct param schema_param = {
    .name = "name", .type = PARAM_WORD, .max = 64, .doc = "Name of the schema."};
static const struct param limit_param = {.name = "limit",
                                         .type = PARAM_INT,
                                         .min = 1,
                                         .max = 1000,
                                         .fallback = "100",
                                         .doc = "At most so many items."};
static const struct param cursor_param = {.name = "cursor",
                                          .type = PARAM_INT,
                                          .min = 1,
                                          .max = 9007199254740991.0,
                                          .doc = "Where the page before ended: its `next`."};

static const struct route routes[] = {
    /* system: api/system.h */

    /* account: api/account.h */

    /* projects: api/projects.h */

    /* sessions: api/sessions.h */

    /* participants: api/participants.h */

    /* exercises: api/exercises.h */
    ROUTE(GET, "/api/exercises", exercises_list, ROLE_STAFF, "ExerciseList",
          "The latest templates and, with a project, its own exercises, newest first",
          .params = {&project_param, &limit_param, &cursor_param}),
    ROUTE(GET, "/api/exercises/{exercise}", exercise_show, ROLE_STAFF, "StoredExercise",
          "One version of an exercise with its document", .params = {&exercise_param}),
    ROUTE(POST, "/api/projects/{project}/exercises", exercise_post, ROLE_LEADS, "StoredExercise",
          "Adds the next version of an exercise to a project; the same again adds none",
          .params = {&project_param}, .body = "ExerciseDraft", .prepare = exercise_post_prepare,
          .flags = ROUTE_WRITES),
    ROUTE(GET, "/api/schemas/{name}", schema_show, ROLE_ANYONE, "application/schema+json",
          "A JSON Schema of this API; `exercise` is the one of exercise documents",
          .params = {&schema_param}, .flags = ROUTE_PUBLIC | ROUTE_CACHED),

    /* contributions: api/contributions.h */

    /* heat: api/heat.h */

    /* events: api/events.h */

    /* overlays: api/overlays.h */

    /* imports: api/imports.h */

    /* base maps: api/basemaps.h */
};

struct route_table api_routes(void) {
    return (struct route_table){.rows = routes, .count = sizeof routes / sizeof routes[0]};
}
