// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/recordings.h"

#include "api/api.h"
#include "model/session.h"
#include "service/recording_service.h"

static void write_recording(struct jsonw *w, const struct recording *recording) {
    jsonw_object(w);
    jsonw_ki64(w, "id", recording->id);
    jsonw_kstr(w, "item", recording->item);
    jsonw_kstr(w, "language", recording->language);
    jsonw_kstr(w, "media_type", recording->media_type);
    jsonw_ki64(w, "bytes", recording->bytes);
    jsonw_object_end(w);
}

static void write_list(struct response *response, const struct recording *items, size_t count) {
    struct jsonw w = api_items(response);
    for (size_t i = 0; i < count; i++)
        write_recording(&w, &items[i]);
    api_items_whole(&w);
}

enum err recordings_list(struct request *request, struct response *response) {
    struct recording *items = NULL;
    size_t count = 0;
    enum err err = recording_list(api_context(request), api_caller(request),
                                  request_int(request, "project"), request_text(request, "key"),
                                  request->arena, &items, &count);
    if (err == ERR_OK)
        write_list(response, items, count);
    return err;
}

enum err recordings_of_session(struct request *request, struct response *response) {
    struct recording *items = NULL;
    size_t count = 0;
    enum err err = recording_list_of_session(api_context(request), api_caller(request),
                                             request_int(request, "session"), request->arena, &items,
                                             &count);
    if (err == ERR_OK)
        write_list(response, items, count);
    return err;
}

enum err recording_get(struct request *request, struct response *response) {
    const char *media_type;
    enum err err = recording_bytes(api_context(request), api_caller(request),
                                   request_int(request, "session"), request_int(request, "recording"),
                                   response_body(response), &media_type);
    if (err == ERR_OK)
        response_type(response, media_type);
    return err;
}

enum err recording_get_one(struct request *request, struct response *response) {
    const char *media_type;
    enum err err = recording_bytes_of_project(api_context(request), api_caller(request),
                                              request_int(request, "project"),
                                              request_int(request, "recording"),
                                              response_body(response), &media_type);
    if (err == ERR_OK)
        response_type(response, media_type);
    return err;
}

enum err recording_put_prepare(struct request *request, struct response *response) {
    (void)response;
    if (!request->body_len)
        return fault_set(&request->fault, ERR_BAD_REQUEST, "body", "is empty");
    if (!session_language_valid(request_text(request, "language")))
        return fault_set(&request->fault, ERR_BAD_PARAMETER, "language", "is no language tag");
    return ERR_OK;
}

enum err recording_put_one(struct request *request, struct response *response) {
    struct recording recording = {
        .exercise_key = request_text(request, "key"),
        .item = request_text(request, "item"),
        .language = request_text(request, "language"),
        .bytes = (int64_t)request->body_len,
    };
    enum err err = recording_save(api_context(request), api_caller(request),
                                  request_int(request, "project"), &recording, request->body,
                                  request->arena, &request->fault);
    if (err != ERR_OK)
        return err;
    struct jsonw w = api_reply(response);
    write_recording(&w, &recording);
    return ERR_OK;
}

enum err recording_delete_one(struct request *request, struct response *response) {
    enum err err = recording_forget(api_context(request), api_caller(request),
                                    request_int(request, "project"), request_int(request, "recording"));
    return err == ERR_OK ? api_empty(response) : err;
}
