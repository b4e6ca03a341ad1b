// SPDX-License-Identifier: AGPL-3.0-or-later
// The names this server answers to. A page of another site can have its own name point to this machine
// (DNS rebinding) and then reads what is here as its own; its name is in the Host header of each such request.
#ifndef REPERE_HTTP_HOST_NAMES_H
#define REPERE_HTTP_HOST_NAMES_H
#include "base/err.h"
#include "http/framing.h"
#include <stdbool.h>

struct host_names;

/**
 * The machine's own name, with and without its domain, and under .local; `localhost`; the host of `origin`;
 * those of `list`.
 *
 * @param origin "https://map.example.org" or NULL
 * @param list   "map.example.org,room.example.org"; "" and NULL: none
 * Errors: NO_MEMORY.
 */
enum err host_names_new(const char *origin, const char *list, struct host_names **out);
/** Accepts NULL. */
void host_names_free(struct host_names *names);
/** Whether a Host header's value (port and a last dot do not matter) is an address or one of the names. */
bool host_names_know(const struct host_names *names, struct span host);
/** The Host header's value without port and last dot; of "[::1]:8080" it is "::1". */
struct span host_of_header(struct span host);
#endif
