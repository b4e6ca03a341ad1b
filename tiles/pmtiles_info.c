// SPDX-License-Identifier: AGPL-3.0-or-later
#include "pmtiles_info.h"
#include "base/json.h"
#include <string.h>

#define LATITUDE_MAX_DEG 85.0511287798066

static void read_bounds(const struct pmtiles_header *header, double out_wsen_deg[4]) {
    static const double world[4] = {-180, -LATITUDE_MAX_DEG, 180, LATITUDE_MAX_DEG};
    for (int i = 0; i < 4; i++)
        out_wsen_deg[i] = header->bounds_e7[i] / 1e7;
    if (!archive_bounds_valid(out_wsen_deg))
        memcpy(out_wsen_deg, world, sizeof world);
}

static enum err text(const struct json_object *document, const char *key, struct arena *arena,
                     const char **out) {
    size_t len;
    const char *value = json_text(json_get(document, key), &len);
    if (value == NULL || len == 0 || strlen(value) != len)
        return ERR_OK;
    *out = arena_strndup(arena, value, len);
    return *out == NULL ? ERR_NO_MEMORY : ERR_OK;
}

enum err pmtiles_info_read(const struct pmtiles_header *header, const char *json, size_t json_len,
                           const char *path, struct arena *arena, struct fault *fault,
                           struct archive_info *out) {
    static const enum tile_format formats[] = {
        [PMTILES_OTHER] = TILE_PBF, [PMTILES_MVT] = TILE_PBF,   [PMTILES_PNG] = TILE_PNG,
        [PMTILES_JPEG] = TILE_JPG,  [PMTILES_WEBP] = TILE_WEBP,
    };
    struct archive_info info = {
        .attribution = "",
        .format = formats[header->tile_type],
        .minzoom = header->minzoom,
        .maxzoom = header->maxzoom,
    };
    struct json_object *document = NULL;
    enum err err = archive_json_parse(json, json_len, &document);
    if (err == ERR_NO_MEMORY)
        return err;
    if (err == ERR_TOO_LARGE)
        return fault_set(fault, ERR_NOT_A_STORE, path, "its metadata are larger than we read");
    if (err != ERR_OK || json_type_of(document) != JSON_OBJECT) {
        // whom the map is owed to must be shown: without it there is no serving it
        json_free(document);
        return fault_set(fault, ERR_NOT_A_STORE, path, "its metadata are no JSON object");
    }
    const char *title = NULL;
    err = text(document, "name", arena, &title);
    if (err == ERR_OK)
        err = archive_title_choose(&info, title, path, arena);
    if (err == ERR_OK)
        err = text(document, "attribution", arena, &info.attribution);
    if (err == ERR_OK && info.format == TILE_PBF)
        err = archive_vector_layers(document, arena, &info.vector_layers);
    json_free(document);
    read_bounds(header, info.bounds_deg);
    if (err == ERR_OK)
        *out = info;
    return err;
}
