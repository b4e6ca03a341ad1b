// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/overlays.h"

#include "api/api.h"
#include "api/writers.h"
#include "service/overlay_service.h"

enum { TITLE_BYTES_MAX = 200, ATTRIBUTION_BYTES_MAX = 500, COLOUR_BYTES = 7 };

enum err overlays_list(struct request *request, struct response *response) {
    struct overlay *items = NULL;
    size_t count = 0;
    enum err err =
        overlay_show_list(api_context(request), api_caller(request),
                          request_int(request, "project"), request->arena, &items, &count);
    if (err != ERR_OK)
        return err;
    struct jsonw w = api_items(response);
    for (size_t i = 0; i < count; i++)
        write_overlay(&w, &items[i]);
    api_items_end(&w, 0);
    return ERR_OK;
}

static enum err answer(struct response *response, const struct overlay *overlay) {
    struct jsonw w = api_reply(response);
    write_overlay(&w, overlay);
    return ERR_OK;
}

enum err overlay_get(struct request *request, struct response *response) {
    struct overlay overlay;
    enum err err = overlay_require(api_context(request), api_caller(request),
                                   request_int(request, "overlay"), request->arena, &overlay);
    return err == ERR_OK ? answer(response, &overlay) : err;
}

enum err overlay_features_get(struct request *request, struct response *response) {
    struct jsonw w = api_reply(response);
    jsonw_object(&w);
    jsonw_kstr(&w, "type", "FeatureCollection");
    jsonw_key(&w, "features");
    enum err err = overlay_show_features(api_context(request), api_caller(request),
                                         request_int(request, "overlay"), request->arena, &w);
    jsonw_object_end(&w);
    return err;
}

enum err overlay_put_prepare(struct request *request, struct response *response) {
    (void)response;
    struct overlay *change = arena_alloc(request->arena, sizeof *change);
    if (!change)
        return ERR_NO_MEMORY;
    request->state = change;
    change->id = request_int(request, "overlay");
    struct fields f;
    if (fields_open(request, &f) == ERR_OK) {
        if (fields_has(&f, "title"))
            change->title = fields_text(&f, "title", 1, TITLE_BYTES_MAX);
        change->colour = fields_text_or(&f, "colour", COLOUR_BYTES, NULL);
        change->attribution = fields_text_or(&f, "attribution", ATTRIBUTION_BYTES_MAX, NULL);
    }
    return fields_close(&f);
}

enum err overlay_put(struct request *request, struct response *response) {
    struct overlay overlay;
    enum err err = overlay_edit(api_context(request), api_caller(request), request->state,
                                request->arena, &request->fault, &overlay);
    return err == ERR_OK ? answer(response, &overlay) : err;
}

enum err overlay_delete_one(struct request *request, struct response *response) {
    enum err err = overlay_remove(api_context(request), api_caller(request),
                                  request_int(request, "overlay"), request->arena);
    return err == ERR_OK ? api_empty(response) : err;
}
