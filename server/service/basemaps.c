// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/basemaps.h"
#include "base/arena.h"
#include "base/json.h"
#include "base/log.h"
#include "mbtiles.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char ending[] = ".mbtiles";

struct entry {
    struct basemap basemap;
    struct mbtiles *archive;
};
struct basemaps {
    struct entry *entries; // by name
    size_t count, room;
    struct arena arena; // names and vector layers
};

void basemaps_close(struct basemaps *basemaps) {
    if (basemaps == NULL)
        return;
    for (size_t i = 0; i < basemaps->count; i++)
        mbtiles_close(basemaps->entries[i].archive);
    free(basemaps->entries);
    arena_fini(&basemaps->arena);
    free(basemaps);
}

/** The name in `file`, which must be one that a URL can carry; NULL when it is not. */
static const char *name_of(struct arena *arena, const char *file) {
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.";
    size_t len = strlen(file) - strlen(ending);
    if (len == 0 || len > BASEMAP_NAME_MAX || file[0] == '.' || strspn(file, allowed) < len)
        return NULL;
    return arena_strndup(arena, file, len);
}

/** The `vector_layers` of an archive's json row; NULL when it has none that can be read. */
static const char *vector_layers(struct arena *arena, const char *json) {
    struct json_object *document = NULL;
    const char *copy = NULL;
    if (json == NULL || json_parse(json, strlen(json), NULL, &document) != ERR_OK)
        return NULL;
    struct json_object *layers = json_get(document, "vector_layers");
    if (json_type_of(layers) == JSON_ARRAY) {
        size_t len;
        const char *text = json_write(layers, &len);
        copy = text == NULL ? NULL : arena_strndup(arena, text, len);
    }
    json_free(document);
    return copy;
}

static void describe(struct entry *entry, const char *name, struct arena *arena) {
    const struct mbtiles_info *info = mbtiles_info(entry->archive);
    entry->basemap = (struct basemap){
        .name = name,
        .title = info->title,
        .format = mbtiles_format_name(info->format),
        .minzoom = info->minzoom,
        .maxzoom = info->maxzoom,
        .bbox = {info->bounds_deg[0], info->bounds_deg[1], info->bounds_deg[2],
                 info->bounds_deg[3]},
        .attribution = info->attribution,
        .vector_layers = info->format == MBTILES_PBF ? vector_layers(arena, info->json) : NULL,
    };
}

/** Opens one file. What is wrong with it is logged and is no error. Errors: NO_MEMORY. */
static enum err add(struct basemaps *basemaps, const char *folder, const char *file) {
    if (basemaps->count == basemaps->room) {
        size_t room = 2 * basemaps->room + 4;
        struct entry *entries = reallocarray(basemaps->entries, room, sizeof *entries);
        if (entries == NULL)
            return ERR_NO_MEMORY;
        basemaps->entries = entries;
        basemaps->room = room;
    }
    const char *name = name_of(&basemaps->arena, file);
    if (name == NULL) {
        log_event(LOG_WARN, "basemap_refused",
                  "%s: a base map's name has at most %d letters, digits, _ - and .", file,
                  BASEMAP_NAME_MAX);
        return ERR_OK;
    }
    const char *path = arena_printf(&basemaps->arena, "%s/%s", folder, file);
    if (path == NULL)
        return ERR_NO_MEMORY;
    struct entry *entry = &basemaps->entries[basemaps->count];
    struct fault fault = {{0}, {0}};
    enum err err = mbtiles_open(path, &fault, &entry->archive);
    if (err == ERR_NO_MEMORY)
        return err;
    if (err != ERR_OK) {
        log_event(LOG_WARN, "basemap_refused", "%s: %s", file,
                  fault.why[0] != '\0' ? fault.why : err_text(err));
        return ERR_OK;
    }
    describe(entry, name, &basemaps->arena);
    basemaps->count++;
    return ERR_OK;
}

static int entry_compare(const void *a, const void *b) {
    const struct entry *left = a, *right = b;
    return strcmp(left->basemap.name, right->basemap.name);
}

static bool is_archive(const char *file) {
    size_t len = strlen(file);
    return len >= strlen(ending) && strcmp(file + len - strlen(ending), ending) == 0;
}

enum err basemaps_open(const char *folder, struct basemaps **out) {
    struct basemaps *basemaps = calloc(1, sizeof *basemaps);
    if (basemaps == NULL)
        return ERR_NO_MEMORY;
    arena_init(&basemaps->arena);
    enum err err = ERR_OK;
    DIR *directory = opendir(folder);
    if (directory == NULL && errno != ENOENT)
        err = ERR_IO;
    struct dirent *file;
    while (err == ERR_OK && directory != NULL && (file = readdir(directory)) != NULL) {
        if (is_archive(file->d_name))
            err = add(basemaps, folder, file->d_name);
    }
    if (directory != NULL)
        closedir(directory);
    if (err != ERR_OK) {
        basemaps_close(basemaps);
        return err;
    }
    if (basemaps->count > 0)
        qsort(basemaps->entries, basemaps->count, sizeof *basemaps->entries, entry_compare);
    *out = basemaps;
    return ERR_OK;
}

size_t basemaps_count(const struct basemaps *basemaps) {
    return basemaps->count;
}

const struct basemap *basemaps_at(const struct basemaps *basemaps, size_t index) {
    return &basemaps->entries[index].basemap;
}

static const struct entry *entry_find(const struct basemaps *basemaps, const char *name) {
    for (size_t i = 0; i < basemaps->count; i++) {
        if (strcmp(basemaps->entries[i].basemap.name, name) == 0)
            return &basemaps->entries[i];
    }
    return NULL;
}

const struct basemap *basemaps_find(const struct basemaps *basemaps, const char *name) {
    const struct entry *entry = entry_find(basemaps, name);
    return entry == NULL ? NULL : &entry->basemap;
}

enum err basemaps_tile(const struct basemaps *basemaps, const char *name, int64_t z, int64_t x,
                       int64_t y, struct buf *out, bool *gzipped) {
    const struct entry *entry = entry_find(basemaps, name);
    if (entry == NULL)
        return ERR_NOT_FOUND;
    if (!tile_valid(z, x, y))
        return ERR_BAD_PARAMETER;
    size_t before = out->len;
    enum err err =
        mbtiles_tile(entry->archive, (struct tile){(unsigned)z, (uint32_t)x, (uint32_t)y}, out);
    if (err == ERR_NO_MEMORY)
        return err;
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        log_event(LOG_WARN, "basemap_tile_unreadable", "%s: %s", name, err_name(err));
    *gzipped = out->len >= before + 2 && memcmp(out->data + before, "\x1f\x8b", 2) == 0;
    return ERR_OK;
}
