// SPDX-License-Identifier: AGPL-3.0-or-later
// The one table: method, path, handler, who may call it, the reply's schema, a sentence; then what may
// be left out (parameters, body, prepare, flags). Router, parameter parser and /api/openapi.json read
// it; tests/http/roles.test.mjs walks it. A new resource gets a header, a file and a section here.
#include "api/routes.h"
#include "api/account.h"
#include "api/participants.h"
#include "api/projects.h"
#include "api/sessions.h"
#include "api/system.h"
#include "api/basemaps.h"
#include "api/exercises.h"
#include "http/openapi.h"
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
static const struct param participant_param = {
    .name = "participant", .type = PARAM_INT, .min = 1, .max = 9007199254740991.0, .doc = "Participant id."};
static const struct param staff_param = {
    .name = "staff", .type = PARAM_INT, .min = 1, .max = 9007199254740991.0, .doc = "Account id."};
static const struct param origin_param = {.name = "origin",
                                          .type = PARAM_TEXT,
                                          .required = true,
                                          .max = 200,
                                          .doc = "Where the tablets find this server, such as http://192.168.1.10:8080."};
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
    ROUTE(GET, "/api/health", health_show, ROLE_ANYONE, "Health", "The server answers",
          .flags = ROUTE_PUBLIC),
    ROUTE(GET, "/api/openapi.json", openapi_handler, ROLE_ANYONE, "application/json",
          "This API, as OpenAPI 3.1", .flags = ROUTE_PUBLIC),

    /* account: api/account.h */
    ROUTE(GET, "/api/me", me_show, ROLE_ANYONE, "Me", "Who is asking"),
    ROUTE(POST, "/api/signin", signin, ROLE_ANYONE, "Me",
          "Signs a member of staff in: sets the cookie", .body = "SigninBody",
          .prepare = signin_prepare, .flags = ROUTE_WRITES),
    ROUTE(POST, "/api/signin/link", signin_link, ROLE_ANYONE, "Me",
          "Signs in by a one-time link", .body = "SigninLinkBody", .prepare = signin_link_prepare,
          .flags = ROUTE_WRITES),
    ROUTE(POST, "/api/signout", signout, ROLE_STAFF, "Empty", "Ends the caller's token",
          .flags = ROUTE_WRITES),
    ROUTE(PUT, "/api/me/consent", consent_set, ROLE_PARTICIPANT, "Me",
          "What the participant agrees to", .body = "Consent", .prepare = consent_prepare,
          .flags = ROUTE_WRITES),

    /* projects: api/projects.h */
    ROUTE(GET, "/api/projects", projects_list, ROLE_STAFF, "ProjectList",
          "The caller's projects, newest first", .params = {&limit_param, &cursor_param}),
    ROUTE(POST, "/api/projects", project_post, ROLE_LEADS, "Project",
          "Makes a project; the caller is on its staff", .body = "ProjectBody",
          .prepare = project_body_prepare, .flags = ROUTE_WRITES),
    ROUTE(GET, "/api/projects/{project}", project_get, ROLE_STAFF, "Project", "A project",
          .params = {&project_param}),
    ROUTE(PUT, "/api/projects/{project}", project_put, ROLE_LEADS, "Project", "Changes a project",
          .params = {&project_param}, .body = "ProjectBody", .prepare = project_body_prepare,
          .flags = ROUTE_WRITES),
    ROUTE(GET, "/api/projects/{project}/staff", project_staff_get, ROLE_LEADS, "StaffList",
          "Who works on a project", .params = {&project_param}),
    ROUTE(POST, "/api/projects/{project}/staff", project_staff_post, ROLE_LEADS, "StaffList",
          "Puts an account on a project's staff", .params = {&project_param}, .body = "StaffBody",
          .prepare = project_staff_post_prepare, .flags = ROUTE_WRITES),
    ROUTE(DELETE, "/api/projects/{project}/staff/{staff}", project_staff_remove_one, ROLE_LEADS,
          "Empty", "Takes an account off a project's staff",
          .params = {&project_param, &staff_param}, .flags = ROUTE_WRITES),

    /* sessions: api/sessions.h */
    ROUTE(GET, "/api/projects/{project}/sessions", sessions_list, ROLE_STAFF, "SessionList",
          "A project's sessions, newest first",
          .params = {&project_param, &limit_param, &cursor_param}),
    ROUTE(POST, "/api/projects/{project}/sessions", session_post, ROLE_LEADS, "Session",
          "Opens a session", .params = {&project_param}, .body = "SessionBody",
          .prepare = session_body_prepare, .flags = ROUTE_WRITES),
    ROUTE(GET, "/api/sessions/{session}", session_get, ROLE_STAFF, "Session", "A session",
          .params = {&session_param}),
    ROUTE(PUT, "/api/sessions/{session}", session_put, ROLE_LEADS, "Session",
          "Changes what is said, and leaves the rest", .params = {&session_param},
          .body = "SessionEdit", .prepare = session_body_prepare, .flags = ROUTE_WRITES),
    ROUTE(POST, "/api/sessions/{session}/close", session_close_post, ROLE_LEADS, "Session",
          "Closes a session: nobody joins, sends or changes anything any more",
          .params = {&session_param}, .flags = ROUTE_WRITES),
    ROUTE(POST, "/api/sessions/{session}/reopen", session_reopen_post, ROLE_LEADS, "Session",
          "Opens a closed session again", .params = {&session_param}, .flags = ROUTE_WRITES),
    ROUTE(GET, "/api/sessions/{session}/package", package_get, ROLE_PARTICIPANT | ROLE_STAFF,
          "Package", "What a tablet needs to take part", .params = {&session_param}),
    ROUTE(GET, "/api/sessions/{session}/join", join_sheet_get, ROLE_LEADS, "JoinSheet",
          "The join code in force", .params = {&session_param}),
    ROUTE(POST, "/api/sessions/{session}/join", join_sheet_post, ROLE_LEADS, "JoinSheet",
          "A new join code for four hours; the one before it ends", .params = {&session_param},
          .flags = ROUTE_WRITES),
    ROUTE(DELETE, "/api/sessions/{session}/join", join_sheet_delete, ROLE_LEADS, "Empty",
          "Ends the join code", .params = {&session_param}, .flags = ROUTE_WRITES),
    ROUTE(GET, "/api/sessions/{session}/join.svg", join_sheet_svg, ROLE_LEADS, "image/svg+xml",
          "The QR code of the join sheet", .params = {&session_param, &origin_param}),

    /* participants: api/participants.h */
    ROUTE(POST, "/api/join", join, ROLE_ANYONE, "Joined", "Takes a seat in a session",
          .body = "JoinBody", .prepare = join_prepare, .flags = ROUTE_WRITES),
    ROUTE(POST, "/api/me/receipt", receipt_renew, ROLE_PARTICIPANT, "Receipt",
          "A new receipt, shown once; the one before it ends", .flags = ROUTE_WRITES),
    ROUTE(POST, "/api/me/leave", leave, ROLE_PARTICIPANT, "Empty",
          "The participant's token ends; what she sent stays", .flags = ROUTE_WRITES),
    ROUTE(POST, "/api/withdraw", withdraw, ROLE_ANYONE, "Withdrawn",
          "Deletes all that the holder of a receipt sent", .body = "WithdrawBody",
          .prepare = withdraw_prepare, .flags = ROUTE_WRITES),
    ROUTE(GET, "/api/sessions/{session}/participants", participants_list, ROLE_LEADS,
          "ParticipantList", "A session's participants, in the order they joined",
          .params = {&session_param, &limit_param, &cursor_param}),
    ROUTE(PUT, "/api/sessions/{session}/participants/{participant}", participant_put, ROLE_LEADS,
          "Participant", "Lets a participant in or removes her",
          .params = {&session_param, &participant_param}, .body = "ParticipantBody",
          .prepare = participant_put_prepare, .flags = ROUTE_WRITES),

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
