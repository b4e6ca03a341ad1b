// SPDX-License-Identifier: AGPL-3.0-or-later
#include "pmtiles_cache.h"
#include <stdlib.h>

enum { CACHE_ENTRIES_MAX = PMTILES_ENTRIES_MAX }; // 6 MiB

void pmtiles_cache_init(struct pmtiles_cache *cache) {
    *cache = (struct pmtiles_cache){0};
    pthread_mutex_init(&cache->lock, NULL);
}

static void let_go(struct pmtiles_directory *directory) {
    if (--directory->holders == 0)
        free(directory);
}

static void clear(struct pmtiles_cache *cache, struct pmtiles_slot *slot) {
    cache->entries -= slot->directory->count;
    let_go(slot->directory);
    slot->directory = NULL;
}

void pmtiles_cache_fini(struct pmtiles_cache *cache) {
    for (size_t i = 0; i < PMTILES_CACHE_SLOTS; i++)
        if (cache->slots[i].directory != NULL)
            clear(cache, &cache->slots[i]);
    pthread_mutex_destroy(&cache->lock);
}

struct pmtiles_directory *pmtiles_cache_take(struct pmtiles_cache *cache, uint64_t offset) {
    struct pmtiles_directory *found = NULL;
    pthread_mutex_lock(&cache->lock);
    for (size_t i = 0; i < PMTILES_CACHE_SLOTS && found == NULL; i++) {
        struct pmtiles_slot *slot = &cache->slots[i];
        if (slot->directory != NULL && slot->directory->offset == offset) {
            slot->used = ++cache->clock;
            found = slot->directory;
            found->holders++;
        }
    }
    pthread_mutex_unlock(&cache->lock);
    return found;
}

/* A free slot, or else the one that was used longest ago. */
static struct pmtiles_slot *oldest(struct pmtiles_cache *cache, bool taken_only) {
    struct pmtiles_slot *best = NULL;
    for (size_t i = 0; i < PMTILES_CACHE_SLOTS; i++) {
        struct pmtiles_slot *slot = &cache->slots[i];
        if (slot->directory == NULL && taken_only)
            continue;
        if (slot->directory == NULL)
            return slot;
        if (best == NULL || slot->used < best->used)
            best = slot;
    }
    return best;
}

void pmtiles_cache_keep(struct pmtiles_cache *cache, struct pmtiles_directory *directory) {
    pthread_mutex_lock(&cache->lock);
    while (cache->entries > 0 && cache->entries + directory->count > CACHE_ENTRIES_MAX)
        clear(cache, oldest(cache, true));
    struct pmtiles_slot *slot = oldest(cache, false);
    if (slot->directory != NULL)
        clear(cache, slot);
    directory->holders = 2;
    cache->entries += directory->count;
    *slot = (struct pmtiles_slot){directory, ++cache->clock};
    pthread_mutex_unlock(&cache->lock);
}

void pmtiles_cache_give_back(struct pmtiles_cache *cache, struct pmtiles_directory *directory) {
    pthread_mutex_lock(&cache->lock);
    let_go(directory);
    pthread_mutex_unlock(&cache->lock);
}
