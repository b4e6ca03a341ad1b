// SPDX-License-Identifier: AGPL-3.0-or-later
#include "archive_info.h"
#include "base/json.h"
#include "base/utf8.h"
#include <string.h>

enum { JSON_WEIGHT_MAX = 1 << 18 };

/* How much memory the values take when they are read, in units of a number in a list (some 100 bytes). */
static size_t json_weight(const char *text, size_t len) {
    size_t weight = 0;
    for (size_t i = 0; i < len; i++)
        weight += text[i] == ',' ? 1 : text[i] == '[' ? 4 : text[i] == '{' ? 8 : 0;
    return weight;
}

enum err archive_json_parse(const char *text, size_t len, struct json_object **out) {
    return json_weight(text, len) > JSON_WEIGHT_MAX ? ERR_TOO_LARGE : json_parse(text, len, NULL, out);
}

enum err archive_vector_layers(const struct json_object *document, struct arena *arena,
                               const char **out) {
    struct json_object *layers = json_get(document, "vector_layers");
    *out = NULL;
    if (json_type_of(layers) != JSON_ARRAY || json_length(layers) == 0)
        return ERR_OK;
    size_t len;
    const char *text = json_write(layers, &len);
    *out = text == NULL ? NULL : arena_strndup(arena, text, len);
    return *out == NULL ? ERR_NO_MEMORY : ERR_OK;
}

bool archive_title_valid(const char *title) {
    return utf8_is_line(title, strlen(title), ARCHIVE_TITLE_MAX);
}

enum err archive_title_choose(struct archive_info *info, const char *told, const char *path,
                              struct arena *arena) {
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    info->title_unfit = told != NULL && !archive_title_valid(told);
    info->title = told != NULL && !info->title_unfit
                      ? told
                      : arena_strndup(arena, name, dot == NULL ? strlen(name) : (size_t)(dot - name));
    return info->title == NULL ? ERR_NO_MEMORY : ERR_OK;
}

bool archive_bounds_valid(const double wsen_deg[4]) {
    return wsen_deg[0] >= -180 && wsen_deg[2] <= 180 && wsen_deg[1] >= -90 && wsen_deg[3] <= 90 &&
           wsen_deg[0] < wsen_deg[2] && wsen_deg[1] < wsen_deg[3];
}
