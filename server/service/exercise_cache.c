// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/exercise_cache.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = 64 };

struct place {
    int64_t id;
    const char *text;
    size_t len;
    const struct exercise *exercise;
    struct arena arena;
};

struct exercise_cache {
    pthread_mutex_t lock; // held for a look or a parse, never for longer
    size_t count;
    struct place places[PLACES];
};

enum err exercise_cache_new(struct exercise_cache **out) {
    struct exercise_cache *cache = calloc(1, sizeof *cache);
    if (!cache)
        return ERR_NO_MEMORY;
    if (pthread_mutex_init(&cache->lock, NULL) != 0) {
        free(cache);
        return ERR_NO_MEMORY;
    }
    *out = cache;
    return ERR_OK;
}

void exercise_cache_free(struct exercise_cache *cache) {
    if (!cache)
        return;
    for (size_t i = 0; i < cache->count; i++)
        arena_fini(&cache->places[i].arena);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

static const struct place *find(const struct exercise_cache *cache, int64_t id) {
    for (size_t i = 0; i < cache->count; i++) {
        if (cache->places[i].id == id)
            return &cache->places[i];
    }
    return NULL;
}

/* Takes the next place; a failure leaves it free. */
static enum err keep(struct exercise_cache *cache, int64_t id, const char *text, size_t len,
                     const struct exercise **out) {
    struct place *place = &cache->places[cache->count];
    arena_init(&place->arena);
    place->text = arena_strndup(&place->arena, text, len);
    enum err err = place->text ? exercise_parse(text, len, &place->arena, NULL, &place->exercise)
                               : ERR_NO_MEMORY;
    if (err) {
        arena_fini(&place->arena);
        return err;
    }
    place->id = id;
    place->len = len;
    cache->count++;
    *out = place->exercise;
    return ERR_OK;
}

enum err exercise_cache_parse(struct exercise_cache *cache, int64_t id, const char *text,
                              size_t len, struct arena *arena, const struct exercise **out) {
    if (!cache)
        return exercise_parse(text, len, arena, NULL, out);
    pthread_mutex_lock(&cache->lock);
    const struct place *place = find(cache, id);
    bool known = place && place->len == len && memcmp(place->text, text, len) == 0;
    bool room = !place && cache->count < PLACES;
    enum err err = ERR_OK;
    if (known)
        *out = place->exercise;
    else if (room)
        err = keep(cache, id, text, len, out);
    pthread_mutex_unlock(&cache->lock);
    return known || room ? err : exercise_parse(text, len, arena, NULL, out);
}
