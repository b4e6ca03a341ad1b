// SPDX-License-Identifier: AGPL-3.0-or-later
// The live map: what happens in a session, as server-sent events.
#ifndef REPERE_API_EVENTS_H
#define REPERE_API_EVENTS_H
#include "base/arena.h"
#include "http/route.h"
#include <stdint.h>

/* Leads listen to api_session_topic: everything, as they may see it. Researchers listen to this
 * one: contributions as they may see them, and which are gone. */
/** "session/7/researchers", in the arena; NULL when memory is short. */
const char *events_researchers_topic(struct arena *arena, int64_t session_id);

handler_fn session_events;
#endif
