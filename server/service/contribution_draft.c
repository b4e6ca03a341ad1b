// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/contribution_draft.h"

#include "geo/geojson_read.h"
#include "geo/geojson_write.h"
#include "geo/geos.h"
#include "geo/grid.h"
#include "geo/hull.h"
#include "model/answers.h"
#include "model/role.h"
#include "service/exercise_service.h"
#include "service/session_service.h"
#include "store/contribution_store.h"
#include "store/participant_store.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static bool is_area(const struct geometry *geometry) {
    return geometry->type == GEOMETRY_POLYGON || geometry->type == GEOMETRY_MULTI_POLYGON;
}

/* Within the session's area widened by its own size on each side. */
static bool near_session(const struct geometry *geometry, const struct bbox *area) {
    double width_deg = area->east_deg - area->west_deg;
    if (width_deg < 0)
        width_deg += 360;
    double height_deg = area->north_deg - area->south_deg;
    double middle_lon_deg = area->west_deg + width_deg / 2;
    double middle_lat_deg = area->south_deg + height_deg / 2;
    for (size_t i = 0; i < geometry->vertex_count; i++) {
        const double *at = geometry->coords + 2 * i;
        if (fabs(remainder(at[0] - middle_lon_deg, 360)) > 1.5 * width_deg ||
            fabs(at[1] - middle_lat_deg) > 1.5 * height_deg)
            return false;
    }
    return true;
}

enum err contribution_snap(double precision_m, struct geometry *geometry, struct arena *arena) {
    grid_snap_geometry(precision_m, geometry);
    if (!is_area(geometry))
        return ERR_OK;
    enum err err = geos_check(geometry, NULL);
    if (err != ERR_BAD_GEOMETRY)
        return err;
    return hull_replace(geometry, arena) ? ERR_OK : ERR_NO_MEMORY;
}

enum err contribution_place(const struct session *session, const struct answers *answers,
                            struct arena *arena, struct fault *fault, struct geometry *geometry) {
    if (geometry->type > GEOMETRY_POLYGON)
        return fault_set(fault, ERR_BAD_GEOMETRY, "geometry.type",
                         "a contribution is one point, line or area");
    enum err err = answers_allow(answers, geometry->type, fault);
    if (err == ERR_OK)
        err = geometry_check(geometry, GEOMETRY_VERTICES_MAX, fault);
    if (err != ERR_OK)
        return err;
    if (!near_session(geometry, &session->bbox))
        return fault_set(fault, ERR_BAD_GEOMETRY, "geometry",
                         "lies far outside the session's area");
    return contribution_snap(answers->precision_m, geometry, arena);
}

static enum err read_geometry(const struct json_object *json, const struct session *session,
                              const struct answers *answers, struct arena *arena,
                              struct fault *fault, struct geometry *out) {
    enum err err = geojson_read_geometry(json, arena, fault, out);
    return err == ERR_OK ? contribution_place(session, answers, arena, fault, out) : err;
}

/* A link names another contribution of the same session. */
static enum err check_links(struct context *context, const struct contribution_draft *draft,
                            const struct answers *answers, struct fault *fault) {
    for (size_t i = 0; i < answers->link_count; i++) {
        const struct answer_link *link = &answers->links[i];
        struct contribution_written linked;
        enum err err = contribution_find_written(context->db, link->uuid, &linked);
        if (err != ERR_OK && err != ERR_NOT_FOUND)
            return err;
        bool itself = memcmp(link->uuid, draft->content.uuid, CONTRIBUTION_UUID_SIZE) == 0;
        if (err == ERR_OK && linked.session_id == draft->content.session_id && !itself)
            continue;
        char where[96];
        snprintf(where, sizeof where, "answers.%s", link->field->id);
        return fault_set(fault, ERR_BAD_FIELD, where, "is no other contribution of this session");
    }
    return ERR_OK;
}

static enum err read_answers(const struct exercise *exercise, const struct session *session,
                             const struct json_object *json, struct arena *arena,
                             struct fault *fault, struct contribution *content,
                             struct answers *out) {
    struct buf canonical;
    buf_init(&canonical);
    enum err err = answers_check(exercise, session->free_text, session->precision_m, json, arena,
                                 &canonical, fault, out);
    if (err == ERR_OK) {
        content->answers = arena_strndup(arena, canonical.data, canonical.len);
        content->answers_len = canonical.len;
        content->category = out->category->id;
        if (!content->answers)
            err = ERR_NO_MEMORY;
    }
    buf_fini(&canonical);
    return err;
}

/* Of the snapped position and the canonical answers. A hash of the body as it came would let
 * whoever has the file try the positions of a cell one by one until one fits. */
enum err contribution_hash(const struct contribution *content, uint8_t out[SECRET_HASH_SIZE]) {
    struct buf kept;
    buf_init(&kept);
    struct jsonw w;
    jsonw_init(&w, &kept);
    jsonw_array(&w);
    geojson_write_geometry(&w, &content->geometry);
    jsonw_raw(&w, content->answers, content->answers_len);
    jsonw_array_end(&w);
    enum err err = kept.failed ? ERR_NO_MEMORY : ERR_OK;
    if (err == ERR_OK)
        secret_hash(kept.data, kept.len, out);
    buf_fini(&kept);
    return err;
}

enum err contribution_draft_make(struct context *context, struct caller caller, int64_t session_id,
                                 const uint8_t uuid[CONTRIBUTION_UUID_SIZE],
                                 const struct json_object *geometry,
                                 const struct json_object *answers, struct arena *arena,
                                 struct fault *fault, struct contribution_draft *out) {
    struct session session;
    struct answers given;
    struct contribution_draft draft = {.content = {.session_id = session_id}};
    bool participant = (caller.roles & ROLE_PARTICIPANT) != 0;
    draft.content.participant_id = participant ? caller.id : 0;
    draft.content.entered_by = participant ? 0 : caller.id;
    memcpy(draft.content.uuid, uuid, CONTRIBUTION_UUID_SIZE);
    enum err err = session_require_rules(context, caller, session_id, &session);
    if (err == ERR_OK)
        err = exercise_get(context, session.exercise_id, arena, &draft.exercise);
    if (err == ERR_OK)
        err = read_answers(draft.exercise, &session, answers, arena, fault, &draft.content, &given);
    if (err == ERR_OK)
        err = check_links(context, &draft, &given, fault);
    if (err == ERR_OK)
        err = read_geometry(geometry, &session, &given, arena, fault, &draft.content.geometry);
    if (err == ERR_OK)
        err = contribution_hash(&draft.content, draft.hash);
    if (err == ERR_OK)
        *out = draft;
    return err;
}

enum err contribution_draft_enter(struct context *context, struct caller caller,
                                  int64_t participant_id, struct arena *arena,
                                  struct fault *fault, struct contribution_draft *draft) {
    static const char where[] = "participant";
    struct participant person;
    if (!(caller.roles & ROLE_STAFF))
        return fault_set(fault, ERR_FORBIDDEN, where, "is for staff who type in sheets of paper");
    enum err err = participant_select(context->db, participant_id, arena, &person);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_NOT_FOUND || person.session_id != draft->content.session_id || !person.on_paper)
        return fault_set(fault, ERR_BAD_FIELD, where, "is no sheet of paper of this session");
    if (person.state == PARTICIPANT_REMOVED)
        return fault_set(fault, ERR_BAD_FIELD, where, "was removed from the session");
    draft->content.participant_id = participant_id;
    return ERR_OK;
}
