// SPDX-License-Identifier: AGPL-3.0-or-later
#include "publish/held.h"
#include "base/json.h"
#include "base/secret.h"
#include "publish/gpkg.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_SIZE = 4096 };

/* ---- names ---- */

/* Digits without leading zeros, from 1 up to `max`; moves behind them. */
static bool take_number(const char **at, uint64_t max, uint64_t *out) {
    uint64_t value = 0;
    const char *from = *at;
    if (*from == '0')
        return false;
    for (; **at >= '0' && **at <= '9'; (*at)++) {
        value = value * 10 + (uint64_t)(**at - '0');
        if (value > max)
            return false;
    }
    *out = value;
    return *at > from;
}

bool held_name_parse(const char *name, int64_t *project, unsigned *number) {
    uint64_t first, second;
    if (!take_number(&name, INT64_C(1) << 53, &first) || *name++ != '-' ||
        !take_number(&name, 1000000, &second) || strcmp(name, ".gpkg") != 0)
        return false;
    *project = (int64_t)first;
    *number = (unsigned)second;
    return true;
}

bool held_address_parse(const char *text, unsigned *number, unsigned *revision) {
    uint64_t first, takedowns = 0;
    if (!take_number(&text, 1000000, &first))
        return false;
    if (*text == '.' && (text++, !take_number(&text, 1000000, &takedowns)))
        return false;
    *number = (unsigned)first;
    *revision = (unsigned)takedowns + 1;
    return *text == '\0';
}

void held_address_write(const struct edition *edition, char out[HELD_ADDRESS_SIZE]) {
    if (edition->revision > 1)
        snprintf(out, HELD_ADDRESS_SIZE, "%u.%u", edition->number, edition->revision - 1);
    else
        snprintf(out, HELD_ADDRESS_SIZE, "%u", edition->number);
}

/* ---- the file ---- */

static enum err open_file(const char *path, struct fault *fault, int *fd, struct stat *info) {
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK); // a pipe does not make it wait
    if (*fd < 0)
        return errno == ENOENT  ? fault_set(fault, ERR_NOT_FOUND, "file", "is gone")
               : errno == ELOOP ? fault_set(fault, ERR_NOT_A_STORE, "file", "is a link")
                                : fault_set(fault, ERR_IO, "file", "%s", strerror(errno));
    if (fstat(*fd, info) != 0)
        return fault_set(fault, ERR_IO, "file", "%s", strerror(errno));
    if (!S_ISREG(info->st_mode))
        return fault_set(fault, ERR_NOT_A_STORE, "file", "is no file");
    if (info->st_size > GPKG_FILE_BYTES_MAX)
        return fault_set(fault, ERR_TOO_LARGE, "file", "is larger than %d MiB",
                         GPKG_FILE_BYTES_MAX >> 20);
    return ERR_OK;
}

static enum err hash_file(int fd, size_t len, struct fault *fault, char out[HELD_HASH_SIZE]) {
    uint8_t hash[SECRET_HASH_SIZE];
    char *bytes = malloc(len + 1);
    if (!bytes)
        return ERR_NO_MEMORY;
    size_t got = 0;
    ssize_t n;
    while (got < len && (n = pread(fd, bytes + got, len - got, (off_t)got)) > 0)
        got += (size_t)n;
    if (got == len)
        secret_hash(bytes, len, hash);
    free(bytes);
    if (got < len)
        return fault_set(fault, ERR_IO, "file", "could not be read to its end");
    for (size_t i = 0; i < sizeof hash; i++)
        snprintf(out + 2 * i, 3, "%02x", hash[i]);
    return ERR_OK;
}

/* The file that is open is the one that was read by its name. */
static enum err check_same(const char *path, const struct stat *before, struct fault *fault) {
    struct stat now;
    if (lstat(path, &now) == 0 && now.st_ino == before->st_ino && now.st_size == before->st_size &&
        now.st_mtim.tv_sec == before->st_mtim.tv_sec &&
        now.st_mtim.tv_nsec == before->st_mtim.tv_nsec)
        return ERR_OK;
    return fault_set(fault, ERR_BUSY, "file", "is being replaced");
}

/* ---- what it holds ---- */

static enum err check_json(const char *text, enum json_kind kind, const char *what,
                           struct fault *fault) {
    struct json_object *document = NULL;
    enum err err = text ? json_parse(text, strlen(text), NULL, &document) : ERR_BAD_JSON;
    if (err == ERR_NO_MEMORY)
        return err;
    bool fits = err == ERR_OK && json_type_of(document) == kind;
    json_free(document);
    return fits ? ERR_OK : fault_set(fault, ERR_NOT_A_STORE, what, "is damaged");
}

