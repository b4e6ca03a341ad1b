// SPDX-License-Identifier: AGPL-3.0-or-later
// The heat map of a session: how many contributions a square kilometre, as PNG tiles and a legend.
//
// The bandwidth is one for the session, in ground metres, and the levels are one for what is shown
// (category, state): all tiles of all zooms match, and so does the legend. The points are read once
// for each generation of the store and shared by the workers.
#ifndef REPERE_SERVICE_HEAT_SERVICE_H
#define REPERE_SERVICE_HEAT_SERVICE_H
#include "base/arena.h"
#include "base/buf.h"
#include "service/caller.h"
#include "service/context.h"
#include <stddef.h>

/** Shared by all workers; locked inside. */
struct heat_cache;
enum err heat_cache_new(struct heat_cache **out);
void heat_cache_free(struct heat_cache *cache);

struct heat_choice {
    int64_t session_id;
    const char *category; // an option of the exercise's category question; NULL: all
    const char *state;    // "pending", "approved", "hidden"; NULL: approved. For leads
};
/**
 * Appends one tile, 256 pixels square, as PNG.
 *
 * Errors: NOT_FOUND (session, or no such tile), FORBIDDEN (a state, to others than leads),
 * NO_MEMORY.
 */
enum err heat_tile(struct context *context, struct caller caller, const struct heat_choice *choice,
                   int64_t z, int64_t x, int64_t y, struct arena *arena, struct buf *out);

enum { HEAT_LEVELS = 5 };
struct heat_legend {
    double bandwidth_m;
    size_t count; // 0 where there is nothing to show
    struct {
        char colour[8];      // "#rrggbb"
        double from_per_km2; // to the next one's; the last has no end
    } levels[HEAT_LEVELS];
};
/** Errors: as heat_tile. */
enum err heat_legend(struct context *context, struct caller caller,
                     const struct heat_choice *choice, struct heat_legend *out);
#endif
