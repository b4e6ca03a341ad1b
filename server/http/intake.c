// SPDX-License-Identifier: AGPL-3.0-or-later
// libmicrohttpd calls intake_request once when the head is there, then for each part of the body,
// then once more at its end. An answer queued at the first call closes the connection; so a request
// that could be answered at once is still answered at its end, unless its body is too much to wait
// for. While a worker has the request the connection is suspended, and the call comes again after.
#include "http/intake.h"
#include "base/clock.h"
#include "base/log.h"
#include "http/answer.h"
#include "http/certificate.h"
#include "http/door.h"
#include "http/kept.h"
#include "http/server_parts.h"
#include <string.h>

enum {
    TARGET_MAX = 8192,
    UNASKED_BODY_MAX = 16 * 1024, // taken before anybody knows who sends it
    PASSED_OVER_MAX = DOOR_BODY_MAX,
    UPLOAD_BYTES_PER_MS = 64
};

static void set_deadline(struct connection *connection, int64_t deadline_ms) {
    atomic_store_explicit(&connection->deadline_ms, deadline_ms, memory_order_relaxed);
}

static int method_of(const char *name) {
    if (strcmp(name, "HEAD") == 0)
        return METHOD_GET;
    for (int m = METHOD_GET; m <= METHOD_DELETE; m++) {
        if (strcmp(name, method_name((enum method)m)) == 0)
            return m;
    }
    return -1;
}

/* ---- answers ---- */

static void log_request(const struct connection *connection, unsigned status) {
    const struct route *route = connection->match.route;
    log_event(LOG_DEBUG, "request", "%s %s %u %lld ms", route ? method_name(route->method) : "-",
              route ? route->path : "-", status,
              (long long)(clock_monotonic_ms() - connection->started_ms));
}

static enum MHD_Result send_reply(struct connection *connection, struct MHD_Connection *mhd,
                                  struct reply *reply, bool lasts) {
    struct server *server = connection->server;
    log_request(connection, reply_status(reply));
    connection->phase = PHASE_SENDING;
    set_deadline(connection, lasts ? 0 : clock_monotonic_ms() + server->options.reply_ms);
    return reply_queue(reply, mhd, &connection->head) ? MHD_YES : MHD_NO;
}

/* The answer is known: it goes out at the end of the body, or now and with the connection's end. */
static enum MHD_Result answer_with(struct connection *connection, struct MHD_Connection *mhd,
                                   struct reply *reply, bool now) {
    connection->reply = reply;
    connection->phase = PHASE_ANSWERED;
    set_deadline(connection, connection->started_ms + connection->server->options.body_ms);
    return now ? send_reply(connection, mhd, reply, false) : MHD_YES;
}

static enum MHD_Result refuse(struct connection *connection, struct MHD_Connection *mhd,
                              enum err err, const struct fault *fault, bool closes) {
    bool now = closes || connection->head.content_length > PASSED_OVER_MAX;
    const struct problem problem = {
        .err = err, .fault = fault, .methods = connection->match.methods};
    struct reply *reply;
    if (answer_problem(&problem, connection->match.route, now, &reply) != ERR_OK)
        reply = reply_hold(connection->server->short_of_memory);
    return answer_with(connection, mhd, reply, now);
}

static enum MHD_Result refuse_because(struct connection *connection, struct MHD_Connection *mhd,
                                      enum err err, const char *where, const char *why) {
    struct fault fault = {0};
    fault_set(&fault, err, where, "%s", why);
    return refuse(connection, mhd, err, &fault, true);
}

/* ---- the head ---- */

/* A name may also be one that the connection's own certificate is for. */
static bool is_our_host(const struct connection *connection) {
    const struct host_names *names = connection->server->host_names;
    struct span host = connection->head.host;
    return !names || host_names_know(names, host) ||
           (connection->certificate &&
            certificate_covers(connection->certificate, host_of_header(host)));
}

static enum MHD_Result hand_over(struct connection *connection, struct MHD_Connection *mhd,
                                 enum phase phase,
                                 void (*run)(struct job *job, void *worker_context)) {
    struct server *server = connection->server;
    if (!connection->exchange)
        connection->exchange = exchange_take(server, connection, mhd);
    if (!connection->exchange)
        return refuse(connection, mhd, ERR_NO_MEMORY, NULL, true);
    connection->phase = phase;
    connection->exchange->job.run = run;
    set_deadline(connection, 0);
    MHD_suspend_connection(mhd);
    if (!worker_pool_submit(server->pool, &connection->exchange->job)) { // the server stops
        connection->exchange->outcome = ERR_BUSY;
        MHD_resume_connection(mhd);
    }
    return MHD_YES;
}

