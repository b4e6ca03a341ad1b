// SPDX-License-Identifier: AGPL-3.0-or-later
// One request and its response on their way through workers and writer. Used again for another
// request afterwards, with its memory.
#ifndef REPERE_HTTP_EXCHANGE_H
#define REPERE_HTTP_EXCHANGE_H
#include "base/arena.h"
#include "http/body.h"
#include "http/request.h"
#include "http/response_parts.h"
#include "http/server.h"
#include "http/worker_pool.h"
#include <pthread.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>

struct connection;
struct reply;
struct MHD_Connection;

struct exchange {
    struct job job; // first: the job is the exchange

    alignas(max_align_t) unsigned char link[SERVER_LINK_SIZE]; // the writer's
    struct exchange *next;                                     // the store's
    struct server *server;
    struct connection *connection;
    struct MHD_Connection *mhd;
    struct arena arena;
    struct request request;
    struct response response;
    struct body body;
    bool known;   // who asks was found out before the body came
    bool applied; // the handler ran on the writer
    enum err outcome;
    uint64_t generation;
    struct reply *reply; // NULL until the answer is made
};

/** Exchanges that are not in use, and how many are. */
struct exchange_store {
    pthread_mutex_t lock;
    pthread_cond_t idle;
    struct exchange *free;
    size_t free_count, in_use;
};
void exchange_store_init(struct exchange_store *store);
/** All are given back by then. */
void exchange_store_fini(struct exchange_store *store);
/** Waits until none is in use, for `grace_ms` at most. */
void exchange_store_wait(struct exchange_store *store, int64_t grace_ms);

/** One for the connection's request; NULL when memory is short. */
struct exchange *exchange_take(struct server *server, struct connection *connection,
                               struct MHD_Connection *mhd);
/** After the reply has gone. Removes the upload's file. */
void exchange_give_back(struct exchange *exchange);

/* What a worker is given the exchange for; the connection is suspended, and resumed at the end. */
void exchange_ask(struct job *job, void *worker_context); // who asks; the outcome is left
void exchange_run(struct job *job, void *worker_context);
/** Runs a ROUTE_QUICK row's handler and makes the answer. On libmicrohttpd's thread. */
void exchange_run_here(struct exchange *exchange);
/** Makes the answer if it is not made yet (a write's): the reply, borrowed, or NULL when memory is
 *  short. On libmicrohttpd's thread. */
struct reply *exchange_answer(struct exchange *exchange);
/** Whether the connection listens to events from now on: the exchange is needed no more. */
bool exchange_is_events(const struct exchange *exchange);
#endif
