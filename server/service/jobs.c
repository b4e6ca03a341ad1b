// SPDX-License-Identifier: AGPL-3.0-or-later
// A ring of places: each job keeps its place until a newer one needs it. The mutex guards the
// places; the work itself runs outside it, and reports its progress through two atomics.
#include "service/jobs.h"

#include "base/clock.h"
#include "base/log.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { TICK_MS = 1000 };

enum phase { PHASE_FREE, PHASE_WAITING, PHASE_RUNNING, PHASE_OVER };

struct job {
    struct jobs *jobs;
    char word[SECRET_TOKEN_TEXT_SIZE];
    struct job_order order;
    enum phase phase;
    enum err outcome;
    struct buf report;
    atomic_uint_fast64_t done, total;
};

struct jobs {
    struct jobs_hooks hooks;
    void *context;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    atomic_bool stopping;
    struct job jobs[JOBS_MAX];
    size_t next_free, next_run; // places, counted on and on
};

enum err job_tell(struct job *job, uint64_t done, uint64_t total) {
    atomic_store_explicit(&job->total, total, memory_order_relaxed);
    atomic_store_explicit(&job->done, done, memory_order_relaxed);
    return atomic_load(&job->jobs->stopping) ? ERR_BUSY : ERR_OK;
}

static void run_one(struct jobs *jobs, struct job *job) {
    struct buf report;
    buf_init(&report);
    enum err err = job->order.run(job->order.work, jobs->context, job, &report);
    job->order.free_work(job->order.work);
    if (err)
        log_event(LOG_INFO, "job", "%s: %s", job->order.kind, err_name(err));
    pthread_mutex_lock(&jobs->mutex);
    job->report = report;
    job->outcome = err;
    job->phase = PHASE_OVER;
    pthread_mutex_unlock(&jobs->mutex);
}

/* The next job, for which it waits a moment; NULL: there is none. */
static struct job *take(struct jobs *jobs) {
    struct job *job = NULL;
    pthread_mutex_lock(&jobs->mutex);
    if (!atomic_load(&jobs->stopping) && jobs->next_run == jobs->next_free)
        clock_cond_wait(&jobs->wake, &jobs->mutex, clock_monotonic_ms() + TICK_MS);
    if (!atomic_load(&jobs->stopping) && jobs->next_run != jobs->next_free) {
        job = &jobs->jobs[jobs->next_run++ % JOBS_MAX];
        job->phase = PHASE_RUNNING;
    }
    pthread_mutex_unlock(&jobs->mutex);
    return job;
}

static void *work(void *owner) {
    struct jobs *jobs = owner;
    while (!atomic_load(&jobs->stopping)) {
        if (jobs->hooks.between)
            jobs->hooks.between(jobs->hooks.owner, jobs->context);
        struct job *job = take(jobs);
        if (job)
            run_one(jobs, job);
    }
    return NULL;
}

enum err jobs_start(const struct jobs_hooks *hooks, struct jobs **out) {
    struct jobs *jobs = calloc(1, sizeof *jobs);
    if (!jobs)
        return ERR_NO_MEMORY;
    jobs->hooks = *hooks;
    pthread_mutex_init(&jobs->mutex, NULL);
    clock_cond_init(&jobs->wake);
    enum err err = hooks->worker_open(hooks->owner, &jobs->context);
    if (!err && pthread_create(&jobs->thread, NULL, work, jobs) != 0) {
        hooks->worker_close(hooks->owner, jobs->context);
        err = ERR_NO_MEMORY;
    }
    if (err) {
        pthread_cond_destroy(&jobs->wake);
        pthread_mutex_destroy(&jobs->mutex);
        free(jobs);
        return err;
    }
    *out = jobs;
    return ERR_OK;
}

