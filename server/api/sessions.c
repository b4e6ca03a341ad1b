// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/sessions.h"

#include "api/api.h"
#include "api/writers.h"
#include "base/json.h"
#include "base/qr.h"
#include "model/base_maps.h"
#include "model/role.h"
#include "service/area_service.h"
#include "service/exercise_service.h"
#include "service/overlay_service.h"
#include "service/session_service.h"

#include <string.h>

/* ---- sessions ---- */

static void answer(struct response *response, const struct session *session) {
    struct jsonw w = api_reply(response);
    write_session(&w, session);
}

enum err sessions_list(struct request *request, struct response *response) {
    int64_t limit = request_int(request, "limit");
    struct session *items = NULL;
    size_t count = 0;
    enum err err =
        session_list(api_context(request), api_caller(request), request_int(request, "project"),
                     api_cursor(request), limit + 1, request->arena, &items, &count);
    if (err != ERR_OK)
        return err;
    bool more = api_page_cut(&count, limit);
    struct jsonw w = api_items(response);
    for (size_t i = 0; i < count; i++)
        write_session(&w, &items[i]);
    api_items_end(&w, more ? items[count - 1].id : 0);
    return ERR_OK;
}

enum err session_post(struct request *request, struct response *response) {
    struct session session;
    enum err err =
        session_open(api_context(request), api_caller(request), request_int(request, "project"),
                     request->state, request->arena, &request->fault, &session);
    if (err == ERR_OK) {
        response_status(response, 201);
        answer(response, &session);
    }
    return err;
}

enum err session_get(struct request *request, struct response *response) {
    struct context *context = api_context(request);
    struct session session;
    enum err err = session_require(context, api_caller(request), request_int(request, "session"),
                                   request->arena, &session);
    if (err == ERR_OK)
        err = session_count(context, &session);
    if (err != ERR_OK)
        return err;
    session_area_prepare(context, &session, request->arena); // the facilitator comes before the tablets
    answer(response, &session);
    return ERR_OK;
}

/* What an edit, a closing and a reopening end with. */
static enum err changed(enum err err, struct request *request, struct response *response,
                        const struct session *session) {
    if (err == ERR_OK)
        err = announce_session(request, response, session);
    if (err == ERR_OK)
        answer(response, session);
    return err;
}

enum err session_put(struct request *request, struct response *response) {
    int64_t if_version = 0;
    struct session session;
    enum err err = api_if_version(request, &if_version);
    if (err == ERR_OK)
        err =
            session_edit(api_context(request), api_caller(request), request_int(request, "session"),
                         request->state, if_version, request->arena, &request->fault, &session);
    return changed(err, request, response, &session);
}

enum err session_close_post(struct request *request, struct response *response) {
    struct session session;
    enum err err = session_close(api_context(request), api_caller(request),
                                 request_int(request, "session"), request->arena, &session);
    return changed(err, request, response, &session);
}

enum err session_reopen_post(struct request *request, struct response *response) {
    struct session session;
    enum err err = session_reopen(api_context(request), api_caller(request),
                                  request_int(request, "session"), request->arena, &session);
    return changed(err, request, response, &session);
}

/* ---- the package ---- */

static void write_package_session(struct jsonw *w, const struct session *session) {
    jsonw_key(w, "session");
    jsonw_object(w);
    jsonw_ki64(w, "id", session->id);
    jsonw_kstr(w, "title", session->title);
    jsonw_kstr(w, "place", session->place);
    jsonw_kstr(w, "held_on", session->held_on);
    write_bbox(w, "bbox", &session->bbox);
    jsonw_kfixed(w, "precision_m", session->precision_m, 0);
    jsonw_kraw(w, "languages", session->languages);
    jsonw_kraw(w, "consent", session->consent);
    jsonw_kraw(w, "help_contacts", session->help_contacts);
    jsonw_kbool(w, "free_text", session->free_text);
    jsonw_kstr(w, "state", session->open ? "open" : "closed");
    jsonw_kraw(w, "base_maps", session->base_maps);
    jsonw_kraw(w, "groups", session->groups);
    jsonw_object_end(w);
}

/* A tablet gets the words of its session's languages, and English, for whoever chose it all the same
 * and where none of them is there; staff, whose pages have languages of their own, get all. */
