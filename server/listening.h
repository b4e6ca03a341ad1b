// SPDX-License-Identifier: AGPL-3.0-or-later
// How a server of this program listens, be it the whole one (app.c) or that of editions alone
// (published_app.c): what the settings say, what is published, what to do about a port in use.
#ifndef REPERE_LISTENING_H
#define REPERE_LISTENING_H
#include "config.h"
#include "http/server.h"
#include <stdbool.h>

struct published;
enum { LISTENING_GRACE_MS = 5000, LISTENING_EDITIONS_EVERY_MS = 1000 };

/**
 * Starts the server.
 *
 * @param options the caller's own (assets, upload folder); what the settings say is filled in
 * @param hooks   the caller's own; what is published and the roles' names are filled in
 * Errors: CONFLICT (a port is in use; the fault says what to do), BAD_FIELD (one of --tls-cert and
 *         --tls-key without the other), as server_start.
 */
enum err listening_start(const struct config *config, struct server_options *options,
                         const struct route_table *routes, struct server_hooks *hooks,
                         struct published *published, struct fault *fault, struct server **out);
/** Whether there is a certificate, so that it is https. */
bool listening_is_tls(const struct config *config);
/**
 * The address of a server with these settings, without a path: --origin, else by the certificate's name,
 * else by 127.0.0.1.
 */
void listening_url(const struct config *config, uint16_t port, char *out, size_t size);
#endif
