// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/tablets.h"

#include "api/api.h"
#include "api/writers.h"
#include "service/tablet_service.h"

enum err tablets_list(struct request *request, struct response *response) {
    struct tablet *items = NULL;
    size_t count = 0;
    enum err err = tablet_list(api_context(request), api_caller(request),
                               request_int(request, "session"), request->arena, &items, &count);
    if (err != ERR_OK)
        return err;
    struct jsonw w = api_items(response);
    for (size_t i = 0; i < count; i++)
        write_tablet(&w, &items[i]);
    api_items_whole(&w);
    return ERR_OK;
}

enum err tablet_put_prepare(struct request *request, struct response *response) {
    (void)response;
    static const char *const words[] = {"revoked", "in_use", NULL};
    bool *revoked = arena_alloc(request->arena, sizeof *revoked);
    if (!revoked)
        return ERR_NO_MEMORY;
    struct fields f;
    if (fields_open(request, &f) == ERR_OK)
        *revoked = fields_one_of(&f, "state", words, -1) == 0;
    request->state = revoked;
    return fields_close(&f);
}

enum err tablet_put(struct request *request, struct response *response) {
    const bool *revoked = request->state;
    struct tablet found;
    enum err err =
        tablet_set_revoked(api_context(request), api_caller(request), request_int(request, "session"),
                           request_int(request, "tablet"), *revoked, request->arena, &found);
    if (err == ERR_OK)
        err = announce_tablet(request, response, &found);
    if (err == ERR_OK) {
        struct jsonw w = api_reply(response);
        write_tablet(&w, &found);
    }
    return err;
}
