// SPDX-License-Identifier: AGPL-3.0-or-later
// authenticate -> role -> parameters -> prepare/handler -> answer, on a worker. A write leaves the
// worker for the writer and is answered on libmicrohttpd's thread once it is on disk.
#include "http/exchange.h"
#include "base/clock.h"
#include "base/log.h"
#include "http/answer.h"
#include "http/door.h"
#include "http/kept.h"
#include "http/params.h"
#include "http/percent.h"
#include "http/problem.h"
#include "http/range.h"
#include "http/server_parts.h"
#include "http/stream.h"
#include <inttypes.h>
#include <microhttpd.h>
#include <string.h>

static struct exchange *of_job(struct job *job) {
    return (struct exchange *)(void *)job;
}

/* ---- who asks, and what ---- */

static bool is_published(const struct exchange *exchange) {
    return (exchange->connection->match.route->flags & ROUTE_PUBLISHED) != 0;
}

static bool is_quick(const struct exchange *exchange) {
    return (exchange->connection->match.route->flags & ROUTE_QUICK) != 0;
}

static char *copy_span(struct exchange *exchange, struct span span) {
    return span.text ? arena_strndup(&exchange->arena, span.text, span.len) : NULL;
}

/* "12" of the tag "12" or of one of its forms, "12-g"; what is no strong tag is kept as it is and
 * matches nothing. */
static const char *read_if_match(struct exchange *exchange, struct span tag) {
    if (tag.len >= 2 && tag.text[0] == '"' && tag.text[tag.len - 1] == '"')
        tag = (struct span){tag.text + 1, tag.len - 2};
    if (tag.len > 2 && tag.text[tag.len - 2] == '-' && strchr("gb", tag.text[tag.len - 1]))
        tag.len -= 2;
    return copy_span(exchange, tag);
}

static char *lower_case(char *text) {
    for (char *at = text; at && *at; at++) {
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    }
    return text;
}

static enum err read_head(struct exchange *exchange) {
    struct request *request = &exchange->request;
    const struct connection *connection = exchange->connection;
    const struct head *head = &connection->head;
    char *path;
    size_t path_len;
    enum err err = percent_decode(connection->target, connection->path_len, false, &exchange->arena,
                                  &path, &path_len);
    if (err != ERR_OK)
        return fault_set(&request->fault, err, "path", "is not escaped UTF-8 text");
    // what is published is the same in all languages
    struct span language = is_published(exchange) ? (struct span){0} : door_language(head);
    request->route = connection->match.route;
    request->server = exchange->server;
    request->arena = &exchange->arena;
    request->path = path;
    request->secure = door_is_secure(head, exchange->server->tls != NULL, exchange->server->options.origin);
    request->content_type = lower_case(copy_span(exchange, door_media_type(head)));
    request->from = connection->from_known ? connection->from : NULL;
    request->language = language.text ? copy_span(exchange, language) : "";
    request->if_match = read_if_match(exchange, head->if_match);
    if (request->route->flags & ROUTE_UPLOAD) {
        request->body_file = exchange->body.path;
        request->body_len = exchange->body.len;
    } else if (request->route->body) {
        request->body = exchange->body.bytes.data;
        request->body_len = exchange->body.len;
    }
    return request->content_type && request->language ? ERR_OK : ERR_NO_MEMORY;
}

/* A cookie that is no longer good hinders nobody on a route that is open to anyone: else it would
 * keep its owner from signing in. A bearer token is the page's own: it is told, and drops it. */
static enum err find_caller(struct exchange *exchange, void *context) {
    struct request *request = &exchange->request;
    const struct head *head = &exchange->connection->head;
    const struct server_hooks *hooks = &exchange->server->hooks;
    const struct route *route = request->route;
    request->principal = (struct principal){.roles = PRINCIPAL_ANYONE};
    if (is_published(exchange) || is_quick(exchange))
        return ERR_OK;
    const char *bearer = copy_span(exchange, door_bearer(head));
    const char *cookie = copy_span(exchange, door_cookie(head, request->secure));
    enum err err = hooks->authenticate(hooks->owner, context, bearer, cookie, &request->principal);
    if (err == ERR_NOT_SIGNED_IN && !bearer && (route->roles & PRINCIPAL_ANYONE)) {
        request->principal = (struct principal){.roles = PRINCIPAL_ANYONE};
        err = ERR_OK;
    }
    if (err == ERR_OK && (route->roles & request->principal.roles) == 0)
        err = request->principal.roles == PRINCIPAL_ANYONE ? ERR_NOT_SIGNED_IN : ERR_FORBIDDEN;
    return err;
}

