// SPDX-License-Identifier: AGPL-3.0-or-later
// The server's parts, for server.c and exchange.c.
#ifndef REPERE_HTTP_SERVER_PARTS_H
#define REPERE_HTTP_SERVER_PARTS_H
#include "base/buf.h"
#include "http/assets.h"
#include "http/cache.h"
#include "http/connections.h"
#include "http/events.h"
#include "http/exchange.h"
#include "http/host_names.h"
#include "http/redirect.h"
#include "http/router.h"
#include "http/server.h"
#include "http/tls.h"
#include "http/worker_pool.h"
#include <pthread.h>
#include <stdatomic.h>

struct MHD_Daemon;

struct server {
    struct server_options options; // deadlines filled in
    struct server_hooks hooks;
    int listen_fd;
    uint16_t port;
    atomic_bool quiet; // no new requests
    struct tls *tls;               // NULL: plain HTTP
    struct redirect *redirect;     // NULL: there is no second port
    struct host_names *host_names; // NULL: any is good
    struct router *router;
    struct assets *assets;
    struct cache *cache;
    struct events *events;
    struct connections *connections;
    struct worker_pool *pool;
    struct exchange_store exchanges;
    struct reply *short_of_memory; // made at the start: what is sent when nothing can be made
    struct buf openapi;
    uint8_t key[32]; // made at the start: credentials (in the cache) and addresses are HMACs under it
    struct MHD_Daemon *daemon;
};
#endif
