// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads MBTiles 1.3 archives. The file comes from outside and is opened read-only and immutable; it
// must not be changed while it is open. Any number of threads may read at the same time.
#ifndef REPERE_TILES_MBTILES_H
#define REPERE_TILES_MBTILES_H
#include "archive_run.h"
#include "base/buf.h"

struct mbtiles;
/**
 * Opens an archive and looks whether it can be served: it is SQLite and undamaged as far as read,
 * has metadata and tiles, and a format of ours. What old makers left out is taken from the tiles:
 * format, zooms, bounds. One made to take long, or to call functions of SQLite, is refused.
 *
 * Errors: NOT_FOUND, NOT_A_STORE (fault says what is wrong), IO, NO_MEMORY.
 */
enum err mbtiles_open(const char *path, struct fault *fault, struct mbtiles **out);
void mbtiles_close(struct mbtiles *mbtiles);
/** Borrowed; lives as long as the archive is open. */
const struct archive_info *mbtiles_info(const struct mbtiles *mbtiles);
/**
 * Appends a tile's bytes as they are stored (pbf: gzipped, as a rule). XYZ, not TMS.
 * Errors: NOT_FOUND (no such tile), NOT_A_STORE (damaged), BUSY (it takes longer than a quarter of
 * a second to find: there is no index), IO, NO_MEMORY.
 */
enum err mbtiles_tile(struct mbtiles *mbtiles, struct tile tile, struct buf *out);
/**
 * Tells the tiles of a range one by one, in no order; of damaged archives perhaps one of them
 * twice. @param patience NULL: as long as it takes
 * Errors: NOT_A_STORE (damaged), IO, NO_MEMORY, what `patience` and `fn` return.
 */
enum err mbtiles_runs(struct mbtiles *mbtiles, const struct tile_range *range,
                      const struct archive_patience *patience, archive_run_fn *fn, void *context);
#endif