static enum err read_params(struct exchange *exchange) {
    struct connection *connection = exchange->connection;
    const char *query = NULL;
    size_t len = 0;
    if (connection->path_len < connection->target_len) {
        query = connection->target + connection->path_len + 1;
        len = connection->target_len - connection->path_len - 1;
    }
    return params_read(&connection->match, query, len, &exchange->arena, &exchange->request.fault,
                       &exchange->request.params);
}

/* ---- the answer ---- */

static void announce_all(struct exchange *exchange) {
    for (const struct announcement *a = exchange->response.announcements; a; a = a->next)
        events_announce(exchange->server->events, a->topic, a->event, a->json, a->len);
}

/* A part where one is asked for; a file that the client has already is not looked at (304). */
static enum err choose_part(struct exchange *exchange) {
    struct response *response = &exchange->response;
    const struct connection *connection = exchange->connection;
    const struct head *head = &connection->head;
    const char *etag = response->version ? response->version : "";
    struct range range = {0, response->file_len};
    enum range_kind kind = RANGE_WHOLE;
    if (!connection->head_only && response->status == 200 && range_holds(head->if_range, etag) &&
        !reply_etag_matches(etag, head->if_none_match))
        kind = range_read(head->range, response->file_len, &range);
    if (kind == RANGE_BEYOND)
        return ERR_BAD_RANGE;
    response->part_from = range.from;
    response->part_len = range.len;
    if (kind == RANGE_PART) {
        response_status(response, 206);
        const char *text =
            arena_printf(&exchange->arena, "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64, range.from,
                         range.from + range.len - 1, response->file_len);
        if (!text || response_header(response, "Content-Range", text) != ERR_OK)
            return ERR_NO_MEMORY;
    }
    return response_header(response, "Accept-Ranges", "bytes");
}

/* Events, streams and files. libmicrohttpd sends the last chunk even after HEAD, where the client takes it
 * for the next reply: HEAD gets no chunks. */
static enum err make_open_reply(struct exchange *exchange, void *context) {
    struct server *server = exchange->server;
    struct response *response = &exchange->response;
    struct MHD_Response *body = NULL;
    enum err err = ERR_OK;
    if (exchange_is_events(exchange))
        response_type(response, "text/event-stream");
    if (response->is_file)
        err = choose_part(exchange);
    if (err != ERR_OK)
        return err;
    if (response->is_file) {
        body = reply_body_file(response->fd, response->part_from, response->part_len);
        response->fd = body ? -1 : response->fd;
    } else if (exchange->connection->head_only)
        body = reply_body_borrowed("", 0);
    else if (exchange_is_events(exchange))
        body =
            events_subscribe(server->events, response->topic, exchange->mhd, exchange->connection);
    else
        err = stream_begin(response, context, server->pool, exchange->mhd, &body);
    if (err != ERR_OK)
        return err;
    return body ? answer_build_open(response, exchange->request.route, body, &exchange->reply)
                : ERR_NO_MEMORY;
}

static enum err make_reply(struct exchange *exchange, void *context) {
    struct connection *connection = exchange->connection;
    struct response *response = &exchange->response;
    const struct route *route = exchange->request.route;
    if (response->failed || response->body.failed)
        return ERR_NO_MEMORY;
    if (exchange_is_events(exchange) || response->piece || response->is_file)
        return make_open_reply(exchange, context);
    bool keep = connection->cacheable && !response->sets_cookie &&
                (response->status == 200 || response->status == 204);
    enum answer_use use = keep                            ? ANSWER_MANY
                          : connection->head.accepts_gzip ? ANSWER_ONCE_GZIP
                                                          : ANSWER_ONCE;
    enum err err = answer_build(response, route, use, &exchange->reply);
    if (err == ERR_OK && keep)
        cache_keep(exchange->server->cache, &connection->key, exchange->reply, exchange->generation,
                   connection->lasting, clock_monotonic_ms());
    return err;
}

static void log_failure(const struct exchange *exchange, enum err err) {
    const struct route *route = exchange->request.route;
    const struct fault *fault = &exchange->request.fault;
    if (err_status(err) >= 500)
        log_event(LOG_ERROR, "request_failed", "%s %s: %s %s %s", method_name(route->method),
                  route->path, err_name(err), fault->where, fault->why);
}

/* What can be asked instead, of a question that what is published does not answer. */
static const char *advice_on(struct exchange *exchange, enum err err) {
    const struct server_hooks *hooks = &exchange->server->hooks;
    struct request *request = &exchange->request;
    if (!is_published(exchange) || err_status(err) != 400 || !hooks->published_advice ||
        !request->path)
        return NULL;
    return hooks->published_advice(hooks->published, request->path, request->arena);
}

