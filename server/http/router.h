// SPDX-License-Identifier: AGPL-3.0-or-later
// From a path to the row of the route table. The tree of path steps is built once; a literal step
// wins over a {name} at the same place.
#ifndef REPERE_HTTP_ROUTER_H
#define REPERE_HTTP_ROUTER_H
#include "http/route.h"

struct router;

struct route_match {
    const struct route *route; // NULL when the path exists but not with this method
    unsigned methods;          // bits 1 << enum method that the path knows
    size_t value_count;
    /* What stands where the row's path has a {name}: escaped as it came, borrowed from the path. */
    struct {
        const char *text;
        size_t len;
        size_t param; // index in the row's params
    } values[ROUTE_PARAMS_MAX];
};

/**
 * Reads the table and refuses one that contradicts itself: two rows for one path and method, a
 * {name} without its parameter, a row without a role or handler, a GET that writes or takes a body,
 * a fallback that its own spec would refuse.
 *
 * Errors: INTERNAL (fault: the row's path and what is wrong with it), NO_MEMORY.
 */
enum err router_new(const struct route_table *table, struct fault *fault, struct router **out);
void router_free(struct router *router);

/**
 * Finds the row.
 *
 * @param method an enum method, or -1 for one that no row can have
 * @param path   raw, without the query
 * Errors: NOT_FOUND, METHOD_NOT_ALLOWED (`out->methods` tells the others).
 */
enum err router_find(const struct router *router, int method, const char *path, size_t path_len,
                     struct route_match *out);
/** "GET" and so on. */
const char *method_name(enum method method);
#endif
