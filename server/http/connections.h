// SPDX-License-Identifier: AGPL-3.0-or-later
// Every open connection and when its patience ends. libmicrohttpd's own timeout starts anew with
// each byte, so that one byte now and then keeps a connection for ever; these deadlines are
// absolute.
#ifndef REPERE_HTTP_CONNECTIONS_H
#define REPERE_HTTP_CONNECTIONS_H
#include "base/err.h"
#include "http/cache.h"
#include "http/framing.h"
#include "http/peer.h"
#include "http/router.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct certificate;
struct connections;
struct exchange;
struct server;

enum phase {
    PHASE_HEAD,     // between requests, or the head is being read
    PHASE_ASKING,   // a worker finds out whether a large body may come
    PHASE_BODY,     // the body comes in
    PHASE_ANSWERED, // the answer is known; what is left of the body is passed over
    PHASE_RUNNING,  // at a worker or the writer
    PHASE_SENDING   // the answer is queued
};

/** One connection and the request it carries now. Of the thread of libmicrohttpd that serves it,
 * but for the deadline. */
struct connection {
    struct connection *previous, *next; // the registry's
    struct server *server;
    int fd;
    bool from_known;
    uint8_t from[SECRET_HASH_SIZE];  // who is at the other end
    struct certificate *certificate; // that the handshake showed; NULL: not yet, or no TLS
    _Atomic int64_t deadline_ms; // monotonic; 0: none
    enum phase phase;
    int64_t started_ms; // monotonic; of the request
    char *target;       // path and query as they came
    size_t target_len, target_room, path_len;
    bool target_ok;
    bool head_only; // HEAD: answered like GET, without a body
    struct head head;
    struct route_match match;
    bool cacheable; // the reply may be kept, under `key`
    bool lasting;   // however old
    struct cache_key key;
    struct reply *reply;       // PHASE_ANSWERED
    struct exchange *exchange; // from the first byte of a body, or from dispatch
    uint64_t passed_over;      // bytes of a refused body
};

/** Starts the thread that cuts who is late, within `tick_ms`. Errors: NO_MEMORY. */
enum err connections_start(int64_t tick_ms, struct connections **out);
/** NULL when memory is short. */
struct connection *connections_add(struct connections *all, struct server *server, int fd,
                                   int64_t deadline_ms);
/** Before the socket is closed. */
void connections_remove(struct connections *all, struct connection *connection);
/** Keeps the request's target; false when memory is short. */
bool connection_set_target(struct connection *connection, const char *target);
/** Accepts NULL. All connections are gone by then. */
void connections_stop(struct connections *all);
#endif
