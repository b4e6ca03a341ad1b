// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fake_server.h"
#include "base/secret.h"
#include "fake_routes.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the exchange's link bytes are to this writer. */
struct write {
    struct write *next;
    struct exchange *exchange;
};
struct fake {
    struct fake_context context;
    struct fake_published published;
    struct server *server;
    pthread_t writer;
    pthread_cond_t more;
    struct write *first, **last;
    bool stopping;
    char folder[64];
};

/* ---- the writer: one write, one commit ---- */

static void apply(struct fake *fake, struct write *write) {
    struct exchange *exchange = write->exchange;
    enum err err = exchange_apply(exchange, &fake->context);
    enum err commit = (enum err)atomic_load(&fake->context.commit_error);
    if (err == ERR_OK && commit == ERR_OK) {
        pthread_mutex_lock(&fake->context.lock);
        memcpy(fake->context.thing, fake->context.pending, sizeof fake->context.thing);
        pthread_mutex_unlock(&fake->context.lock);
        atomic_fetch_add(&fake->context.generation, 1);
    }
    exchange_done(exchange, err == ERR_OK ? commit : err);
}

static void *write_all(void *arg) {
    struct fake *fake = arg;
    pthread_mutex_lock(&fake->context.lock);
    while (fake->first || !fake->stopping) {
        if (!fake->first) {
            pthread_cond_wait(&fake->more, &fake->context.lock);
            continue;
        }
        struct write *write = fake->first;
        fake->first = write->next;
        if (!fake->first)
            fake->last = &fake->first;
        pthread_mutex_unlock(&fake->context.lock);
        apply(fake, write);
        pthread_mutex_lock(&fake->context.lock);
    }
    pthread_mutex_unlock(&fake->context.lock);
    return NULL;
}

static enum err submit_write(void *owner, struct exchange *exchange, void *link) {
    struct fake *fake = owner;
    struct write *write = link;
    *write = (struct write){.exchange = exchange};
    pthread_mutex_lock(&fake->context.lock);
    bool stopping = fake->stopping;
    if (!stopping) {
        *fake->last = write;
        fake->last = &write->next;
        pthread_cond_signal(&fake->more);
    }
    pthread_mutex_unlock(&fake->context.lock);
    return stopping ? ERR_BUSY : ERR_OK;
}

/* ---- the other hooks ---- */

static enum err worker_open(void *owner, void **context) {
    *context = &((struct fake *)owner)->context;
    return ERR_OK;
}

static enum err authenticate(void *owner, void *context, const char *bearer, const char *cookie,
                             struct principal *out) {
    (void)owner, (void)context;
    if (bearer && strcmp(bearer, "member") == 0)
        out->roles = PRINCIPAL_ANYONE | FAKE_MEMBER;
    else if (cookie && strcmp(cookie, "boss") == 0)
        out->roles = PRINCIPAL_ANYONE | FAKE_BOSS;
    else if (bearer || cookie)
        return ERR_NOT_SIGNED_IN;
    else
        out->roles = PRINCIPAL_ANYONE;
    return ERR_OK;
}

static uint64_t generation(void *owner) {
    return atomic_load(&((struct fake *)owner)->context.generation);
}

static uint64_t published_generation(void *published) {
    return atomic_load(&((struct fake_published *)published)->generation);
}

static const char *published_advice(void *published, const char *path, struct arena *arena) {
    (void)published;
    return arena_printf(arena, "ask for 1 to 12 below %s", path);
}

static const char *role_name(unsigned bit) {
    return bit == 1 ? "anyone" : bit == FAKE_MEMBER ? "member" : bit == FAKE_BOSS ? "boss" : NULL;
}

/* ---- start and stop ---- */

static const struct asset assets[] = {
    {"/", "text/html; charset=utf-8", "page1", false, (const unsigned char *)"<p>page</p>",
     (const unsigned char *)"gzipped page", (const unsigned char *)"brotli page", 11, 12, 11, false},
    {"/app-1a2b.js", "text/javascript", "app1", true, (const unsigned char *)"let a;", NULL, NULL,
     6, 0, 0, true},
};
static const char *const schemas[] = {"Thing", "{\"type\":\"object\"}", NULL};

struct fake *fake_start(bool short_deadlines) {
    struct fake *fake = calloc(1, sizeof *fake);
    if (!fake || secret_init() != ERR_OK)
        return NULL;
    fake->last = &fake->first;
    pthread_mutex_init(&fake->context.lock, NULL);
    pthread_cond_init(&fake->more, NULL);
    pthread_create(&fake->writer, NULL, write_all, fake);
    snprintf(fake->folder, sizeof fake->folder, "/tmp/repere-test-XXXXXX");
    if (!mkdtemp(fake->folder))
        return NULL;
    struct server_hooks hooks = {.owner = fake,
                                 .worker_open = worker_open,
                                 .authenticate = authenticate,
                                 .submit_write = submit_write,
                                 .generation = generation,
                                 .published = &fake->published,
                                 .published_generation = published_generation,
                                 .published_advice = published_advice,
                                 .quick = "quick",
                                 .role_name = role_name};
    struct server_options options = {.address = "127.0.0.1",
                                     .io_threads = 2,
                                     .workers = 2,
                                     .connections_max = 4000,
                                     .upload_folder = fake->folder,
                                     .origin = "https://map.example.org",
                                     .assets = assets,
                                     .asset_count = sizeof assets / sizeof *assets,
                                     .schemas = schemas};
    if (short_deadlines) {
        options.headers_ms = FAKE_HEADERS_MS;
        options.body_ms = FAKE_BODY_MS;
        options.idle_ms = FAKE_IDLE_MS;
        options.heartbeat_ms = FAKE_HEARTBEAT_MS;
    }
    struct fault fault = {0};
    enum err err = server_start(&options, &fake_routes, &hooks, &fault, &fake->server);
    if (err != ERR_OK) {
        fprintf(stderr, "fake server: %s %s %s\n", err_name(err), fault.where, fault.why);
        return NULL;
    }
    return fake;
}

void fake_stop(struct fake *fake) {
    server_quiesce(fake->server);
    pthread_mutex_lock(&fake->context.lock);
    fake->stopping = true;
    pthread_cond_signal(&fake->more);
    pthread_mutex_unlock(&fake->context.lock);
    pthread_join(fake->writer, NULL);
    server_stop(fake->server, 1000);
    rmdir(fake->folder);
    pthread_cond_destroy(&fake->more);
    pthread_mutex_destroy(&fake->context.lock);
    free(fake);
}

struct server *fake_server(struct fake *fake) {
    return fake->server;
}

uint16_t fake_port(const struct fake *fake) {
    return server_port(fake->server);
}

int fake_kept_calls(const struct fake *fake) {
    return atomic_load(&fake->context.kept_calls);
}

void fake_publish(struct fake *fake) {
    atomic_fetch_add(&fake->published.generation, 1);
}

void fake_fail_commits(struct fake *fake, enum err err) {
    atomic_store(&fake->context.commit_error, (int)err);
}

void fake_thing(struct fake *fake, char out[64]) {
    pthread_mutex_lock(&fake->context.lock);
    memcpy(out, fake->context.thing, 64);
    pthread_mutex_unlock(&fake->context.lock);
}

const char *fake_upload_folder(const struct fake *fake) {
    return fake->folder;
}
