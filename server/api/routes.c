// SPDX-License-Identifier: AGPL-3.0-or-later
// The one table: method, path, handler, who may call it, the reply's schema, a sentence; then what
// may be left out (parameters, body, prepare, flags). Router, parameter parser and
// /api/openapi.json read it; tests/http/roles.test.mjs walks it. A new resource gets a header, a
// file and a section here.
#include "api/routes.h"
#include "api/account.h"
#include "api/assets.h"
#include "api/basemaps.h"
#include "api/contributions.h"
#include "api/editions.h"
#include "api/events.h"
#include "api/exercises.h"
#include "api/findings.h"
#include "api/heat.h"
#include "api/imports.h"
#include "api/outbox.h"
#include "api/overlays.h"
#include "api/participants.h"
#include "api/projects.h"
#include "api/publication.h"
#include "api/recordings.h"
#include "api/route_params.h"
#include "api/sessions.h"
#include "api/sheets.h"
#include "api/system.h"
#include "api/tablets.h"
#include "http/openapi.h"
#include "model/role.h"
#include "service/outbox_file.h"
#include "service/uploads.h"

/* What a stranger may send: a name and a password, each letter escaped. */
enum { STRANGERS_BODY_MAX = 8 * 1024 };

/* What an address of an edition answers never changes: another edition has another address. */
enum { OF_AN_EDITION = ROUTE_PUBLIC | ROUTE_PUBLISHED | ROUTE_IMMUTABLE };

