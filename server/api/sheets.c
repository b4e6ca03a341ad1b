// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/sheets.h"

#include "api/api.h"
#include "api/writers.h"
#include "service/limiter.h"
#include "service/sheet_service.h"

#include <string.h>

static struct sheet_choice choice_of(const struct request *request) {
    const char *orientation = request_text(request, "orientation");
    return (struct sheet_choice){
        .session_id = request_int(request, "session"),
        .paper = strcmp(request_text(request, "paper"), "a3") == 0 ? SHEET_A3 : SHEET_A4,
        .orientation = strcmp(orientation, "portrait") == 0    ? SHEET_PORTRAIT
                       : strcmp(orientation, "landscape") == 0 ? SHEET_LANDSCAPE
                                                               : SHEET_AUTO,
    };
}

enum err sheet_get(struct request *request, struct response *response) {
    const struct sheet_choice choice = choice_of(request);
    struct sheet_frame frame;
    enum err err =
        sheet_frame_find(api_context(request), api_caller(request), &choice, request->arena, &frame);
    if (err != ERR_OK)
        return err;
    struct jsonw w = api_reply(response);
    jsonw_object(&w);
    jsonw_kstr(&w, "paper", frame.paper == SHEET_A3 ? "a3" : "a4");
    jsonw_kstr(&w, "orientation", frame.orientation == SHEET_LANDSCAPE ? "landscape" : "portrait");
    write_bbox(&w, "bbox", &frame.bbox);
    jsonw_ki64(&w, "columns", frame.columns);
    jsonw_ki64(&w, "rows", frame.rows);
    jsonw_key(&w, "longitudes");
    jsonw_array(&w);
    for (unsigned i = 0; i <= frame.columns; i++)
        jsonw_fixed(&w, sheet_column_lon(&frame, i), 7);
    jsonw_array_end(&w);
    jsonw_key(&w, "latitudes");
    jsonw_array(&w);
    for (unsigned i = 0; i <= frame.rows; i++)
        jsonw_fixed(&w, sheet_row_lat(&frame, i), 7);
    jsonw_array_end(&w);
    jsonw_kfixed(&w, "scale", frame.scale, 0);
    jsonw_object_end(&w);
    return ERR_OK;
}

enum err sheet_pdf_get(struct request *request, struct response *response) {
    struct sheet_choice choice = choice_of(request);
    choice.language = request_text(request, "language");
    choice.basemap = request_text(request, "basemap");
    choice.origin = request_text(request, "origin");
    if (choice.origin != NULL && !api_is_origin(choice.origin))
        return fault_set(&request->fault, ERR_BAD_PARAMETER, "origin",
                         "is an origin, such as https://map.example.org");
    response_type(response, "application/pdf");
    struct limiter *limiter = api_context(request)->limiter;
    enum err err = limiter_sheet_enter(limiter);
    if (err != ERR_OK)
        return err;
    err = sheet_pdf(api_context(request), api_caller(request), &choice, request->arena, &request->fault,
                    response_body(response));
    limiter_sheet_leave(limiter);
    return err;
}
