// SPDX-License-Identifier: AGPL-3.0-or-later
// What an archive says of itself, whichever of the two kinds it is.
#ifndef REPERE_TILES_ARCHIVE_INFO_H
#define REPERE_TILES_ARCHIVE_INFO_H
#include "base/arena.h"
#include "base/err.h"
#include "tile_format.h"

enum { ARCHIVE_TITLE_MAX = 120 }; // characters

struct archive_info {
    const char *title;         // the maker's, or the file's name without its ending
    bool title_unfit;          // the maker's cannot be shown: the file's name stands for it
    const char *attribution;   // plain text or HTML as the maker wrote it; "" without
    const char *vector_layers; // JSON array; NULL for pictures or when the archive does not tell
    enum tile_format format;
    unsigned minzoom, maxzoom;
    double bounds_deg[4]; // west, south, east, north
};

struct json_object;
/**
 * Parses what an archive says of itself, unless it would need some tens of megabytes: a few bytes of text
 * may come to hundreds of memory. Errors: BAD_JSON, TOO_LARGE, NO_MEMORY.
 */
enum err archive_json_parse(const char *text, size_t len, struct json_object **out);
/** The `vector_layers` of a document, copied; `*out` NULL when it has none. Errors: NO_MEMORY. */
enum err archive_vector_layers(const struct json_object *document, struct arena *arena,
                               const char **out);
/** One line of at most ARCHIVE_TITLE_MAX characters that may stand among other texts. */
bool archive_title_valid(const char *title);
/** Fills `info->title` from what the maker says (NULL: nothing) and the file's name. Errors: NO_MEMORY. */
enum err archive_title_choose(struct archive_info *info, const char *told, const char *path,
                              struct arena *arena);
/** West below east, south below north, within the world. */
bool archive_bounds_valid(const double wsen_deg[4]);
#endif
