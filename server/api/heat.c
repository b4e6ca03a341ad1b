// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/heat.h"

#include "api/api.h"
#include "service/heat_service.h"

static struct heat_choice choice_of(const struct request *request) {
    return (struct heat_choice){
        .session_id = request_int(request, "session"),
        .category = request_text(request, "category"),
        .state = request_text(request, "state"),
    };
}

enum err heat_tile_get(struct request *request, struct response *response) {
    const struct heat_choice choice = choice_of(request);
    response_type(response, "image/png");
    return heat_tile(api_context(request), api_caller(request), &choice, request_int(request, "z"),
                     request_int(request, "x"), request_int(request, "y"), request->arena,
                     response_body(response));
}

enum err heat_legend_get(struct request *request, struct response *response) {
    const struct heat_choice choice = choice_of(request);
    struct heat_legend legend;
    enum err err = heat_legend(api_context(request), api_caller(request), &choice, &legend);
    if (err != ERR_OK)
        return err;
    struct jsonw w = api_reply(response);
    jsonw_object(&w);
    jsonw_kfixed(&w, "bandwidth_m", legend.bandwidth_m, 0);
    jsonw_kstr(&w, "unit", "per km2");
    jsonw_key(&w, "levels");
    jsonw_array(&w);
    for (size_t i = 0; i < legend.count; i++) {
        jsonw_object(&w);
        jsonw_kstr(&w, "colour", legend.levels[i].colour);
        jsonw_kfixed(&w, "from", legend.levels[i].from_per_km2, 6);
        jsonw_key(&w, "to");
        if (i + 1 < legend.count)
            jsonw_fixed(&w, legend.levels[i + 1].from_per_km2, 6);
        else
            jsonw_null(&w);
        jsonw_object_end(&w);
    }
    jsonw_array_end(&w);
    jsonw_object_end(&w);
    return ERR_OK;
}