/* What is quickly done is not worth two changes of threads. */
static enum MHD_Result run_here(struct connection *connection, struct MHD_Connection *mhd) {
    if (!connection->exchange)
        connection->exchange = exchange_take(connection->server, connection, mhd);
    if (!connection->exchange)
        return refuse(connection, mhd, ERR_NO_MEMORY, NULL, true);
    exchange_run_here(connection->exchange);
    return send_reply(connection, mhd, exchange_answer(connection->exchange), false);
}

static enum MHD_Result expect_body(struct connection *connection, struct MHD_Connection *mhd) {
    const struct server *server = connection->server;
    const struct route *route = connection->match.route;
    connection->phase = PHASE_BODY;
    int64_t patience_ms = server->options.body_ms;
    if (route->body) {
        if (!connection->exchange)
            connection->exchange = exchange_take(connection->server, connection, mhd);
        if (!connection->exchange)
            return refuse(connection, mhd, ERR_NO_MEMORY, NULL, true);
        bool upload = route->flags & ROUTE_UPLOAD;
        body_begin(&connection->exchange->body, door_body_max(route),
                   upload ? server->options.upload_folder : NULL, &connection->exchange->arena);
        if (upload)
            patience_ms += (int64_t)door_body_max(route) / UPLOAD_BYTES_PER_MS;
    }
    set_deadline(connection, clock_monotonic_ms() + patience_ms);
    return MHD_YES;
}

/* A body of some size is not held in memory for somebody whose answer will be 401. */
static bool asks_first(const struct route *route, const struct head *head) {
    return (route->flags & ROUTE_UPLOAD) ||
           (route->body && (head->chunked || head->content_length > UNASKED_BODY_MAX));
}

static enum MHD_Result begin(struct connection *connection, struct MHD_Connection *mhd,
                             const char *method, const char *version) {
    struct server *server = connection->server;
    struct head *head = &connection->head;
    struct fault fault = {0};
    const char *why;
    enum err err = framing_read(mhd, method, version, head, &why);
    if (err != ERR_OK)
        return refuse_because(connection, mhd, err, "head", why);
    if (!connection->target_ok || connection->target_len > TARGET_MAX)
        return refuse_because(connection, mhd, ERR_BAD_REQUEST, "path", "this is no plain path");
    if (!is_our_host(connection))
        return refuse_because(connection, mhd, ERR_WRONG_HOST, "Host",
                              "open it by this machine's address, or start the server with "
                              "--host-names and this name (behind a proxy: --origin)");
    if (atomic_load(&server->quiet))
        return refuse(connection, mhd, ERR_BUSY, NULL, true);

    int known_method = method_of(method);
    connection->head_only = strcmp(method, "HEAD") == 0;
    struct reply *asset = assets_find(server->assets, connection->target, connection->path_len);
    if (asset && known_method == METHOD_GET && !framing_has_body(head))
        return answer_with(connection, mhd, reply_hold(asset), false);
    err = router_find(server->router, known_method, connection->target, connection->path_len,
                      &connection->match);
    if (asset && err == ERR_NOT_FOUND) {
        err = ERR_METHOD_NOT_ALLOWED;
        connection->match.methods = 1u << METHOD_GET;
    }
    if (err == ERR_OK && known_method != METHOD_GET)
        err = door_check_site(head, server->options.origin, &fault);
    if (err == ERR_OK)
        err = door_check_body(connection->match.route, head, &fault);
    if (err != ERR_OK)
        return refuse(connection, mhd, err, &fault, false);

    struct reply *kept = kept_find(connection);
    if (kept)
        return answer_with(connection, mhd, kept, false);
    if (asks_first(connection->match.route, head))
        return hand_over(connection, mhd, PHASE_ASKING, exchange_ask);
    return expect_body(connection, mhd);
}

/* ---- the body and after ---- */

/* Who may not send it is told so without its being kept. Who sends it is found out again when it is
 * here, but for an upload: a participant may have gone meanwhile, and her id may be another's. */
static enum MHD_Result after_asking(struct connection *connection, struct MHD_Connection *mhd) {
    struct exchange *exchange = connection->exchange;
    if (exchange->outcome != ERR_OK)
        return refuse(connection, mhd, exchange->outcome, &exchange->request.fault, false);
    exchange->known = (connection->match.route->flags & ROUTE_UPLOAD) != 0;
    return expect_body(connection, mhd);
}

static enum MHD_Result take_body(struct connection *connection, const char *data, size_t *len) {
    bool go_on;
    if (connection->phase == PHASE_BODY && connection->exchange) {
        go_on = body_take(&connection->exchange->body, data, *len);
    } else {
        connection->passed_over += *len;
        go_on = connection->passed_over <= PASSED_OVER_MAX;
    }
    *len = 0;
    return go_on ? MHD_YES : MHD_NO;
}