void jobs_stop(struct jobs *jobs) {
    pthread_mutex_lock(&jobs->mutex);
    bool stopped = atomic_exchange(&jobs->stopping, true);
    pthread_cond_signal(&jobs->wake);
    pthread_mutex_unlock(&jobs->mutex);
    if (stopped)
        return;
    pthread_join(jobs->thread, NULL);
    jobs->hooks.worker_close(jobs->hooks.owner, jobs->context);
}

void jobs_free(struct jobs *jobs) {
    if (!jobs)
        return;
    jobs_stop(jobs);
    for (size_t i = 0; i < JOBS_MAX; i++) {
        struct job *job = &jobs->jobs[i];
        if (job->phase == PHASE_WAITING)
            job->order.free_work(job->order.work);
        buf_fini(&job->report);
    }
    pthread_cond_destroy(&jobs->wake);
    pthread_mutex_destroy(&jobs->mutex);
    free(jobs);
}

enum err jobs_submit(struct jobs *jobs, const struct job_order *order,
                     char word[SECRET_TOKEN_TEXT_SIZE]) {
    enum err err = ERR_BUSY;
    secret_token(word);
    pthread_mutex_lock(&jobs->mutex);
    struct job *job = &jobs->jobs[jobs->next_free % JOBS_MAX];
    bool busy = job->phase == PHASE_WAITING || job->phase == PHASE_RUNNING;
    if (!busy && !atomic_load(&jobs->stopping)) {
        buf_fini(&job->report);
        job->jobs = jobs;
        job->order = *order;
        job->phase = PHASE_WAITING;
        job->outcome = ERR_OK;
        atomic_store(&job->done, 0);
        atomic_store(&job->total, 0);
        memcpy(job->word, word, sizeof job->word);
        jobs->next_free++;
        pthread_cond_signal(&jobs->wake);
        err = ERR_OK;
    }
    pthread_mutex_unlock(&jobs->mutex);
    if (err)
        order->free_work(order->work);
    return err;
}

static enum err view(struct job *job, struct arena *arena, struct job_view *out) {
    struct job_view seen = {
        .project_id = job->order.project_id,
        .kind = job->order.kind,
        .state = job->phase != PHASE_OVER ? JOB_RUNNING
                 : job->outcome           ? JOB_FAILED
                                          : JOB_DONE,
        .done = atomic_load(&job->done),
        .total = atomic_load(&job->total),
    };
    if (job->report.len) {
        seen.report = arena_strndup(arena, job->report.data, job->report.len);
        if (!seen.report)
            return ERR_NO_MEMORY;
    }
    *out = seen;
    return ERR_OK;
}

enum err jobs_find(struct jobs *jobs, const char *word, struct arena *arena, struct job_view *out) {
    enum err err = ERR_NOT_FOUND;
    pthread_mutex_lock(&jobs->mutex);
    for (size_t i = 0; i < JOBS_MAX; i++) {
        struct job *job = &jobs->jobs[i];
        if (job->phase != PHASE_FREE && strcmp(job->word, word) == 0)
            err = view(job, arena, out);
    }
    pthread_mutex_unlock(&jobs->mutex);
    return err;
}

static bool is_under_way(const struct job *job, int64_t project_id, const char *const *kinds) {
    if ((job->phase != PHASE_WAITING && job->phase != PHASE_RUNNING) ||
        job->order.project_id != project_id)
        return false;
    while (*kinds && strcmp(*kinds, job->order.kind) != 0)
        kinds++;
    return *kinds != NULL;
}

enum err jobs_under_way(struct jobs *jobs, int64_t project_id, const char *const *kinds,
                        char word[SECRET_TOKEN_TEXT_SIZE]) {
    enum err err = ERR_NOT_FOUND;
    pthread_mutex_lock(&jobs->mutex);
    for (size_t i = 0; i < JOBS_MAX && err; i++) {
        if (is_under_way(&jobs->jobs[i], project_id, kinds)) {
            memcpy(word, jobs->jobs[i].word, SECRET_TOKEN_TEXT_SIZE);
            err = ERR_OK;
        }
    }
    pthread_mutex_unlock(&jobs->mutex);
    return err;
}
