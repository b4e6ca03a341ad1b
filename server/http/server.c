// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/server.h"
#include "base/log.h"
#include "base/secret.h"
#include "http/answer.h"
#include "http/body.h"
#include "http/intake.h"
#include "http/listener.h"
#include "http/openapi.h"
#include "http/server_parts.h"
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    CONNECTION_MEMORY = 64 * 1024, // head, body buffer and reply's head of one connection
    OTHER_DESCRIPTORS = 640, // the store, base maps, and the 256 connections of the redirect port
    CACHE_BYTES = 16 << 20,
    CACHE_AGE_MS = 60 * 1000
};

static void fill_defaults(struct server_options *options) {
    const struct {
        int64_t *value;
        int64_t fallback;
    } times[] = {
        {&options->headers_ms, 10 * 1000},   {&options->body_ms, 30 * 1000},
        {&options->idle_ms, 30 * 1000},      {&options->reply_ms, 10 * 60 * 1000},
        {&options->heartbeat_ms, 15 * 1000},
    };
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        if (*times[i].value <= 0)
            *times[i].value = times[i].fallback;
    }
    if (options->io_threads == 0)
        options->io_threads = 1;
    if (options->workers == 0)
        options->workers = 1;
    if (options->connections_max == 0)
        options->connections_max = 4096;
}

/* Lateness is seen within an eighth of the shortest deadline. */
static int64_t tick_of(const struct server_options *options) {
    int64_t shortest = options->headers_ms;
    if (options->body_ms < shortest)
        shortest = options->body_ms;
    if (options->idle_ms < shortest)
        shortest = options->idle_ms;
    return shortest / 8 + 1;
}

/* The library's messages may quote what a client sent: the format alone is logged. */
static void log_library(void *cls, const char *format, va_list args) {
    (void)cls, (void)args;
    log_event(LOG_DEBUG, "http_library", "%s", format);
}

/* Paths and queries are decoded by percent.c alone. */
static size_t leave_escaped(void *cls, struct MHD_Connection *mhd, char *text) {
    (void)cls, (void)mhd;
    return strlen(text);
}

/* A connection is a descriptor, and another while it is sent a file; the usual soft limit of 1,024 would be
 * reached by one busy room. */
static void allow_descriptors(rlim_t wanted) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < wanted)
        log_event(LOG_WARN, "few_descriptors", "only %llu files may be open",
                  (unsigned long long)limit.rlim_cur);
}

static enum err start_daemon(struct server *server, struct fault *fault) {
    const struct server_options *options = &server->options;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG |
                     (server->tls ? MHD_USE_TLS : 0u);
    struct MHD_OptionItem more[4];
    size_t count = 0;
    if (options->io_threads > 1)
        more[count++] = (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE,
                                                (intptr_t)options->io_threads, NULL};
    if (server->tls) {
        more[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_CERT_CALLBACK, 0,
                                                (void *)(uintptr_t)intake_certificate};
        more[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_PRIORITIES, 0, TLS_PRIORITY};
    }
    more[count] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
    server->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, intake_request, server, MHD_OPTION_EXTERNAL_LOGGER, log_library, NULL,
        MHD_OPTION_LISTEN_SOCKET, server->listen_fd, MHD_OPTION_CONNECTION_LIMIT,
        options->connections_max, MHD_OPTION_CONNECTION_TIMEOUT, 30u,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_NOTIFY_CONNECTION,
        intake_connection, server, MHD_OPTION_NOTIFY_COMPLETED, intake_completed, server,
        MHD_OPTION_URI_LOG_CALLBACK, intake_target, server, MHD_OPTION_UNESCAPE_CALLBACK,
        leave_escaped, NULL, MHD_OPTION_ARRAY, more, MHD_OPTION_END);
    return server->daemon ? ERR_OK
                          : fault_set(fault, ERR_IO, "server", "libmicrohttpd does not start");
}

static enum err start_door(struct server *server, struct fault *fault) {
    const struct server_options *options = &server->options;
    enum err err = ERR_OK;
    if (options->checks_host)
        err = host_names_new(options->origin, options->host_names, &server->host_names);
    if (err == ERR_OK && options->tls_certificate)
        err = tls_open(options->tls_certificate, options->tls_key, fault, &server->tls);
    return err;
}

