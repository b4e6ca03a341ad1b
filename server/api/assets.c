// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/assets.h"

#include "api/api.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "geo/geojson_write.h"
#include "service/asset_service.h"
#include <string.h>

enum { TITLE_CHARACTERS_MAX = 120 };

static enum err write_asset(struct jsonw *w, const struct asset_shown *shown) {
    const struct shared_asset *asset = &shown->asset;
    char uuid[SECRET_UUID_TEXT_SIZE];
    secret_uuid_format(asset->uuid, uuid);
    jsonw_object(w);
    jsonw_ki64(w, "session", asset->session_id);
    jsonw_kstr(w, "uuid", uuid);
    jsonw_kstr(w, "category", asset->category);
    jsonw_key(w, "geometry");
    geojson_write_geometry(w, &asset->geometry);
    jsonw_key(w, "answers");
    enum err err = asset_write_answers(w, shown->exercise, asset);
    jsonw_kstr(w, "title", asset->title);
    jsonw_kbool(w, "approved", asset->id != 0);
    jsonw_key(w, "id");
    if (asset->id)
        jsonw_i64(w, asset->id);
    else
        jsonw_null(w);
    jsonw_object_end(w);
    return err;
}

enum err assets_list(struct request *request, struct response *response) {
    int64_t limit = request_int(request, "limit");
    struct asset_shown *items = NULL;
    size_t count = 0;
    enum err err = asset_list(api_context(request), api_caller(request),
                              request_int(request, "project"), api_cursor(request), limit + 1,
                              request->arena, &items, &count);
    if (err != ERR_OK)
        return err;
    bool more = api_page_cut(&count, limit);
    struct jsonw w = api_items(response);
    for (size_t i = 0; i < count && err == ERR_OK; i++)
        err = write_asset(&w, &items[i]);
    api_items_end(&w, more ? items[count - 1].asset.contribution_id : 0);
    return err;
}

enum err asset_put_prepare(struct request *request, struct response *response) {
    (void)response;
    struct fields f;
    if (fields_open(request, &f) == ERR_OK) {
        const char *title = fields_text(&f, "title", 1, 4 * TITLE_CHARACTERS_MAX);
        if (title && !utf8_is_line(title, strlen(title), TITLE_CHARACTERS_MAX))
            fields_wrong(&f, "title", "is not a text of 1 to %d characters on one line",
                         TITLE_CHARACTERS_MAX);
        request->state = (void *)title;
    }
    return fields_close(&f);
}

enum err asset_put(struct request *request, struct response *response) {
    uint8_t uuid[CONTRIBUTION_UUID_SIZE];
    request_uuid(request, "uuid", uuid);
    struct asset_shown shared;
    enum err err = asset_share(api_context(request), api_caller(request),
                               request_int(request, "session"), uuid, request->state,
                               request->arena, &request->fault, &shared);
    if (err != ERR_OK)
        return err;
    struct jsonw w = api_reply(response);
    return write_asset(&w, &shared);
}

enum err asset_delete_one(struct request *request, struct response *response) {
    uint8_t uuid[CONTRIBUTION_UUID_SIZE];
    request_uuid(request, "uuid", uuid);
    enum err err = asset_unshare(api_context(request), api_caller(request),
                                 request_int(request, "session"), uuid);
    return err == ERR_OK ? api_empty(response) : err;
}
