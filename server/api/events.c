// SPDX-License-Identifier: AGPL-3.0-or-later
#include "api/events.h"

#include "api/api.h"
#include "model/role.h"
#include "service/session_service.h"
#include <inttypes.h>

const char *events_researchers_topic(struct arena *arena, int64_t session_id) {
    return arena_printf(arena, "session/%" PRId64 "/researchers", session_id);
}

enum err session_events(struct request *request, struct response *response) {
    struct caller caller = api_caller(request);
    struct session session;
    enum err err = session_require_rules(api_context(request), caller,
                                         request_int(request, "session"), &session);
    if (err != ERR_OK)
        return err;
    const char *topic = caller.roles & ROLE_LEADS
                            ? api_session_topic(request->arena, session.id)
                            : events_researchers_topic(request->arena, session.id);
    if (!topic)
        return ERR_NO_MEMORY;
    response_subscribe(response, topic);
    return ERR_OK;
}
