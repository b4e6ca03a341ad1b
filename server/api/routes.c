// SPDX-License-Identifier: AGPL-3.0-or-later
// The one table: method, path, handler, who may call it, the reply's schema, a sentence; then what may
// be left out (parameters, body, prepare, flags). Router, parameter parser and /api/openapi.json read
// it; tests/http/roles.test.mjs walks it. A new resource gets a header, a file and a section here.
#include "api/routes.h"
#include "model/role.h"

/* Parameters that several resources share. */

static const struct param project_param = {
    .name = "project", .type = PARAM_INT, .min = 1, .max = 9007199254740991.0, .doc = "Project id."};
static const struct param session_param = {
    .name = "session", .type = PARAM_INT, .min = 1, .max = 9007199254740991.0, .doc = "Session id."};
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
