// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads PMTiles 3 archives. The file comes from outside: every place in it is checked before it is
// read, and it is read rather than mapped, so that a file cut short while it is open gives an
// error. Any number of threads may read at the same time.
#ifndef REPERE_TILES_PMTILES_H
#define REPERE_TILES_PMTILES_H
#include "archive_run.h"
#include "base/buf.h"
#include "pmtiles_header.h"

struct pmtiles;
/**
 * Opens an archive and looks whether it can be served: its sections lie within the file, its root
 * directory and metadata can be read, and its tiles are of a format of ours.
 *
 * Errors: NOT_FOUND, NOT_A_STORE (fault says what is wrong), IO, NO_MEMORY.
 */
enum err pmtiles_open(const char *path, struct fault *fault, struct pmtiles **out);
void pmtiles_close(struct pmtiles *pmtiles);
/** Both borrowed; they live as long as the archive is open. */
const struct archive_info *pmtiles_info(const struct pmtiles *pmtiles);
const struct pmtiles_header *pmtiles_header(const struct pmtiles *pmtiles);
/**
 * Appends a tile's bytes as they are stored.
 * Errors: NOT_FOUND (no such tile), NOT_A_STORE (damaged), IO, NO_MEMORY.
 */
enum err pmtiles_tile(struct pmtiles *pmtiles, struct tile tile, struct buf *out);
/** Tells the runs of a range, ascending. `patience` may be NULL. Errors: NOT_A_STORE (damaged), IO,
 *  NO_MEMORY, what `patience` and `fn` return. */
enum err pmtiles_runs(struct pmtiles *pmtiles, const struct tile_range *range,
                      const struct archive_patience *patience, archive_run_fn *fn, void *context);
#endif