static void make_answer(struct exchange *exchange, enum err err, void *context) {
    const struct route *route = exchange->connection->match.route;
    exchange->request.route = route;
    if (err == ERR_OK)
        err = make_reply(exchange, context);
    if (err != ERR_OK) {
        log_failure(exchange, err);
        const struct problem problem = {.err = err,
                                        .fault = &exchange->request.fault,
                                        .size = exchange->response.file_len,
                                        .advice = advice_on(exchange, err)};
        if (answer_problem(&problem, route, false, &exchange->reply) != ERR_OK)
            exchange->reply = reply_hold(exchange->server->short_of_memory);
    }
}

bool exchange_is_events(const struct exchange *exchange) {
    return (exchange->request.route->flags & ROUTE_EVENTS) && exchange->response.topic;
}

struct reply *exchange_answer(struct exchange *exchange) {
    if (!exchange->reply)
        make_answer(exchange, exchange->outcome, NULL);
    return exchange->reply;
}

/* ---- on a worker ---- */

static enum err find_out(struct exchange *exchange, void *context) {
    exchange->request.context = context;
    enum err err = read_head(exchange);
    return err == ERR_OK ? find_caller(exchange, context) : err;
}

void exchange_ask(struct job *job, void *worker_context) {
    struct exchange *exchange = of_job(job);
    exchange->outcome = find_out(exchange, worker_context);
    exchange->known = true;
    MHD_resume_connection(exchange->mhd);
}

/* All that comes before the handler. */
static enum err prepare(struct exchange *exchange, void *context) {
    struct request *request = &exchange->request;
    enum err err = exchange->body.err;
    if (err == ERR_TOO_LARGE)
        fault_set(&request->fault, err, "body", "%zu bytes at most", exchange->body.max);
    // an upload's caller is known, but not yet where its body lies
    if (err == ERR_OK)
        err = exchange->known ? read_head(exchange) : find_out(exchange, context);
    if (err != ERR_OK)
        return err;
    request->context = is_published(exchange) ? exchange->server->hooks.published : context;
    err = read_params(exchange);
    if (err == ERR_OK && request->route->prepare)
        err = request->route->prepare(request, &exchange->response);
    return err;
}

void exchange_run(struct job *job, void *worker_context) {
    struct exchange *exchange = of_job(job);
    const struct server_hooks *hooks = &exchange->server->hooks;
    const struct route *route = exchange->connection->match.route;
    enum err err = prepare(exchange, worker_context);
    if (err == ERR_OK && (route->flags & ROUTE_WRITES)) {
        err = hooks->submit_write(hooks->owner, exchange, exchange->link);
        if (err == ERR_OK)
            return; // the writer's now, and perhaps done already
    } else if (err == ERR_OK) {
        // the state that the handler reads is this generation's, or a later one's
        exchange->generation = kept_generation(exchange->connection);
        err = route->handler(&exchange->request, &exchange->response);
    }
    make_answer(exchange, err, worker_context);
    if (err == ERR_OK)
        announce_all(exchange);
    MHD_resume_connection(exchange->mhd);
}

/* ---- on libmicrohttpd's thread ---- */

void exchange_run_here(struct exchange *exchange) {
    const struct route *route = exchange->connection->match.route;
    enum err err = prepare(exchange, exchange->server->hooks.quick);
    if (err == ERR_OK) {
        exchange->generation = kept_generation(exchange->connection);
        err = route->handler(&exchange->request, &exchange->response);
    }
    make_answer(exchange, err, NULL);
}

/* ---- on the writer ---- */

enum err exchange_apply(struct exchange *exchange, void *writer_context) {
    if (exchange->applied) { // the group is tried again: begin anew
        response_reset(&exchange->response);
        exchange->request.fault = (struct fault){0};
    }
    exchange->applied = true;
    exchange->request.context = writer_context;
    exchange->outcome = exchange->request.route->handler(&exchange->request, &exchange->response);
    if (exchange->outcome == ERR_OK &&
        (exchange->response.failed || exchange->response.body.failed))
        exchange->outcome = ERR_NO_MEMORY; // nobody could be told: undo it
    return exchange->outcome;
}

void exchange_done(struct exchange *exchange, enum err outcome) {
    if (outcome != exchange->outcome)
        exchange->request.fault = (struct fault){0};
    exchange->outcome = outcome;
    if (outcome == ERR_OK)
        announce_all(exchange);
    MHD_resume_connection(exchange->mhd);
}
