// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/outbox.h"

#include "api/api.h"
#include "api/contributions.h"
#include "api/writers.h"
#include "service/outbox_file.h"

enum err outbox_prepare(struct request *request, struct response *response) {
    (void)response;
    struct outbox_file *file = arena_alloc(request->arena, sizeof *file);
    if (!file)
        return ERR_NO_MEMORY;
    request->state = file;
    return outbox_file_read(api_context(request), api_caller(request),
                            request_int(request, "session"), request->body, request->body_len,
                            request->arena, &request->fault, file);
}

static enum err announce_item(struct request *request, struct response *response,
                              struct outbox_item *item, int64_t session_id) {
    if (item->outcome == OUTBOX_BESIDE)
        return announce_conflict(request, response, session_id, item->uuid, true);
    if (!item->changed)
        return ERR_OK;
    if (item->kind == OUTBOX_DELETE)
        return announce_removed(request, response, session_id, &item->uuid, 1);
    return announce_contribution(request, response, &item->stored, item->draft.exercise);
}

static void write_item(struct jsonw *w, const struct outbox_item *item) {
    jsonw_object(w);
    jsonw_kstr(w, "uuid", item->uuid_text);
    jsonw_kstr(w, "kind", outbox_kind_name(item->kind));
    jsonw_kstr(w, "participant", item->pseudonym);
    jsonw_kstr(w, "outcome", outbox_outcome_name(item->outcome));
    if (item->outcome == OUTBOX_REFUSED) {
        jsonw_key(w, "problem");
        jsonw_object(w);
        jsonw_kstr(w, "code", err_name(item->err));
        jsonw_kstr(w, "title", err_text(item->err));
        jsonw_kstr(w, "where", item->fault->where);
        jsonw_kstr(w, "detail", item->fault->why);
        jsonw_object_end(w);
    }
    jsonw_object_end(w);
}

enum err outbox_post(struct request *request, struct response *response) {
    struct outbox_file *file = request->state;
    enum err err =
        outbox_file_take(api_context(request), api_caller(request), file, request->arena);
    for (size_t i = 0; i < file->count && err == ERR_OK; i++)
        err = announce_item(request, response, file->items[i], file->session_id);
    if (err != ERR_OK)
        return err;
    struct jsonw w = api_items(response);
    for (size_t i = 0; i < file->count; i++)
        write_item(&w, file->items[i]);
    api_items_whole(&w);
    return ERR_OK;
}
