// SPDX-License-Identifier: AGPL-3.0-or-later
// The one table of routes. Everything a URL can reach stands in routes.c, a section a resource; the
// handlers it names are declared in api/<resource>.h.
#ifndef REPERE_API_ROUTES_H
#define REPERE_API_ROUTES_H
#include "http/route.h"

/** Borrowed; lives as long as the program. */
struct route_table api_routes(void);
#endif
