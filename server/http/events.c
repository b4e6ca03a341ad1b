// SPDX-License-Identifier: AGPL-3.0-or-later
// One lock guards topics, listeners and their queues. It is taken by libmicrohttpd's threads in the
// body's callbacks, and while it is held a connection is suspended or resumed: the reader that finds
// its queue empty and the thread that fills it cannot miss each other.
#include "http/events.h"
#include "base/buf.h"
#include "base/clock.h"
#include "http/connections.h"
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    QUEUE_MAX = 256,            // messages a listener may be behind
    QUEUE_BYTES_MAX = 1 << 20,  // and bytes
    STREAM_MS = 30 * 60 * 1000, // then the browser asks again
    BLOCK_SIZE = 1024
};

/* One text for all who wait for it. */
struct message {
    unsigned holders;
    size_t len;
    char text[];
};
struct listener {
    struct listener *previous, *next; // of the topic
    struct topic *topic;
    struct events *events;
    struct MHD_Connection *connection;
    struct connection *owner;
    struct message *queue[QUEUE_MAX]; // a ring
    size_t first, count, bytes;
    size_t sent; // of the first message
    bool waiting; // the connection is suspended
    bool over;
    int64_t told_ms, ends_ms;
};
struct topic {
    struct topic *next;
    struct listener *listeners;
    char name[];
};
struct news {
    struct news *next;
    struct message *message;
    char topic[];
};
struct events {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_t thread;
    int64_t heartbeat_ms;
    struct message *hello, *heartbeat;
    struct topic *topics;
    struct news *first, **last;
    bool ended, stopping;
};

static struct message *make_message(const void *text, size_t len) {
    struct message *message = malloc(sizeof *message + len);
    if (!message)
        return NULL;
    message->holders = 1;
    message->len = len;
    memcpy(message->text, text, len);
    return message;
}

static void drop_message(struct message *message) {
    if (message && --message->holders == 0)
        free(message);
}

static struct topic *find_topic(const struct events *events, const char *name) {
    struct topic *topic = events->topics;
    while (topic && strcmp(topic->name, name) != 0)
        topic = topic->next;
    return topic;
}

static void wake(struct listener *listener) {
    if (listener->waiting) {
        listener->waiting = false;
        MHD_resume_connection(listener->connection);
    }
}

static void tell(struct listener *listener, struct message *message, int64_t now_ms) {
    if (listener->over)
        return;
    if (listener->count == QUEUE_MAX || listener->bytes + message->len > QUEUE_BYTES_MAX) {
        listener->over = true;
        atomic_store(&listener->owner->deadline_ms, now_ms);
    } else {
        message->holders++;
        listener->queue[(listener->first + listener->count++) % QUEUE_MAX] = message;
        listener->bytes += message->len;
        listener->told_ms = now_ms;
    }
    wake(listener);
}

/* ---- the thread ---- */

static void tell_all(struct events *events, struct news *news, int64_t now_ms) {
    struct topic *topic = find_topic(events, news->topic);
    for (struct listener *each = topic ? topic->listeners : NULL; each; each = each->next)
        tell(each, news->message, now_ms);
    drop_message(news->message);
    free(news);
}

static void keep_alive(struct events *events, int64_t now_ms) {
    for (struct topic *topic = events->topics; topic; topic = topic->next) {
        for (struct listener *each = topic->listeners; each; each = each->next) {
            if (now_ms >= each->ends_ms) {
                each->over = true;
                wake(each);
            } else if (now_ms - each->told_ms >= events->heartbeat_ms) {
                tell(each, events->heartbeat, now_ms);
            }
        }
    }
}

static void *run(void *arg) {
    struct events *events = arg;
    int64_t tick_ms = events->heartbeat_ms / 4 + 1;
    pthread_mutex_lock(&events->lock);
    while (!events->stopping) {
        int64_t now_ms = clock_monotonic_ms();
        while (events->first) {
            struct news *news = events->first;
            events->first = news->next;
            if (!events->first)
                events->last = &events->first;
            tell_all(events, news, now_ms);
        }
        keep_alive(events, now_ms);
        int64_t until_ms = now_ms + tick_ms;
        struct timespec until = {until_ms / 1000, (until_ms % 1000) * 1000000};
        if (events->topics)
            pthread_cond_timedwait(&events->wake, &events->lock, &until);
        else
            pthread_cond_wait(&events->wake, &events->lock);
    }
    pthread_mutex_unlock(&events->lock);
    return NULL;
}

