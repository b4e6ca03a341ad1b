// SPDX-License-Identifier: AGPL-3.0-or-later
// What a base map's tiles are: three kinds of picture, or vector tiles.
#ifndef REPERE_TILES_TILE_FORMAT_H
#define REPERE_TILES_TILE_FORMAT_H
#include <stdbool.h>
#include <stddef.h>

enum { TILE_BYTES_MAX = 8 << 20 }; // as stored; no tablet draws a larger one
enum tile_format { TILE_PNG, TILE_JPG, TILE_WEBP, TILE_PBF };

/** "png", "jpg", "webp", "pbf". */
const char *tile_format_name(enum tile_format format);
/** By name or media type ("jpg", "jpeg", "image/jpeg"), any case. */
bool tile_format_parse(const char *text, enum tile_format *out);
/** By the first bytes of a tile. A vector tile is gzipped or begins with a layer. */
bool tile_format_guess(const void *bytes, size_t len, enum tile_format *out);
/** Whether the bytes are a gzip file: none of the formats begins like one. */
bool tile_gzipped(const void *bytes, size_t len);
#endif
