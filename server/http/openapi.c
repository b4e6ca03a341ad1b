// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/openapi.h"
#include "base/jsonw.h"
#include "http/router.h"
#include "http/server_parts.h"
#include <stdio.h>
#include <string.h>

static const char *verb_of(const struct route *route) {
    static const char *const verbs[] = {"get", "post", "put", "delete"};
    return verbs[route->method];
}

static void write_number(struct jsonw *w, const char *key, double value) {
    jsonw_kfixed(w, key, value, 9);
}

static void write_param_schema(struct jsonw *w, const struct param *spec) {
    static const char *const types[] = {
        [PARAM_INT] = "integer", [PARAM_UUID] = "string", [PARAM_BBOX] = "string",
        [PARAM_WORD] = "string", [PARAM_TEXT] = "string", [PARAM_ONE_OF] = "string",
    };
    jsonw_key(w, "schema");
    jsonw_object(w);
    jsonw_kstr(w, "type", types[spec->type]);
    bool ranged = spec->min != 0 || spec->max != 0;
    switch (spec->type) {
    case PARAM_INT:
        if (ranged) {
            write_number(w, "minimum", spec->min);
            write_number(w, "maximum", spec->max);
        }
        break;
    case PARAM_UUID:
        jsonw_kstr(w, "format", "uuid");
        break;
    case PARAM_BBOX:
        jsonw_kstr(w, "pattern", "^-?[0-9.]+(,-?[0-9.]+){3}$");
        break;
    case PARAM_WORD:
        jsonw_kstr(w, "pattern", "^[A-Za-z0-9_.-]+$");
        jsonw_ki64(w, "maxLength", spec->max > 0 ? (int64_t)spec->max : 255);
        break;
    case PARAM_TEXT:
        jsonw_ki64(w, "minLength", 1);
        jsonw_ki64(w, "maxLength", spec->max > 0 ? (int64_t)spec->max : 255);
        break;
    case PARAM_ONE_OF:
        jsonw_key(w, "enum");
        jsonw_array(w);
        for (const char *const *word = spec->words; *word; word++)
            jsonw_str(w, *word);
        jsonw_array_end(w);
        break;
    }
    if (spec->fallback) {
        if (spec->type == PARAM_INT)
            jsonw_kraw(w, "default", spec->fallback);
        else
            jsonw_kstr(w, "default", spec->fallback);
    }
    jsonw_object_end(w);
}

static bool is_in_path(const struct route *route, const char *name) {
    char step[80];
    snprintf(step, sizeof step, "{%s}", name);
    return strstr(route->path, step) != NULL;
}

/* What door_check_site asks of every write. */
static const char write_header[] =
    "{\"name\":\"X-Requested-With\",\"in\":\"header\",\"required\":true,"
    "\"description\":\"No other site's page can send it.\","
    "\"schema\":{\"const\":\"repere\"}}";

static void write_params(struct jsonw *w, const struct route *route) {
    bool writes = route->method != METHOD_GET;
    if (!route->params[0] && !writes)
        return;
    jsonw_key(w, "parameters");
    jsonw_array(w);
    if (writes)
        jsonw_raw(w, write_header, sizeof write_header - 1);
    for (size_t i = 0; i < ROUTE_PARAMS_MAX && route->params[i]; i++) {
        const struct param *spec = route->params[i];
        bool in_path = is_in_path(route, spec->name);
        jsonw_object(w);
        jsonw_kstr(w, "name", spec->name);
        jsonw_kstr(w, "in", in_path ? "path" : "query");
        jsonw_kbool(w, "required", in_path || spec->required);
        if (spec->doc)
            jsonw_kstr(w, "description", spec->doc);
        write_param_schema(w, spec);
        jsonw_object_end(w);
    }
    jsonw_array_end(w);
}

/* {"application/json":{"schema":{"$ref":...}}}, or {"image/png":{}} for each media type listed. */
static void write_content(struct jsonw *w, const char *what) {
    jsonw_key(w, "content");
    jsonw_object(w);
    if (!strchr(what, '/')) {
        char ref[128];
        snprintf(ref, sizeof ref, "#/components/schemas/%s", what);
        jsonw_key(w, "application/json");
        jsonw_object(w);
        jsonw_key(w, "schema");
        jsonw_object(w);
        jsonw_kstr(w, "$ref", ref);
        jsonw_object_end(w);
        jsonw_object_end(w);
    }
    while (strchr(what, '/')) {
        char type[64];
        size_t len = strcspn(what, ", ");
        snprintf(type, sizeof type, "%.*s", (int)len, what);
        jsonw_key(w, type);
        jsonw_object(w);
        jsonw_object_end(w);
        what += len + strspn(what + len, ", ");
    }
    jsonw_object_end(w);
}

static void write_responses(struct jsonw *w, const struct route *route) {
    jsonw_key(w, "responses");
    jsonw_object(w);
    jsonw_key(w, "2XX");
    jsonw_object(w);
    jsonw_kstr(w, "description", "Done");
    write_content(w, route->reply);
    jsonw_object_end(w);
    jsonw_key(w, "default");
    jsonw_object(w);
    jsonw_kstr(w, "description", "A problem: one of the errors listed under x-errors");
    jsonw_key(w, "content");
    jsonw_object(w);
    jsonw_key(w, "application/problem+json");
    jsonw_object(w);
    jsonw_key(w, "schema");
    jsonw_object(w);
    jsonw_kstr(w, "$ref", "#/components/schemas/Problem");
    for (int i = 0; i < 5; i++)
        jsonw_object_end(w);
}

