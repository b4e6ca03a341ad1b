// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/contributions.h"

#include "api/api.h"
#include "api/events.h"
#include "api/writers.h"
#include "service/contribution_json.h"
#include "service/contribution_service.h"
#include "service/export_service.h"
#include <inttypes.h>
#include <stdio.h>

/* ---- the live map ---- */

static enum err announce_to(struct response *response, const char *topic,
                            const struct contribution *c, struct contribution_view view) {
    if (!topic)
        return ERR_NO_MEMORY;
    struct buf json;
    struct jsonw w;
    buf_init(&json);
    jsonw_init(&w, &json);
    enum err err = contribution_write(&w, c, &view);
    if (err == ERR_OK)
        response_announce(response, topic, "contribution", json.data, json.len);
    buf_fini(&json);
    return err;
}

enum err announce_contribution(struct request *request, struct response *response,
                               const struct contribution *c, const struct exercise *exercise) {
    enum err err = announce_to(response, api_session_topic(request->arena, c->session_id), c,
                               contribution_view_of_room(true, exercise));
    if (err != ERR_OK)
        return err;
    return announce_to(response, events_researchers_topic(request->arena, c->session_id), c,
                       contribution_view_of_room(false, exercise));
}

/* ---- writing ---- */

struct wish {
    struct contribution_draft draft;
    int64_t if_version;
};

enum err contribution_put_prepare(struct request *request, struct response *response) {
    (void)response;
    uint8_t uuid[CONTRIBUTION_UUID_SIZE];
    request_uuid(request, "uuid", uuid);
    struct wish *wish = arena_alloc(request->arena, sizeof *wish);
    if (!wish)
        return ERR_NO_MEMORY;
    request->state = wish;
    enum err err = api_if_version(request, &wish->if_version);
    if (err != ERR_OK)
        return err;
    struct fields f;
    if (fields_open(request, &f) == ERR_OK) {
        const struct json_object *geometry = fields_value(&f, "geometry");
        const struct json_object *answers = fields_value(&f, "answers");
        int64_t participant_id = fields_int_or(&f, "participant", 1, INT64_MAX, 0);
        if (f.err == ERR_OK)
            f.err = contribution_draft_make(api_context(request), api_caller(request),
                                            request_int(request, "session"), uuid, geometry,
                                            answers, request->arena, f.fault, &wish->draft);
        if (f.err == ERR_OK && participant_id != 0)
            f.err = contribution_draft_enter(api_context(request), api_caller(request),
                                             participant_id, request->arena, f.fault, &wish->draft);
    }
    return fields_close(&f);
}

/* Without an ETag: what is stored is not what was sent (RFC 9110, 9.3.4). Its version is in it. */
enum err contribution_answer(struct request *request, struct response *response,
                             const struct contribution *c, const struct exercise *exercise) {
    const struct contribution_view view = contribution_view_of(api_caller(request), exercise);
    struct jsonw w = api_reply(response);
    return contribution_write(&w, c, &view);
}

static enum err announce_written(struct request *request, struct response *response,
                                 const struct contribution *stored,
                                 enum contribution_outcome outcome,
                                 const struct exercise *exercise) {
    if (outcome == CONTRIBUTION_KEPT_BESIDE)
        return announce_conflict(request, response, stored->session_id, stored->uuid, true);
    if (outcome == CONTRIBUTION_SAME)
        return ERR_OK;
    return announce_contribution(request, response, stored, exercise);
}

enum err contribution_put(struct request *request, struct response *response) {
    static const unsigned statuses[] = {
        [CONTRIBUTION_CREATED] = 201,
        [CONTRIBUTION_CHANGED] = 200,
        [CONTRIBUTION_SAME] = 200,
        [CONTRIBUTION_KEPT_BESIDE] = 202,
    };
    const struct wish *wish = request->state;
    struct contribution stored;
    enum contribution_outcome outcome;
    enum err err = contribution_submit(api_context(request), api_caller(request), &wish->draft,
                                       wish->if_version, request->arena, &stored, &outcome);
    if (err == ERR_OK)
        err = announce_written(request, response, &stored, outcome, wish->draft.exercise);
    if (err != ERR_OK)
        return err;
    response_status(response, statuses[outcome]);
    return contribution_answer(request, response, &stored, wish->draft.exercise);
}

enum err contribution_delete_one(struct request *request, struct response *response) {
    uint8_t uuid[1][CONTRIBUTION_UUID_SIZE];
    int64_t session_id = request_int(request, "session");
    int64_t if_version = 0;
    struct contribution stored;
    enum contribution_outcome outcome;
    request_uuid(request, "uuid", uuid[0]);
    enum err err = api_if_version(request, &if_version);
    if (err == ERR_OK)
        err = contribution_remove(api_context(request), api_caller(request), session_id, uuid[0],
                                  if_version, request->arena, &stored, &outcome);
    if (err != ERR_OK)
        return err;
    if (outcome == CONTRIBUTION_REMOVED) {
        err = announce_removed(request, response, session_id, uuid, 1);
        return err == ERR_OK ? api_empty(response) : err;
    }
    err = announce_conflict(request, response, session_id, uuid[0], true);
    response_status(response, 202);
    // its author alone and leads come here: they are shown it whole, whatever the exercise asks
    return err == ERR_OK ? contribution_answer(request, response, &stored, NULL) : err;
}

