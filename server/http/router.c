// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/router.h"
#include "http/params.h"
#include <stdlib.h>
#include <string.h>

enum { METHODS = METHOD_DELETE + 1 };

/* One step of a path. Children are literal steps; `any` is the {name} step. */
struct node {
    const char *step; // borrowed from the row's path
    size_t step_len;
    struct node *children; // linked by `next`
    struct node *next;
    struct node *any;
    const struct route *routes[METHODS];
};
struct router {
    struct node root;
};

const char *method_name(enum method method) {
    static const char *const names[METHODS] = {"GET", "POST", "PUT", "DELETE"};
    return names[method];
}

static size_t step_length(const char *at, const char *end) {
    const char *slash = memchr(at, '/', (size_t)(end - at));
    return (size_t)((slash ? slash : end) - at);
}

static struct node *find_child(const struct node *node, const char *step, size_t len) {
    for (struct node *child = node->children; child; child = child->next) {
        if (child->step_len == len && memcmp(child->step, step, len) == 0)
            return child;
    }
    return NULL;
}

/* The child for this step of a row's path, made when it is not there yet. */
static struct node *grow(struct node *node, const char *step, size_t len) {
    bool named = step[0] == '{';
    struct node *child = named ? node->any : find_child(node, step, len);
    if (child)
        return child;
    child = calloc(1, sizeof *child);
    if (!child)
        return NULL;
    child->step = step;
    child->step_len = len;
    if (named) {
        node->any = child;
    } else {
        child->next = node->children;
        node->children = child;
    }
    return child;
}

/* The index in the row's params of the {name} at `step`, or ROUTE_PARAMS_MAX. */
static size_t param_index(const struct route *route, const char *step, size_t len) {
    size_t i = 0;
    for (; i < ROUTE_PARAMS_MAX && route->params[i]; i++) {
        const char *name = route->params[i]->name;
        if (strlen(name) + 2 == len && memcmp(name, step + 1, len - 2) == 0)
            return i;
    }
    return ROUTE_PARAMS_MAX;
}

static const char *row_mistake(const struct route *route) {
    if (!route->handler || route->roles == 0 || !route->reply || !route->summary)
        return "lacks a handler, role, reply or summary";
    if (route->method == METHOD_GET && (route->body || (route->flags & ROUTE_WRITES)))
        return "is a GET with a body or a write";
    if ((route->flags & ROUTE_UPLOAD) && (!route->body || !strchr(route->body, '/')))
        return "takes an upload of no media type";
    if ((route->flags & (ROUTE_CACHED | ROUTE_IMMUTABLE | ROUTE_EVENTS)) &&
        route->method != METHOD_GET)
        return "keeps the reply of something else than a GET";
    if (route->prepare && !(route->flags & ROUTE_WRITES))
        return "prepares what it never writes";
    for (size_t i = 0; i < ROUTE_PARAMS_MAX && route->params[i]; i++) {
        const struct param *spec = route->params[i];
        struct param_value value;
        if (spec->type == PARAM_ONE_OF && !spec->words)
            return "has a choice without words";
        if (spec->fallback &&
            param_parse(spec, spec->fallback, strlen(spec->fallback), NULL, &value) != ERR_OK)
            return "has a fallback that its parameter refuses";
    }
    return NULL;
}

static enum err add_row(struct router *router, const struct route *route, struct fault *fault) {
    const char *mistake = row_mistake(route);
    if (mistake)
        return fault_set(fault, ERR_INTERNAL, route->path, "the row %s", mistake);
    struct node *node = &router->root;
    const char *at = route->path, *end = at + strlen(at);
    while (at < end) {
        at++; // the slash
        size_t len = step_length(at, end);
        if (len > 0 && at[0] == '{' && param_index(route, at, len) == ROUTE_PARAMS_MAX)
            return fault_set(fault, ERR_INTERNAL, route->path, "the row lacks a path parameter");
        node = grow(node, at, len);
        if (!node)
            return ERR_NO_MEMORY;
        at += len;
    }
    if (node->routes[route->method])
        return fault_set(fault, ERR_INTERNAL, route->path, "the row is there twice");
    node->routes[route->method] = route;
    return ERR_OK;
}

enum err router_new(const struct route_table *table, struct fault *fault, struct router **out) {
    struct router *router = calloc(1, sizeof *router);
    if (!router)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < table->count; i++) {
        enum err err = add_row(router, &table->rows[i], fault);
        if (err != ERR_OK) {
            router_free(router);
            return err;
        }
    }
    *out = router;
    return ERR_OK;
}

/* Rows are ours, so the depth of the tree is that of the longest row. */
static void free_below(struct node *node) {
    while (node->children) {
        struct node *child = node->children;
        node->children = child->next;
        free_below(child);
        free(child);
    }
    if (node->any) {
        free_below(node->any);
        free(node->any);
    }
}

void router_free(struct router *router) {
    if (!router)
        return;
    free_below(&router->root);
    free(router);
}

static unsigned methods_of(const struct node *node) {
    unsigned methods = 0;
    for (unsigned m = 0; m < METHODS; m++)
        methods |= node->routes[m] ? 1u << m : 0u;
    return methods;
}

/* Walks down, a literal step first; true when a node with any method is found. */
static const struct node *descend(const struct node *node, const char *at, const char *end) {
    if (at == end)
        return methods_of(node) ? node : NULL;
    at++;
    size_t len = step_length(at, end);
    const struct node *child = find_child(node, at, len);
    const struct node *found = child ? descend(child, at + len, end) : NULL;
    if (!found && node->any && len > 0)
        found = descend(node->any, at + len, end);
    return found;
}

/* Lays the row's path beside the request's and notes what stands for each {name}. */
static void collect_values(struct route_match *match, const char *at, const char *end) {
    const char *row = match->route->path, *row_end = row + strlen(row);
    while (row < row_end) {
        row++, at++;
        size_t row_len = step_length(row, row_end), len = step_length(at, end);
        if (row_len > 0 && row[0] == '{') {
            size_t n = match->value_count++;
            match->values[n].text = at;
            match->values[n].len = len;
            match->values[n].param = param_index(match->route, row, row_len);
        }
        row += row_len, at += len;
    }
}

enum err router_find(const struct router *router, int method, const char *path, size_t path_len,
                     struct route_match *out) {
    *out = (struct route_match){0};
    if (path_len == 0 || path[0] != '/')
        return ERR_NOT_FOUND;
    const struct node *node = descend(&router->root, path, path + path_len);
    if (!node)
        return ERR_NOT_FOUND;
    out->methods = methods_of(node);
    out->route = method >= 0 && method < METHODS ? node->routes[method] : NULL;
    if (!out->route)
        return ERR_METHOD_NOT_ALLOWED;
    collect_values(out, path, path + path_len);
    return ERR_OK;
}
