// SPDX-License-Identifier: AGPL-3.0-or-later
// One who listens to a topic: what waits to be sent to it. All of this is done under the lock of
// events.c.
#ifndef REPERE_HTTP_SUBSCRIBER_H
#define REPERE_HTTP_SUBSCRIBER_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct MHD_Connection;
struct connection;
struct events;
struct topic;

/** One text for all who wait for it. */
struct message {
    unsigned holders;
    size_t len;
    char text[];
};

enum {
    SUBSCRIBER_QUEUE_MAX = 256,          // messages it may be behind
    SUBSCRIBER_QUEUE_BYTES_MAX = 1 << 20 // and bytes
};
struct subscriber {
    struct subscriber *previous, *next; // of the topic
    struct topic *topic;
    struct events *events;
    struct MHD_Connection *connection;
    struct connection *owner;
    struct message *queue[SUBSCRIBER_QUEUE_MAX]; // a ring
    size_t first, count, bytes;
    size_t sent;  // of the first message
    bool waiting; // its connection is suspended
    bool over;    // its stream ends
    int64_t told_ms, ends_ms;
};

/** With one holder; NULL when memory is short. */
struct message *message_new(const void *text, size_t len);
/** Accepts NULL. */
void message_drop(struct message *message);

/** Queues a message, or ends the stream of one that is too far behind. */
void subscriber_tell(struct subscriber *subscriber, struct message *message, int64_t now_ms);
void subscriber_end(struct subscriber *subscriber);
/** What libmicrohttpd's reader returns: bytes written to `out`; 0 with the connection suspended. */
ssize_t subscriber_read(struct subscriber *subscriber, char *out, size_t room);
/** Drops what is queued. */
void subscriber_clear(struct subscriber *subscriber);
#endif
