// SPDX-License-Identifier: AGPL-3.0-or-later
// A base map in one file: MBTiles 1.3 or PMTiles 3, told apart by their first bytes. The file comes
// from outside and is opened read-only; it must not be changed while it is open. Any number of
// threads may read at the same time.
#ifndef REPERE_TILES_ARCHIVE_H
#define REPERE_TILES_ARCHIVE_H
#include "archive_run.h"
#include "base/buf.h"

struct archive;
/**
 * Opens an archive and looks whether it can be served: undamaged as far as read, and of a format of
 * ours. Errors: NOT_FOUND, NOT_A_STORE (fault says what is wrong), IO, NO_MEMORY.
 */
enum err archive_open(const char *path, struct fault *fault, struct archive **out);
void archive_close(struct archive *archive);
/** Borrowed; lives as long as the archive is open. */
const struct archive_info *archive_info(const struct archive *archive);
bool archive_is_pmtiles(const struct archive *archive);
/** The whole file's. */
uint64_t archive_bytes(const struct archive *archive);
/** How many tiles it says that it has; 0 when it does not say. */
uint64_t archive_tiles_told(const struct archive *archive);
/**
 * Appends a tile's bytes as they are stored. XYZ; a tile outside the pyramid is one that is not
 * there.
 * @param gzipped whether the bytes are a gzip file
 * Errors: NOT_FOUND (no such tile), NOT_A_STORE (damaged), BUSY (it takes too long to find), IO,
 * NO_MEMORY.
 */
enum err archive_tile(struct archive *archive, struct tile tile, struct buf *out, bool *gzipped);
/**
 * Tells which tiles of a range there are; ascending and each once in a PMTiles, in no order in an
 * MBTiles.
 * @param patience NULL: as long as it takes
 * Errors: NOT_A_STORE (damaged), IO, NO_MEMORY, what `patience` and `fn` return.
 */
enum err archive_runs(struct archive *archive, const struct tile_range *range,
                      const struct archive_patience *patience, archive_run_fn *fn, void *context);
/** ".mbtiles", ".pmtiles", NULL. */
extern const char *const archive_endings[];
/** The file name's ending is one of ours. Writes the length of the name
 * before it. */
bool archive_name(const char *file_name, size_t *out_len);
#endif
