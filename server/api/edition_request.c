// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/edition_request.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The edition at this address and no other: an address never changes its bytes. */
static enum err hold(struct published *published, int64_t project, const char *address,
                     struct held_edition **out) {
    unsigned number, revision;
    struct held_edition *held;
    if (!held_address_parse(address, &number, &revision))
        return ERR_NOT_FOUND;
    enum err err = published_hold(published, project, number, &held);
    if (err == ERR_OK && held->edition.revision != revision) {
        published_release(published, held);
        err = ERR_NOT_FOUND;
    }
    if (err == ERR_OK)
        *out = held;
    return err;
}

static enum err answer(struct request *request, struct response *response, bool sliced,
                       edition_answer_fn *fn) {
    struct held_edition *held = NULL;
    const struct shown_slice *shown = NULL;
    enum err err = hold(request->context, request_int(request, "project"),
                        request_text(request, "edition"), &held);
    if (err != ERR_OK)
        return err;
    if (sliced)
        err = edition_slice_named(request, held, "slice", &shown);
    if (err == ERR_OK)
        err = fn(request, held, shown, response);
    published_release(request->context, held);
    return err;
}

enum err edition_answer(struct request *request, struct response *response,
                        edition_answer_fn *fn) {
    return answer(request, response, false, fn);
}

enum err edition_slice_answer(struct request *request, struct response *response,
                              edition_answer_fn *fn) {
    return answer(request, response, true, fn);
}

enum err edition_slice_named(struct request *request, const struct held_edition *held,
                             const char *param, const struct shown_slice **out) {
    enum err err = held_slice(held, request_text(request, param), out);
    return err == ERR_NOT_FOUND ? fault_set(&request->fault, ERR_BAD_PARAMETER, param,
                                            "is no slice of this edition")
                                : err;
}

enum err edition_overlay_named(const struct request *request, const struct held_edition *held,
                               size_t *out) {
    for (size_t i = 0; i < held->edition.overlay_count; i++) {
        if (held->edition.overlays[i].id == request_int(request, "overlay")) {
            *out = i;
            return ERR_OK;
        }
    }
    return ERR_NOT_FOUND;
}

enum err edition_tile_named(struct request *request, struct tile *out) {
    int64_t z = request_int(request, "z"), x = request_int(request, "x"),
            y = request_int(request, "y");
    if (!tile_valid(z, x, y))
        return fault_set(&request->fault, ERR_BAD_PARAMETER, "x, y",
                         "there are no such columns or rows at zoom z");
    *out = (struct tile){.z = (unsigned)z, .x = (uint32_t)x, .y = (uint32_t)y};
    return ERR_OK;
}

/* {project} and {edition} of /api/editions/{project}/{edition}/...; false when the path has none. */
static bool read_path(const char *path, int64_t *project, char address[HELD_ADDRESS_SIZE]) {
    static const char prefix[] = "/api/editions/";
    char *end;
    if (strncmp(path, prefix, sizeof prefix - 1) != 0)
        return false;
    *project = strtoll(path + sizeof prefix - 1, &end, 10);
    size_t len = *end == '/' ? strcspn(end + 1, "/") : 0;
    if (len == 0 || len >= HELD_ADDRESS_SIZE)
        return false;
    memcpy(address, end + 1, len);
    address[len] = '\0';
    return true;
}

const char *edition_advice(void *published, const char *path, struct arena *arena) {
    char address[HELD_ADDRESS_SIZE];
    int64_t project;
    struct held_edition *held;
    if (!read_path(path, &project, address) || hold(published, project, address, &held) != ERR_OK)
        return "GET /api/editions lists what is published";
    struct buf names;
    buf_init(&names);
    for (size_t i = 0; i < held->edition.slice_count; i++) {
        buf_str(&names, i ? ", " : "");
        buf_str(&names, held->edition.slices[i].id);
    }
    const char *advice =
        names.failed ? NULL
                     : arena_printf(arena,
                                    "an edition answers for one of its slices at a time: %.*s; GET "
                                    "/api/editions/%" PRId64 "/%s describes them",
                                    (int)names.len, names.len ? names.data : "", project, address);
    buf_fini(&names);
    published_release(published, held);
    return advice;
}
