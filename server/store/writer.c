// SPDX-License-Identifier: AGPL-3.0-or-later
// Group commit. While operations wait, one transaction takes up to GROUP_MAX of them or GROUP_MS of
// work, whichever ends first; with an empty queue it commits at once. Each operation has a
// savepoint: its own error undoes it alone. Nobody hears of success before the commit returned,
// which with synchronous=FULL means that it is on disk. After a failed commit everybody of the
// group hears why, and the thread goes on with the next.
#include "store/writer.h"

#include "base/clock.h"
#include "base/log.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

enum {
    QUEUE_MAX = 10000,
    GROUP_MAX = 500,
    GROUP_MS = 5,
    SCRUB_DELAY_MS = 2000, // several withdrawals share one scrub
    SCRUB_RETRY_MS = 1000,
    TICK_MS = 1000
};

struct op_list {
    struct write_op *first, *last;
};

struct writer {
    struct db *db;
    void *context;
    pthread_t thread;
    pthread_mutex_t mutex; // guards what stands below it
    pthread_cond_t wake;
    struct op_list queue;
    size_t queued;
    bool stopping, joined;
    int64_t scrub_due_ms; // monotonic; 0: none is asked for
    atomic_uint_fast64_t generation;
    int64_t data_version; // the writer thread's: tells of commits by other processes
};

static void list_push(struct op_list *list, struct write_op *op) {
    op->next = NULL;
    if (list->last)
        list->last->next = op;
    else
        list->first = op;
    list->last = op;
}

static struct write_op *list_pop(struct op_list *list) {
    struct write_op *op = list->first;
    if (op) {
        list->first = op->next;
        if (!list->first)
            list->last = NULL;
        op->next = NULL;
    }
    return op;
}

static struct write_op *take(struct writer *writer) {
    pthread_mutex_lock(&writer->mutex);
    struct write_op *op = list_pop(&writer->queue);
    if (op)
        writer->queued--;
    pthread_mutex_unlock(&writer->mutex);
    return op;
}

/* One operation in its savepoint; its outcome is left in it. False: the transaction itself is gone.
 */
static bool apply_one(struct writer *writer, struct write_op *op, bool *changed) {
    struct db *db = writer->db;
    int64_t before = db_changes_total(db);
    op->outcome = db_savepoint(db);
    if (op->outcome)
        return false;
    op->outcome = op->apply(op, writer->context);
    db_reset_all(db);
    if (op->outcome == ERR_OK)
        op->outcome = db_release(db);
    if (op->outcome)
        db_rollback_savepoint(db);
    else if (db_changes_total(db) != before)
        *changed = true;
    return db_in_transaction(db);
}

static void finish(struct op_list *group, enum err commit) {
    struct write_op *op;
    while ((op = list_pop(group)) != NULL)
        op->done(op, op->outcome ? op->outcome : commit);
}

static void run_group(struct writer *writer, struct write_op *op) {
    struct op_list group = {0};
    bool changed = false, whole = true;
    int64_t end_ms = clock_monotonic_ms() + GROUP_MS;
    int count = 0;
    enum err err = db_begin(writer->db);
    if (err) {
        op->outcome = err;
        list_push(&group, op);
        finish(&group, err);
        return;
    }
    do {
        whole = apply_one(writer, op, &changed);
        list_push(&group, op);
        count++;
    } while (whole && count < GROUP_MAX && clock_monotonic_ms() < end_ms &&
             (op = take(writer)) != NULL);
    // the last one's error took the others with it
    err = whole ? db_commit(writer->db) : group.last->outcome;
    if (err == ERR_OK && !whole)
        err = ERR_INTERNAL;
    if (err) {
        log_event(LOG_ERROR, "commit_failed", "%s, %d operations", err_name(err), count);
        db_rollback(writer->db);
    } else if (changed) {
        atomic_fetch_add(&writer->generation, 1);
    }
    finish(&group, err);
}

/* A commit by another process (the command line) outdates what is cached as well. */
static void notice_others(struct writer *writer) {
    int64_t version = 0;
    if (db_data_version(writer->db, &version) != ERR_OK || version == writer->data_version)
        return;
    writer->data_version = version;
    atomic_fetch_add(&writer->generation, 1);
}

static void scrub_if_due(struct writer *writer) {
    pthread_mutex_lock(&writer->mutex);
    bool due = writer->scrub_due_ms != 0 &&
               (writer->stopping || clock_monotonic_ms() >= writer->scrub_due_ms);
    if (due)
        writer->scrub_due_ms = 0; // deletions from here on ask again
    pthread_mutex_unlock(&writer->mutex);
    if (!due || db_scrub(writer->db) == ERR_OK)
        return;
    pthread_mutex_lock(&writer->mutex);
    writer->scrub_due_ms = clock_monotonic_ms() + SCRUB_RETRY_MS;
    pthread_mutex_unlock(&writer->mutex);
}

