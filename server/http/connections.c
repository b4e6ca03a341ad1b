// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/connections.h"
#include "base/clock.h"
#include "http/certificate.h"
#include "http/percent.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct connections {
    pthread_mutex_t lock;
    pthread_cond_t stop;
    pthread_t thread;
    bool stopping;
    int64_t tick_ms;
    struct connection *first;
};

/* The socket is only shut, never closed here: libmicrohttpd then sees its end and closes it. The
 * lock keeps the descriptor from being closed, and used by another connection, meanwhile. */
static void cut_late(struct connections *all, int64_t now_ms) {
    for (struct connection *each = all->first; each; each = each->next) {
        int64_t deadline_ms = atomic_load_explicit(&each->deadline_ms, memory_order_relaxed);
        if (deadline_ms != 0 && deadline_ms <= now_ms)
            shutdown(each->fd, SHUT_RDWR);
    }
}

static void *watch(void *arg) {
    struct connections *all = arg;
    pthread_mutex_lock(&all->lock);
    while (!all->stopping) {
        int64_t now_ms = clock_monotonic_ms();
        cut_late(all, now_ms);
        clock_cond_wait(&all->stop, &all->lock, now_ms + all->tick_ms);
    }
    pthread_mutex_unlock(&all->lock);
    return NULL;
}

enum err connections_start(int64_t tick_ms, struct connections **out) {
    struct connections *all = calloc(1, sizeof *all);
    if (!all)
        return ERR_NO_MEMORY;
    all->tick_ms = tick_ms;
    pthread_mutex_init(&all->lock, NULL);
    clock_cond_init(&all->stop);
    if (pthread_create(&all->thread, NULL, watch, all) != 0) {
        pthread_cond_destroy(&all->stop);
        pthread_mutex_destroy(&all->lock);
        free(all);
        return ERR_NO_MEMORY;
    }
    *out = all;
    return ERR_OK;
}

void connections_stop(struct connections *all) {
    if (!all)
        return;
    pthread_mutex_lock(&all->lock);
    all->stopping = true;
    pthread_cond_signal(&all->stop);
    pthread_mutex_unlock(&all->lock);
    pthread_join(all->thread, NULL);
    pthread_cond_destroy(&all->stop);
    pthread_mutex_destroy(&all->lock);
    free(all);
}

struct connection *connections_add(struct connections *all, struct server *server, int fd,
                                   int64_t deadline_ms) {
    struct connection *connection = calloc(1, sizeof *connection);
    if (!connection)
        return NULL;
    connection->server = server;
    connection->fd = fd;
    atomic_store(&connection->deadline_ms, deadline_ms);
    pthread_mutex_lock(&all->lock);
    connection->next = all->first;
    if (all->first)
        all->first->previous = connection;
    all->first = connection;
    pthread_mutex_unlock(&all->lock);
    return connection;
}

void connections_remove(struct connections *all, struct connection *connection) {
    pthread_mutex_lock(&all->lock);
    if (connection->previous)
        connection->previous->next = connection->next;
    else
        all->first = connection->next;
    if (connection->next)
        connection->next->previous = connection->previous;
    pthread_mutex_unlock(&all->lock);
    certificate_drop(connection->certificate);
    free(connection->target);
    free(connection);
}

bool connection_set_target(struct connection *connection, const char *target) {
    size_t len = strlen(target);
    if (len >= connection->target_room) {
        char *larger = realloc(connection->target, len + 1);
        if (!larger)
            return false;
        connection->target = larger;
        connection->target_room = len + 1;
    }
    memcpy(connection->target, target, len + 1);
    connection->target_len = len;
    const char *query = memchr(connection->target, '?', len);
    connection->path_len = query ? (size_t)(query - connection->target) : len;
    connection->target_ok = percent_target_ok(connection->target, len);
    return true;
}
