// SPDX-License-Identifier: AGPL-3.0-or-later
// A server of what is published and nothing else: for a machine that holds editions and no store.
#ifndef REPERE_PUBLISHED_APP_H
#define REPERE_PUBLISHED_APP_H
#include "base/err.h"
#include "config.h"

struct published_app;
struct server;
/**
 * Serves the editions of a folder (of its sub-folder editions/, when there is one), its basemaps/, and the
 * pages made for planners. Opens nothing else: no store, no key, no data folder.
 *
 * @param config borrowed until published_app_stop
 * Errors: NOT_FOUND (no such folder), CONFLICT (the port is in use), IO, NO_MEMORY; the fault says what
 *         to do.
 */
enum err published_app_start(const struct config *config, struct fault *fault,
                             struct published_app **out);
const struct server *published_app_server(const struct published_app *app);
/** NULL is fine. */
void published_app_stop(struct published_app *app);
#endif
