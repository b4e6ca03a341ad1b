// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes an MBTiles 1.3 archive, once. The file appears under its name when it is complete and not
// before; until then it is called FILE.part, so that two writers must not write the same file at
// once.
#ifndef REPERE_TILES_MBTILES_WRITE_H
#define REPERE_TILES_MBTILES_WRITE_H
#include "base/buf.h"
#include "base/err.h"
#include "coord.h"
#include "tile_format.h"

struct mbtiles_writer;
/** Errors: CONFLICT (the file exists), IO, READ_ONLY, DISK_FULL, NO_MEMORY. */
enum err mbtiles_writer_open(const char *path, enum tile_format format, struct fault *fault,
                             struct mbtiles_writer **out);
/** A row of metadata: name, bounds, minzoom, json and so on. `format` is written by itself. */
enum err mbtiles_writer_meta(struct mbtiles_writer *writer, const char *name, const char *value);
/** A tile whose bytes are stored as they are: a picture, or a vector tile gzipped already. Errors
 * as below. */
enum err mbtiles_writer_tile_stored(struct mbtiles_writer *writer, struct tile tile,
                                    const void *bytes, size_t len);
/** A vector tile, not compressed yet. XYZ, not TMS. Errors: CONFLICT (written before), DISK_FULL,
 * IO. */
enum err mbtiles_writer_tile(struct mbtiles_writer *writer, struct tile tile, const void *bytes,
                             size_t len);
/** Gives the archive its name. Frees the writer whatever happens. */
enum err mbtiles_writer_finish(struct mbtiles_writer *writer);
/** Forgets what was written. NULL is accepted. */
void mbtiles_writer_abandon(struct mbtiles_writer *writer);
#endif
