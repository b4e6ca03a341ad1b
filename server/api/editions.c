// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/editions.h"
#include "api/edition_request.h"
#include "base/jsonw.h"
#include <fcntl.h>
#include <unistd.h>

static void write_bbox(struct jsonw *w, const struct bbox *box) {
    const double sides_deg[] = {box->west_deg, box->south_deg, box->east_deg, box->north_deg};
    jsonw_key(w, "bbox");
    jsonw_array(w);
    for (size_t i = 0; i < 4; i++)
        jsonw_fixed(w, sides_deg[i], 7);
    jsonw_array_end(w);
}

static void write_head(struct jsonw *w, const struct edition *edition) {
    char address[HELD_ADDRESS_SIZE];
    held_address_write(edition, address);
    jsonw_ki64(w, "project", edition->project);
    jsonw_kstr(w, "edition", address);
    jsonw_ki64(w, "number", edition->number);
    jsonw_ki64(w, "revision", edition->revision);
    jsonw_kstr(w, "title", edition->title);
    jsonw_kstr(w, "published_on", edition->published_on);
    write_bbox(w, &edition->bbox);
}

/* ---- the list ---- */

struct listing {
    struct jsonw w;
    int64_t project; // of the item before
    bool refusing;   // the items are written
};

static enum err write_item(void *context, const struct edition *edition) {
    struct listing *listing = context;
    struct jsonw *w = &listing->w;
    jsonw_object(w);
    write_head(w, edition);
    jsonw_key(w, "exercises");
    jsonw_array(w);
    for (size_t i = 0; i < edition->exercise_count; i++) {
        jsonw_object(w);
        jsonw_kstr(w, "key", edition->exercises[i].key);
        jsonw_kraw(w, "title", edition->exercises[i].title);
        jsonw_object_end(w);
    }
    jsonw_array_end(w);
    jsonw_kbool(w, "latest", edition->project != listing->project);
    jsonw_object_end(w);
    listing->project = edition->project;
    return ERR_OK;
}

/* The refused come last. */
static void begin_refused(struct listing *listing) {
    if (listing->refusing)
        return;
    jsonw_array_end(&listing->w);
    jsonw_key(&listing->w, "refused");
    jsonw_array(&listing->w);
    listing->refusing = true;
}

/* Files of other names are told to the log: what somebody calls her files is nobody's business. */
static enum err write_refused(void *context, const char *file, const char *why) {
    struct listing *listing = context;
    int64_t project;
    unsigned number;
    begin_refused(listing);
    if (!held_name_parse(file, &project, &number))
        return ERR_OK;
    jsonw_object(&listing->w);
    jsonw_kstr(&listing->w, "file", file);
    jsonw_kstr(&listing->w, "why", why);
    jsonw_object_end(&listing->w);
    return ERR_OK;
}

enum err editions_list(struct request *request, struct response *response) {
    struct listing listing = {0};
    jsonw_init(&listing.w, response_body(response));
    jsonw_object(&listing.w);
    jsonw_key(&listing.w, "items");
    jsonw_array(&listing.w);
    enum err err = published_list(request->context, write_item, write_refused, &listing);
    begin_refused(&listing);
    jsonw_array_end(&listing.w);
    jsonw_object_end(&listing.w);
    return err;
}

/* ---- the description ---- */

/* "" is null. */
static void write_text_or_null(struct jsonw *w, const char *key, const char *text) {
    jsonw_kstr(w, key, text && *text ? text : NULL);
}

static void write_exercise(struct jsonw *w, const struct edition_exercise *exercise) {
    jsonw_object(w);
    jsonw_kstr(w, "key", exercise->key);
    jsonw_kraw(w, "title", exercise->title);
    jsonw_kstr(w, "profile", exercise->profile);
    jsonw_ki64(w, "floor", exercise->floor);
    jsonw_ki64(w, "noise_max", exercise->noise_max);
    jsonw_kfixed(w, "noise_variance", exercise->noise_variance, 6);
    jsonw_ki64(w, "base_m", exercise->base_m);
    jsonw_ki64(w, "sessions", exercise->sessions);
    jsonw_ki64(w, "attendances", exercise->attendances);
    jsonw_kstr(w, "first_month", exercise->first_month);
    jsonw_kstr(w, "last_month", exercise->last_month);
    jsonw_ki64(w, "since", exercise->since);
    jsonw_object_end(w);
}

