// SPDX-License-Identifier: AGPL-3.0-or-later
// One lock guards topics, listeners and their queues. It is taken by libmicrohttpd's threads in the
// body's callbacks, and while it is held a connection is suspended or resumed: the reader that
// finds its queue empty and the thread that fills it cannot miss each other.
#include "http/events.h"
#include "base/buf.h"
#include "base/clock.h"
#include "http/subscriber.h"
#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    STREAM_MS = 5 * 60 * 1000, // then the browser asks again, and its rights are looked at again
    BLOCK_SIZE = 1024
};

struct topic {
    struct topic *next;
    struct subscriber *subscribers;
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

static struct topic *find_topic(const struct events *events, const char *name) {
    struct topic *topic = events->topics;
    while (topic && strcmp(topic->name, name) != 0)
        topic = topic->next;
    return topic;
}

/* ---- the thread ---- */

static void tell_all(struct events *events, struct news *news, int64_t now_ms) {
    struct topic *topic = find_topic(events, news->topic);
    for (struct subscriber *each = topic ? topic->subscribers : NULL; each; each = each->next)
        subscriber_tell(each, news->message, now_ms);
    message_drop(news->message);
    free(news);
}

static void keep_alive(struct events *events, int64_t now_ms) {
    for (struct topic *topic = events->topics; topic; topic = topic->next) {
        for (struct subscriber *each = topic->subscribers; each; each = each->next) {
            if (now_ms >= each->ends_ms) {
                subscriber_end(each);
            } else if (now_ms - each->told_ms >= events->heartbeat_ms) {
                subscriber_tell(each, events->heartbeat, now_ms);
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
        if (events->topics)
            clock_cond_wait(&events->wake, &events->lock, now_ms + tick_ms);
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
    events->hello = message_new(hello, sizeof hello - 1);
    events->heartbeat = message_new(heartbeat, sizeof heartbeat - 1);
    pthread_mutex_init(&events->lock, NULL);
    clock_cond_init(&events->wake);
    if (!events->hello || !events->heartbeat ||
        pthread_create(&events->thread, NULL, run, events) != 0) {
        pthread_cond_destroy(&events->wake);
        pthread_mutex_destroy(&events->lock);
        message_drop(events->hello);
        message_drop(events->heartbeat);
        free(events);
        return ERR_NO_MEMORY;
    }
    *out = events;
    return ERR_OK;
}

/* ---- the body's callbacks, on libmicrohttpd's threads ---- */

static ssize_t read_stream(void *cls, uint64_t position, char *out, size_t room) {
    struct subscriber *subscriber = cls;
    (void)position;
    pthread_mutex_lock(&subscriber->events->lock);
    ssize_t n = subscriber_read(subscriber, out, room);
    pthread_mutex_unlock(&subscriber->events->lock);
    return n;
}

static void end_topic_if_empty(struct events *events, struct topic *topic) {
    if (topic->subscribers)
        return;
    struct topic **at = &events->topics;
    while (*at != topic)
        at = &(*at)->next;
    *at = topic->next;
    free(topic);
}

static void free_subscriber(void *cls) {
    struct subscriber *subscriber = cls;
    struct events *events = subscriber->events;
    pthread_mutex_lock(&events->lock);
    subscriber_clear(subscriber);
    if (subscriber->previous)
        subscriber->previous->next = subscriber->next;
    else
        subscriber->topic->subscribers = subscriber->next;
    if (subscriber->next)
        subscriber->next->previous = subscriber->previous;
    end_topic_if_empty(events, subscriber->topic);
    pthread_mutex_unlock(&events->lock);
    free(subscriber);
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
    topic->subscribers = NULL;
    memcpy(topic->name, name, size);
    topic->next = events->topics;
    events->topics = topic;
    return topic;
}

struct MHD_Response *events_subscribe(struct events *events, const char *topic,
                                      struct MHD_Connection *connection, struct connection *owner) {
    struct subscriber *subscriber = calloc(1, sizeof *subscriber);
    if (!subscriber)
        return NULL;
    subscriber->events = events;
    subscriber->connection = connection;
    subscriber->owner = owner;
    int64_t now_ms = clock_monotonic_ms();
    subscriber->ends_ms = now_ms + STREAM_MS;
    pthread_mutex_lock(&events->lock);
    subscriber->topic = find_or_make_topic(events, topic);
    if (subscriber->topic) {
        subscriber->next = subscriber->topic->subscribers;
        if (subscriber->next)
            subscriber->next->previous = subscriber;
        subscriber->topic->subscribers = subscriber;
        subscriber_tell(subscriber, events->hello, now_ms);
        subscriber->over = events->ended;
        pthread_cond_signal(&events->wake);
    }
    pthread_mutex_unlock(&events->lock);
    if (!subscriber->topic) {
        free(subscriber);
        return NULL;
    }
    struct MHD_Response *body = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, BLOCK_SIZE, read_stream, subscriber, free_subscriber);
    if (!body)
        free_subscriber(subscriber);
    return body;
}

/* The event as it goes over the wire. JSON needs no line ends outside its texts, and inside they
 * are escaped; a raw one would cut the message in two. */
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
    struct message *message = text.failed ? NULL : message_new(text.data, text.len);
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
        for (struct subscriber *each = topic->subscribers; each; each = each->next) {
            subscriber_end(each);
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
        message_drop(news->message);
        free(news);
    }
    message_drop(events->hello);
    message_drop(events->heartbeat);
    pthread_cond_destroy(&events->wake);
    pthread_mutex_destroy(&events->lock);
    free(events);
}
