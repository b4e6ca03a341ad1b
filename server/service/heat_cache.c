// SPDX-License-Identifier: AGPL-3.0-or-later
// A few layers under one lock. The lock is held while a layer is read: a screenful of tiles arrives
// at once, and those who wait would only read the same. Drawing happens without it; a layer that is
// replaced meanwhile lives until its last holder lets go.
#include "service/heat_cache.h"

#include "service/heat_sample.h"
#include "store/contribution_store.h"
#include "store/writer.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { LAYERS_KEPT = 8 };

struct heat_cache {
    pthread_mutex_t lock;
    uint64_t clock; // counts uses
    struct heat_layer *layers[LAYERS_KEPT];
};

enum err heat_cache_new(struct heat_cache **out) {
    struct heat_cache *cache = calloc(1, sizeof *cache);
    if (!cache)
        return ERR_NO_MEMORY;
    if (pthread_mutex_init(&cache->lock, NULL) != 0) {
        free(cache);
        return ERR_NO_MEMORY;
    }
    *out = cache;
    return ERR_OK;
}

/* With the lock held, or by the only holder. */
static void let_go(struct heat_layer *layer) {
    if (!layer || --layer->holders > 0)
        return;
    free(layer->category);
    free(layer->points);
    free(layer);
}

void heat_cache_free(struct heat_cache *cache) {
    if (!cache)
        return;
    for (size_t i = 0; i < LAYERS_KEPT; i++)
        let_go(cache->layers[i]);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

struct reading {
    const struct heat_layer *layer;
    struct buf points;
};

static enum err take_place(void *context, const char *category, enum contribution_state state,
                           const struct geometry *geometry) {
    struct reading *reading = context;
    const struct heat_layer *layer = reading->layer;
    if (state != layer->state || (layer->category && strcmp(layer->category, category) != 0))
        return ERR_OK;
    heat_sample(geometry, layer->bandwidth_m / 2, &reading->points);
    return reading->points.failed ? ERR_NO_MEMORY : ERR_OK;
}

static enum err read_points(struct context *context, struct heat_layer *layer) {
    struct reading reading = {.layer = layer};
    buf_init(&reading.points);
    enum err err = contribution_places(context->db, layer->session_id, take_place, &reading);
    if (err != ERR_OK) {
        buf_fini(&reading.points);
        return err;
    }
    layer->points = (struct heat_point *)(void *)reading.points.data;
    layer->count = reading.points.len / sizeof *layer->points;
    double peak_per_km2 = 0;
    err = heat_peak(layer->points, layer->count, layer->bandwidth_m, &peak_per_km2);
    if (err == ERR_OK)
        layer->levels = heat_levels_below(peak_per_km2, HEAT_LEVELS);
    return err;
}

static enum err layer_new(struct context *context, const struct heat_layer *key,
                          struct heat_layer **out) {
    struct heat_layer *layer = malloc(sizeof *layer);
    if (!layer)
        return ERR_NO_MEMORY;
    *layer = *key;
    layer->holders = 1;
    layer->category = key->category ? strdup(key->category) : NULL;
    enum err err = key->category && !layer->category ? ERR_NO_MEMORY : read_points(context, layer);
    if (err == ERR_OK)
        *out = layer;
    else
        let_go(layer);
    return err;
}

static bool same_choice(const struct heat_layer *a, const struct heat_layer *b) {
    if (a->session_id != b->session_id || a->state != b->state || a->bandwidth_m != b->bandwidth_m)
        return false;
    if (!a->category || !b->category)
        return a->category == b->category;
    return strcmp(a->category, b->category) == 0;
}

/* Where the choice is kept, or else the place to give up: an empty one, or the longest unused. */
static struct heat_layer **slot_of(struct heat_cache *cache, const struct heat_layer *key) {
    struct heat_layer **oldest = &cache->layers[0];
    for (size_t i = 0; i < LAYERS_KEPT; i++) {
        struct heat_layer **slot = &cache->layers[i];
        if (*slot && same_choice(*slot, key))
            return slot;
        if (*oldest && (!*slot || (*slot)->last_used < (*oldest)->last_used))
            oldest = slot;
    }
    return oldest;
}

static enum err get_kept(struct context *context, const struct heat_layer *key,
                         struct heat_layer **out) {
    struct heat_cache *cache = context->heat;
    struct heat_layer **slot = slot_of(cache, key);
    bool fresh = *slot && same_choice(*slot, key) && (*slot)->generation == key->generation;
    if (!fresh) {
        struct heat_layer *layer = NULL;
        enum err err = layer_new(context, key, &layer);
        if (err != ERR_OK)
            return err;
        let_go(*slot);
        *slot = layer;
    }
    (*slot)->last_used = ++cache->clock;
    (*slot)->holders++;
    *out = *slot;
    return ERR_OK;
}

enum err heat_layer_get(struct context *context, int64_t session_id, const char *category,
                        enum contribution_state state, double bandwidth_m,
                        struct heat_layer **out) {
    struct heat_layer key = {
        .session_id = session_id,
        .state = state,
        .category = (char *)category, // copied when it is kept
        .bandwidth_m = bandwidth_m,
    };
    if (!context->heat || !context->writer)
        return layer_new(context, &key, out);
    pthread_mutex_lock(&context->heat->lock);
    // before the rows: what is committed meanwhile makes the layer old, never falsely new
    key.generation = writer_generation(context->writer);
    enum err err = get_kept(context, &key, out);
    pthread_mutex_unlock(&context->heat->lock);
    return err;
}

void heat_layer_release(struct context *context, struct heat_layer *layer) {
    bool shared = context->heat && context->writer;
    if (shared)
        pthread_mutex_lock(&context->heat->lock);
    let_go(layer);
    if (shared)
        pthread_mutex_unlock(&context->heat->lock);
}