/* Waits for an operation, a tick, or the end. False at the end. */
static bool wait_for_work(struct writer *writer) {
    pthread_mutex_lock(&writer->mutex);
    if (!writer->queue.first && !writer->stopping)
        clock_cond_wait(&writer->wake, &writer->mutex, clock_monotonic_ms() + TICK_MS);
    bool go_on = writer->queue.first || !writer->stopping;
    pthread_mutex_unlock(&writer->mutex);
    return go_on;
}

static void *run(void *argument) {
    struct writer *writer = argument;
    while (wait_for_work(writer)) {
        struct write_op *op = take(writer);
        if (op)
            run_group(writer, op);
        else
            notice_others(writer);
        scrub_if_due(writer);
    }
    scrub_if_due(writer);
    return NULL;
}

enum err writer_start(struct db *db, void *context, struct writer **out) {
    struct writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return ERR_NO_MEMORY;
    writer->db = db;
    writer->context = context;
    db_data_version(db, &writer->data_version);
    pthread_mutex_init(&writer->mutex, NULL);
    clock_cond_init(&writer->wake);
    if (pthread_create(&writer->thread, NULL, run, writer) != 0) {
        pthread_cond_destroy(&writer->wake);
        pthread_mutex_destroy(&writer->mutex);
        free(writer);
        return ERR_NO_MEMORY;
    }
    *out = writer;
    return ERR_OK;
}

enum err writer_submit(struct writer *writer, struct write_op *op) {
    enum err err = ERR_OK;
    pthread_mutex_lock(&writer->mutex);
    if (writer->stopping || writer->queued >= QUEUE_MAX) {
        err = ERR_BUSY;
    } else {
        list_push(&writer->queue, op);
        writer->queued++;
        pthread_cond_signal(&writer->wake);
    }
    pthread_mutex_unlock(&writer->mutex);
    return err;
}

/* An operation somebody waits for, wrapped round the caller's. */
struct awaited {
    struct write_op op;
    struct write_op *inner;
    pthread_mutex_t mutex;
    pthread_cond_t ended;
    bool has_ended;
};

static enum err awaited_apply(struct write_op *op, void *context) {
    struct awaited *awaited = (struct awaited *)op;
    return awaited->inner->apply(awaited->inner, context);
}

static void awaited_done(struct write_op *op, enum err outcome) {
    struct awaited *awaited = (struct awaited *)op;
    awaited->inner->outcome = outcome;
    if (awaited->inner->done)
        awaited->inner->done(awaited->inner, outcome);
    pthread_mutex_lock(&awaited->mutex);
    awaited->has_ended = true;
    pthread_cond_signal(&awaited->ended);
    pthread_mutex_unlock(&awaited->mutex);
}

enum err writer_run(struct writer *writer, struct write_op *op) {
    struct awaited awaited = {.op = {.apply = awaited_apply, .done = awaited_done}, .inner = op};
    pthread_mutex_init(&awaited.mutex, NULL);
    pthread_cond_init(&awaited.ended, NULL);
    enum err err = writer_submit(writer, &awaited.op);
    if (err == ERR_OK) {
        pthread_mutex_lock(&awaited.mutex);
        while (!awaited.has_ended)
            pthread_cond_wait(&awaited.ended, &awaited.mutex);
        pthread_mutex_unlock(&awaited.mutex);
        err = op->outcome;
    }
    pthread_cond_destroy(&awaited.ended);
    pthread_mutex_destroy(&awaited.mutex);
    return err;
}

uint64_t writer_generation(const struct writer *writer) {
    return atomic_load(&writer->generation);
}

void writer_scrub_later(struct writer *writer) {
    pthread_mutex_lock(&writer->mutex);
    if (writer->scrub_due_ms == 0)
        writer->scrub_due_ms = clock_monotonic_ms() + SCRUB_DELAY_MS;
    pthread_mutex_unlock(&writer->mutex);
}

void writer_stop(struct writer *writer) {
    pthread_mutex_lock(&writer->mutex);
    writer->stopping = true;
    pthread_cond_signal(&writer->wake);
    pthread_mutex_unlock(&writer->mutex);
    if (!writer->joined)
        pthread_join(writer->thread, NULL);
    writer->joined = true;
}

void writer_free(struct writer *writer) {
    if (!writer)
        return;
    writer_stop(writer);
    pthread_cond_destroy(&writer->wake);
    pthread_mutex_destroy(&writer->mutex);
    free(writer);
}
