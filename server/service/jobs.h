// SPDX-License-Identifier: AGPL-3.0-or-later
// Work that takes longer than a request: one thread, a short queue, progress and a report that any
// thread may read. Knows nothing of what the work is.
#ifndef REPERE_SERVICE_JOBS_H
#define REPERE_SERVICE_JOBS_H
#include "base/arena.h"
#include "base/buf.h"
#include "base/secret.h"
#include "service/context.h"
#include <stdbool.h>

enum { JOBS_MAX = 60 }; // waiting, running, or done not long ago

struct jobs_hooks {
    void *owner;
    /** The thread's own context, as of an HTTP worker. */
    enum err (*worker_open)(void *owner, void **context);
    void (*worker_close)(void *owner, void *context);
    /** Between jobs, at the start, and every second while there is none. May be NULL. */
    void (*between)(void *owner, void *context);
};

/** Starts the thread. */
enum err jobs_start(const struct jobs_hooks *hooks, struct jobs **out);
/** The work under way ends as soon as it asks, and with it the thread; whoever submits from then on
 *  hears BUSY. The writer must still run. */
void jobs_stop(struct jobs *jobs);
/** When nobody is left who may ask; stops it first when it runs. NULL is fine. */
void jobs_free(struct jobs *jobs);

/** A job as its work sees it. */
struct job;
/** Says how far it is. Errors: BUSY (the server stops: give up). */
enum err job_tell(struct job *job, uint64_t done, uint64_t total);

struct job_order {
    int64_t project_id;
    const char *kind; // a fixed word
    /** Does it. `report` takes a JSON value for whoever asks, also with an error. */
    enum err (*run)(void *work, struct context *context, struct job *job, struct buf *report);
    void *work;
    void (*free_work)(void *work); // once, whatever happens
};
/** Errors: BUSY (too many are waiting); the work is freed then, too. */
enum err jobs_submit(struct jobs *jobs, const struct job_order *order,
                     char word[SECRET_TOKEN_TEXT_SIZE]);

enum job_state { JOB_RUNNING, JOB_DONE, JOB_FAILED };
struct job_view {
    int64_t project_id;
    const char *kind;
    enum job_state state; // one that waits counts as running
    uint64_t done, total;
    const char *report; // JSON, in the arena; NULL: none yet
};
/** The word of a job of the project and of one of these kinds (NULL-ended) that waits or runs. Errors: NOT_FOUND. */
enum err jobs_under_way(struct jobs *jobs, int64_t project_id, const char *const *kinds,
                        char word[SECRET_TOKEN_TEXT_SIZE]);
/** Errors: NOT_FOUND (also when it was done long ago), NO_MEMORY. */
enum err jobs_find(struct jobs *jobs, const char *word, struct arena *arena, struct job_view *out);
#endif
