// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/request.h"
#include "http/params.h"
#include <assert.h>
#include <string.h>

static const struct param_value *find(const struct request *request, const char *name) {
    const struct request_params *params = request->params;
    for (size_t i = 0; params && i < ROUTE_PARAMS_MAX && params->specs[i]; i++) {
        if (strcmp(params->specs[i]->name, name) == 0)
            return params->values[i].present ? &params->values[i] : NULL;
    }
    assert(false && "the route's row lists this parameter");
    return NULL;
}

int64_t request_int(const struct request *request, const char *name) {
    const struct param_value *value = find(request, name);
    return value ? value->integer : 0;
}

const char *request_text(const struct request *request, const char *name) {
    const struct param_value *value = find(request, name);
    return value ? value->text : NULL;
}

bool request_bbox(const struct request *request, const char *name, double out_wsen_deg[4]) {
    const struct param_value *value = find(request, name);
    if (value)
        memcpy(out_wsen_deg, value->bbox_wsen_deg, sizeof value->bbox_wsen_deg);
    return value != NULL;
}

bool request_uuid(const struct request *request, const char *name, uint8_t out[16]) {
    const struct param_value *value = find(request, name);
    if (value)
        memcpy(out, value->uuid, sizeof value->uuid);
    return value != NULL;
}
