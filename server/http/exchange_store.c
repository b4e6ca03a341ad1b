// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/exchange.h"
#include "base/clock.h"
#include "http/connections.h"
#include "http/reply.h"
#include "http/server_parts.h"
#include <stdlib.h>

enum { FREE_MAX = 64, ARENA_KEPT_MAX = 64 * 1024 };

void exchange_store_init(struct exchange_store *store) {
    *store = (struct exchange_store){0};
    pthread_mutex_init(&store->lock, NULL);
    clock_cond_init(&store->idle);
}

static void free_exchange(struct exchange *exchange) {
    response_fini(&exchange->response);
    body_fini(&exchange->body);
    arena_fini(&exchange->arena);
    free(exchange);
}

void exchange_store_fini(struct exchange_store *store) {
    while (store->free) {
        struct exchange *exchange = store->free;
        store->free = exchange->next;
        free_exchange(exchange);
    }
    pthread_cond_destroy(&store->idle);
    pthread_mutex_destroy(&store->lock);
}

void exchange_store_wait(struct exchange_store *store, int64_t grace_ms) {
    int64_t until_ms = clock_monotonic_ms() + grace_ms;
    pthread_mutex_lock(&store->lock);
    while (store->in_use > 0 && clock_cond_wait(&store->idle, &store->lock, until_ms))
        continue;
    pthread_mutex_unlock(&store->lock);
}

static struct exchange *make_exchange(void) {
    struct exchange *exchange = aligned_alloc(alignof(max_align_t), sizeof *exchange);
    if (!exchange)
        return NULL;
    *exchange = (struct exchange){0};
    arena_init(&exchange->arena);
    response_init(&exchange->response, &exchange->arena);
    body_init(&exchange->body);
    return exchange;
}

struct exchange *exchange_take(struct server *server, struct connection *connection,
                               struct MHD_Connection *mhd) {
    struct exchange_store *store = &server->exchanges;
    pthread_mutex_lock(&store->lock);
    struct exchange *exchange = store->free;
    if (exchange) {
        store->free = exchange->next;
        store->free_count--;
    }
    store->in_use++;
    pthread_mutex_unlock(&store->lock);
    if (!exchange && !(exchange = make_exchange())) {
        pthread_mutex_lock(&store->lock);
        store->in_use--;
        pthread_mutex_unlock(&store->lock);
        return NULL;
    }
    exchange->server = server;
    exchange->connection = connection;
    exchange->mhd = mhd;
    return exchange;
}

void exchange_give_back(struct exchange *exchange) {
    struct exchange_store *store = &exchange->server->exchanges;
    reply_drop(exchange->reply);
    exchange->reply = NULL;
    response_reset(&exchange->response);
    body_forget(&exchange->body);
    if (exchange->arena.used_bytes > ARENA_KEPT_MAX)
        arena_fini(&exchange->arena);
    else
        arena_reset(&exchange->arena);
    exchange->request = (struct request){0};
    exchange->known = exchange->applied = false;
    exchange->outcome = ERR_OK;
    pthread_mutex_lock(&store->lock);
    bool keep = store->free_count < FREE_MAX;
    if (keep) {
        exchange->next = store->free;
        store->free = exchange;
        store->free_count++;
    }
    if (--store->in_use == 0)
        pthread_cond_broadcast(&store->idle);
    pthread_mutex_unlock(&store->lock);
    if (!keep)
        free_exchange(exchange);
}