static enum err start_redirect(struct server *server, struct fault *fault) {
    const struct server_options *options = &server->options;
    bool is_https = options->origin && strncmp(options->origin, "https://", 8) == 0;
    const struct redirect_options redirect = {.address = options->address,
                                              .port = options->redirect_port,
                                              .https_port = server->port,
                                              .origin = is_https ? options->origin : NULL};
    return server->tls && options->redirects
               ? redirect_start(&redirect, server->tls, fault, &server->redirect)
               : ERR_OK;
}

static enum err start_parts(struct server *server, const struct route_table *routes,
                            struct fault *fault) {
    const struct server_options *options = &server->options;
    enum err err = router_new(routes, fault, &server->router);
    if (err == ERR_OK)
        err = start_door(server, fault);
    if (err == ERR_OK)
        err = answer_problem(&(struct problem){.err = ERR_NO_MEMORY}, NULL, true,
                             &server->short_of_memory);
    if (err == ERR_OK)
        err = assets_new(options->assets, options->asset_count, &server->assets);
    if (err == ERR_OK)
        err = cache_new(CACHE_BYTES, CACHE_AGE_MS, &server->cache);
    if (err == ERR_OK)
        err = events_start(options->heartbeat_ms, &server->events);
    if (err == ERR_OK)
        err = connections_start(tick_of(options), &server->connections);
    if (err == ERR_OK)
        err = worker_pool_start(options->workers, &server->hooks, &server->pool);
    if (err != ERR_OK)
        return err;
    openapi_write(&server->openapi, routes, options->schemas, server->hooks.role_name);
    if (server->openapi.failed)
        return ERR_NO_MEMORY;
    if (!framing_sees_line_ends())
        log_event(LOG_WARN, "http_library",
                  "line ends of requests are checked with 0.9.75 only: put "
                  "a reverse proxy in front");
    allow_descriptors(2 * (rlim_t)options->connections_max + OTHER_DESCRIPTORS);
    body_sweep(options->upload_folder);
    err = listener_open(options->address, options->port, fault, &server->listen_fd, &server->port);
    if (err == ERR_OK)
        err = start_redirect(server, fault);
    return err == ERR_OK ? start_daemon(server, fault) : err;
}

static void free_server(struct server *server) {
    redirect_stop(server->redirect);
    worker_pool_free(server->pool);
    connections_stop(server->connections);
    tls_close(server->tls);
    host_names_free(server->host_names);
    events_free(server->events);
    cache_free(server->cache);
    assets_free(server->assets);
    reply_drop(server->short_of_memory);
    router_free(server->router);
    exchange_store_fini(&server->exchanges);
    buf_fini(&server->openapi);
    if (server->listen_fd >= 0)
        close(server->listen_fd);
    free(server);
}

enum err server_start(const struct server_options *options, const struct route_table *routes,
                      const struct server_hooks *hooks, struct fault *fault, struct server **out) {
    struct server *server = calloc(1, sizeof *server);
    if (!server)
        return ERR_NO_MEMORY;
    server->options = *options;
    server->hooks = *hooks;
    server->listen_fd = -1;
    fill_defaults(&server->options);
    buf_init(&server->openapi);
    exchange_store_init(&server->exchanges);
    secret_random(server->key, sizeof server->key);
    enum err err = start_parts(server, routes, fault);
    if (err == ERR_OK)
        *out = server;
    else
        free_server(server);
    return err;
}

uint16_t server_port(const struct server *server) {
    return server->port;
}

uint16_t server_redirect_port(const struct server *server) {
    return server->redirect ? redirect_port(server->redirect) : 0;
}

void server_quiesce(struct server *server) {
    if (atomic_exchange(&server->quiet, true))
        return;
    MHD_quiesce_daemon(server->daemon);
    // closed only when the library's threads are gone: they may still be taking it out of their
    // epoll
    shutdown(server->listen_fd, SHUT_RDWR);
    events_end(server->events);
}

void server_stop(struct server *server, int64_t grace_ms) {
    server_quiesce(server);
    exchange_store_wait(&server->exchanges, grace_ms);
    // what still runs is finished; a stream finds no worker any more and is cut
    worker_pool_stop(server->pool);
    MHD_stop_daemon(server->daemon);
    free_server(server);
}
