// SPDX-License-Identifier: AGPL-3.0-or-later
// A server with routes of its own and a writer that keeps its rows in memory: what http/ promises
// can be tried without a store.
#ifndef REPERE_TESTS_FAKE_SERVER_H
#define REPERE_TESTS_FAKE_SERVER_H
#include "http/server.h"
#include <stdatomic.h>
#include <stdbool.h>

enum { FAKE_HEADERS_MS = 400, FAKE_BODY_MS = 400, FAKE_IDLE_MS = 800, FAKE_HEARTBEAT_MS = 200 };

struct fake;
/** Listens on a free port of 127.0.0.1. `short_deadlines`: those above instead of the defaults. */
struct fake *fake_start(bool short_deadlines);
void fake_stop(struct fake *fake);
struct server *fake_server(struct fake *fake);
uint16_t fake_port(const struct fake *fake);
/** How often the handler of GET /kept ran. */
int fake_kept_calls(const struct fake *fake);
/** What is published changes. */
void fake_publish(struct fake *fake);
/** From now on commits fail with this error; ERR_OK: they succeed again. */
void fake_fail_commits(struct fake *fake, enum err err);
/** The last text that a committed PUT /things/{id} wrote; "" at first. */
void fake_thing(struct fake *fake, char out[64]);
/** The folder that uploads go to; ends with the server. */
const char *fake_upload_folder(const struct fake *fake);
#endif
