// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/retention.h"

#include "base/clock.h"
#include "base/log.h"
#include "service/uploads.h"
#include "store/retention_store.h"
#include "store/writer.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>

enum { PIECE = 2000, EVERY_MS = 60 * 60 * 1000 };
static const int64_t DAY_MS = INT64_C(24) * 60 * 60 * 1000;

/* What was shared with everybody stays in the editions that hold it: it goes from here by age, by nobody's will. */
static enum err delete_contributions(struct context *context, int64_t closed_ms, int64_t *count) {
    int64_t last = 0;
    enum err err = retention_asset_ended_last(context->db, &last);
    if (err == ERR_OK)
        err = retention_delete_contributions(context->db, closed_ms, PIECE, count);
    return err == ERR_OK ? retention_asset_ended_forget(context->db, last) : err;
}

/* The kinds one after the other: a participant goes after her contributions, and no piece does more than
 * PIECE rows. */
enum err retention_sweep(struct context *context, unsigned keep_days, int64_t now_ms, bool *more) {
    int64_t names = 0, marks = 0, people = 0;
    int64_t names_ms = now_ms - RETENTION_PSEUDONYM_DAYS * DAY_MS;
    int64_t kept_ms = now_ms - (int64_t)keep_days * DAY_MS;
    enum err err = delete_contributions(context, kept_ms, &marks);
    if (err == ERR_OK && marks == 0)
        err = retention_forget_gone(context->db, kept_ms);
    if (err == ERR_OK && marks == 0)
        err = retention_delete_participants(context->db, kept_ms, PIECE, &people);
    if (err == ERR_OK && marks + people == 0)
        err = retention_forget_pseudonyms(context->db, names_ms, PIECE, &names);
    if (err != ERR_OK)
        return err;
    *more = marks + people + names > 0;
    if (*more && context->writer)
        writer_scrub_later(context->writer);
    if (*more)
        log_event(LOG_INFO, "retention",
                  "%" PRId64 " contributions, %" PRId64 " participants, %" PRId64 " pseudonyms went",
                  marks, people, names);
    return ERR_OK;
}

struct retention {
    const struct context *context;
    unsigned keep_days;
    pthread_t thread;
    pthread_mutex_t mutex; // guards what stands below it
    pthread_cond_t stop;
    bool stopping;
};

struct sweep {
    struct write_op op;
    unsigned keep_days;
    bool more;
};

static enum err sweep_apply(struct write_op *op, void *context) {
    struct sweep *sweep = (struct sweep *)op;
    return retention_sweep(context, sweep->keep_days, clock_now_ms(), &sweep->more);
}

static bool is_stopping(struct retention *retention) {
    pthread_mutex_lock(&retention->mutex);
    bool stopping = retention->stopping;
    pthread_mutex_unlock(&retention->mutex);
    return stopping;
}

static void sweep_all(struct retention *retention) {
    struct sweep sweep = {.op = {.apply = sweep_apply}, .keep_days = retention->keep_days};
    enum err err;
    do {
        sweep.more = false;
        err = writer_run(retention->context->writer, &sweep.op);
    } while (err == ERR_OK && sweep.more && !is_stopping(retention));
    if (err != ERR_OK && err != ERR_BUSY)
        log_event(LOG_ERROR, "retention", "%s: tried again in an hour", err_name(err));
    uploads_sweep(retention->context->uploads, clock_now_ms());
}

/* Waits for the next hour. False at the end. */
static bool wait_hour(struct retention *retention) {
    int64_t until_ms = clock_monotonic_ms() + EVERY_MS;
    bool go_on = true;
    pthread_mutex_lock(&retention->mutex);
    while (!retention->stopping && go_on)
        go_on = clock_cond_wait(&retention->stop, &retention->mutex, until_ms);
    go_on = !retention->stopping;
    pthread_mutex_unlock(&retention->mutex);
    return go_on;
}

static void *run(void *argument) {
    struct retention *retention = argument;
    do
        sweep_all(retention);
    while (wait_hour(retention));
    return NULL;
}

enum err retention_start(const struct context *context, unsigned keep_days, struct retention **out) {
    struct retention *retention = calloc(1, sizeof *retention);
    if (!retention)
        return ERR_NO_MEMORY;
    retention->context = context;
    retention->keep_days = keep_days;
    pthread_mutex_init(&retention->mutex, NULL);
    clock_cond_init(&retention->stop);
    if (pthread_create(&retention->thread, NULL, run, retention) != 0) {
        pthread_cond_destroy(&retention->stop);
        pthread_mutex_destroy(&retention->mutex);
        free(retention);
        return ERR_NO_MEMORY;
    }
    *out = retention;
    return ERR_OK;
}

void retention_stop(struct retention *retention) {
    if (!retention)
        return;
    pthread_mutex_lock(&retention->mutex);
    retention->stopping = true;
    pthread_cond_signal(&retention->stop);
    pthread_mutex_unlock(&retention->mutex);
    pthread_join(retention->thread, NULL);
    pthread_cond_destroy(&retention->stop);
    pthread_mutex_destroy(&retention->mutex);
    free(retention);
}
