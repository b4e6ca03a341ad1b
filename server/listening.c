// SPDX-License-Identifier: AGPL-3.0-or-later
#include "listening.h"

#include "api/edition_request.h"
#include "embedded.h"
#include "http/certificate.h"
#include "model/role.h"
#include "publish/published.h"

#include <stdio.h>
#include <string.h>

static uint64_t generation_of_published(void *published) {
    return published_generation(published);
}

static const char *name_of_role(unsigned bit) {
    return role_name((enum role)bit);
}

static const char *text_or_null(const struct config *config, enum setting setting) {
    const char *text = config_text(config, setting);
    return *text ? text : NULL;
}

static enum err set_tls(const struct config *config, struct server_options *options,
                        struct fault *fault) {
    options->tls_certificate = text_or_null(config, SETTING_TLS_CERT);
    options->tls_key = text_or_null(config, SETTING_TLS_KEY);
    options->redirects = text_or_null(config, SETTING_HTTP_PORT) != NULL;
    options->redirect_port = (uint16_t)config_number(config, SETTING_HTTP_PORT);
    if (options->tls_certificate && !options->tls_key)
        return fault_set(fault, ERR_BAD_FIELD, "--tls-key", "is needed with --tls-cert");
    if (options->tls_key && !options->tls_certificate)
        return fault_set(fault, ERR_BAD_FIELD, "--tls-cert", "is needed with --tls-key");
    if (options->redirects && !options->tls_certificate)
        return fault_set(fault, ERR_BAD_FIELD, "--http-port",
                         "leads to https, which needs --tls-cert and --tls-key");
    return ERR_OK;
}

/* Which of the two ports it is. */
static enum err say_port(const struct server_options *options, struct fault *fault) {
    bool other = options->redirects && options->redirect_port != 0 &&
                 strcmp(fault->where, "redirect") == 0;
    return fault_set(fault, ERR_CONFLICT, options->address,
                     "port %u is in use: end the other program or take another --%sport",
                     other ? options->redirect_port : options->port, other ? "http-" : "");
}

bool listening_is_tls(const struct config *config) {
    return text_or_null(config, SETTING_TLS_CERT) != NULL;
}

void listening_url(const struct config *config, uint16_t port, char *out, size_t size) {
    const char *origin = text_or_null(config, SETTING_ORIGIN), *name = NULL;
    struct certificate *certificate = NULL;
    struct fault fault;
    bool tls = listening_is_tls(config);
    if (tls && certificate_read(config_text(config, SETTING_TLS_CERT),
                                config_text(config, SETTING_TLS_KEY), &fault,
                                &certificate) == ERR_OK)
        name = certificate_host(certificate);
    if (origin)
        snprintf(out, size, "%s", origin);
    else if (tls && port == 443)
        snprintf(out, size, "https://%s", name ? name : "127.0.0.1");
    else
        snprintf(out, size, "http%s://%s:%u", tls ? "s" : "", name ? name : "127.0.0.1", port);
    certificate_drop(certificate);
}

enum err listening_start(const struct config *config, struct server_options *options,
                         const struct route_table *routes, struct server_hooks *hooks,
                         struct published *published, struct fault *fault, struct server **out) {
    options->address = config_text(config, SETTING_ADDRESS);
    options->port = (uint16_t)config_number(config, SETTING_PORT);
    options->io_threads = config_number(config, SETTING_IO_THREADS);
    options->workers = config_number(config, SETTING_WORKERS);
    options->connections_max = config_number(config, SETTING_CONNECTIONS_MAX);
    options->origin = text_or_null(config, SETTING_ORIGIN);
    options->host_names = text_or_null(config, SETTING_HOST_NAMES);
    options->schemas = embedded_schemas;
    hooks->published = published;
    hooks->published_generation = generation_of_published;
    hooks->published_advice = edition_advice;
    hooks->role_name = name_of_role;
    enum err err = set_tls(config, options, fault);
    if (err == ERR_OK)
        err = server_start(options, routes, hooks, fault, out);
    return err == ERR_CONFLICT ? say_port(options, fault) : err;
}
