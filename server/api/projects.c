// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/projects.h"

#include "api/api.h"
#include "api/writers.h"
#include "model/base_maps.h"
#include "model/group.h"
#include "model/role.h"
#include "service/project_service.h"
#include "service/user_service.h"

static void write_project(struct jsonw *w, const struct project *project) {
    jsonw_object(w);
    jsonw_ki64(w, "id", project->id);
    jsonw_kstr(w, "title", project->title);
    write_bbox(w, "bbox", &project->bbox);
    jsonw_kraw(w, "base_maps", project->base_maps);
    jsonw_kraw(w, "groups", project->groups);
    jsonw_ki64(w, "sessions", project->sessions);
    jsonw_ktime(w, "created", project->created_ms);
    jsonw_object_end(w);
}

enum err projects_list(struct request *request, struct response *response) {
    int64_t limit = request_int(request, "limit");
    struct project *items = NULL;
    size_t count = 0;
    enum err err = project_list(api_context(request), api_caller(request), api_cursor(request),
                                limit + 1, request->arena, &items, &count);
    if (err != ERR_OK)
        return err;
    bool more = api_page_cut(&count, limit);
    struct jsonw w = api_items(response);
    for (size_t i = 0; i < count; i++)
        write_project(&w, &items[i]);
    api_items_end(&w, more ? items[count - 1].id : 0);
    return ERR_OK;
}

/* The groups in their canonical form; NULL when they are not said. */
static const char *read_groups(struct fields *f) {
    struct json_object *list = fields_value(f, "groups");
    struct group_list groups;
    if (!list || f->err != ERR_OK)
        return NULL;
    f->err = group_list_read(list, f->arena, f->fault, &groups);
    if (f->err != ERR_OK)
        return NULL;
    struct buf json;
    struct jsonw w;
    buf_init(&json);
    jsonw_init(&w, &json);
    group_list_write(&w, &groups);
    const char *copy = json.failed ? NULL : arena_strndup(f->arena, json.data, json.len);
    if (!copy)
        f->err = ERR_NO_MEMORY;
    buf_fini(&json);
    return copy;
}

/* None when they are not said. */
static const char *read_base_maps(struct fields *f) {
    struct json_object *list = fields_value(f, "base_maps");
    struct base_maps maps = {.count = 0};
    if (list && f->err == ERR_OK)
        f->err = base_maps_read(list, f->arena, f->fault, &maps);
    const char *text = base_maps_text(&maps, f->arena);
    if (!text && f->err == ERR_OK)
        f->err = ERR_NO_MEMORY;
    return text;
}

enum err project_body_prepare(struct request *request, struct response *response) {
    (void)response;
    struct project *project = arena_alloc(request->arena, sizeof *project);
    if (!project)
        return ERR_NO_MEMORY;
    struct fields f;
    if (fields_open(request, &f) == ERR_OK) {
        project->title = fields_text(&f, "title", 1, PROJECT_TITLE_MAX);
        fields_bbox(&f, "bbox", true, &project->bbox);
        project->base_maps = read_base_maps(&f);
        project->groups = read_groups(&f);
    }
    request->state = project;
    return fields_close(&f);
}

enum err project_post(struct request *request, struct response *response) {
    struct project *project = request->state;
    enum err err = project_create(api_context(request), api_caller(request), project);
    if (err != ERR_OK)
        return err;
    response_status(response, 201);
    struct jsonw w = api_reply(response);
    write_project(&w, project);
    return ERR_OK;
}

enum err project_get(struct request *request, struct response *response) {
    struct project project;
    enum err err = project_find(api_context(request), api_caller(request),
                                request_int(request, "project"), request->arena, &project);
    if (err == ERR_OK) {
        struct jsonw w = api_reply(response);
        write_project(&w, &project);
    }
    return err;
}

enum err project_put(struct request *request, struct response *response) {
    struct project *project = request->state;
    project->id = request_int(request, "project");
    enum err err = project_edit(api_context(request), api_caller(request), project, request->arena,
                                &request->fault);
    if (err == ERR_OK) {
        struct jsonw w = api_reply(response);
        write_project(&w, project);
    }
    return err;
}

/* ---- who works on it ---- */

enum err project_staff_get(struct request *request, struct response *response) {
    struct staff *items = NULL;
    size_t count = 0;
    enum err err =
        project_staff_list(api_context(request), api_caller(request),
                           request_int(request, "project"), request->arena, &items, &count);
    if (err != ERR_OK)
        return err;
    struct jsonw w = api_items(response);
    for (size_t i = 0; i < count; i++) {
        jsonw_object(&w);
        jsonw_ki64(&w, "id", items[i].id);
        jsonw_kstr(&w, "name", items[i].name);
        jsonw_kstr(&w, "role", role_name(items[i].role));
        jsonw_object_end(&w);
    }
    api_items_whole(&w);
    return ERR_OK;
}

enum err project_staff_post_prepare(struct request *request, struct response *response) {
    (void)response;
    struct fields f;
    if (fields_open(request, &f) == ERR_OK)
        request->state = (void *)fields_text(&f, "name", 1, USER_NAME_MAX);
    return fields_close(&f);
}

enum err project_staff_post(struct request *request, struct response *response) {
    enum err err =
        project_staff_add(api_context(request), api_caller(request),
                          request_int(request, "project"), request->state, &request->fault);
    return err == ERR_OK ? project_staff_get(request, response) : err;
}

enum err project_staff_remove_one(struct request *request, struct response *response) {
    enum err err =
        project_staff_remove(api_context(request), api_caller(request),
                             request_int(request, "project"), request_int(request, "staff"));
    return err == ERR_OK ? api_empty(response) : err;
}
