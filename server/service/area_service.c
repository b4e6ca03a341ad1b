// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/area_service.h"

#include "model/base_maps.h"
#include "service/session_service.h"

#include <string.h>

/* All are asked for, so that all are made; BUSY when one is not there yet. */
static enum err list(struct context *context, const struct session *session, struct arena *arena,
                     struct session_area **out, size_t *count) {
    struct base_maps names;
    enum err err = base_maps_of_store(session->base_maps, arena, &names);
    if (err)
        return err;
    struct session_area *items = arena_alloc(arena, BASE_MAPS_MAX * sizeof *items);
    if (!items)
        return ERR_NO_MEMORY;
    bool busy = false;
    *count = 0;
    for (size_t i = 0; i < names.count; i++) {
        const struct basemap *basemap = basemaps_find(context->basemaps, names.names[i]);
        if (!basemap)
            continue;
        err = areas_find(context->areas, basemap, &session->bbox, &items[*count].area);
        busy = busy || err == ERR_BUSY;
        if (!err)
            items[(*count)++].name = basemap->name;
    }
    *out = items;
    return busy ? ERR_BUSY : ERR_OK;
}

enum err session_area_list(struct context *context, struct caller caller, int64_t session_id,
                           struct arena *arena, struct session_area **out, size_t *count) {
    struct session session;
    enum err err = session_require(context, caller, session_id, arena, &session);
    return err ? err : list(context, &session, arena, out, count);
}

static bool has_name(const struct base_maps *names, const char *name) {
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->names[i], name) == 0)
            return true;
    return false;
}

enum err session_area_open(struct context *context, struct caller caller, int64_t session_id,
                           const char *name, struct arena *arena, struct area *out, int *out_fd) {
    struct session session;
    struct base_maps names;
    enum err err = session_require(context, caller, session_id, arena, &session);
    if (!err)
        err = base_maps_of_store(session.base_maps, arena, &names);
    if (err)
        return err;
    const struct basemap *basemap = basemaps_find(context->basemaps, name);
    if (!basemap || !has_name(&names, name))
        return ERR_NOT_FOUND;
    err = areas_find(context->areas, basemap, &session.bbox, out);
    return err ? err : areas_file(context->areas, out, out_fd);
}

void session_area_prepare(struct context *context, const struct session *session,
                          struct arena *arena) {
    struct session_area *items;
    size_t count;
    if (session->open)
        list(context, session, arena, &items, &count);
}
