// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/basemaps.h"

#include "api/api.h"
#include "api/writers.h"
#include "service/area_service.h"
#include "service/basemaps.h"
#include <string.h>

enum err basemaps_index(struct request *request, struct response *response) {
    const struct basemaps *basemaps = api_context(request)->basemaps;
    struct jsonw w = api_items(response);
    for (size_t i = 0; i < basemaps_count(basemaps); i++)
        write_basemap(&w, basemaps_at(basemaps, i), true);
    api_items_whole(&w);
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
    const struct basemap *basemap = basemaps_find(basemaps, name);
    response_type(response, media_type(basemap->format));
    if (body->len == 0) { // perhaps for now only: the archive's tag is not for it
        response_status(response, 204);
        return ERR_OK;
    }
    response_version(response, basemap->tag); // at one address it names one tile's bytes
    return gzipped ? response_header(response, "Content-Encoding", "gzip") : ERR_OK;
}

/* ---- whole files ---- */

static const char pmtiles_type[] = "application/vnd.pmtiles";

static void send_file(struct response *response, int fd, uint64_t len, const char *tag) {
    response_file(response, fd, len);
    response_type(response, pmtiles_type);
    response_version(response, tag);
}

enum err basemap_whole(struct request *request, struct response *response) {
    const struct basemap *basemap =
        basemaps_find(api_context(request)->basemaps, request_text(request, "name"));
    char tag[BASEMAP_TAG_SIZE];
    uint64_t len = 0;
    int fd = -1;
    if (!basemap)
        return ERR_NOT_FOUND;
    enum err err = basemap_file(basemap, &fd, &len, tag);
    if (err == ERR_NOT_FOUND)
        return fault_set(&request->fault, err, "name",
                         "is an MBTiles, which cannot be read in parts: its tiles are at "
                         "/basemaps/%s/{z}/{x}/{y}",
                         basemap->name);
    if (err == ERR_OK)
        send_file(response, fd, len, tag);
    return err;
}

/* ---- a session's area ---- */

enum err session_areas_list(struct request *request, struct response *response) {
    struct session_area *items = NULL;
    size_t count = 0;
    enum err err = session_area_list(api_context(request), api_caller(request),
                                     request_int(request, "session"), request->arena, &items, &count);
    if (err != ERR_OK)
        return err;
    struct jsonw w = api_items(response);
    for (size_t i = 0; i < count; i++) {
        const struct area *area = &items[i].area;
        jsonw_object(&w);
        jsonw_kstr(&w, "name", items[i].name);
        jsonw_ki64(&w, "bytes", (int64_t)area->bytes);
        jsonw_ki64(&w, "tiles", (int64_t)area->tiles);
        jsonw_ki64(&w, "minzoom", area->minzoom);
        jsonw_ki64(&w, "maxzoom", area->maxzoom);
        jsonw_object_end(&w);
    }
    api_items_whole(&w);
    return ERR_OK;
}

enum err session_area_get(struct request *request, struct response *response) {
    struct area area;
    int fd = -1;
    enum err err = session_area_open(api_context(request), api_caller(request),
                                     request_int(request, "session"), request_text(request, "name"),
                                     request->arena, &area, &fd);
    if (err == ERR_OK)
        send_file(response, fd, area.bytes, area.tag);
    return err;
}
