// SPDX-License-Identifier: AGPL-3.0-or-later
// The one thread that writes: a queue, group commit, a savepoint an operation, synchronous=FULL.
// What it acknowledges is on disk.
//
// An import holds everything in one operation, or submits pieces, one operation each, so that the room's
// own writes are not kept waiting. The spatial index is kept by triggers at some 40,000 rows/s; thousands
// of rows at once fill it afterwards (import_store.h).
#ifndef REPERE_STORE_WRITER_H
#define REPERE_STORE_WRITER_H
#include "base/err.h"
#include "store/db.h"
#include <stdint.h>

struct writer;
struct write_op {
    struct write_op *next; // the writer's while it is queued
    /** Does the work inside a savepoint; an error rolls back this operation alone. */
    enum err (*apply)(struct write_op *op, void *context);
    /** After the commit with apply's result, or with the commit's own error. On the writer's thread. */
    void (*done)(struct write_op *op, enum err outcome);
    enum err outcome; // apply's result, for `done` and writer_run
};

/** @param context given to apply; belongs to the writer's thread. `db` is the writing connection. */
enum err writer_start(struct db *db, void *context, struct writer **out);
/** Errors: BUSY when the queue is full (10,000) or the writer stops. */
enum err writer_submit(struct writer *writer, struct write_op *op);
/** Submits and waits. Not from a done or apply. */
enum err writer_run(struct writer *writer, struct write_op *op);
/** Grows with every commit that changed anything, by another process too (that within a second).
 *  Any thread. */
uint64_t writer_generation(const struct writer *writer);
/** Asks for db_scrub soon, and at the latest within 60 s. Any thread. */
void writer_scrub_later(struct writer *writer);
/** Empties the queue, then ends the thread; whoever submits from then on hears BUSY. Does not close
 *  `db`. */
void writer_stop(struct writer *writer);
/** When nobody is left who may submit; stops it first when it runs. NULL is fine. */
void writer_free(struct writer *writer);
#endif
