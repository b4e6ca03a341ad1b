// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/worker_pool.h"
#include <pthread.h>
#include <stdlib.h>

struct worker {
    struct worker_pool *pool;
    void *context;
    pthread_t thread;
};
struct worker_pool {
    struct server_hooks hooks;
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct job *first, **last;
    bool stopping;
    unsigned count; // of workers that run
    struct worker workers[];
};

/* The next job, or NULL when the pool stops and nothing is left. */
static struct job *take(struct worker_pool *pool) {
    pthread_mutex_lock(&pool->lock);
    while (!pool->first && !pool->stopping)
        pthread_cond_wait(&pool->more, &pool->lock);
    struct job *job = pool->first;
    if (job) {
        pool->first = job->next;
        if (!pool->first)
            pool->last = &pool->first;
    }
    pthread_mutex_unlock(&pool->lock);
    return job;
}

static void *work(void *arg) {
    struct worker *worker = arg;
    struct job *job;
    const struct server_hooks *hooks = &worker->pool->hooks;
    while ((job = take(worker->pool))) {
        job->run(job, worker->context);
        if (hooks->worker_rest)
            hooks->worker_rest(hooks->owner, worker->context);
    }
    return NULL;
}

static enum err start_worker(struct worker_pool *pool, struct worker *worker) {
    worker->pool = pool;
    if (pool->hooks.worker_open) {
        enum err err = pool->hooks.worker_open(pool->hooks.owner, &worker->context);
        if (err != ERR_OK)
            return err;
    }
    if (pthread_create(&worker->thread, NULL, work, worker) != 0) {
        if (pool->hooks.worker_close)
            pool->hooks.worker_close(pool->hooks.owner, worker->context);
        return ERR_NO_MEMORY;
    }
    return ERR_OK;
}

enum err worker_pool_start(unsigned workers, const struct server_hooks *hooks,
                           struct worker_pool **out) {
    struct worker_pool *pool = calloc(1, sizeof *pool + workers * sizeof pool->workers[0]);
    if (!pool)
        return ERR_NO_MEMORY;
    pool->hooks = *hooks;
    pool->last = &pool->first;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->more, NULL);
    for (; pool->count < workers; pool->count++) {
        enum err err = start_worker(pool, &pool->workers[pool->count]);
        if (err != ERR_OK) {
            worker_pool_free(pool);
            return err;
        }
    }
    *out = pool;
    return ERR_OK;
}

bool worker_pool_submit(struct worker_pool *pool, struct job *job) {
    job->next = NULL;
    pthread_mutex_lock(&pool->lock);
    bool taken = !pool->stopping;
    if (taken) {
        *pool->last = job;
        pool->last = &job->next;
        pthread_cond_signal(&pool->more);
    }
    pthread_mutex_unlock(&pool->lock);
    return taken;
}

void worker_pool_stop(struct worker_pool *pool) {
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->stopping = true;
    pthread_cond_broadcast(&pool->more);
    pthread_mutex_unlock(&pool->lock);
    for (; pool->count > 0; pool->count--) {
        struct worker *worker = &pool->workers[pool->count - 1];
        pthread_join(worker->thread, NULL);
        if (pool->hooks.worker_close)
            pool->hooks.worker_close(pool->hooks.owner, worker->context);
    }
}

void worker_pool_free(struct worker_pool *pool) {
    if (!pool)
        return;
    worker_pool_stop(pool);
    pthread_cond_destroy(&pool->more);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}