static void write_roles(struct jsonw *w, unsigned roles, const char *(*role_name)(unsigned bit)) {
    jsonw_key(w, "x-roles");
    jsonw_array(w);
    for (unsigned bit = 1; role_name && bit != 0 && bit <= roles; bit <<= 1) {
        if ((roles & bit) && role_name(bit))
            jsonw_str(w, role_name(bit));
    }
    jsonw_array_end(w);
}

/* "getApiSessionsSessionCounts" of GET /api/sessions/{session}/counts */
static void write_operation_id(struct jsonw *w, const struct route *route) {
    char id[160];
    size_t n = (size_t)snprintf(id, sizeof id, "%s", verb_of(route));
    bool upper = true;
    for (const char *at = route->path; *at && n + 1 < sizeof id; at++) {
        bool lower = *at >= 'a' && *at <= 'z';
        if (lower || (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9'))
            id[n++] = (char)(upper && lower ? *at - 'a' + 'A' : *at), upper = false;
        else
            upper = true;
    }
    id[n] = '\0';
    jsonw_kstr(w, "operationId", id);
}

static void write_operation(struct jsonw *w, const struct route *route,
                            const char *(*role_name)(unsigned bit)) {
    jsonw_key(w, verb_of(route));
    jsonw_object(w);
    jsonw_kstr(w, "summary", route->summary);
    write_operation_id(w, route);
    write_roles(w, route->roles, role_name);
    write_params(w, route);
    if (route->body) {
        jsonw_key(w, "requestBody");
        jsonw_object(w);
        jsonw_kbool(w, "required", true);
        write_content(w, route->body);
        jsonw_object_end(w);
    }
    write_responses(w, route);
    jsonw_object_end(w);
}

static bool is_first_of_path(const struct route_table *routes, size_t index) {
    for (size_t i = 0; i < index; i++) {
        if (strcmp(routes->rows[i].path, routes->rows[index].path) == 0)
            return false;
    }
    return true;
}

static void write_paths(struct jsonw *w, const struct route_table *routes,
                        const char *(*role_name)(unsigned bit)) {
    jsonw_key(w, "paths");
    jsonw_object(w);
    for (size_t i = 0; i < routes->count; i++) {
        if (!is_first_of_path(routes, i))
            continue;
        jsonw_key(w, routes->rows[i].path);
        jsonw_object(w);
        for (size_t j = i; j < routes->count; j++) {
            if (strcmp(routes->rows[j].path, routes->rows[i].path) == 0)
                write_operation(w, &routes->rows[j], role_name);
        }
        jsonw_object_end(w);
    }
    jsonw_object_end(w);
}

static void write_errors(struct jsonw *w) {
    jsonw_key(w, "x-errors");
    jsonw_array(w);
    for (int err = ERR_OK + 1; err < ERR_COUNT; err++) {
        jsonw_object(w);
        jsonw_kstr(w, "name", err_name((enum err)err));
        jsonw_ki64(w, "status", err_status((enum err)err));
        jsonw_kstr(w, "title", err_text((enum err)err));
        jsonw_object_end(w);
    }
    jsonw_array_end(w);
}

/* How a request says who sends it; x-roles of each operation says who may. */
static const char security_schemes[] =
    "{\"staff\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"repere\",\"description\":"
    "\"Set by POST /api/signin and /api/signin/link; __Host-repere over TLS.\"},"
    "\"participant\":{\"type\":\"http\",\"scheme\":\"bearer\",\"description\":"
    "\"The token that POST /api/join gives.\"}}";

static void write_components(struct jsonw *w, const char *const *schemas) {
    static const char problem[] =
        "{\"type\":\"object\",\"required\":[\"type\",\"title\",\"status\"],\"properties\":{"
        "\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},"
        "\"status\":{\"type\":\"integer\"},\"where\":{\"type\":\"string\"},"
        "\"detail\":{\"type\":\"string\"}}}";
    jsonw_key(w, "components");
    jsonw_object(w);
    jsonw_key(w, "schemas");
    jsonw_object(w);
    bool has_problem = false;
    for (const char *const *at = schemas; at && at[0]; at += 2) {
        has_problem = has_problem || strcmp(at[0], "Problem") == 0;
        jsonw_kraw(w, at[0], at[1]);
    }
    if (!has_problem)
        jsonw_kraw(w, "Problem", problem);
    jsonw_object_end(w);
    jsonw_kraw(w, "securitySchemes", security_schemes);
    jsonw_object_end(w);
}

void openapi_write(struct buf *out, const struct route_table *routes, const char *const *schemas,
                   const char *(*role_name)(unsigned bit)) {
    struct jsonw w;
    jsonw_init(&w, out);
    jsonw_object(&w);
    jsonw_kstr(&w, "openapi", "3.1.0");
    jsonw_key(&w, "info");
    jsonw_object(&w);
    jsonw_kstr(&w, "title", "Rep\u00e8re");
    jsonw_kstr(&w, "version", REPERE_VERSION);
    jsonw_object_end(&w);
    jsonw_kraw(&w, "security", "[{},{\"staff\":[]},{\"participant\":[]}]");
    write_paths(&w, routes, role_name);
    write_components(&w, schemas);
    write_errors(&w);
    jsonw_object_end(&w);
}

enum err openapi_handler(struct request *request, struct response *response) {
    const struct buf *text = &request->server->openapi;
    buf_bytes(response_body(response), text->data, text->len);
    return ERR_OK;
}
