// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/base_maps.h"

#include "base/jsonw.h"

#include <stdio.h>
#include <string.h>

bool base_map_name_valid(const char *name, size_t len) {
    static const char signs[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.";
    if (len == 0 || len > BASE_MAP_NAME_MAX || name[0] == '.')
        return false;
    for (size_t i = 0; i < len; i++)
        if (name[i] == '\0' || !strchr(signs, name[i]))
            return false;
    return true;
}

static bool has(const struct base_maps *maps, const char *name, size_t len) {
    for (size_t i = 0; i < maps->count; i++)
        if (strlen(maps->names[i]) == len && memcmp(maps->names[i], name, len) == 0)
            return true;
    return false;
}

static enum err read_name(const struct json_object *value, struct arena *arena, struct fault *fault,
                          struct base_maps *maps) {
    char where[32];
    size_t len = 0;
    const char *name = json_text(value, &len);
    snprintf(where, sizeof where, "base_maps[%zu]", maps->count);
    if (!name || !base_map_name_valid(name, len))
        return fault_set(fault, ERR_BAD_FIELD, where,
                         "is the name of a base map: 1 to %d letters, digits, _ - and .",
                         BASE_MAP_NAME_MAX);
    if (has(maps, name, len))
        return fault_set(fault, ERR_BAD_FIELD, where, "is named twice");
    const char *copy = arena_strndup(arena, name, len);
    if (!copy)
        return ERR_NO_MEMORY;
    maps->names[maps->count++] = copy;
    return ERR_OK;
}

enum err base_maps_read(const struct json_object *list, struct arena *arena, struct fault *fault,
                        struct base_maps *out) {
    struct base_maps maps = {.count = 0};
    size_t count = json_length(list);
    if (json_type_of(list) != JSON_ARRAY || count > BASE_MAPS_MAX)
        return fault_set(fault, ERR_BAD_FIELD, "base_maps", "is a list of at most %d names",
                         BASE_MAPS_MAX);
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < count; i++)
        err = read_name(json_at(list, i), arena, fault, &maps);
    if (err == ERR_OK)
        *out = maps;
    return err;
}

enum err base_maps_parse(const char *text, struct arena *arena, struct fault *fault,
                         struct base_maps *out) {
    struct json_object *document = NULL;
    enum err err = json_parse(text, strlen(text), fault, &document);
    if (err == ERR_OK)
        err = base_maps_read(document, arena, fault, out);
    json_free(document);
    return err;
}

enum err base_maps_of_store(const char *text, struct arena *arena, struct base_maps *out) {
    enum err err = base_maps_parse(text, arena, NULL, out);
    return err == ERR_OK || err == ERR_NO_MEMORY ? err : ERR_NOT_A_STORE;
}

const char *base_maps_text(const struct base_maps *maps, struct arena *arena) {
    struct buf json;
    struct jsonw w;
    buf_init(&json);
    jsonw_init(&w, &json);
    jsonw_array(&w);
    for (size_t i = 0; i < maps->count; i++)
        jsonw_str(&w, maps->names[i]);
    jsonw_array_end(&w);
    const char *copy = json.failed ? NULL : arena_strndup(arena, json.data, json.len);
    buf_fini(&json);
    return copy;
}
