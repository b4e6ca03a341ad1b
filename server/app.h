// SPDX-License-Identifier: AGPL-3.0-or-later
// A running server: owns the long-lived objects, wires them to each other, stops them in reverse.
#ifndef REPERE_APP_H
#define REPERE_APP_H
#include "base/err.h"
#include "config.h"

struct app;
struct server;
/**
 * Opens the data folder, starts the writer and the workers, and listens.
 * @param config borrowed until app_stop
 * Errors: those of migrate and db_open; CONFLICT (the port is in use), READ_ONLY, IO, NO_MEMORY; the
 *         fault says what to do.
 */
enum err app_start(const struct config *config, struct fault *fault, struct app **out);
const struct server *app_server(const struct app *app);
/** Takes no new connection, lets what is under way end, empties the writer, and closes everything. */
void app_stop(struct app *app);
#endif
