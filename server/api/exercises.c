// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/exercises.h"

#include "api/api.h"
#include "service/exercise_service.h"
#include <string.h>

static void write_exercise(struct jsonw *w, const struct exercise_row *row) {
    jsonw_object(w);
    jsonw_ki64(w, "id", row->id);
    jsonw_key(w, "project");
    if (row->project_id)
        jsonw_i64(w, row->project_id);
    else
        jsonw_null(w);
    jsonw_kstr(w, "key", row->key);
    jsonw_ki64(w, "version", row->version);
    jsonw_kraw(w, "title", row->title);
    jsonw_kstr(w, "sensitivity", row->sensitivity);
    if (row->document)
        jsonw_kraw(w, "document", row->document);
    jsonw_object_end(w);
}

enum err exercises_list(struct request *request, struct response *response) {
    int64_t limit = request_int(request, "limit");
    struct exercise_row *items = NULL;
    size_t count = 0;
    enum err err =
        exercise_list(api_context(request), api_caller(request), request_int(request, "project"),
                      api_cursor(request), limit + 1, request->arena, &items, &count);
    if (err != ERR_OK)
        return err;
    bool more = api_page_cut(&count, limit);
    struct jsonw w = api_items(response);
    for (size_t i = 0; i < count; i++)
        write_exercise(&w, &items[i]);
    api_items_end(&w, more ? items[count - 1].id : 0);
    return ERR_OK;
}

enum err exercise_show(struct request *request, struct response *response) {
    struct exercise_row row;
    enum err err = exercise_find(api_context(request), api_caller(request),
                                 request_int(request, "exercise"), request->arena, &row);
    if (err == ERR_OK) {
        struct jsonw w = api_reply(response);
        write_exercise(&w, &row);
    }
    return err;
}

/* The fault names the member from the body's root. */
static enum err read_document(struct request *request, const struct json_object *document,
                              const struct exercise **out) {
    struct fault found = {0};
    enum err err = exercise_read(document, request->arena, &found, out);
    if (err != ERR_BAD_FIELD)
        return err;
    const char *where =
        arena_printf(request->arena, "document%s%s", found.where[0] ? "." : "", found.where);
    return fault_set(&request->fault, err, where ? where : "document", "%s", found.why);
}

enum err exercise_post_prepare(struct request *request, struct response *response) {
    (void)response;
    const struct exercise *exercise = NULL;
    struct fields f;
    if (fields_open(request, &f) == ERR_OK) {
        const struct json_object *document = fields_value(&f, "document");
        if (!document)
            fields_wrong(&f, "document", "is missing");
        else
            f.err = read_document(request, document, &exercise);
    }
    request->state = (void *)exercise;
    return fields_close(&f);
}

enum err exercise_post(struct request *request, struct response *response) {
    struct exercise_row row;
    bool is_new = false;
    enum err err =
        exercise_save(api_context(request), api_caller(request), request_int(request, "project"),
                      request->state, request->arena, &row, &is_new);
    if (err != ERR_OK)
        return err;
    response_status(response, is_new ? 201 : 200);
    struct jsonw w = api_reply(response);
    write_exercise(&w, &row);
    return ERR_OK;
}

enum err schema_show(struct request *request, struct response *response) {
    const char *name = request_text(request, "name");
    const char *const *schemas = api_context(request)->schemas;
    for (size_t i = 0; schemas && schemas[i]; i += 2) {
        if (strcmp(schemas[i], name) == 0) {
            response_type(response, "application/schema+json");
            buf_str(response_body(response), schemas[i + 1]);
            return ERR_OK;
        }
    }
    return ERR_NOT_FOUND;
}
