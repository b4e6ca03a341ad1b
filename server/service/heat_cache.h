// SPDX-License-Identifier: AGPL-3.0-or-later
// What a session's heat map is drawn from, kept while the store does not change. Nobody is asked
// who may see it: that is heat_service's business.
#ifndef REPERE_SERVICE_HEAT_CACHE_H
#define REPERE_SERVICE_HEAT_CACHE_H
#include "heat.h"
#include "model/contribution.h"
#include "service/context.h"
#include "service/heat_service.h"

/** Points and levels of one choice; several threads may hold it. */
struct heat_layer {
    int64_t session_id;
    enum contribution_state state;
    char *category; // NULL: all
    double bandwidth_m;
    uint64_t generation; // of the store, when reading began
    uint64_t last_used;
    unsigned holders; // the cache and those who draw
    struct heat_point *points;
    size_t count;
    struct heat_levels levels;
};

/**
 * The layer of a choice, read from the store when it is not kept or the store has changed since.
 * Workers that ask at the same time wait for the one that reads.
 *
 * @param out to be given back with heat_layer_release
 * Errors: NO_MEMORY, those of the store.
 */
enum err heat_layer_get(struct context *context, int64_t session_id, const char *category,
                        enum contribution_state state, double bandwidth_m, struct heat_layer **out);
void heat_layer_release(struct context *context, struct heat_layer *layer);
#endif