static uint32_t package_languages(struct caller caller, const struct session *session,
                                  const struct exercise *exercise) {
    struct json_object *tags = NULL;
    if (!(caller.roles & ROLE_PARTICIPANT) ||
        json_parse(session->languages, strlen(session->languages), NULL, &tags) != ERR_OK)
        return UINT32_MAX;
    uint32_t languages = exercise_language_bit(exercise, "en");
    for (size_t i = 0; i < json_length(tags); i++) {
        const char *tag = json_text(json_at(tags, i), NULL);
        size_t main_part = tag ? strcspn(tag, "-") : 0;
        for (size_t j = 0; tag && j < exercise->title.count; j++) { // pt-BR for a session in pt
            const char *other = exercise->title.phrases[j].language;
            if (strcspn(other, "-") == main_part && memcmp(tag, other, main_part) == 0)
                languages |= UINT32_C(1) << j;
        }
    }
    json_free(tags);
    return languages;
}

/* The names that nobody has here are left out. */
static void write_base_maps(struct jsonw *w, const struct basemaps *basemaps,
                            const struct base_maps *names) {
    jsonw_key(w, "base_maps");
    jsonw_array(w);
    for (size_t i = 0; i < names->count; i++) {
        const struct basemap *basemap = basemaps_find(basemaps, names->names[i]);
        if (basemap)
            write_basemap(w, basemap, false);
    }
    jsonw_array_end(w);
}

enum err package_get(struct request *request, struct response *response) {
    struct context *context = api_context(request);
    struct caller caller = api_caller(request);
    struct session session;
    const struct exercise *exercise = NULL;
    struct overlay *overlays = NULL;
    size_t count = 0;
    struct base_maps names;
    enum err err =
        session_require(context, caller, request_int(request, "session"), request->arena, &session);
    if (err == ERR_OK)
        err = base_maps_parse(session.base_maps, request->arena, NULL, &names);
    if (err == ERR_OK)
        err = exercise_get(context, session.exercise_id, request->arena, &exercise);
    if (err == ERR_OK)
        err = overlay_show_list(context, caller, session.project_id, request->arena, &overlays,
                                &count);
    if (err != ERR_OK)
        return err;
    struct jsonw w = api_reply(response);
    jsonw_object(&w);
    write_package_session(&w, &session);
    jsonw_key(&w, "exercise");
    exercise_write_in(&w, exercise, package_languages(caller, &session, exercise));
    jsonw_key(&w, "overlays");
    jsonw_array(&w);
    for (size_t i = 0; i < count; i++)
        write_overlay(&w, &overlays[i]);
    jsonw_array_end(&w);
    write_base_maps(&w, context->basemaps, &names);
    jsonw_object_end(&w);
    return ERR_OK;
}

/* ---- the join sheet ---- */

static void answer_sheet(struct response *response, const struct join_sheet *sheet) {
    bool none = sheet->expires_ms == 0;
    struct jsonw w = api_reply(response);
    jsonw_object(&w);
    jsonw_kstr(&w, "code", none ? NULL : sheet->code);
    jsonw_kstr(&w, "secret", none ? NULL : sheet->secret);
    jsonw_ktime(&w, "expires", sheet->expires_ms);
    jsonw_object_end(&w);
}

enum err join_sheet_get(struct request *request, struct response *response) {
    struct join_sheet sheet;
    enum err err = session_join_sheet(api_context(request), api_caller(request),
                                      request_int(request, "session"), request->arena, &sheet);
    if (err == ERR_OK)
        answer_sheet(response, &sheet);
    return err;
}

enum err join_sheet_post(struct request *request, struct response *response) {
    struct join_sheet sheet;
    enum err err = session_join_renew(api_context(request), api_caller(request),
                                      request_int(request, "session"), &sheet);
    if (err == ERR_OK)
        answer_sheet(response, &sheet);
    return err;
}

enum err join_sheet_delete(struct request *request, struct response *response) {
    enum err err = session_join_revoke(api_context(request), api_caller(request),
                                       request_int(request, "session"));
    return err == ERR_OK ? api_empty(response) : err;
}

enum err join_sheet_svg(struct request *request, struct response *response) {
    const char *origin = request_text(request, "origin");
    if (!api_is_origin(origin))
        return fault_set(&request->fault, ERR_BAD_PARAMETER, "origin",
                         "is an origin, such as https://map.example.org");
    struct join_sheet sheet;
    enum err err = session_join_sheet(api_context(request), api_caller(request),
                                      request_int(request, "session"), request->arena, &sheet);
    if (err == ERR_OK && sheet.expires_ms == 0)
        err = ERR_NOT_FOUND;
    if (err != ERR_OK)
        return err;
    const char *url = arena_printf(request->arena, "%s/#join=%s", origin, sheet.secret);
    if (!url)
        return ERR_NO_MEMORY;
    response_type(response, "image/svg+xml");
    return qr_svg(url, response_body(response));
}
