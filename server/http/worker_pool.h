// SPDX-License-Identifier: AGPL-3.0-or-later
// Threads that do what may block, so that libmicrohttpd's threads never wait. One queue, in order.
#ifndef REPERE_HTTP_WORKER_POOL_H
#define REPERE_HTTP_WORKER_POOL_H
#include "base/err.h"
#include "http/server.h"
#include <stdbool.h>

struct worker_pool;

/** Embedded in what is to be done. */
struct job {
    struct job *next; // the pool's while it is queued
    void (*run)(struct job *job, void *worker_context);
};

/** Starts `workers` threads, each with its own context from the hooks.
 *  Errors: those of hooks->worker_open, NO_MEMORY. */
enum err worker_pool_start(unsigned workers, const struct server_hooks *hooks,
                           struct worker_pool **out);
/** False once the pool stops: the job will not run. */
bool worker_pool_submit(struct worker_pool *pool, struct job *job);
/** Takes no more jobs, does those it has, ends the threads. Accepts NULL. The pool can still be
 * asked (and refuses) until worker_pool_free. */
void worker_pool_stop(struct worker_pool *pool);
void worker_pool_free(struct worker_pool *pool);
#endif
