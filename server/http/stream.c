// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/stream.h"
#include "base/log.h"
#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 32 * 1024 };

struct stream {
    struct job job; // first: the job is the stream
    pthread_mutex_t lock;
    struct worker_pool *pool;
    struct MHD_Connection *connection;
    response_piece_fn *fn;
    void *state;
    void (*free_state)(void *);
    struct buf piece;
    size_t sent; // of the piece
    bool ended;  // the piece is the last
    enum err err;
};

static void make_piece(struct stream *stream, void *worker_context) {
    buf_clear(&stream->piece);
    stream->sent = 0;
    stream->err = stream->fn(stream->state, worker_context, &stream->piece);
    if (stream->err == ERR_OK && stream->piece.failed)
        stream->err = ERR_NO_MEMORY;
    stream->ended = stream->piece.len == 0;
}

/* On a worker. The connection was suspended under the lock, so it is so by now. */
static void run(struct job *job, void *worker_context) {
    struct stream *stream = (struct stream *)(void *)job;
    pthread_mutex_lock(&stream->lock);
    make_piece(stream, worker_context);
    if (stream->err != ERR_OK)
        log_event(LOG_ERROR, "stream_cut", "%s", err_name(stream->err));
    MHD_resume_connection(stream->connection);
    pthread_mutex_unlock(&stream->lock);
}

static ssize_t read_stream(void *cls, uint64_t position, char *out, size_t room) {
    struct stream *stream = cls;
    (void)position;
    ssize_t n = 0;
    pthread_mutex_lock(&stream->lock);
    if (stream->err != ERR_OK) {
        n = MHD_CONTENT_READER_END_WITH_ERROR;
    } else if (stream->ended) {
        n = MHD_CONTENT_READER_END_OF_STREAM;
    } else if (stream->sent < stream->piece.len) {
        size_t len = stream->piece.len - stream->sent;
        len = len < room ? len : room;
        memcpy(out, stream->piece.data + stream->sent, len);
        stream->sent += len;
        n = (ssize_t)len;
    } else {
        MHD_suspend_connection(stream->connection);
        if (!worker_pool_submit(stream->pool, &stream->job)) {
            stream->err = ERR_BUSY; // the server stops
            MHD_resume_connection(stream->connection);
        }
    }
    pthread_mutex_unlock(&stream->lock);
    return n;
}

static void free_stream(void *cls) {
    struct stream *stream = cls;
    if (stream->free_state)
        stream->free_state(stream->state);
    // a worker may still be between resuming the connection and letting go of the lock
    pthread_mutex_lock(&stream->lock);
    pthread_mutex_unlock(&stream->lock);
    pthread_mutex_destroy(&stream->lock);
    buf_fini(&stream->piece);
    free(stream);
}

enum err stream_begin(struct response *response, void *worker_context, struct worker_pool *pool,
                      struct MHD_Connection *connection, struct MHD_Response **out) {
    struct stream *stream = calloc(1, sizeof *stream);
    if (!stream)
        return ERR_NO_MEMORY;
    stream->job.run = run;
    stream->pool = pool;
    stream->connection = connection;
    stream->fn = response->piece;
    stream->state = response->stream_state;
    stream->free_state = response->free_stream_state;
    response->free_stream_state = NULL;
    buf_init(&stream->piece);
    pthread_mutex_init(&stream->lock, NULL);
    make_piece(stream, worker_context);
    enum err err = stream->err;
    struct MHD_Response *body = NULL;
    if (err == ERR_OK)
        body = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK_SIZE, read_stream, stream,
                                                 free_stream);
    if (!body) {
        free_stream(stream);
        return err == ERR_OK ? ERR_NO_MEMORY : err;
    }
    *out = body;
    return ERR_OK;
}