static void write_slice(struct jsonw *w, const struct edition *edition,
                        const struct shown_slice *shown) {
    const struct edition_slice *slice = shown->slice;
    jsonw_object(w);
    jsonw_kstr(w, "id", slice->id);
    jsonw_kstr(w, "exercise", edition->exercises[slice->exercise].key);
    jsonw_kstr(w, "kind", slice_kind_name(slice->kind));
    jsonw_kraw(w, "title", slice->title);
    write_text_or_null(w, "colour", slice->colour);
    write_text_or_null(w, "icon", slice->icon);
    jsonw_ki64(w, "leaves", (int64_t)slice->leaf_count);
    jsonw_ki64(w, "shown", (int64_t)shown->shown);
    jsonw_kfixed(w, "max_per_km2", shown->max_per_km2, 2);
    jsonw_object_end(w);
}

static void write_overlay(struct jsonw *w, const struct edition_overlay *overlay) {
    jsonw_object(w);
    jsonw_ki64(w, "id", overlay->id);
    jsonw_kstr(w, "title", overlay->title);
    jsonw_kstr(w, "kind", overlay->kind);
    write_text_or_null(w, "colour", overlay->colour);
    jsonw_kstr(w, "attribution", overlay->attribution);
    jsonw_ki64(w, "features", (int64_t)overlay->feature_count);
    jsonw_object_end(w);
}

static const char *address_of_file(struct request *request, const struct held_edition *held) {
    return arena_printf(request->arena, "/api/editions/%lld/%s/file",
                        (long long)held->edition.project, held->address);
}

static const char *name_of_file(struct request *request, const struct held_edition *held) {
    return arena_printf(request->arena, "%lld-%s.gpkg", (long long)held->edition.project,
                        held->address);
}

static enum err show(struct request *request, const struct held_edition *held,
                     const struct shown_slice *shown, struct response *response) {
    const struct edition *edition = &held->edition;
    (void)shown;
    struct jsonw w;
    jsonw_init(&w, response_body(response));
    jsonw_object(&w);
    write_head(&w, edition);
    write_text_or_null(&w, "base_map", edition->base_map);
    jsonw_kstr(&w, "crs", equal_area_name(edition->epsg));
    jsonw_kraw(&w, "taken_down", edition->taken_down);
    jsonw_key(&w, "exercises");
    jsonw_array(&w);
    for (size_t i = 0; i < edition->exercise_count; i++)
        write_exercise(&w, &edition->exercises[i]);
    jsonw_array_end(&w);
    jsonw_key(&w, "slices");
    jsonw_array(&w);
    for (size_t i = 0; i < edition->slice_count; i++)
        write_slice(&w, edition, &held->slices[i]);
    jsonw_array_end(&w);
    jsonw_ki64(&w, "findings", (int64_t)edition->finding_count);
    jsonw_ki64(&w, "assets", (int64_t)edition->asset_count);
    jsonw_key(&w, "overlays");
    jsonw_array(&w);
    for (size_t i = 0; i < edition->overlay_count; i++)
        write_overlay(&w, &edition->overlays[i]);
    jsonw_array_end(&w);
    jsonw_key(&w, "file");
    jsonw_object(&w);
    jsonw_kstr(&w, "name", name_of_file(request, held));
    jsonw_ki64(&w, "bytes", (int64_t)held->bytes);
    jsonw_kstr(&w, "url", address_of_file(request, held));
    jsonw_object_end(&w);
    jsonw_object_end(&w);
    return ERR_OK;
}

enum err edition_show(struct request *request, struct response *response) {
    return edition_answer(request, response, show);
}

/* ---- the file ---- */

static enum err send_file(struct request *request, const struct held_edition *held,
                          const struct shown_slice *shown, struct response *response) {
    (void)shown;
    const char *name = name_of_file(request, held);
    if (!name)
        return ERR_NO_MEMORY;
    // a descriptor of the reply's own: the bytes stay readable when the edition is let go
    int fd = fcntl(held->fd, F_DUPFD_CLOEXEC, 0);
    if (fd < 0)
        return ERR_IO;
    response_file(response, fd, held->bytes);
    response_type(response, "application/geopackage+sqlite3");
    response_version(response, held->hash);
    response_attachment(response, name);
    return ERR_OK;
}

enum err edition_file_get(struct request *request, struct response *response) {
    return edition_answer(request, response, send_file);
}
