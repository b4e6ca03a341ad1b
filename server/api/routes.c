// SPDX-License-Identifier: AGPL-3.0-or-later
// The one table: method, path, handler, who may call it, the reply's schema, a sentence; then what may
// be left out (parameters, body, prepare, flags). Router, parameter parser and /api/openapi.json read
// it; tests/http/roles.test.mjs walks it. A new resource gets a header, a file and a section here.
#include "api/routes.h"
#include "api/basemaps.h"
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

static const struct param basemap_param = {
    .name = "name", .type = PARAM_WORD, .max = 64, .doc = "Name of the base map."};
static const struct param zoom_param = {
    .name = "z", .type = PARAM_INT, .min = 0, .max = 24, .doc = "Zoom of the tile."};
static const struct param column_param = {.name = "x",
                                          .type = PARAM_INT,
                                          .min = 0,
                                          .max = 16777215,
                                          .doc = "Column of the tile, from the west, below 2^z."};
static const struct param row_param = {.name = "y",
                                       .type = PARAM_INT,
                                       .min = 0,
                                       .max = 16777215,
                                       .doc = "Row of the tile, from the north, below 2^z."};

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
    ROUTE(GET, "/api/basemaps", basemaps_index, ROLE_ANYONE, "BasemapList",
          "The maps that can lie below a session, by name", .flags = ROUTE_PUBLIC | ROUTE_CACHED),
    ROUTE(GET, "/basemaps/{name}/{z}/{x}/{y}", basemap_tile, ROLE_ANYONE,
          "application/vnd.mapbox-vector-tile",
          "A base map's tile, or the picture it has instead (image/png, image/jpeg, image/webp); 204 "
          "where it has none",
          .params = {&basemap_param, &zoom_param, &column_param, &row_param},
          .flags = ROUTE_PUBLIC | ROUTE_CACHED),
};

struct route_table api_routes(void) {
    return (struct route_table){.rows = routes, .count = sizeof routes / sizeof routes[0]};
}
