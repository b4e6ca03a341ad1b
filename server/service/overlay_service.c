// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/overlay_service.h"

#include "base/json.h"
#include "geo/geojson_write.h"
#include "model/role.h"
#include "service/audit_service.h"
#include "service/project_service.h"
#include "service/session_service.h"
#include "store/overlay_store.h"
#include "store/writer.h"
#include <string.h>

static enum err require_project(struct context *context, struct caller caller, int64_t project_id) {
    if (!(caller.roles & ROLE_PARTICIPANT))
        return project_require(context, caller, project_id);
    struct session session;
    enum err err = session_require_rules(context, caller, caller.session_id, &session);
    if (err == ERR_OK && session.project_id != project_id)
        err = ERR_NOT_FOUND;
    return err;
}

enum err overlay_show_list(struct context *context, struct caller caller, int64_t project_id,
                           struct arena *arena, struct overlay **out, size_t *count) {
    enum err err = require_project(context, caller, project_id);
    return err == ERR_OK ? overlay_list(context->db, project_id, arena, out, count) : err;
}

enum err overlay_require(struct context *context, struct caller caller, int64_t overlay_id,
                         struct arena *arena, struct overlay *out) {
    struct overlay found;
    enum err err = overlay_find(context->db, overlay_id, arena, &found);
    if (err == ERR_OK)
        err = require_project(context, caller, found.project_id);
    if (err == ERR_OK)
        *out = found;
    return err;
}

/* The label goes first; a property of that name would make it twice. */
static enum err write_properties(struct jsonw *w, const struct overlay_feature *feature) {
    struct json_object *properties = NULL;
    enum err err = json_parse(feature->properties, strlen(feature->properties), NULL, &properties);
    if (err != ERR_OK)
        return err == ERR_NO_MEMORY ? err : ERR_NOT_A_STORE;
    jsonw_object(w);
    jsonw_kstr(w, "label", feature->label);
    struct json_members it = {0};
    const char *key;
    struct json_object *value;
    while (err == ERR_OK && json_next(properties, &it, &key, &value)) {
        size_t len = 0;
        if (strcmp(key, "label") == 0)
            continue;
        const char *text = json_write(value, &len);
        if (!text) {
            err = ERR_NO_MEMORY;
            continue;
        }
        jsonw_key(w, key);
        jsonw_raw(w, text, len);
    }
    jsonw_object_end(w);
    json_free(properties);
    return err;
}

static enum err write_feature(void *context, const struct overlay_feature *feature) {
    struct jsonw *w = context;
    jsonw_object(w);
    jsonw_kstr(w, "type", "Feature");
    jsonw_ki64(w, "id", feature->id);
    jsonw_key(w, "geometry");
    geojson_write_geometry(w, &feature->geometry);
    jsonw_key(w, "properties");
    enum err err = write_properties(w, feature);
    jsonw_object_end(w);
    return err == ERR_OK && w->out->failed ? ERR_NO_MEMORY : err;
}

enum err overlay_show_features(struct context *context, struct caller caller, int64_t overlay_id,
                               struct arena *arena, struct jsonw *w) {
    struct overlay overlay;
    enum err err = overlay_require(context, caller, overlay_id, arena, &overlay);
    if (err != ERR_OK)
        return err;
    jsonw_array(w);
    err = overlay_features(context->db, overlay_id, write_feature, w);
    jsonw_array_end(w);
    return err;
}

enum err overlay_edit(struct context *context, struct caller caller, const struct overlay *change,
                      struct arena *arena, struct fault *fault, struct overlay *out) {
    struct overlay overlay;
    enum err err = overlay_require(context, caller, change->id, arena, &overlay);
    if (err != ERR_OK)
        return err;
    if (change->title)
        overlay.title = change->title;
    if (change->attribution)
        overlay.attribution = change->attribution;
    if (change->colour && !overlay_colour_valid(change->colour))
        return fault_set(fault, ERR_BAD_FIELD, "colour", "is not # and six hexadecimal digits");
    if (change->colour)
        overlay.colour = change->colour;
    err = overlay_update(context->db, &overlay);
    if (err == ERR_OK)
        *out = overlay;
    return err;
}

enum err overlay_remove(struct context *context, struct caller caller, int64_t overlay_id,
                        struct arena *arena) {
    struct overlay overlay;
    enum err err = overlay_require(context, caller, overlay_id, arena, &overlay);
    if (err == ERR_OK)
        err = overlay_delete(context->db, overlay_id);
    if (err == ERR_OK)
        err = audit_add(context, caller, "overlay.delete", "overlay", overlay_id);
    if (err == ERR_OK && context->writer)
        writer_scrub_later(context->writer);
    return err;
}
