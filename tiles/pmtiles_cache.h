// SPDX-License-Identifier: AGPL-3.0-or-later
// The leaf directories of an archive that were read last, for any number of threads. What it holds
// is bounded by entries, not by directories: they are of very different sizes.
#ifndef REPERE_TILES_PMTILES_CACHE_H
#define REPERE_TILES_PMTILES_CACHE_H
#include "pmtiles_directory.h"
#include <pthread.h>

enum { PMTILES_CACHE_SLOTS = 32 };
struct pmtiles_cache {
    pthread_mutex_t lock; // of all below, and of the directories' holders
    struct pmtiles_slot {
        struct pmtiles_directory *directory; // NULL: free
        uint64_t used;
    } slots[PMTILES_CACHE_SLOTS];
    uint64_t clock;
    size_t entries;
};

void pmtiles_cache_init(struct pmtiles_cache *cache);
/** Everything taken must have been given back. */
void pmtiles_cache_fini(struct pmtiles_cache *cache);
/** The directory at an offset, to be given back; NULL when it is not there. */
struct pmtiles_directory *pmtiles_cache_take(struct pmtiles_cache *cache, uint64_t offset);
/** Keeps a directory for others; the caller holds it, too, and gives it back. */
void pmtiles_cache_keep(struct pmtiles_cache *cache, struct pmtiles_directory *directory);
void pmtiles_cache_give_back(struct pmtiles_cache *cache, struct pmtiles_directory *directory);
#endif
