// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/basemaps.h"
#include "base/arena.h"
#include "base/json.h"
#include "base/jsonw.h"
#include "base/log.h"
#include "base/secret.h"
#include "model/base_maps.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WORDS_BYTES_MAX = 2000, LAYERS_BYTES_MAX = 1 << 20 };

struct basemaps {
    struct basemap *entries; // by name
    size_t count;
    basemap_refused_fn *refused; // NULL: the log is told
    void *refused_context;
    struct arena arena; // names and paths
};

void basemaps_close(struct basemaps *basemaps) {
    if (basemaps == NULL)
        return;
    for (size_t i = 0; i < basemaps->count; i++) {
        archive_close(basemaps->entries[i].archive);
        free(basemaps->entries[i].health);
    }
    free(basemaps->entries);
    arena_fini(&basemaps->arena);
    free(basemaps);
}

void basemap_tag_of(const char *text, size_t len, char out[BASEMAP_TAG_SIZE]) {
    uint8_t hash[SECRET_HASH_SIZE];
    secret_hash(text, len, hash);
    for (int i = 0; i < (BASEMAP_TAG_SIZE - 1) / 2; i++)
        snprintf(out + 2 * i, 3, "%02x", hash[i]);
}

/* A file that is exchanged is another one, or has another time. */
static void tag_file(const struct stat *about, char out[BASEMAP_TAG_SIZE]) {
    char text[120];
    int len = snprintf(text, sizeof text, "%lld %lld %lld.%09ld", (long long)about->st_ino,
                       (long long)about->st_size, (long long)about->st_mtim.tv_sec,
                       about->st_mtim.tv_nsec);
    basemap_tag_of(text, (size_t)len, out);
}

/* Archives list every key that occurs, tens of kilobytes of them, which nobody needs to draw a map. NULL
 * when there is none or it cannot be read. */
static const char *layer_names(struct arena *arena, const char *layers) {
    struct json_object *list = NULL;
    struct buf json;
    struct jsonw w;
    if (layers == NULL || json_parse(layers, strlen(layers), NULL, &list) != ERR_OK)
        return NULL;
    buf_init(&json);
    jsonw_init(&w, &json);
    jsonw_array(&w);
    for (size_t i = 0; i < json_length(list); i++) {
        const struct json_object *layer = json_at(list, i);
        static const char *const zooms[] = {"minzoom", "maxzoom"};
        const char *id = json_text(json_get(layer, "id"), NULL);
        int64_t zoom;
        if (id == NULL)
            continue;
        jsonw_object(&w);
        jsonw_kstr(&w, "id", id);
        for (size_t j = 0; j < 2; j++)
            if (json_integer(json_get(layer, zooms[j]), &zoom))
                jsonw_ki64(&w, zooms[j], zoom);
        jsonw_object_end(&w);
    }
    jsonw_array_end(&w);
    const char *text = json.failed ? NULL : arena_strndup(arena, json.data, json.len);
    buf_fini(&json);
    json_free(list);
    return text;
}

/* Whoever draws a sheet or shows a map reads them whole: what no maker writes is not taken. NULL: all is well. */
static const char *too_long(const struct archive_info *info) {
    if (strlen(info->attribution) > WORDS_BYTES_MAX)
        return "its attribution is too long to be shown on a map";
    if (info->vector_layers != NULL && strlen(info->vector_layers) > LAYERS_BYTES_MAX)
        return "its list of layers is too long to be sent to a tablet";
    return NULL;
}

static void describe(struct basemap *basemap, struct arena *arena) {
    const struct archive_info *info = archive_info(basemap->archive);
    basemap->title = info->title;
    basemap->format = tile_format_name(info->format);
    basemap->minzoom = info->minzoom;
    basemap->maxzoom = info->maxzoom;
    basemap->bbox = (struct bbox){info->bounds_deg[0], info->bounds_deg[1], info->bounds_deg[2],
                                  info->bounds_deg[3]};
    basemap->attribution = info->attribution;
    basemap->vector_layers = info->vector_layers;
    basemap->layer_names = layer_names(arena, info->vector_layers);
}

static void refuse(const struct basemaps *basemaps, const char *file, const char *why) {
    if (basemaps->refused != NULL)
        basemaps->refused(basemaps->refused_context, file, why);
    else
        log_event(LOG_WARN, "basemap_refused", "%s: %s", file, why);
}

