// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes a PMTiles 3 archive, once: clustered, each content once, directories compressed by gzip.
// The file appears under its name when it is complete and not before; until then it is called
// FILE.part, so that two writers must not write the same file at once. The same tiles give the same
// bytes.
#ifndef REPERE_TILES_PMTILES_WRITE_H
#define REPERE_TILES_PMTILES_WRITE_H
#include "archive_info.h"
#include "hilbert.h"

struct pmtiles_writer;
/** Errors: CONFLICT (the file exists), IO, READ_ONLY, DISK_FULL, NO_MEMORY. */
enum err pmtiles_writer_open(const char *path, struct fault *fault, struct pmtiles_writer **out);
/**
 * A run of tiles with the same bytes, which are stored as they are.
 * @param id above all written before
 * @param tiles at least one, all of one zoom
 * Errors: CONFLICT (not above), TOO_LARGE (of one tile), IO, DISK_FULL, NO_MEMORY.
 */
enum err pmtiles_writer_run(struct pmtiles_writer *writer, uint64_t id, uint64_t tiles,
                            const void *bytes, size_t len);
/**
 * Gives the archive its name. Frees the writer whatever happens.
 * @param info its zooms are taken from the tiles that were written
 * Errors: NOT_FOUND (nothing was written), IO, DISK_FULL, NO_MEMORY.
 */
enum err pmtiles_writer_finish(struct pmtiles_writer *writer, const struct archive_info *info);
/** Forgets what was written. NULL is accepted. */
void pmtiles_writer_abandon(struct pmtiles_writer *writer);
#endif
