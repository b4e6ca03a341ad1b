// SPDX-License-Identifier: AGPL-3.0-or-later
// A base map in one file: MBTiles 1.3 or PMTiles 3, told apart by their first bytes. The file comes from
// outside and is opened read-only; it must not be changed while it is open. Any number of threads may read
// at the same time.
#ifndef REPERE_TILES_ARCHIVE_H
#define REPERE_TILES_ARCHIVE_H
#include "base/buf.h"
#include "base/err.h"
#include "coord.h"
#include <stdbool.h>
#include <stdint.h>

enum tile_format { TILE_PNG, TILE_JPG, TILE_WEBP, TILE_PBF };

struct archive_info {
    const char *title;       // the maker's, or the file's name without its ending
    const char *attribution; // plain text or HTML as the maker wrote it; "" without
    const char *vector_layers; // JSON array; NULL for pictures or when the archive does not tell
    enum tile_format format;
    unsigned minzoom, maxzoom;
    double bounds_deg[4]; // west, south, east, north
};

struct archive;
/**
 * Opens an archive and looks whether it can be served: undamaged as far as read, and of a format of ours.
 * Errors: NOT_FOUND, NOT_A_STORE (fault says what is wrong), IO, NO_MEMORY.
 */
enum err archive_open(const char *path, struct fault *fault, struct archive **out);
void archive_close(struct archive *archive);
/** Borrowed; lives as long as the archive is open. */
const struct archive_info *archive_info(const struct archive *archive);
/**
 * Appends a tile's bytes as they are stored. XYZ.
 * @param gzipped whether the bytes are a gzip file
 * Errors: NOT_FOUND (no such tile), NOT_A_STORE (damaged), IO, NO_MEMORY.
 */
enum err archive_tile(struct archive *archive, struct tile tile, struct buf *out, bool *gzipped);
/** "png", "jpg", "webp", "pbf". */
const char *tile_format_name(enum tile_format format);
/** The file name's ending is one of ours: ".mbtiles", ".pmtiles". Writes the length of the name before it. */
bool archive_name(const char *file_name, size_t *out_len);
#endif
