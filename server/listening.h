// SPDX-License-Identifier: AGPL-3.0-or-later
// How a server of this program listens, be it the whole one (app.c) or that of editions alone
// (published_app.c): what the settings say, what is published, what to do about a port in use.
#ifndef REPERE_LISTENING_H
#define REPERE_LISTENING_H
#include "config.h"
#include "http/server.h"

struct published;
enum { LISTENING_GRACE_MS = 5000, LISTENING_EDITIONS_EVERY_MS = 1000 };

/**
 * Starts the server.
 *
 * @param options the caller's own (assets, upload folder); what the settings say is filled in
 * @param hooks   the caller's own; what is published and the roles' names are filled in
 * Errors: CONFLICT (the port is in use; the fault says what to do), as server_start.
 */
enum err listening_start(const struct config *config, struct server_options *options,
                         const struct route_table *routes, struct server_hooks *hooks,
                         struct published *published, struct fault *fault, struct server **out);
#endif
