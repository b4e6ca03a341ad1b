// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/cache.h"
#include "base/secret.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 4096, ENTRY_OVERHEAD = 2048, LARGEST_SHARE = 4 };

struct entry {
    struct entry *next_in_bucket;
    struct entry *newer, *older;
    struct reply *reply;
    uint64_t hash, generation;
    int64_t kept_ms;
    bool lasting;
    uint8_t credential[CACHE_CREDENTIAL_SIZE];
    size_t target_len, language_len;
    char text[]; // target, then language
};
struct cache {
    pthread_mutex_t lock;
    size_t max_bytes, bytes;
    int64_t max_age_ms;
    uint64_t seed; // so that nobody can choose URLs that share a bucket
    struct entry *newest, *oldest;
    struct entry *buckets[BUCKETS];
};

static uint64_t mix(uint64_t hash, const void *bytes, size_t len) {
    const unsigned char *at = bytes;
    while (len >= 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 32;
        at += 8, len -= 8;
    }
    uint64_t tail = len;
    memcpy(&tail, at, len);
    hash = (hash ^ tail ^ ((uint64_t)len << 56)) * 0x9e3779b97f4a7c15u;
    return hash ^ (hash >> 29);
}

static uint64_t hash_of(const struct cache *cache, const struct cache_key *key) {
    uint64_t hash = mix(cache->seed, key->target.text, key->target.len);
    hash = mix(hash, key->credential, sizeof key->credential);
    return key->language.len ? mix(hash, key->language.text, key->language.len) : hash;
}

static bool is_for(const struct entry *entry, uint64_t hash, const struct cache_key *key) {
    return entry->hash == hash && entry->target_len == key->target.len &&
           entry->language_len == key->language.len &&
           memcmp(entry->text, key->target.text, key->target.len) == 0 &&
           (key->language.len == 0 ||
            memcmp(entry->text + entry->target_len, key->language.text, key->language.len) == 0) &&
           memcmp(entry->credential, key->credential, sizeof key->credential) == 0;
}

static size_t cost(const struct entry *entry) {
    return ENTRY_OVERHEAD + entry->target_len + entry->language_len + reply_size(entry->reply);
}

static void unlink_age(struct cache *cache, struct entry *entry) {
    *(entry->newer ? &entry->newer->older : &cache->newest) = entry->older;
    *(entry->older ? &entry->older->newer : &cache->oldest) = entry->newer;
}

static void link_newest(struct cache *cache, struct entry *entry) {
    entry->newer = NULL;
    entry->older = cache->newest;
    *(cache->newest ? &cache->newest->newer : &cache->oldest) = entry;
    cache->newest = entry;
}

static void drop(struct cache *cache, struct entry *entry) {
    struct entry **at = &cache->buckets[entry->hash % BUCKETS];
    while (*at != entry)
        at = &(*at)->next_in_bucket;
    *at = entry->next_in_bucket;
    unlink_age(cache, entry);
    cache->bytes -= cost(entry);
    reply_drop(entry->reply);
    free(entry);
}

static struct entry *find(struct cache *cache, uint64_t hash, const struct cache_key *key) {
    struct entry *entry = cache->buckets[hash % BUCKETS];
    while (entry && !is_for(entry, hash, key))
        entry = entry->next_in_bucket;
    return entry;
}

enum err cache_new(size_t max_bytes, int64_t max_age_ms, struct cache **out) {
    struct cache *cache = calloc(1, sizeof *cache);
    if (!cache)
        return ERR_NO_MEMORY;
    cache->max_bytes = max_bytes;
    cache->max_age_ms = max_age_ms;
    secret_random(&cache->seed, sizeof cache->seed);
    pthread_mutex_init(&cache->lock, NULL);
    *out = cache;
    return ERR_OK;
}

void cache_free(struct cache *cache) {
    if (!cache)
        return;
    while (cache->oldest)
        drop(cache, cache->oldest);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

struct reply *cache_find(struct cache *cache, const struct cache_key *key, uint64_t generation,
                         int64_t now_ms) {
    struct reply *reply = NULL;
    uint64_t hash = hash_of(cache, key);
    pthread_mutex_lock(&cache->lock);
    struct entry *entry = find(cache, hash, key);
    if (entry && (entry->generation != generation ||
                  (!entry->lasting && now_ms - entry->kept_ms >= cache->max_age_ms))) {
        drop(cache, entry);
        entry = NULL;
    }
    if (entry) {
        reply = reply_hold(entry->reply);
        if (cache->newest != entry) {
            unlink_age(cache, entry);
            link_newest(cache, entry);
        }
    }
    pthread_mutex_unlock(&cache->lock);
    return reply;
}

static struct entry *make_entry(const struct cache_key *key, struct reply *reply) {
    struct entry *entry = calloc(1, sizeof *entry + key->target.len + key->language.len);
    if (!entry)
        return NULL;
    entry->target_len = key->target.len;
    entry->language_len = key->language.len;
    memcpy(entry->text, key->target.text, key->target.len);
    if (key->language.len)
        memcpy(entry->text + key->target.len, key->language.text, key->language.len);
    memcpy(entry->credential, key->credential, sizeof entry->credential);
    entry->reply = reply_hold(reply);
    return entry;
}

void cache_keep(struct cache *cache, const struct cache_key *key, struct reply *reply,
                uint64_t generation, bool lasting, int64_t now_ms) {
    if (reply_size(reply) > cache->max_bytes / LARGEST_SHARE)
        return;
    struct entry *entry = make_entry(key, reply);
    if (!entry)
        return; // the reply goes out all the same
    entry->hash = hash_of(cache, key);
    entry->generation = generation;
    entry->lasting = lasting;
    entry->kept_ms = now_ms;
    pthread_mutex_lock(&cache->lock);
    struct entry *before = find(cache, entry->hash, key);
    if (before)
        drop(cache, before);
    struct entry **bucket = &cache->buckets[entry->hash % BUCKETS];
    entry->next_in_bucket = *bucket;
    *bucket = entry;
    link_newest(cache, entry);
    cache->bytes += cost(entry);
    while (cache->bytes > cache->max_bytes)
        drop(cache, cache->oldest);
    pthread_mutex_unlock(&cache->lock);
}

size_t cache_size(struct cache *cache) {
    pthread_mutex_lock(&cache->lock);
    size_t bytes = cache->bytes;
    pthread_mutex_unlock(&cache->lock);
    return bytes;
}
