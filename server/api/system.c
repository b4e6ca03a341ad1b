// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/system.h"

#include "api/api.h"

enum err health_show(struct request *request, struct response *response) {
    (void)request;
    struct jsonw w = api_reply(response);
    jsonw_object(&w);
    jsonw_kstr(&w, "status", "ok");
    jsonw_kstr(&w, "version", REPERE_VERSION);
    jsonw_object_end(&w);
    return ERR_OK;
}
