// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/publication.h"

#include "api/api.h"
#include "api/imports.h"
#include "base/clock.h"
#include "service/edition_job.h"
#include "service/publication.h"
#include "service/publication_calendar.h"
#include "service/publication_overview.h"
#include "service/publication_takedown.h"

enum { FLOOR_MAX = 1000, SLICE_ID_MAX = 100 };

static int64_t today(void) {
    return calendar_day_of(clock_now_ms());
}

enum err publication_get(struct request *request, struct response *response) {
    struct jsonw w = api_reply(response);
    return publication_overview(api_context(request), api_caller(request), request_int(request, "project"),
                                today(), request->arena, &w);
}

enum err publication_put_prepare(struct request *request, struct response *response) {
    (void)response;
    struct fields f;
    unsigned *floor = arena_alloc(request->arena, sizeof *floor);
    if (!floor)
        return ERR_NO_MEMORY;
    if (fields_open(request, &f) == ERR_OK) {
        *floor = (unsigned)fields_int_or(&f, "floor", 0, FLOOR_MAX, 0);
        if (!fields_has(&f, "floor"))
            fields_wrong(&f, "floor", "is missing");
    }
    request->state = floor;
    return fields_close(&f);
}

enum err publication_put(struct request *request, struct response *response) {
    enum err err = publication_floor_put(api_context(request), api_caller(request),
                                         request_int(request, "project"), *(unsigned *)request->state,
                                         &request->fault);
    return err ? err : publication_get(request, response);
}

/* ---- jobs ---- */

static enum err begin(struct request *request, struct response *response, struct edition_order *order) {
    char word[SECRET_TOKEN_TEXT_SIZE];
    order->caller = api_caller(request);
    order->project_id = request_int(request, "project");
    order->day = today();
    enum err err = edition_begin(api_context(request), order, request->arena, &request->fault, word);
    if (err)
        return err;
    response_status(response, 202);
    return job_show(request, response, word);
}

enum err publication_preview_post(struct request *request, struct response *response) {
    struct edition_order order = {.kind = EDITION_PREVIEW};
    return begin(request, response, &order);
}

static void read_overlays(struct fields *f, struct edition_order *order) {
    struct json_object *ids = fields_value(f, "overlays");
    if (json_type_of(ids) != JSON_ARRAY || json_length(ids) > EDITION_OVERLAYS_MAX) {
        fields_wrong(f, "overlays", "is a list of at most %d ids", EDITION_OVERLAYS_MAX);
        return;
    }
    for (size_t i = 0; i < json_length(ids); i++)
        if (!json_integer(json_at(ids, i), &order->overlays[order->overlay_count++]))
            fields_wrong(f, "overlays", "is a list of ids");
}

enum err edition_post(struct request *request, struct response *response) {
    struct edition_order order = {.kind = EDITION_PUBLISH};
    struct fields f;
    if (fields_open(request, &f) == ERR_OK)
        read_overlays(&f, &order);
    enum err err = fields_close(&f);
    return err ? err : begin(request, response, &order);
}

/* ---- taking down, ending ---- */

enum err edition_takedown_post(struct request *request, struct response *response) {
    struct takedown what = {0};
    unsigned revision = 0;
    struct fields f;
    if (fields_open(request, &f) == ERR_OK) {
        what.slice = fields_text_or(&f, "slice", SLICE_ID_MAX, NULL);
        what.finding = fields_int_or(&f, "finding", 1, INT64_MAX, 0);
        what.asset = fields_int_or(&f, "asset", 1, INT64_MAX, 0);
        if ((what.slice != NULL) + (what.finding != 0) + (what.asset != 0) != 1)
            fields_wrong(&f, "slice", "is needed, or a finding, or an asset: one of them");
    }
    enum err err = fields_close(&f);
    if (!err)
        err = publication_take_down(api_context(request), api_caller(request), request_int(request, "project"),
                                    (unsigned)request_int(request, "edition"), &what, &request->fault,
                                    &revision);
    if (err)
        return err;
    struct jsonw w = api_reply(response);
    jsonw_object(&w);
    jsonw_ki64(&w, "revision", revision);
    jsonw_object_end(&w);
    return ERR_OK;
}

enum err exercise_end_post(struct request *request, struct response *response) {
    enum err err =
        publication_end_exercise(api_context(request), api_caller(request), request_int(request, "project"),
                                 request_text(request, "key"), &request->fault);
    return err ? err : api_empty(response);
}
