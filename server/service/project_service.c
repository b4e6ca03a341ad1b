// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/project_service.h"

#include "base/clock.h"
#include "geo/equal_area.h"
#include "model/group.h"
#include "model/role.h"
#include "service/audit_service.h"
#include "store/edition_store.h"
#include "store/project_store.h"
#include "store/writer.h"

#include <stdio.h>
#include <string.h>

enum err project_require(struct context *context, struct caller caller, int64_t project_id) {
    if (!(caller.roles & ROLE_STAFF))
        return ERR_NOT_FOUND;
    if (!(caller.roles & ROLE_ADMINISTRATOR))
        return project_staff_find(context->db, project_id, caller.id);
    struct arena arena;
    arena_init(&arena);
    struct project project;
    enum err err = project_select(context->db, project_id, &arena, &project);
    arena_fini(&arena);
    return err;
}

enum err project_find(struct context *context, struct caller caller, int64_t project_id,
                      struct arena *arena, struct project *out) {
    enum err err = project_require(context, caller, project_id);
    return err == ERR_OK ? project_select(context->db, project_id, arena, out) : err;
}

enum err project_list(struct context *context, struct caller caller, int64_t before, int64_t limit,
                      struct arena *arena, struct project **out, size_t *count) {
    int64_t staff_id = caller.roles & ROLE_ADMINISTRATOR ? 0 : caller.id;
    return project_select_page(context->db, staff_id, before ? before : INT64_MAX, limit, arena,
                               out, count);
}

enum err project_create(struct context *context, struct caller caller, struct project *project) {
    project->created_ms = clock_now_ms();
    project->sessions = 0;
    project->groups = project->groups ? project->groups : "[]";
    enum err err = project_insert(context->db, project, &project->id);
    if (err == ERR_OK)
        err = project_staff_insert(context->db, project->id, caller.id);
    if (err == ERR_OK)
        err = audit_add(context, caller, "project.create", "project", project->id);
    return err;
}

/* An edition's cells are those of one grid. The same people in the cells of another could be told
 * apart where the two do not lie on each other. */
static enum err check_grid(struct context *context, const struct project *project,
                           const struct project *present, struct arena *arena,
                           struct fault *fault) {
    struct edition_row *editions = NULL;
    size_t count = 0;
    if (equal_area_epsg(&project->bbox) == equal_area_epsg(&present->bbox))
        return ERR_OK;
    enum err err = edition_row_list(context->db, project->id, arena, &editions, &count);
    if (err == ERR_OK && count > 0)
        err = fault_set(fault, ERR_BAD_FIELD, "bbox",
                        "lies so far from where it was that editions would have another grid (%s)",
                        equal_area_name(equal_area_epsg(&project->bbox)));
    return err;
}

static bool says(const struct exercise_text *label, const struct exercise_phrase *phrase) {
    for (size_t i = 0; i < label->count; i++)
        if (strcmp(label->phrases[i].language, phrase->language) == 0)
            return strcmp(label->phrases[i].words, phrase->words) == 0;
    return false;
}

static bool says_all(const struct exercise_text *label, const struct exercise_text *before) {
    for (size_t i = 0; i < before->count; i++)
        if (!says(label, &before->phrases[i]))
            return false;
    return true;
}

static bool is_chosen(const char *const *chosen, size_t count, const char *id) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(chosen[i], id) == 0)
            return true;
    return false;
}

static enum err parse_groups(const char *text, struct arena *arena, struct group_list *out) {
    enum err err = group_list_parse(text, arena, NULL, out);
    return err == ERR_OK || err == ERR_NO_MEMORY ? err : ERR_NOT_A_STORE;
}

/* Who said that she belongs to a group said yes to its words: they are not exchanged under her. */
static enum err check_groups(struct context *context, const struct project *project,
                             const struct project *present, struct arena *arena,
                             struct fault *fault) {
    struct group_list now, before;
    const char **chosen = NULL;
    size_t count = 0;
    if (!project->groups)
        return ERR_OK;
    enum err err = parse_groups(project->groups, arena, &now);
    if (err == ERR_OK)
        err = parse_groups(present->groups, arena, &before);
    if (err == ERR_OK)
        err = project_chosen_groups(context->db, project->id, arena, &chosen, &count);
    for (size_t i = 0; err == ERR_OK && i < now.count; i++) {
        const struct group *was = group_find(&before, now.items[i].id);
        char where[48];
        if (!was || says_all(&now.items[i].label, &was->label) ||
            !is_chosen(chosen, count, was->id))
            continue;
        snprintf(where, sizeof where, "groups[%zu].label", i);
        err = fault_set(fault, ERR_BAD_FIELD, where,
                        "is not what it was, and people have already said that they belong to it: "
                        "languages may "
                        "be added, for other words add another group");
    }
    return err;
}

/* Otherwise another group under the id of one that went would have its people. */
static enum err forget_groups(struct context *context, const struct project *project) {
    enum err err = project->groups ? project_forget_groups(context->db, project->id) : ERR_OK;
    if (err == ERR_OK && project->groups && context->writer)
        writer_scrub_later(context->writer);
    return err;
}

enum err project_edit(struct context *context, struct caller caller, struct project *project,
                      struct arena *arena, struct fault *fault) {
    struct project present;
    enum err err = project_find(context, caller, project->id, arena, &present);
    if (err == ERR_OK)
        err = check_grid(context, project, &present, arena, fault);
    if (err == ERR_OK)
        err = check_groups(context, project, &present, arena, fault);
    if (err == ERR_OK)
        err = project_update(context->db, project);
    if (err == ERR_OK)
        err = forget_groups(context, project);
    if (err == ERR_OK)
        err = audit_add(context, caller, "project.edit", "project", project->id);
    if (err == ERR_OK) {
        project->created_ms = present.created_ms;
        project->sessions = present.sessions;
        project->groups = project->groups ? project->groups : present.groups;
    }
    return err;
}

enum err project_staff_list(struct context *context, struct caller caller, int64_t project_id,
                            struct arena *arena, struct staff **out, size_t *count) {
    enum err err = project_require(context, caller, project_id);
    return err == ERR_OK ? project_staff_select(context->db, project_id, arena, out, count) : err;
}

enum err project_staff_add(struct context *context, struct caller caller, int64_t project_id,
                           const char *name, struct fault *fault) {
    struct arena arena;
    arena_init(&arena);
    struct staff staff;
    enum err err = project_require(context, caller, project_id);
    if (err != ERR_OK)
        goto done;
    err = staff_find_name(context->db, name, &arena, &staff);
    if (err == ERR_OK && staff.disabled_ms != 0)
        err = ERR_NOT_FOUND;
    if (err == ERR_NOT_FOUND)
        err = fault_set(fault, ERR_BAD_FIELD, "name", "is nobody's account");
    if (err == ERR_OK)
        err = project_staff_insert(context->db, project_id, staff.id);
    if (err == ERR_OK)
        err = audit_add(context, caller, "project.staff_add", "project", project_id);
done:
    arena_fini(&arena);
    return err;
}

enum err project_staff_remove(struct context *context, struct caller caller, int64_t project_id,
                              int64_t staff_id) {
    enum err err = project_require(context, caller, project_id);
    if (err == ERR_OK)
        err = project_staff_delete(context->db, project_id, staff_id);
    if (err == ERR_OK)
        err = audit_add(context, caller, "project.staff_remove", "project", project_id);
    return err;
}
