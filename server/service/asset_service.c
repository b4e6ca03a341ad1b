// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/asset_service.h"

#include "base/clock.h"
#include "service/audit_service.h"
#include "service/contribution_draft.h"
#include "service/contribution_json.h"
#include "service/exercise_service.h"
#include "service/project_service.h"
#include "service/session_service.h"
#include "store/contribution_store.h"
#include "store/writer.h"
#include <string.h>

enum { PERSON_PRECISION_M = 250 };

enum err asset_place(const struct exercise *exercise, struct shared_asset *asset,
                     struct arena *arena, unsigned *precision_m) {
    const struct exercise_option *category = exercise_option_find(exercise->category, asset->category);
    if (!category)
        return ERR_NOT_FOUND;
    double coarse_m = asset->session_precision_m;
    if (category->precision_m > coarse_m)
        coarse_m = category->precision_m;
    // whatever a copy of the document has made of the category
    if (strcmp(category->id, "person") == 0 && coarse_m < PERSON_PRECISION_M)
        coarse_m = PERSON_PRECISION_M;
    *precision_m = (unsigned)coarse_m;
    return contribution_snap(coarse_m, &asset->geometry, arena);
}

static bool may_be_published(const struct exercise_field *field) {
    return field->type != FIELD_TEXT && field->type != FIELD_LINK &&
           strcmp(field->id, "shareable") != 0;
}

enum err asset_write_answers(struct jsonw *w, const struct exercise *exercise,
                             const struct shared_asset *asset) {
    return contribution_write_answers(w, asset->answers, asset->answers_len, exercise,
                                      may_be_published);
}

static enum err show(struct context *context, struct arena *arena, const struct shared_asset *asset,
                     struct asset_shown *out) {
    unsigned precision_m;
    out->asset = *asset;
    enum err err = exercise_get(context, asset->exercise_id, arena, &out->exercise);
    if (err == ERR_OK)
        err = asset_place(out->exercise, &out->asset, arena, &precision_m);
    return err;
}

enum err asset_list(struct context *context, struct caller caller, int64_t project_id,
                    int64_t before, int64_t limit, struct arena *arena, struct asset_shown **out,
                    size_t *count) {
    struct shared_asset *found = NULL;
    size_t found_count = 0;
    enum err err = project_require(context, caller, project_id);
    if (err == ERR_OK)
        err = shared_asset_select_page(context->db, project_id, before ? before : INT64_MAX, limit,
                                       arena, &found, &found_count);
    struct asset_shown *shown = arena_array(arena, found_count + 1, sizeof *shown);
    if (err == ERR_OK && !shown)
        err = ERR_NO_MEMORY;
    for (size_t i = 0; i < found_count && err == ERR_OK; i++)
        err = show(context, arena, &found[i], &shown[i]);
    if (err == ERR_OK) {
        *out = shown;
        *count = found_count;
    }
    return err;
}

/* What stands under the uuid in a session that the caller may see. */
static enum err find_written(struct context *context, struct caller caller, int64_t session_id,
                             const uint8_t uuid[CONTRIBUTION_UUID_SIZE],
                             struct contribution_written *out) {
    struct session session;
    enum err err = session_require_rules(context, caller, session_id, &session);
    if (err == ERR_OK)
        err = contribution_find_written(context->db, uuid, out);
    if (err == ERR_OK && out->session_id != session_id)
        err = ERR_NOT_FOUND;
    return err;
}

enum err asset_share(struct context *context, struct caller caller, int64_t session_id,
                     const uint8_t uuid[CONTRIBUTION_UUID_SIZE], const char *title,
                     struct arena *arena, struct fault *fault, struct asset_shown *out) {
    struct contribution_written written;
    struct shared_asset asset;
    enum err err = find_written(context, caller, session_id, uuid, &written);
    if (err != ERR_OK)
        return err;
    err = shared_asset_select(context->db, session_id, uuid, arena, &asset);
    if (err == ERR_NOT_FOUND)
        return fault_set(fault, ERR_CONFLICT, "uuid",
                         "may not be shared: it is not approved, not given for everybody, of a "
                         "sensitive exercise, or of somebody who did not agree to be counted");
    if (err == ERR_OK)
        err = shared_asset_put(context->db, written.id, title, caller.id, clock_now_ms());
    if (err == ERR_OK)
        err = audit_add(context, caller, "asset.approve", "session", session_id);
    if (err == ERR_OK)
        err = shared_asset_select(context->db, session_id, uuid, arena, &asset);
    return err == ERR_OK ? show(context, arena, &asset, out) : err;
}

enum err asset_unshare(struct context *context, struct caller caller, int64_t session_id,
                       const uint8_t uuid[CONTRIBUTION_UUID_SIZE]) {
    struct contribution_written written;
    enum err err = find_written(context, caller, session_id, uuid, &written);
    if (err == ERR_OK)
        err = shared_asset_delete(context->db, written.id);
    if (err == ERR_OK)
        err = audit_add(context, caller, "asset.withdraw", "session", session_id);
    if (err == ERR_OK && context->writer)
        writer_scrub_later(context->writer);
    return err;
}
