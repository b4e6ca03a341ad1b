// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/heat_service.h"

#include "heat.h"
#include "model/role.h"
#include "palette.h"
#include "png.h"
#include "service/heat_cache.h"
#include "service/session_service.h"
#include <math.h>
#include <string.h>

/* A fortieth of the session's side: a street corner in a quarter, a street in a city. */
#define BANDWIDTH_OF_SIDE (1.0 / 40)
#define BANDWIDTH_MIN_M   50.0
#define BANDWIDTH_MAX_M   2000.0
#define METRES_A_DEGREE   111320.0

static double session_bandwidth_m(const struct session *session) {
    const struct bbox *box = &session->bbox;
    double width_deg = box->east_deg - box->west_deg;
    if (width_deg < 0)
        width_deg += 360;
    double middle_deg = (box->south_deg + box->north_deg) / 2;
    double width_m = width_deg * METRES_A_DEGREE * cos(middle_deg * M_PI / 180);
    double height_m = (box->north_deg - box->south_deg) * METRES_A_DEGREE;
    double bandwidth_m = sqrt(width_m * height_m) * BANDWIDTH_OF_SIDE;
    bandwidth_m = fmin(fmax(bandwidth_m, BANDWIDTH_MIN_M), BANDWIDTH_MAX_M);
    // below twice the precision the grid of snapped positions would show through
    bandwidth_m = fmax(bandwidth_m, 2 * session->precision_m);
    return round(bandwidth_m / 10) * 10;
}

static enum err layer_of(struct context *context, struct caller caller,
                         const struct heat_choice *choice, struct heat_layer **out) {
    struct session session;
    enum err err = session_require_rules(context, caller, choice->session_id, &session);
    if (err != ERR_OK)
        return err;
    enum contribution_state state = CONTRIBUTION_APPROVED;
    if (choice->state && !(caller.roles & ROLE_LEADS))
        return ERR_FORBIDDEN;
    if (choice->state && !contribution_state_parse(choice->state, &state))
        return ERR_BAD_PARAMETER;
    return heat_layer_get(context, session.id, choice->category, state,
                          session_bandwidth_m(&session), out);
}

static enum err draw(const struct heat_layer *layer, struct tile tile, struct arena *arena,
                     struct buf *out) {
    const size_t pixels = (size_t)HEAT_SIDE * HEAT_SIDE;
    double *per_km2 = arena_array(arena, pixels, sizeof *per_km2);
    uint8_t *levels = arena_alloc(arena, pixels);
    if (!per_km2 || !levels)
        return ERR_NO_MEMORY;
    enum err err = heat_density(layer->points, layer->count, layer->bandwidth_m, tile, per_km2);
    if (err != ERR_OK)
        return err;
    heat_classify(per_km2, &layer->levels, levels);
    struct palette_colour colours[HEAT_LEVELS + 1];
    for (size_t i = 0; i <= layer->levels.count; i++)
        colours[i] = palette_level(i, HEAT_LEVELS);
    return png_palette(HEAT_SIDE, HEAT_SIDE, levels, colours, layer->levels.count + 1, out);
}

enum err heat_tile(struct context *context, struct caller caller, const struct heat_choice *choice,
                   int64_t z, int64_t x, int64_t y, struct arena *arena, struct buf *out) {
    if (!tile_valid(z, x, y))
        return ERR_NOT_FOUND;
    struct heat_layer *layer = NULL;
    enum err err = layer_of(context, caller, choice, &layer);
    if (err != ERR_OK)
        return err;
    const struct tile tile = {.z = (unsigned)z, .x = (uint32_t)x, .y = (uint32_t)y};
    err = draw(layer, tile, arena, out);
    heat_layer_release(context, layer);
    return err;
}

enum err heat_legend(struct context *context, struct caller caller,
                     const struct heat_choice *choice, struct heat_legend *out) {
    struct heat_layer *layer = NULL;
    enum err err = layer_of(context, caller, choice, &layer);
    if (err != ERR_OK)
        return err;
    *out = (struct heat_legend){.bandwidth_m = layer->bandwidth_m, .count = layer->levels.count};
    for (size_t i = 0; i < out->count; i++) {
        palette_text(palette_level(i + 1, HEAT_LEVELS), out->levels[i].colour);
        out->levels[i].from_per_km2 = layer->levels.from_per_km2[i];
    }
    heat_layer_release(context, layer);
    return ERR_OK;
}