/** Opens one file. What is wrong with it is told and is no error. Errors: NO_MEMORY. */
static enum err add(struct basemaps *basemaps, const char *folder, const char *file) {
    struct fault fault = {0};
    size_t len;
    if (!archive_name(file, &len))
        return ERR_OK;
    if (!base_map_name_valid(file, len)) {
        fault_set(&fault, ERR_OK, file,
                  "a base map's name has at most %d letters, digits, _ - and .", BASE_MAP_NAME_MAX);
        refuse(basemaps, file, fault.why);
        return ERR_OK;
    }
    struct basemap *entry = &basemaps->entries[basemaps->count];
    *entry = (struct basemap){
        .name = arena_strndup(&basemaps->arena, file, len),
        .path = arena_printf(&basemaps->arena, "%s/%s", folder, file),
    };
    if (entry->name == NULL || entry->path == NULL)
        return ERR_NO_MEMORY;
    if (basemaps_find(basemaps, entry->name) != NULL) {
        refuse(basemaps, file, "another base map has this name");
        return ERR_OK;
    }
    struct stat about = {0};
    if (stat(entry->path, &about) == 0)
        tag_file(&about, entry->tag);
    enum err err = archive_open(entry->path, &fault, &entry->archive);
    if (err == ERR_NO_MEMORY)
        return err;
    if (err != ERR_OK) {
        refuse(basemaps, file, fault.why[0] != '\0' ? fault.why : err_text(err));
        return ERR_OK;
    }
    const char *why = too_long(archive_info(entry->archive));
    if (why != NULL) {
        archive_close(entry->archive);
        refuse(basemaps, file, why);
        return ERR_OK;
    }
    describe(entry, &basemaps->arena);
    entry->health = calloc(1, sizeof *entry->health);
    if (entry->health == NULL) {
        archive_close(entry->archive);
        return ERR_NO_MEMORY;
    }
    basemaps->count++;
    return ERR_OK;
}

static int entry_compare(const void *a, const void *b) {
    const struct basemap *left = a, *right = b;
    return strcmp(left->name, right->name);
}

/** Opens the files one after the other by name, so that of two with one name the same is served
 * each time. */
static enum err add_all(struct basemaps *basemaps, const char *folder) {
    struct dirent **files = NULL;
    int count = scandir(folder, &files, NULL, alphasort);
    if (count < 0)
        return errno == ENOENT ? ERR_OK : err_of_errno(errno);
    basemaps->entries = calloc((size_t)count + 1, sizeof *basemaps->entries);
    enum err err = basemaps->entries == NULL ? ERR_NO_MEMORY : ERR_OK;
    for (int i = 0; i < count; i++) {
        if (err == ERR_OK)
            err = add(basemaps, folder, files[i]->d_name);
        free(files[i]);
    }
    free(files);
    return err;
}

enum err basemaps_open(const char *folder, struct basemaps **out) {
    return basemaps_open_telling(folder, NULL, NULL, out);
}

enum err basemaps_open_telling(const char *folder, basemap_refused_fn *refused, void *context,
                               struct basemaps **out) {
    struct basemaps *basemaps = calloc(1, sizeof *basemaps);
    if (basemaps == NULL)
        return ERR_NO_MEMORY;
    arena_init(&basemaps->arena);
    basemaps->refused = refused;
    basemaps->refused_context = context;
    enum err err = add_all(basemaps, folder);
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
    return &basemaps->entries[index];
}

const struct basemap *basemaps_find(const struct basemaps *basemaps, const char *name) {
    for (size_t i = 0; i < basemaps->count; i++) {
        if (strcmp(basemaps->entries[i].name, name) == 0)
            return &basemaps->entries[i];
    }
    return NULL;
}

enum err basemaps_tile(const struct basemaps *basemaps, const char *name, int64_t z, int64_t x,
                       int64_t y, struct buf *out, bool *gzipped) {
    const struct basemap *entry = basemaps_find(basemaps, name);
    if (entry == NULL)
        return ERR_NOT_FOUND;
    if (!tile_valid(z, x, y))
        return ERR_BAD_PARAMETER;
    *gzipped = false;
    if (basemap_health_rests(entry->health))
        return ERR_OK;
    enum err err = archive_tile(entry->archive,
                                (struct tile){(unsigned)z, (uint32_t)x, (uint32_t)y}, out, gzipped);
    if (err == ERR_NO_MEMORY)
        return err;
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        basemap_health_failed(entry->health, name, err);
    return ERR_OK;
}

enum err basemap_file(const struct basemap *basemap, int *out_fd, uint64_t *out_len,
                      char out_tag[BASEMAP_TAG_SIZE]) {
    struct stat about;
    if (!archive_is_pmtiles(basemap->archive))
        return ERR_NOT_FOUND;
    int fd = open(basemap->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &about) != 0) {
        if (fd >= 0)
            close(fd);
        return ERR_IO;
    }
    tag_file(&about, out_tag);
    *out_fd = fd;
    *out_len = (uint64_t)about.st_size;
    return ERR_OK;
}
