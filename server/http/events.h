// SPDX-License-Identifier: AGPL-3.0-or-later
// Server-sent events: who listens to which topic, and what waits to be sent to them. A listener is
// a streamed reply whose connection is suspended while there is nothing to say.
#ifndef REPERE_HTTP_EVENTS_H
#define REPERE_HTTP_EVENTS_H
#include "base/err.h"
#include <stddef.h>
#include <stdint.h>

struct events;
struct connection;
struct MHD_Connection;
struct MHD_Response;

/** Starts the thread that tells listeners. Errors: NO_MEMORY. */
enum err events_start(int64_t heartbeat_ms, struct events **out);
/**
 * The body of an event stream; listening ends when the body is destroyed.
 *
 * A stream ends by itself after half an hour, so that a right that was withdrawn meanwhile is asked
 * for again: the browser reconnects.
 * @param owner cut when it does not take what it is sent
 * @return NULL when memory is short
 */
struct MHD_Response *events_subscribe(struct events *events, const char *topic,
                                      struct MHD_Connection *connection, struct connection *owner);
/** Tells the topic's listeners soon. A listener too far behind is dropped: it reconnects and reads
 *  the present state anew. Any thread. */
void events_announce(struct events *events, const char *topic, const char *event, const char *json,
                     size_t len);
/** Ends all streams, and those to come at once. */
void events_end(struct events *events);
/** After the last listener has gone. Accepts NULL. */
void events_free(struct events *events);
#endif