enum err events_start(int64_t heartbeat_ms, struct events **out) {
    struct events *events = calloc(1, sizeof *events);
    if (!events)
        return ERR_NO_MEMORY;
    events->heartbeat_ms = heartbeat_ms;
    events->last = &events->first;
    static const char hello[] = "retry: 2000\n\n", heartbeat[] = ":\n\n";
    events->hello = make_message(hello, sizeof hello - 1);
    events->heartbeat = make_message(heartbeat, sizeof heartbeat - 1);
    pthread_mutex_init(&events->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&events->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (!events->hello || !events->heartbeat ||
        pthread_create(&events->thread, NULL, run, events) != 0) {
        pthread_cond_destroy(&events->wake);
        pthread_mutex_destroy(&events->lock);
        drop_message(events->hello);
        drop_message(events->heartbeat);
        free(events);
        return ERR_NO_MEMORY;
    }
    *out = events;
    return ERR_OK;
}

/* ---- the body's callbacks, on libmicrohttpd's threads ---- */

static ssize_t read_stream(void *cls, uint64_t position, char *out, size_t room) {
    struct listener *listener = cls;
    struct events *events = listener->events;
    (void)position;
    ssize_t n = 0;
    pthread_mutex_lock(&events->lock);
    if (listener->over) {
        n = MHD_CONTENT_READER_END_OF_STREAM;
    } else if (listener->count == 0) {
        listener->waiting = true;
        MHD_suspend_connection(listener->connection);
    } else {
        struct message *message = listener->queue[listener->first];
        size_t len = message->len - listener->sent;
        len = len < room ? len : room;
        memcpy(out, message->text + listener->sent, len);
        listener->sent += len;
        if (listener->sent == message->len) {
            listener->sent = 0;
            listener->first = (listener->first + 1) % QUEUE_MAX;
            listener->count--;
            listener->bytes -= message->len;
            drop_message(message);
        }
        n = (ssize_t)len;
    }
    pthread_mutex_unlock(&events->lock);
    return n;
}

static void end_topic_if_empty(struct events *events, struct topic *topic) {
    if (topic->listeners)
        return;
    struct topic **at = &events->topics;
    while (*at != topic)
        at = &(*at)->next;
    *at = topic->next;
    free(topic);
}

static void free_listener(void *cls) {
    struct listener *listener = cls;
    struct events *events = listener->events;
    pthread_mutex_lock(&events->lock);
    for (; listener->count > 0; listener->count--) {
        drop_message(listener->queue[listener->first]);
        listener->first = (listener->first + 1) % QUEUE_MAX;
    }
    if (listener->previous)
        listener->previous->next = listener->next;
    else
        listener->topic->listeners = listener->next;
    if (listener->next)
        listener->next->previous = listener->previous;
    end_topic_if_empty(events, listener->topic);
    pthread_mutex_unlock(&events->lock);
    free(listener);
}

/* ---- from everywhere ---- */

static struct topic *find_or_make_topic(struct events *events, const char *name) {
    struct topic *topic = find_topic(events, name);
    if (topic)
        return topic;
    size_t size = strlen(name) + 1;
    topic = malloc(sizeof *topic + size);
    if (!topic)
        return NULL;
    topic->listeners = NULL;
    memcpy(topic->name, name, size);
    topic->next = events->topics;
    events->topics = topic;
    return topic;
}

struct MHD_Response *events_subscribe(struct events *events, const char *topic,
                                      struct MHD_Connection *connection, struct connection *owner) {
    struct listener *listener = calloc(1, sizeof *listener);
    if (!listener)
        return NULL;
    listener->events = events;
    listener->connection = connection;
    listener->owner = owner;
    int64_t now_ms = clock_monotonic_ms();
    listener->ends_ms = now_ms + STREAM_MS;
    pthread_mutex_lock(&events->lock);
    listener->topic = find_or_make_topic(events, topic);
    if (listener->topic) {
        listener->next = listener->topic->listeners;
        if (listener->next)
            listener->next->previous = listener;
        listener->topic->listeners = listener;
        tell(listener, events->hello, now_ms);
        listener->over = events->ended;
        pthread_cond_signal(&events->wake);
    }
    pthread_mutex_unlock(&events->lock);
    if (!listener->topic) {
        free(listener);
        return NULL;
    }
    struct MHD_Response *body = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK_SIZE,
                                                                  read_stream, listener, free_listener);
    if (!body)
        free_listener(listener);
    return body;
}

/* The event as it goes over the wire. JSON needs no line ends outside its texts, and inside they are
 * escaped; a raw one would cut the message in two. */
static struct message *format(const char *event, const char *json, size_t len) {
    struct buf text;
    buf_init(&text);
    buf_str(&text, "event: ");
    buf_str(&text, event);
    buf_str(&text, "\ndata: ");
    size_t from = text.len;
    buf_bytes(&text, json, len);
    for (size_t i = from; i < text.len; i++) {
        if (text.data[i] == '\n' || text.data[i] == '\r')
            text.data[i] = ' ';
    }
    buf_str(&text, "\n\n");
    struct message *message = text.failed ? NULL : make_message(text.data, text.len);
    buf_fini(&text);
    return message;
}

void events_announce(struct events *events, const char *topic, const char *event, const char *json,
                     size_t len) {
    pthread_mutex_lock(&events->lock);
    bool anybody = !events->ended && find_topic(events, topic);
    pthread_mutex_unlock(&events->lock);
    if (!anybody)
        return;
    size_t size = strlen(topic) + 1;
    struct news *news = malloc(sizeof *news + size);
    struct message *message = format(event, json, len);
    if (!news || !message) { // listeners miss one event; they read the whole when they reconnect
        free(news);
        free(message);
        return;
    }
    *news = (struct news){.message = message};
    memcpy(news->topic, topic, size);
    pthread_mutex_lock(&events->lock);
    *events->last = news;
    events->last = &news->next;
    pthread_cond_signal(&events->wake);
    pthread_mutex_unlock(&events->lock);
}

void events_end(struct events *events) {
    pthread_mutex_lock(&events->lock);
    events->ended = true;
    for (struct topic *topic = events->topics; topic; topic = topic->next) {
        for (struct listener *each = topic->listeners; each; each = each->next) {
            each->over = true;
            wake(each);
        }
    }
    pthread_mutex_unlock(&events->lock);
}

void events_free(struct events *events) {
    if (!events)
        return;
    pthread_mutex_lock(&events->lock);
    events->stopping = true;
    pthread_cond_signal(&events->wake);
    pthread_mutex_unlock(&events->lock);
    pthread_join(events->thread, NULL);
    while (events->first) {
        struct news *news = events->first;
        events->first = news->next;
        drop_message(news->message);
        free(news);
    }
    drop_message(events->hello);
    drop_message(events->heartbeat);
    pthread_cond_destroy(&events->wake);
    pthread_mutex_destroy(&events->lock);
    free(events);
}
