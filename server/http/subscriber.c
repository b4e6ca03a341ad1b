// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/subscriber.h"
#include "http/connections.h"
#include <microhttpd.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct message *message_new(const void *text, size_t len) {
    struct message *message = malloc(sizeof *message + len);
    if (!message)
        return NULL;
    message->holders = 1;
    message->len = len;
    memcpy(message->text, text, len);
    return message;
}

void message_drop(struct message *message) {
    if (message && --message->holders == 0)
        free(message);
}

static void wake(struct subscriber *subscriber) {
    if (subscriber->waiting) {
        subscriber->waiting = false;
        MHD_resume_connection(subscriber->connection);
    }
}

void subscriber_end(struct subscriber *subscriber) {
    subscriber->over = true;
    wake(subscriber);
}

void subscriber_tell(struct subscriber *subscriber, struct message *message, int64_t now_ms) {
    if (subscriber->over)
        return;
    if (subscriber->count == SUBSCRIBER_QUEUE_MAX ||
        subscriber->bytes + message->len > SUBSCRIBER_QUEUE_BYTES_MAX) {
        // it may be waiting for a socket that nobody reads: cut that, too
        atomic_store(&subscriber->owner->deadline_ms, now_ms);
        subscriber_end(subscriber);
        return;
    }
    message->holders++;
    subscriber->queue[(subscriber->first + subscriber->count++) % SUBSCRIBER_QUEUE_MAX] = message;
    subscriber->bytes += message->len;
    subscriber->told_ms = now_ms;
    wake(subscriber);
}

static void drop_first(struct subscriber *subscriber) {
    struct message *message = subscriber->queue[subscriber->first];
    subscriber->sent = 0;
    subscriber->first = (subscriber->first + 1) % SUBSCRIBER_QUEUE_MAX;
    subscriber->count--;
    subscriber->bytes -= message->len;
    message_drop(message);
}

ssize_t subscriber_read(struct subscriber *subscriber, char *out, size_t room) {
    if (subscriber->over)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (subscriber->count == 0) {
        subscriber->waiting = true;
        MHD_suspend_connection(subscriber->connection);
        return 0;
    }
    const struct message *message = subscriber->queue[subscriber->first];
    size_t len = message->len - subscriber->sent;
    len = len < room ? len : room;
    memcpy(out, message->text + subscriber->sent, len);
    subscriber->sent += len;
    if (subscriber->sent == message->len)
        drop_first(subscriber);
    return (ssize_t)len;
}

void subscriber_clear(struct subscriber *subscriber) {
    while (subscriber->count > 0)
        drop_first(subscriber);
}
