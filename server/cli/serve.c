// SPDX-License-Identifier: AGPL-3.0-or-later
// `repere serve`: the server, until SIGINT or SIGTERM.
#include "app.h"
#include "cli/cli.h"
#include "http/certificate.h"
#include "http/server.h"
#include "listening.h"
#include "published_app.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* What the people in the room type, when every address is listened on. */
static void print_addresses(const char *address, uint16_t port) {
    struct ifaddrs *all = NULL;
    char text[INET_ADDRSTRLEN];
    bool is_any = strcmp(address, "0.0.0.0") == 0 || strcmp(address, "::") == 0;
    if (!is_any || getifaddrs(&all) != 0)
        return;
    for (const struct ifaddrs *at = all; at; at = at->ifa_next) {
        if (!at->ifa_addr || at->ifa_addr->sa_family != AF_INET || (at->ifa_flags & IFF_LOOPBACK))
            continue;
        const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)at->ifa_addr;
        if (inet_ntop(AF_INET, &in->sin_addr, text, sizeof text))
            printf("the room reaches it at http://%s:%u\n", text, port);
    }
    freeifaddrs(all);
}

/* Over TLS tablets come by what the certificate is for: to any other address they would be warned. */
static void print_names(const struct config *config, uint16_t port) {
    struct certificate *certificate;
    struct fault fault;
    unsigned char bytes[16];
    char number[8] = "";
    if (certificate_read(config_text(config, SETTING_TLS_CERT), config_text(config, SETTING_TLS_KEY),
                         &fault, &certificate) != ERR_OK)
        return;
    if (port != 443)
        snprintf(number, sizeof number, ":%u", port);
    const char *name;
    for (size_t i = 0; (name = certificate_name(certificate, i)); i++)
        if (name[0] != '*' && !strchr(name, ':'))
            printf("the room reaches it at https://%s%s%s\n", name, number,
                   inet_pton(AF_INET, name, bytes) == 1
                       ? ""
                       : ", where its DNS gives that name this machine's address");
    certificate_drop(certificate);
}

static void tell_address(const struct config *config, const struct server *server) {
    const char *address = config_text(config, SETTING_ADDRESS);
    uint16_t port = server_port(server), plain = server_redirect_port(server);
    bool is_v6 = strchr(address, ':') != NULL, tls = listening_is_tls(config);
    const char *open = is_v6 ? "[" : "", *close = is_v6 ? "]" : "";
    printf("listening on http%s://%s%s%s:%u\n", tls ? "s" : "", open, address, close, port);
    if (plain != 0)
        printf("leading there from http://%s%s%s:%u\n", open, address, close, plain);
    if (tls && strncmp(address, "127.", 4) != 0 && strcmp(address, "::1") != 0)
        print_names(config, port);
    else if (!tls)
        print_addresses(address, port);
    fflush(stdout);
}

static enum err serve_all(struct cli *cli, const sigset_t *ends) {
    struct app *app = NULL;
    int signal_number = 0;
    enum err err = app_start(&cli->config, &cli->fault, &app);
    if (err)
        return err;
    tell_address(&cli->config, app_server(app));
    sigwait(ends, &signal_number);
    app_stop(app);
    return ERR_OK;
}

static enum err serve_published(struct cli *cli, const sigset_t *ends) {
    struct published_app *app = NULL;
    int signal_number = 0;
    enum err err = published_app_start(&cli->config, &cli->fault, &app);
    if (err)
        return err;
    tell_address(&cli->config, published_app_server(app));
    sigwait(ends, &signal_number);
    published_app_stop(app);
    return ERR_OK;
}

static enum err run(struct cli *cli) {
    sigset_t ends;
    // blocked here, so that every thread inherits it and the signals wait for sigwait
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); // a write beyond a limit is an error like a full disk
    return *config_text(&cli->config, SETTING_PUBLISHED_ONLY) ? serve_published(cli, &ends)
                                                              : serve_all(cli, &ends);
}

const struct command command_serve = {
    .name = "serve",
    .arguments = "",
    .summary = "Serves the pages and the API until it is told to end (SIGINT, SIGTERM).",
    .run = run,
};
