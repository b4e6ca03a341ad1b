// SPDX-License-Identifier: AGPL-3.0-or-later
// The base maps that a project names, in the order they are offered; the first is shown first. A blank
// one is always offered besides. Whether this server has them is not asked here: a project may come
// from another laptop, and a file may come later.
#ifndef REPERE_MODEL_BASE_MAPS_H
#define REPERE_MODEL_BASE_MAPS_H
#include "base/arena.h"
#include "base/json.h"

enum { BASE_MAPS_MAX = 8, BASE_MAP_NAME_MAX = 64 };

/** Letters, digits, _ - and . of ASCII, 1 to 64, no . at the start: the name of a file without its ending. */
bool base_map_name_valid(const char *name, size_t len);

struct base_maps {
    const char *names[BASE_MAPS_MAX];
    size_t count;
};
/** Reads a JSON array; names are copied. Errors: BAD_FIELD ("base_maps", "base_maps[1]"), NO_MEMORY. */
enum err base_maps_read(const struct json_object *list, struct arena *arena, struct fault *fault,
                        struct base_maps *out);
/** As base_maps_read, of text; BAD_JSON besides. */
enum err base_maps_parse(const char *text, struct arena *arena, struct fault *fault,
                         struct base_maps *out);
/** As base_maps_parse, of what the store has: NOT_A_STORE in place of the reader's fault. */
enum err base_maps_of_store(const char *text, struct arena *arena, struct base_maps *out);
/** As compact JSON in the arena; NULL when memory is short. */
const char *base_maps_text(const struct base_maps *maps, struct arena *arena);
#endif
