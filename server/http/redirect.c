// SPDX-License-Identifier: AGPL-3.0-or-later
// The answer is 308, so that nothing is lost, and never kept: in another room the same name may be served
// without TLS. A connection ends PATIENCE_S after it began, whatever comes: the library's own patience begins
// anew with each byte, and a few slow strangers would hold all there are.
#include "http/redirect.h"
#include "base/clock.h"
#include "http/connections.h"
#include "http/host_names.h"
#include "http/listener.h"
#include "http/percent.h"
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 256, PATIENCE_S = 10, MEMORY = 16 * 1024, LOCATION_SIZE = 8192, TICK_MS = 500 };

struct redirect {
    struct redirect_options options;
    struct tls *tls;
    int fd;
    uint16_t port;
    struct connections *connections;
    struct MHD_Daemon *daemon;
};

static void note_connection(void *cls, struct MHD_Connection *mhd, void **noted,
                            enum MHD_ConnectionNotificationCode code) {
    struct redirect *redirect = cls;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        int fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        *noted = connections_add(redirect->connections, NULL, fd,
                                 clock_monotonic_ms() + PATIENCE_S * INT64_C(1000));
    } else if (*noted) {
        connections_remove(redirect->connections, *noted);
        *noted = NULL;
    }
}

/* The target as it came: the library takes it apart in place. */
static void *keep_target(void *cls, const char *target, struct MHD_Connection *mhd) {
    (void)cls, (void)mhd;
    return strdup(target);
}

static void drop_target(void *cls, struct MHD_Connection *mhd, void **target,
                        enum MHD_RequestTerminationCode why) {
    (void)cls, (void)mhd, (void)why;
    free(*target);
    *target = NULL;
}

static void log_nothing(void *cls, const char *format, va_list args) {
    (void)cls, (void)format, (void)args;
}

/* false: there is no name to lead to */
static bool write_location(const struct redirect *redirect, const char *host_header,
                           const char *target, char out[LOCATION_SIZE]) {
    const struct redirect_options *options = &redirect->options;
    if (options->origin)
        return snprintf(out, LOCATION_SIZE, "%s%s", options->origin, target) < LOCATION_SIZE;
    char port[8] = "";
    if (options->https_port != 443)
        snprintf(port, sizeof port, ":%u", options->https_port);
    struct certificate *certificate = tls_certificate(redirect->tls);
    struct span host = {host_header, host_header ? strlen(host_header) : 0};
    host = framing_host_ok(host) ? host_of_header(host) : (struct span){"", 0};
    const char *own = certificate_host(certificate);
    if (!certificate_covers(certificate, host))
        host = own ? (struct span){own, strlen(own)} : (struct span){"", 0};
    bool is_v6 = memchr(host.text, ':', host.len) != NULL;
    int len = snprintf(out, LOCATION_SIZE, "https://%s%.*s%s%s%s", is_v6 ? "[" : "", (int)host.len,
                       host.text, is_v6 ? "]" : "", port, target);
    bool known = host.len > 0 && len < LOCATION_SIZE;
    certificate_drop(certificate);
    return known;
}

static enum MHD_Result answer(void *cls, struct MHD_Connection *mhd, const char *url,
                              const char *method, const char *version, const char *data,
                              size_t *data_len, void **target) {
    char location[LOCATION_SIZE];
    static const char text[] = "This page is served over https.\n";
    (void)url, (void)method, (void)version, (void)data, (void)data_len;
    const char *host = MHD_lookup_connection_value(mhd, MHD_HEADER_KIND, "Host");
    bool known = *target && percent_target_ok(*target, strlen(*target)) &&
                 write_location(cls, host, *target, location);
    struct MHD_Response *response = MHD_create_response_from_buffer(
        sizeof text - 1, (void *)(uintptr_t)text, MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    bool whole = MHD_add_response_header(response, "Cache-Control", "no-store") == MHD_YES &&
                 MHD_add_response_header(response, "Content-Type", "text/plain") == MHD_YES &&
                 MHD_add_response_header(response, "Connection", "close") == MHD_YES &&
                 (!known || MHD_add_response_header(response, "Location", location) == MHD_YES);
    enum MHD_Result sent =
        whole ? MHD_queue_response(mhd, known ? 308 : 400, response) : MHD_NO;
    MHD_destroy_response(response);
    return sent;
}

enum err redirect_start(const struct redirect_options *options, struct tls *tls,
                        struct fault *fault, struct redirect **out) {
    struct redirect *redirect = calloc(1, sizeof *redirect);
    if (!redirect)
        return ERR_NO_MEMORY;
    *redirect = (struct redirect){.options = *options, .tls = tls, .fd = -1};
    enum err err =
        listener_open(options->address, options->port, fault, &redirect->fd, &redirect->port);
    if (err == ERR_CONFLICT)
        fault_set(fault, err, "redirect", "the port is in use");
    if (err == ERR_OK)
        err = connections_start(TICK_MS, &redirect->connections);
    if (err == ERR_OK) {
        redirect->daemon = MHD_start_daemon(
            MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG, 0, NULL, NULL, answer, redirect,
            MHD_OPTION_EXTERNAL_LOGGER, log_nothing, NULL, MHD_OPTION_LISTEN_SOCKET, redirect->fd,
            MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
            (unsigned)PATIENCE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY,
            MHD_OPTION_NOTIFY_CONNECTION, note_connection, redirect, MHD_OPTION_URI_LOG_CALLBACK,
            keep_target, NULL, MHD_OPTION_NOTIFY_COMPLETED, drop_target, NULL, MHD_OPTION_END);
        if (!redirect->daemon)
            err = fault_set(fault, ERR_IO, "--http-port", "libmicrohttpd does not start");
    }
    if (err == ERR_OK)
        *out = redirect;
    else
        redirect_stop(redirect);
    return err;
}

uint16_t redirect_port(const struct redirect *redirect) {
    return redirect->port;
}

void redirect_stop(struct redirect *redirect) {
    if (!redirect)
        return;
    if (redirect->daemon)
        MHD_stop_daemon(redirect->daemon); // closes the socket
    else if (redirect->fd >= 0)
        close(redirect->fd);
    connections_stop(redirect->connections);
    free(redirect);
}
