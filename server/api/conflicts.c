// SPDX-License-Identifier: AGPL-3.0-or-later
// Edits that met a later version: shown to who leads, who chooses.
#include "api/contributions.h"

#include "api/api.h"
#include "api/writers.h"
#include "service/contribution_conflict.h"

enum err announce_conflict(struct request *request, struct response *response, int64_t session_id,
                           const uint8_t uuid[CONTRIBUTION_UUID_SIZE], bool open) {
    struct buf json;
    struct jsonw w;
    char text[SECRET_UUID_TEXT_SIZE];
    secret_uuid_format(uuid, text);
    buf_init(&json);
    jsonw_init(&w, &json);
    jsonw_object(&w);
    jsonw_kstr(&w, "id", text);
    jsonw_kbool(&w, "open", open);
    jsonw_object_end(&w);
    const char *topic = api_session_topic(request->arena, session_id);
    enum err err = topic && !json.failed ? ERR_OK : ERR_NO_MEMORY;
    if (err == ERR_OK)
        response_announce(response, topic, "conflict", json.data, json.len);
    buf_fini(&json);
    return err;
}

enum err conflicts_list(struct request *request, struct response *response) {
    int64_t last_id = 0;
    struct jsonw w = api_items(response);
    enum err err = contribution_show_conflicts(
        api_context(request), api_caller(request), request_int(request, "session"),
        api_cursor(request), request_int(request, "limit"), request->arena, &w, &last_id);
    if (err == ERR_OK)
        api_items_end(&w, last_id);
    return err;
}

enum err conflict_prepare(struct request *request, struct response *response) {
    (void)response;
    static const char *const words[] = {"stored", "sent", NULL};
    bool *sent = arena_alloc(request->arena, sizeof *sent);
    if (!sent)
        return ERR_NO_MEMORY;
    request->state = sent;
    struct fields f;
    if (fields_open(request, &f) == ERR_OK)
        *sent = fields_one_of(&f, "keep", words, -1) == 1;
    return fields_close(&f);
}

/* What stands has changed only when what was sent was chosen. */
static enum err announce_choice(struct request *request, struct response *response,
                                const struct contribution_choice *choice,
                                uint8_t (*uuid)[CONTRIBUTION_UUID_SIZE], bool sent) {
    int64_t session_id = request_int(request, "session");
    enum err err = announce_conflict(request, response, session_id, *uuid, false);
    if (err == ERR_OK && choice->gone)
        return announce_removed(request, response, session_id, uuid, 1);
    if (err == ERR_OK && sent)
        return announce_contribution(request, response, &choice->kept, choice->exercise);
    return err;
}

enum err conflict_put_choice(struct request *request, struct response *response) {
    uint8_t uuid[1][CONTRIBUTION_UUID_SIZE];
    const bool *sent = request->state;
    struct contribution_choice choice;
    request_uuid(request, "uuid", uuid[0]);
    enum err err =
        contribution_choose(api_context(request), api_caller(request),
                            request_int(request, "session"), uuid[0], *sent, request->arena, &choice);
    if (err == ERR_OK)
        err = announce_choice(request, response, &choice, uuid, *sent);
    if (err != ERR_OK)
        return err;
    return choice.gone ? api_empty(response)
                       : contribution_answer(request, response, &choice.kept, choice.exercise);
}