static const struct route routes[] = {
    /* system: api/system.h */
    ROUTE(GET, "/api/health", health_show, ROLE_ANYONE, "Health", "The server answers",
          .flags = ROUTE_PUBLIC),
    ROUTE(GET, "/api/openapi.json", openapi_handler, ROLE_ANYONE, "application/json",
          "This API, as OpenAPI 3.1", .flags = ROUTE_PUBLIC | ROUTE_CACHED),

    /* account: api/account.h */
    ROUTE(GET, "/api/me", me_show, ROLE_ANYONE, "Me", "Who is asking"),
    ROUTE(POST, "/api/signin", signin, ROLE_ANYONE, "Me",
          "Signs a member of staff in: sets the cookie", .body = "SigninBody",
          .body_max = STRANGERS_BODY_MAX, .prepare = signin_prepare, .flags = ROUTE_WRITES),
    ROUTE(POST, "/api/signin/link", signin_link, ROLE_ANYONE, "Me", "Signs in by a one-time link",
          .body = "SigninLinkBody", .body_max = STRANGERS_BODY_MAX, .prepare = signin_link_prepare,
          .flags = ROUTE_WRITES),
    ROUTE(POST, "/api/signout", signout, ROLE_STAFF, "Empty", "Ends the caller's token",
          .flags = ROUTE_WRITES),
    ROUTE(PUT, "/api/me/consent", consent_set, ROLE_PARTICIPANT, "Me",
          "What the participant agrees to", .body = "Consent", .prepare = consent_prepare,
          .flags = ROUTE_WRITES),
    ROUTE(PUT, "/api/me/groups", groups_set, ROLE_PARTICIPANT, "Empty",
          "Which of the project's groups are the participant's; figures alone are told apart by them",
          .body = "ChosenGroups", .prepare = groups_prepare, .flags = ROUTE_WRITES),

    /* projects: api/projects.h */
    ROUTE(GET, "/api/projects", projects_list, ROLE_STAFF, "ProjectList",
          "The caller's projects, newest first", .params = {&limit_param, &cursor_param}),
    ROUTE(POST, "/api/projects", project_post, ROLE_LEADS, "Project",
          "Makes a project; the caller is on its staff", .body = "ProjectBody",
          .prepare = project_body_prepare, .flags = ROUTE_WRITES),
    ROUTE(GET, "/api/projects/{project}", project_get, ROLE_STAFF, "Project", "One project",
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
    ROUTE(GET, "/api/sessions/{session}", session_get, ROLE_STAFF, "Session",
          "One session with its counts", .params = {&session_param}),
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

    /* paper: api/sheets.h */
    ROUTE(GET, "/api/sessions/{session}/sheet", sheet_get, ROLE_LEADS | ROLE_RESEARCHER, "Sheet",
          "Where a sheet of paper lies on the ground, with its lettered grid",
          .params = {&session_param, &paper_param, &orientation_param}),
    ROUTE(GET, "/api/sessions/{session}/sheet.pdf", sheet_pdf_get, ROLE_LEADS | ROLE_RESEARCHER,
          "application/pdf", "The sheet to print; with the join code for those who may see it",
          .params = {&session_param, &paper_param, &orientation_param, &sheet_language_param,
                     &sheet_basemap_param, &sheet_origin_param}),

    /* participants: api/participants.h */
    ROUTE(POST, "/api/join", join, ROLE_ANYONE, "Joined", "Takes a seat in a session",
          .body = "JoinBody", .body_max = STRANGERS_BODY_MAX, .prepare = join_prepare,
          .flags = ROUTE_WRITES),
    ROUTE(POST, "/api/me/receipt", receipt_renew, ROLE_PARTICIPANT, "Receipt",
          "A new receipt, shown once; the one before it ends", .flags = ROUTE_WRITES),
    ROUTE(POST, "/api/me/leave", leave, ROLE_PARTICIPANT, "Empty",
          "The participant's token ends; what she sent stays", .flags = ROUTE_WRITES),
    ROUTE(POST, "/api/withdraw", withdraw, ROLE_ANYONE, "Withdrawn",
          "Deletes all that the holder of a receipt sent", .body = "WithdrawBody",
          .body_max = STRANGERS_BODY_MAX, .prepare = withdraw_prepare, .flags = ROUTE_WRITES),
    ROUTE(GET, "/api/sessions/{session}/participants", participants_list, ROLE_LEADS,
          "ParticipantList", "A session's participants, in the order they joined",
          .params = {&session_param, &limit_param, &cursor_param}),
    ROUTE(POST, "/api/sessions/{session}/participants", sheet_seat, ROLE_LEADS | ROLE_RESEARCHER,
          "SheetSeat", "A seat for a sheet of paper that the caller types in",
          .params = {&session_param}, .body = "SheetSeatBody", .prepare = sheet_seat_prepare,
          .flags = ROUTE_WRITES),
    ROUTE(PUT, "/api/sessions/{session}/participants/{participant}", participant_put, ROLE_LEADS,
          "Participant", "Lets a participant in or removes her",
          .params = {&session_param, &participant_param}, .body = "ParticipantBody",
          .prepare = participant_put_prepare, .flags = ROUTE_WRITES),

    /* tablets: api/tablets.h */
    ROUTE(GET, "/api/sessions/{session}/tablets", tablets_list, ROLE_LEADS, "TabletList",
          "The tablets that people of the session joined on", .params = {&session_param}),
    ROUTE(PUT, "/api/sessions/{session}/tablets/{tablet}", tablet_put, ROLE_LEADS, "Tablet",
          "Shuts a tablet out of the session, or lets it join again",
          .params = {&session_param, &tablet_param}, .body = "TabletBody",
          .prepare = tablet_put_prepare, .flags = ROUTE_WRITES),

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
    ROUTE(GET, "/api/sessions/{session}/contributions", contributions_list,
          ROLE_PARTICIPANT | ROLE_STAFF, "FeatureCollection",
          "Contributions that the caller may see, newest first, or those of a box",
          .params = {&session_param, &bbox_param, &category_param, &state_param, &when_param,
                     &limit_param, &cursor_param}),
    ROUTE(GET, "/api/sessions/{session}/contributions/{uuid}", contribution_get,
          ROLE_PARTICIPANT | ROLE_STAFF, "Contribution", "One contribution",
          .params = {&session_param, &uuid_param}),
    ROUTE(PUT, "/api/sessions/{session}/contributions/{uuid}", contribution_put,
          ROLE_PARTICIPANT | ROLE_STAFF, "Contribution",
          "Sends a contribution or changes one's own; twice is once",
          .params = {&session_param, &uuid_param}, .body = "ContributionBody",
          .prepare = contribution_put_prepare, .flags = ROUTE_WRITES),
    ROUTE(DELETE, "/api/sessions/{session}/contributions/{uuid}", contribution_delete_one,
          ROLE_PARTICIPANT | ROLE_STAFF, "ContributionOrEmpty",
          "Deletes one's own contribution; leads any",
          .params = {&session_param, &uuid_param}, .flags = ROUTE_WRITES),
    ROUTE(PUT, "/api/sessions/{session}/contributions/{uuid}/state", contribution_state_put,
          ROLE_LEADS, "Contribution", "Approves or hides a contribution, or lets it wait",
          .params = {&session_param, &uuid_param}, .body = "ContributionState",
          .prepare = contribution_state_prepare, .flags = ROUTE_WRITES),
    ROUTE(GET, "/api/sessions/{session}/conflicts", conflicts_list, ROLE_LEADS, "ConflictList",
          "Edits that met a later version, beside what is stored",
          .params = {&session_param, &limit_param, &cursor_param}),
    ROUTE(PUT, "/api/sessions/{session}/contributions/{uuid}/conflict", conflict_put_choice,
          ROLE_LEADS, "ContributionOrEmpty", "Chooses which of two versions stays",
          .params = {&session_param, &uuid_param}, .body = "ConflictChoice",
          .prepare = conflict_prepare, .flags = ROUTE_WRITES),
    ROUTE(POST, "/api/sessions/{session}/outbox", outbox_post, ROLE_LEADS, "OutboxTaken",
          "Takes in what waited on a tablet, brought as a file; answers item by item",
          .params = {&session_param}, .body = "OutboxFile", .body_max = OUTBOX_FILE_BYTES_MAX,
          .prepare = outbox_prepare, .flags = ROUTE_WRITES),
    ROUTE(GET, "/api/sessions/{session}/counts", contributions_counts, ROLE_STAFF, "Counts",
          "How many contributions and participants there are", .params = {&session_param}),
    ROUTE(GET, "/api/sessions/{session}/export", contributions_export, ROLE_LEADS,
          "application/geo+json", "All contributions as a file, GeoJSON or CSV",
          .params = {&session_param, &format_param}),

    /* findings: api/findings.h */
    ROUTE(GET, "/api/sessions/{session}/findings", findings_list, ROLE_STAFF, "FindingList",
          "What a session's group worded, newest first; what was withdrawn for leads alone",
          .params = {&session_param, &limit_param, &cursor_param}),
    ROUTE(POST, "/api/sessions/{session}/findings", finding_post, ROLE_LEADS, "Finding",
          "Words a finding, as a draft", .params = {&session_param}, .body = "FindingBody",
          .prepare = finding_post_prepare, .flags = ROUTE_WRITES),
    ROUTE(GET, "/api/projects/{project}/findings", project_findings_list, ROLE_STAFF, "FindingList",
          "The findings of all sessions of a project, newest first",
          .params = {&project_param, &limit_param, &cursor_param}),
    ROUTE(GET, "/api/findings/{finding}", finding_get, ROLE_STAFF, "Finding", "One finding",
          .params = {&finding_param}),
    ROUTE(PUT, "/api/findings/{finding}", finding_put, ROLE_LEADS, "Finding",
          "Words a finding anew: it is a draft again", .params = {&finding_param},
          .body = "FindingBody", .prepare = finding_put_prepare, .flags = ROUTE_WRITES),
    ROUTE(DELETE, "/api/findings/{finding}", finding_delete_one, ROLE_LEADS, "Empty",
          "Deletes a finding", .params = {&finding_param}, .flags = ROUTE_WRITES),
    ROUTE(PUT, "/api/findings/{finding}/state", finding_state_put, ROLE_LEADS, "Finding",
          "Agrees or withdraws a finding, or makes it a draft", .params = {&finding_param},
          .body = "FindingState", .prepare = finding_state_prepare, .flags = ROUTE_WRITES),

    /* shared assets: api/assets.h */
    ROUTE(GET, "/api/projects/{project}/assets", assets_list, ROLE_LEADS, "AssetList",
          "What people gave for everybody, as it would be published, newest first",
          .params = {&project_param, &limit_param, &cursor_param}),
    ROUTE(PUT, "/api/sessions/{session}/contributions/{uuid}/shared", asset_put, ROLE_LEADS,
          "Asset", "Approves a contribution for everybody under a title, or changes the title",
          .params = {&session_param, &uuid_param}, .body = "AssetBody",
          .prepare = asset_put_prepare, .flags = ROUTE_WRITES),
    ROUTE(DELETE, "/api/sessions/{session}/contributions/{uuid}/shared", asset_delete_one,
          ROLE_LEADS, "Empty", "Takes the approval back", .params = {&session_param, &uuid_param},
          .flags = ROUTE_WRITES),

    /* recordings: api/recordings.h */
    ROUTE(GET, "/api/projects/{project}/exercises/{key}/recordings", recordings_list, ROLE_LEADS,
          "RecordingList", "What was recorded of an exercise's words",
          .params = {&project_param, &key_param}),
    ROUTE(PUT, "/api/projects/{project}/exercises/{key}/recordings", recording_put_one, ROLE_LEADS,
          "Recording", "Takes a recording of a question or an answer, in the place of the one before it",
          .params = {&project_param, &key_param, &item_param, &language_param},
          .body = "audio/webm, audio/ogg, audio/mp4, audio/mpeg, audio/wav",
          .body_max = RECORDING_BYTES_MAX, .prepare = recording_put_prepare, .flags = ROUTE_WRITES),
    ROUTE(GET, "/api/projects/{project}/recordings/{recording}", recording_get_one, ROLE_LEADS,
          "audio/webm", "One recording (also audio/ogg, audio/mp4, audio/mpeg, audio/wav)",
          .params = {&project_param, &recording_param}),
    ROUTE(DELETE, "/api/projects/{project}/recordings/{recording}", recording_delete_one, ROLE_LEADS,
          "Empty", "Deletes a recording", .params = {&project_param, &recording_param},
          .flags = ROUTE_WRITES),
    ROUTE(GET, "/api/sessions/{session}/recordings", recordings_of_session,
          ROLE_PARTICIPANT | ROLE_STAFF, "RecordingList",
          "What a tablet can read aloud in the session's languages", .params = {&session_param}),
    ROUTE(GET, "/api/sessions/{session}/recordings/{recording}", recording_get,
          ROLE_PARTICIPANT | ROLE_STAFF, "audio/webm",
          "One recording (also audio/ogg, audio/mp4, audio/mpeg, audio/wav)",
          .params = {&session_param, &recording_param}),

    /* heat: api/heat.h */
    ROUTE(GET, "/api/sessions/{session}/heat", heat_legend_get, ROLE_STAFF, "HeatLegend",
          "What the colours of the heat map mean",
          .params = {&session_param, &category_param, &heat_state_param}, .flags = ROUTE_CACHED),
    ROUTE(GET, "/api/sessions/{session}/heat/{z}/{x}/{y}", heat_tile_get, ROLE_STAFF, "image/png",
          "A tile of the heat map: contributions a square kilometre",
          .params = {&session_param, &zoom_param, &column_param, &row_param, &category_param,
                     &heat_state_param},
          .flags = ROUTE_CACHED),

    /* events: api/events.h */
    ROUTE(GET, "/api/sessions/{session}/events", session_events, ROLE_STAFF, "text/event-stream",
          "What happens in the session, as it happens", .params = {&session_param},
          .flags = ROUTE_EVENTS),

    /* overlays: api/overlays.h */
    ROUTE(GET, "/api/projects/{project}/overlays", overlays_list, ROLE_PARTICIPANT | ROLE_STAFF,
          "OverlayList", "The overlays of a project by title", .params = {&project_param}),
    ROUTE(GET, "/api/overlays/{overlay}", overlay_get, ROLE_PARTICIPANT | ROLE_STAFF, "Overlay",
          "One overlay", .params = {&overlay_param}),
    ROUTE(GET, "/api/overlays/{overlay}/features", overlay_features_get,
          ROLE_PARTICIPANT | ROLE_STAFF, "OverlayFeatures", "The features of an overlay",
          .params = {&overlay_param}, .flags = ROUTE_CACHED),
    ROUTE(PUT, "/api/overlays/{overlay}", overlay_put, ROLE_LEADS, "Overlay",
          "Changes title, colour or attribution", .params = {&overlay_param}, .body = "OverlayBody",
          .prepare = overlay_put_prepare, .flags = ROUTE_WRITES),
    ROUTE(DELETE, "/api/overlays/{overlay}", overlay_delete_one, ROLE_LEADS, "Empty",
          "Deletes an overlay with its features", .params = {&overlay_param},
          .flags = ROUTE_WRITES),

    /* imports: api/imports.h */
    ROUTE(POST, "/api/projects/{project}/uploads", upload_post, ROLE_LEADS, "Upload",
          "Takes a CSV or GeoJSON file and says what it holds",
          .params = {&project_param, &file_name_param},
          .body = "text/csv, application/geo+json, application/json, application/octet-stream",
          .body_max = UPLOAD_BYTES_MAX, .flags = ROUTE_UPLOAD),
    ROUTE(POST, "/api/uploads/{upload}/check", upload_check_post, ROLE_LEADS, "Job",
          "Tells row by row what an import would refuse, and imports nothing",
          .params = {&upload_param}, .body = "Mapping"),
    ROUTE(POST, "/api/uploads/{upload}/import", upload_import_post, ROLE_LEADS, "Job",
          "Imports a file, all or nothing", .params = {&upload_param}, .body = "Mapping"),
    ROUTE(DELETE, "/api/uploads/{upload}", upload_delete_one, ROLE_LEADS, "Empty",
          "Deletes a file that was sent", .params = {&upload_param}),
    ROUTE(GET, "/api/jobs/{job}", job_get, ROLE_LEADS, "Job", "How far a check, an import or a publication is",
          .params = {&job_param}),

    /* publishing, the leads' side: api/publication.h */
    ROUTE(GET, "/api/projects/{project}/publication", publication_get, ROLE_LEADS, "Publication",
          "A project's editions, what the next one would hold, and what is missing for it",
          .params = {&project_param}),
    ROUTE(PUT, "/api/projects/{project}/publication", publication_put, ROLE_ADMINISTRATOR,
          "Publication", "Sets a higher floor than the profiles' own", .params = {&project_param},
          .body = "PublicationBody", .prepare = publication_put_prepare, .flags = ROUTE_WRITES),
    ROUTE(POST, "/api/projects/{project}/publication/preview", publication_preview_post, ROLE_LEADS,
          "Job", "Computes the next edition and publishes nothing", .params = {&project_param}),
    ROUTE(POST, "/api/projects/{project}/editions", edition_post, ROLE_LEADS, "Job",
          "Publishes the next edition", .params = {&project_param}, .body = "EditionBody"),
    ROUTE(POST, "/api/projects/{project}/editions/{edition}/takedown", edition_takedown_post,
          ROLE_LEADS, "TakenDown", "Takes a slice, a finding or an asset out of a published edition",
          .params = {&project_param, &edition_number_param}, .body = "TakedownBody"),
    ROUTE(POST, "/api/projects/{project}/exercises/{key}/end", exercise_end_post, ROLE_LEADS, "Empty",
          "No further editions of an exercise: its key is destroyed",
          .params = {&project_param, &key_param}),

    /* what is published: api/editions.h */
    ROUTE(GET, "/api/editions", editions_list, ROLE_ANYONE, "EditionList",
          "What is published, by project, the newest first",
          .flags = ROUTE_PUBLIC | ROUTE_PUBLISHED | ROUTE_CACHED),
    ROUTE(GET, "/api/editions/{project}/{edition}", edition_show, ROLE_ANYONE, "Edition",
          "An edition: its slices, how they are protected, and what else it holds",
          .params = {&project_param, &edition_param}, .flags = OF_AN_EDITION),
    ROUTE(GET, "/api/editions/{project}/{edition}/file", edition_file_get, ROLE_ANYONE,
          "application/geopackage+sqlite3", "The edition itself, a GeoPackage with styles for QGIS",
          .params = {&project_param, &edition_param}, .flags = OF_AN_EDITION),
    ROUTE(GET, "/api/editions/{project}/{edition}/findings", edition_findings_get, ROLE_ANYONE,
          "EditionFindings", "What groups found and agreed to say",
          .params = {&project_param, &edition_param}, .flags = OF_AN_EDITION),
    ROUTE(GET, "/api/editions/{project}/{edition}/assets", edition_assets_get, ROLE_ANYONE,
          "EditionAssets", "What a neighbourhood can build on, as its people chose to share it",
          .params = {&project_param, &edition_param}, .flags = OF_AN_EDITION),
    ROUTE(GET, "/api/editions/{project}/{edition}/overlays/{overlay}", edition_overlay_get,
          ROLE_ANYONE, "OverlayFeatures", "A reference layer that was published with the edition",
          .params = {&project_param, &edition_param, &overlay_param}, .flags = OF_AN_EDITION),
    ROUTE(GET, "/api/editions/{project}/{edition}/slices/{slice}", edition_leaves_get, ROLE_ANYONE,
          "Leaves", "A slice as regions with the number of people who marked them",
          .params = {&project_param, &edition_param, &slice_param}, .flags = OF_AN_EDITION),
    ROUTE(GET, "/api/editions/{project}/{edition}/slices/{slice}/values", edition_values_get,
          ROLE_ANYONE, "text/csv", "The same as a table",
          .params = {&project_param, &edition_param, &slice_param}, .flags = OF_AN_EDITION),
    ROUTE(GET, "/api/editions/{project}/{edition}/slices/{slice}/tiles/{z}/{x}/{y}",
          edition_tile_get, ROLE_ANYONE, "application/vnd.mapbox-vector-tile",
          "The same as a vector tile, layer \"leaves\"; 204 where there is nothing",
          .params = {&project_param, &edition_param, &slice_param, &zoom_param, &column_param,
                     &row_param},
          .flags = OF_AN_EDITION),
    ROUTE(GET, "/api/editions/{project}/{edition}/slices/{slice}/heat", edition_heat_get,
          ROLE_ANYONE, "HeatLegend", "What the colours of the slice's heat map mean",
          .params = {&project_param, &edition_param, &slice_param}, .flags = OF_AN_EDITION),
    ROUTE(GET, "/api/editions/{project}/{edition}/slices/{slice}/heat/{z}/{x}/{y}",
          edition_heat_tile_get, ROLE_ANYONE, "image/png",
          "The slice's heat map, drawn from its published values",
          .params = {&project_param, &edition_param, &slice_param, &zoom_param, &column_param,
                     &row_param},
          .flags = OF_AN_EDITION),
    ROUTE(GET, "/api/editions/{project}/{edition}/slices/{slice}/areas/{overlay}",
          edition_areas_get, ROLE_ANYONE, "Areas",
          "The slice summed over the areas of a published overlay, weighted by area",
          .params = {&project_param, &edition_param, &slice_param, &overlay_param, &format_param},
          .flags = OF_AN_EDITION),
    ROUTE(GET, "/api/editions/{project}/{edition}/slices/{slice}/against/{other}",
          edition_against_get, ROLE_ANYONE, "Compared",
          "Two groups, or two bands of time, where both are published: higher, similar or lower",
          .params = {&project_param, &edition_param, &slice_param, &other_param},
          .flags = OF_AN_EDITION),

    /* base maps: api/basemaps.h */
    ROUTE(GET, "/api/basemaps", basemaps_index, ROLE_ANYONE, "BasemapList",
          "The maps that can lie below a session, by name", .flags = ROUTE_PUBLIC | ROUTE_CACHED),
    ROUTE(GET, "/basemaps/{name}", basemap_whole, ROLE_ANYONE, "application/vnd.pmtiles",
          "A base map's file, whole or in a range, when it is a PMTiles",
          .params = {&basemap_param}, .flags = ROUTE_PUBLIC),
    ROUTE(GET, "/api/sessions/{session}/basemaps", session_areas_list, ROLE_PARTICIPANT | ROLE_STAFF,
          "AreaList", "The session's base maps as a tablet keeps them: its area; 503 while they are made",
          .params = {&session_param}),
    ROUTE(GET, "/api/sessions/{session}/basemaps/{name}", session_area_get, ROLE_PARTICIPANT | ROLE_STAFF,
          "application/vnd.pmtiles", "One of them, whole or in a range", .params = {&session_param, &basemap_param}),
    // not kept: there are more tiles than memory, and the archive is read quickly
    ROUTE(GET, "/basemaps/{name}/{z}/{x}/{y}", basemap_tile, ROLE_ANYONE, "application/vnd.mapbox-vector-tile",
          "A base map's tile, or its picture (image/png, image/jpeg, image/webp); 204 where it has none",
          .params = {&basemap_param, &zoom_param, &column_param, &row_param}, .flags = ROUTE_PUBLIC | ROUTE_QUICK),
};

struct route_table api_routes(void) {
    return (struct route_table){.rows = routes, .count = sizeof routes / sizeof routes[0]};
}