enum err contribution_state_prepare(struct request *request, struct response *response) {
    (void)response;
    static const char *const words[] = {"pending", "approved", "hidden", NULL};
    enum contribution_state *state = arena_alloc(request->arena, sizeof *state);
    if (!state)
        return ERR_NO_MEMORY;
    request->state = state;
    struct fields f;
    if (fields_open(request, &f) == ERR_OK)
        *state = (enum contribution_state)fields_one_of(&f, "state", words, -1);
    return fields_close(&f);
}

enum err contribution_state_put(struct request *request, struct response *response) {
    uint8_t uuid[CONTRIBUTION_UUID_SIZE];
    request_uuid(request, "uuid", uuid);
    const enum contribution_state *state = request->state;
    const struct exercise *exercise = NULL;
    struct contribution stored;
    enum err err = contribution_judge(api_context(request), api_caller(request),
                                      request_int(request, "session"), uuid, *state, request->arena,
                                      &stored, &exercise);
    if (err == ERR_OK)
        err = announce_contribution(request, response, &stored, exercise);
    return err == ERR_OK ? contribution_answer(request, response, &stored, exercise) : err;
}

/* ---- reading ---- */

enum err contribution_get(struct request *request, struct response *response) {
    uint8_t uuid[CONTRIBUTION_UUID_SIZE];
    request_uuid(request, "uuid", uuid);
    struct jsonw w = api_reply(response);
    int64_t number = 0;
    enum err err =
        contribution_show(api_context(request), api_caller(request),
                          request_int(request, "session"), uuid, request->arena, &w, &number);
    if (err != ERR_OK)
        return err;
    char version[24];
    snprintf(version, sizeof version, "%" PRId64, number);
    response_version(response, version);
    return ERR_OK;
}

enum err contributions_list(struct request *request, struct response *response) {
    struct bbox box;
    double wsen_deg[4];
    struct contribution_query query = {
        .session_id = request_int(request, "session"),
        .before_id = api_cursor(request),
        .category = request_text(request, "category"),
        .state = request_text(request, "state"),
        .when = request_text(request, "when"),
        .limit = (size_t)request_int(request, "limit"),
    };
    if (request_bbox(request, "bbox", wsen_deg)) {
        if (query.before_id != 0)
            return fault_set(&request->fault, ERR_BAD_PARAMETER, "cursor",
                             "does not go with bbox: a box has no pages");
        box = (struct bbox){wsen_deg[0], wsen_deg[1], wsen_deg[2], wsen_deg[3]};
        query.box = &box;
    }
    struct contribution_end end;
    struct jsonw w = api_reply(response);
    jsonw_object(&w);
    jsonw_kstr(&w, "type", "FeatureCollection");
    jsonw_key(&w, "features");
    enum err err = contribution_show_list(api_context(request), api_caller(request), &query,
                                          request->arena, &w, &end);
    if (err != ERR_OK)
        return err;
    api_next(&w, end.more && !query.box ? end.last_id : 0);
    jsonw_kbool(&w, "more", end.more);
    jsonw_object_end(&w);
    // what stands in the rows follows from their versions and from who reads them; hashing a long
    // list would cost as much as reading it
    struct caller caller = api_caller(request);
    char version[64];
    snprintf(version, sizeof version, "%016" PRIx64 "-%x-%" PRIx64 "-%d", end.mark, caller.roles,
             (uint64_t)caller.id, end.more);
    response_version(response, version);
    return ERR_OK;
}

enum err contributions_counts(struct request *request, struct response *response) {
    struct contribution_counts counts;
    enum err err = contribution_sum(api_context(request), api_caller(request),
                                    request_int(request, "session"), request->arena, &counts);
    if (err != ERR_OK)
        return err;
    struct jsonw w = api_reply(response);
    jsonw_object(&w);
    jsonw_ki64(&w, "total", counts.total);
    jsonw_key(&w, "by_state");
    jsonw_object(&w);
    for (unsigned i = 0; i < CONTRIBUTION_STATES; i++)
        jsonw_ki64(&w, contribution_state_name((enum contribution_state)i), counts.by_state[i]);
    jsonw_object_end(&w);
    jsonw_key(&w, "by_category");
    jsonw_object(&w);
    for (size_t i = 0; i < counts.category_count; i++)
        jsonw_ki64(&w, counts.categories[i].category, counts.categories[i].count);
    jsonw_object_end(&w);
    jsonw_key(&w, "participants");
    jsonw_object(&w);
    jsonw_ki64(&w, "waiting", counts.waiting);
    jsonw_ki64(&w, "admitted", counts.admitted);
    jsonw_object_end(&w);
    jsonw_object_end(&w);
    return ERR_OK;
}

/* ---- export ---- */

static enum err next_piece(void *state, void *worker_context, struct buf *out) {
    return export_piece(state, worker_context, out);
}

static void free_export(void *state) {
    export_free(state);
}

enum err contributions_export(struct request *request, struct response *response) {
    const char *format = request_text(request, "format");
    bool csv = format[0] == 'c';
    int64_t session_id = request_int(request, "session");
    struct export *export = NULL;
    enum err err = export_open(api_context(request), api_caller(request), session_id,
                               csv ? EXPORT_CSV : EXPORT_GEOJSON, &export);
    if (err != ERR_OK)
        return err;
    char name[64];
    snprintf(name, sizeof name, "session-%" PRId64 ".%s", session_id, csv ? "csv" : "geojson");
    response_type(response, csv ? "text/csv; charset=utf-8" : "application/geo+json");
    response_attachment(response, name);
    response_stream(response, next_piece, export, free_export);
    return ERR_OK;
}