static enum MHD_Result answer_from_exchange(struct connection *connection,
                                            struct MHD_Connection *mhd) {
    struct exchange *exchange = connection->exchange;
    struct reply *reply = exchange_answer(exchange);
    bool events = exchange_is_events(exchange);
    body_remove_file(&exchange->body); // who reads the answer finds no trace of the upload
    enum MHD_Result result = send_reply(connection, mhd, reply, events);
    if (events) { // it may last for half an hour, and needs nothing of the exchange
        connection->exchange = NULL;
        exchange_give_back(exchange);
    }
    return result;
}

enum MHD_Result intake_request(void *cls, struct MHD_Connection *mhd, const char *url,
                               const char *method, const char *version, const char *data,
                               size_t *data_len, void **request_context) {
    struct connection *connection = *request_context;
    (void)cls, (void)url;
    if (!connection)
        return MHD_NO; // memory was short when it came
    switch (connection->phase) {
    case PHASE_HEAD:
        return begin(connection, mhd, method, version);
    case PHASE_ASKING:
        return after_asking(connection, mhd);
    case PHASE_BODY:
        if (*data_len > 0)
            return take_body(connection, data, data_len);
        if (connection->exchange)
            body_end(&connection->exchange->body);
        if (connection->match.route->flags & ROUTE_QUICK)
            return run_here(connection, mhd);
        return hand_over(connection, mhd, PHASE_RUNNING, exchange_run);
    case PHASE_ANSWERED:
        if (*data_len > 0)
            return take_body(connection, data, data_len);
        return send_reply(connection, mhd, connection->reply, false);
    case PHASE_RUNNING:
        return answer_from_exchange(connection, mhd);
    case PHASE_SENDING:
        break;
    }
    return MHD_NO;
}

/* ---- around a request ---- */

static struct connection *connection_of(struct MHD_Connection *mhd) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/* Behind a proxy every connection is the proxy's, which stands for nobody. What it says of others is not
 * looked at: anybody can write such a header. */
static void look_at_peer(struct connection *connection, struct MHD_Connection *mhd) {
    const struct server *server = connection->server;
    bool behind_proxy = server->options.origin && !server->tls;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    connection->from_known = !behind_proxy && info && info->client_addr &&
                             peer_name(server->key, info->client_addr, connection->from);
}

void intake_connection(void *cls, struct MHD_Connection *mhd, void **socket_context,
                       enum MHD_ConnectionNotificationCode code) {
    struct server *server = cls;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        int fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        *socket_context = connections_add(server->connections, server, fd,
                                          clock_monotonic_ms() + server->options.headers_ms);
        if (*socket_context)
            look_at_peer(*socket_context, mhd);
    } else if (*socket_context) {
        connections_remove(server->connections, *socket_context);
        *socket_context = NULL;
    }
}

/* libmicrohttpd keeps its connection at the session. A second look within a handshake sees the same. */
int intake_certificate(gnutls_session_t session, const gnutls_datum_t *authorities,
                       int authority_count, const gnutls_pk_algorithm_t *algorithms,
                       int algorithm_count, gnutls_pcert_st **chain, unsigned *chain_len,
                       gnutls_privkey_t *key) {
    (void)authorities, (void)authority_count, (void)algorithms, (void)algorithm_count;
    struct MHD_Connection *mhd = gnutls_session_get_ptr(session);
    struct connection *connection = mhd ? connection_of(mhd) : NULL;
    if (!connection)
        return -1; // memory was short when it came
    if (!connection->certificate)
        connection->certificate = tls_certificate(connection->server->tls);
    certificate_show(connection->certificate, chain, chain_len, key);
    return 0;
}

void *intake_target(void *cls, const char *target, struct MHD_Connection *mhd) {
    (void)cls;
    struct connection *connection = connection_of(mhd);
    if (!connection || !connection_set_target(connection, target))
        return NULL;
    connection->phase = PHASE_HEAD;
    connection->started_ms = clock_monotonic_ms();
    connection->head = (struct head){0};
    connection->match = (struct route_match){0};
    connection->cacheable = connection->lasting = false;
    connection->passed_over = 0;
    return connection;
}

void intake_completed(void *cls, struct MHD_Connection *mhd, void **request_context,
                      enum MHD_RequestTerminationCode why) {
    const struct server *server = cls;
    struct connection *connection = *request_context;
    (void)mhd, (void)why;
    if (!connection)
        return;
    if (connection->exchange)
        exchange_give_back(connection->exchange);
    reply_drop(connection->reply);
    connection->exchange = NULL;
    connection->reply = NULL;
    connection->phase = PHASE_HEAD;
    set_deadline(connection, clock_monotonic_ms() + server->options.idle_ms);
    *request_context = NULL;
}
