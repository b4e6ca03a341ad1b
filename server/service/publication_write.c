// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/publication_write.h"

#include "store/writer.h"

struct publication_op {
    struct write_op op;
    publication_work_fn *fn;
    void *work;
};

static enum err apply(struct write_op *op, void *context) {
    struct publication_op *write = (struct publication_op *)op;
    return write->fn(context, write->work);
}

static enum err write_alone(struct context *context, publication_work_fn *fn, void *work) {
    enum err err = db_begin(context->db);
    if (err)
        return err;
    err = fn(context, work);
    db_reset_all(context->db);
    if (!err)
        err = db_commit(context->db);
    if (err)
        db_rollback(context->db);
    return err;
}

enum err publication_write(struct context *context, publication_work_fn *fn, void *work) {
    struct publication_op write = {.op.apply = apply, .fn = fn, .work = work};
    db_reset_all(context->db); // a snapshot that is still held would refuse the write
    return context->writer ? writer_run(context->writer, &write.op) : write_alone(context, fn, work);
}
