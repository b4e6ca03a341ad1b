// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/basemaps.h"

#include "api/api.h"
#include "api/writers.h"
#include "service/basemaps.h"
#include <string.h>

enum err basemaps_index(struct request *request, struct response *response) {
    const struct basemaps *basemaps = api_context(request)->basemaps;
    struct jsonw w = api_reply(response);
    jsonw_object(&w);
    jsonw_key(&w, "items");
    jsonw_array(&w);
    for (size_t i = 0; i < basemaps_count(basemaps); i++)
        write_basemap(&w, basemaps_at(basemaps, i));
    jsonw_array_end(&w);
    jsonw_object_end(&w);
    return ERR_OK;
}

static const char *media_type(const char *format) {
    static const char *const types[][2] = {
        {"png", "image/png"}, {"jpg", "image/jpeg"}, {"webp", "image/webp"}};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(types[i][0], format) == 0)
            return types[i][1];
    }
    return "application/vnd.mapbox-vector-tile";
}

enum err basemap_tile(struct request *request, struct response *response) {
    const struct basemaps *basemaps = api_context(request)->basemaps;
    const char *name = request_text(request, "name");
    struct buf *body = response_body(response);
    bool gzipped;
    enum err err =
        basemaps_tile(basemaps, name, request_int(request, "z"), request_int(request, "x"),
                      request_int(request, "y"), body, &gzipped);
    if (err == ERR_BAD_PARAMETER)
        return fault_set(&request->fault, err, "x, y",
                         "there are no such columns or rows at zoom z");
    if (err != ERR_OK)
        return err;
    response_type(response, media_type(basemaps_find(basemaps, name)->format));
    if (body->len == 0)
        response_status(response, 204);
    else if (gzipped)
        return response_header(response, "Content-Encoding", "gzip");
    return ERR_OK;
}
