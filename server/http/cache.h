// SPDX-License-Identifier: AGPL-3.0-or-later
// Replies kept in memory, so that a picture asked for by a whole room is made once. What is kept is
// good for one generation of the store and for a minute at most: a withdrawn right shows at once,
// and one that runs out by the clock soon. Bounded; the least recently used goes first.
#ifndef REPERE_HTTP_CACHE_H
#define REPERE_HTTP_CACHE_H
#include "http/reply.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cache;

enum { CACHE_CREDENTIAL_SIZE = 32 };
/** What a reply depends on besides the store. */
struct cache_key {
    struct span target;                        // path and query as they came
    struct span language;                      // the one the client prefers
    uint8_t credential[CACHE_CREDENTIAL_SIZE]; // zero for replies that are the same for everybody
};

/** Errors: NO_MEMORY. */
enum err cache_new(size_t max_bytes, int64_t max_age_ms, struct cache **out);
/** Accepts NULL. */
void cache_free(struct cache *cache);
/** The reply with one more holder, or NULL. Any thread. */
struct reply *cache_find(struct cache *cache, const struct cache_key *key, uint64_t generation,
                         int64_t now_ms);
/**
 * Keeps a reply if there is room for it. Any thread.
 *
 * @param generation the store's, read before the reply was made
 * @param lasting    no age ends it, only another generation
 */
void cache_keep(struct cache *cache, const struct cache_key *key, struct reply *reply,
                uint64_t generation, bool lasting, int64_t now_ms);
/** Bytes held. */
size_t cache_size(struct cache *cache);
#endif
