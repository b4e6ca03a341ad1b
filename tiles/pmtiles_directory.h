// SPDX-License-Identifier: AGPL-3.0-or-later
// A directory of a PMTiles archive, not compressed: which tiles lie where, as columns of varints.
#ifndef REPERE_TILES_PMTILES_DIRECTORY_H
#define REPERE_TILES_PMTILES_DIRECTORY_H
#include "base/buf.h"
#include "base/err.h"

enum { PMTILES_ENTRIES_MAX = 1 << 18 };
struct pmtiles_entry {
    uint64_t id;     // the first tile's, as in hilbert.h
    uint64_t offset; // in the section of tiles, or of leaves
    uint32_t bytes;
    uint32_t run; // tiles from `id` on that have these bytes; 0: a directory of what follows
};
struct pmtiles_directory {
    unsigned holders; // the cache's business
    uint64_t offset;
    size_t count; // at least one
    struct pmtiles_entry entries[];
};

/**
 * Reads a directory from outside: ids ascend, runs do not overlap, everything lies within its
 * section.
 *
 * @param leaves_bytes, tiles_bytes  how long the two sections are
 * @param out  to be freed with free()
 * Errors: NOT_A_STORE (damaged, or empty), NO_MEMORY.
 */
enum err pmtiles_directory_parse(const void *bytes, size_t len, uint64_t leaves_bytes,
                                 uint64_t tiles_bytes, struct pmtiles_directory **out);
/** The last entry that begins at `id` or before; NULL when all begin later. */
const struct pmtiles_entry *pmtiles_directory_find(const struct pmtiles_directory *directory,
                                                   uint64_t id);
/** Appends a directory. Entries ascend. */
void pmtiles_directory_write(const struct pmtiles_entry *entries, size_t count, struct buf *out);
#endif