static enum err check_texts(const struct edition *edition, struct fault *fault) {
    enum err err = check_json(edition->taken_down, JSON_ARRAY, "taken_down", fault);
    for (size_t i = 0; i < edition->exercise_count && err == ERR_OK; i++)
        err = check_json(edition->exercises[i].title, JSON_OBJECT, "an exercise's title", fault);
    for (size_t i = 0; i < edition->slice_count && err == ERR_OK; i++)
        err = check_json(edition->slices[i].title, JSON_OBJECT, "a slice's title", fault);
    for (size_t i = 0; i < edition->asset_count && err == ERR_OK; i++) {
        err = check_json(edition->assets[i].label, JSON_OBJECT, "an asset's label", fault);
        if (err == ERR_OK)
            err = check_json(edition->assets[i].details, JSON_ARRAY, "an asset's details", fault);
    }
    return err;
}

static bool is_area(const struct geometry *geometry) {
    return geometry->type == GEOMETRY_POLYGON || geometry->type == GEOMETRY_MULTI_POLYGON;
}

static enum err project_overlay(const struct edition *edition,
                                const struct edition_overlay *overlay, struct crs *crs,
                                struct arena *arena, struct held_overlay *out) {
    out->areas = arena_array(arena, overlay->feature_count, sizeof *out->areas);
    if (!out->areas)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < overlay->feature_count; i++) {
        struct geometry *area = &out->areas[i];
        if (!is_area(&overlay->features[i].geometry))
            continue;
        enum err err = geometry_copy(&overlay->features[i].geometry, arena, area);
        if (err == ERR_OK)
            err = crs_transform(crs, "EPSG:4326", equal_area_name(edition->epsg), area->coords,
                                area->vertex_count, NULL);
        if (err == ERR_BAD_CRS)
            *area = (struct geometry){0};
        else if (err != ERR_OK)
            return err;
    }
    return ERR_OK;
}

enum err held_prepare(struct held_edition *held, struct crs *crs, struct fault *fault) {
    const struct edition *edition = &held->edition;
    struct arena *arena = &held->arena;
    held_address_write(edition, held->address);
    held->slices = arena_array(arena, edition->slice_count, sizeof *held->slices);
    held->overlays = arena_array(arena, edition->overlay_count, sizeof *held->overlays);
    if (!held->slices || !held->overlays)
        return ERR_NO_MEMORY;
    enum err err = ERR_OK;
    for (size_t i = 0; i < edition->slice_count && err == ERR_OK; i++)
        err = shown_slice_make(edition, &edition->slices[i], crs, arena, fault, &held->slices[i]);
    for (size_t i = 0; i < edition->overlay_count && err == ERR_OK; i++)
        err = project_overlay(edition, &edition->overlays[i], crs, arena, &held->overlays[i]);
    return err;
}

static enum err read_into(struct held_edition *held, const char *path, struct crs *crs,
                          struct fault *fault) {
    struct stat info = {0};
    enum err err = open_file(path, fault, &held->fd, &info);
    if (err == ERR_OK)
        err = gpkg_read(path, &held->arena, fault, &held->edition);
    if (err == ERR_OK)
        err = hash_file(held->fd, (size_t)info.st_size, fault, held->hash);
    if (err == ERR_OK)
        err = check_texts(&held->edition, fault);
    if (err == ERR_OK)
        err = held_prepare(held, crs, fault);
    if (held->fd >= 0 && err != ERR_NO_MEMORY && check_same(path, &info, fault) != ERR_OK)
        err = ERR_BUSY;
    held->bytes = held->fd >= 0 ? (uint64_t)info.st_size : 0;
    return err;
}

enum err held_read(const char *folder, const char *name, struct crs *crs, struct fault *fault,
                   struct held_edition **out) {
    char path[PATH_SIZE];
    int64_t project;
    unsigned number;
    if (!held_name_parse(name, &project, &number))
        return fault_set(fault, ERR_NOT_A_STORE, "name", "is not <project>-<number>.gpkg");
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return fault_set(fault, ERR_IO, "name", "is too long");
    struct held_edition *held = calloc(1, sizeof *held);
    if (!held)
        return ERR_NO_MEMORY;
    held->fd = -1;
    held->holders = 1;
    arena_init(&held->arena);
    enum err err = read_into(held, path, crs, fault);
    if (err == ERR_OK && (held->edition.project != project || held->edition.number != number))
        err = fault_set(fault, ERR_NOT_A_STORE, "name", "it holds edition %u of project %" PRId64,
                        held->edition.number, held->edition.project);
    if (err == ERR_OK)
        *out = held;
    else
        held_free(held);
    return err;
}

void held_free(struct held_edition *held) {
    if (!held)
        return;
    if (held->fd >= 0)
        close(held->fd);
    arena_fini(&held->arena);
    free(held);
}

enum err held_slice(const struct held_edition *held, const char *id,
                    const struct shown_slice **out) {
    const struct edition_slice *slice = edition_slice_find(&held->edition, id);
    if (!slice)
        return ERR_NOT_FOUND;
    *out = &held->slices[slice - held->edition.slices];
    return ERR_OK;
}
