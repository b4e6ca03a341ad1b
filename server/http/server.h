// SPDX-License-Identifier: AGPL-3.0-or-later
// The HTTP server: libmicrohttpd's threads take requests in and send replies; our own workers run
// the handlers. No other folder knows libmicrohttpd.
//
//   its thread:  framing.c -> assets.c, router.c -> door.c -> kept.c -> body.c -> suspend
//   (intake.c) worker:      authenticate -> role -> params.c -> prepare/handler -> answer.c
//   (exchange.c)
//                a ROUTE_WRITES handler is handed to hooks.submit_write and runs there
//   its thread:  resume -> reply.c queues
// A reply kept by the cache (ROUTE_CACHED, ROUTE_IMMUTABLE, assets) is answered by the MHD thread
// at once.
#ifndef REPERE_HTTP_SERVER_H
#define REPERE_HTTP_SERVER_H
#include "base/err.h"
#include "http/request.h"
#include "http/route.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct server;
struct exchange; // one request and its response, on their way

struct server_hooks {
    void *owner;
    /** A worker thread starts: its context, given to handlers as request->context. */
    enum err (*worker_open)(void *owner, void **context);
    void (*worker_close)(void *owner, void *context);
    /** A worker has done a piece of work and may now be idle for long: it must not keep what others
     *  wait for, such as an open read of the store. May be NULL. */
    void (*worker_rest)(void *owner, void *context);
    /**
     * Who asks. `bearer` from Authorization, `cookie` the staff cookie; either or both NULL.
     * Errors: NOT_SIGNED_IN for a credential that is not (or no longer) good.
     */
    enum err (*authenticate)(void *owner, void *context, const char *bearer, const char *cookie,
                             struct principal *out);
    /**
     * Hands a write to the writer, which calls exchange_apply with its own context inside a
     * savepoint, and exchange_done after the commit. `link` is SERVER_LINK_SIZE bytes of the
     * exchange for the writer's queue. Errors: BUSY.
     */
    enum err (*submit_write)(void *owner, struct exchange *exchange, void *link);
    /** Grows with every commit; what the cache holds is good for one value of it. */
    uint64_t (*generation)(void *owner);
    /** What handlers of ROUTE_PUBLISHED rows are given, and its generation: kept replies of such rows are
     *  good for one value of it. */
    void *published;
    uint64_t (*published_generation)(void *published);
    /** What can be asked below this path (decoded), told with each 400 of a ROUTE_PUBLISHED row: in the
     *  arena; NULL: nothing to tell. May be NULL. */
    const char *(*published_advice)(void *published, const char *path, struct arena *arena);
    /** What handlers of ROUTE_QUICK rows are given, by several threads at once. */
    void *quick;
    /** The role's name for openapi.json, by its bit. */
    const char *(*role_name)(unsigned bit);
};
enum { SERVER_LINK_SIZE = 64 };

/** Runs the write's handler. Its error is what the savepoint is rolled back for. */
enum err exchange_apply(struct exchange *exchange, void *writer_context);
/** The outcome is on disk (ERR_OK or the handler's own error) or the commit failed (any other). */
void exchange_done(struct exchange *exchange, enum err outcome);

/** An asset embedded in the binary. Paths are absolute ("/facilitate"); hashed names are immutable.
 */
struct asset {
    const char *path;
    const char *media_type;
    const char *etag; // without quotes; NULL: made from the bytes
    bool immutable;
    const unsigned char *plain, *gzip, *brotli; // gzip, brotli may be NULL
    size_t plain_len, gzip_len, brotli_len;
    bool framed; // a page that other hosts may put into their own
};

struct server_options {
    const char *address; // "127.0.0.1"
    uint16_t port;       // 0: any, see server_port
    unsigned io_threads; // libmicrohttpd's
    unsigned workers;
    unsigned connections_max;
    const char *upload_folder; // ROUTE_UPLOAD bodies
    const char *origin;        // the public origin when behind a proxy, or NULL: from Host
    const char *tls_certificate, *tls_key; // PEM files; NULL: plain HTTP
    bool redirects;                        // with TLS: from a plain port, which is
    uint16_t redirect_port;                // 0: any
    bool checks_host;                      // refuses names that are not this server's
    const char *host_names;                // "a,b": beside those it knows by itself; may be NULL
    const struct asset *assets;
    size_t asset_count;
    const char *const *schemas; // name, JSON text, name, JSON text, ..., NULL: for openapi.json
    /* Absolute deadlines, milliseconds; 0: the default. A slow client cannot stretch them. */
    int64_t headers_ms;   // 10 s from the first byte of a connection to the end of its headers
    int64_t body_ms;      // 30 s for a body (and 1 s more for each 64 KiB of an upload)
    int64_t idle_ms;      // 30 s between two requests of a connection
    int64_t reply_ms;     // 10 min to take a reply
    int64_t heartbeat_ms; // 15 s between two signs of life on an event stream
};

/** Starts listening. Errors: CONFLICT (port in use; fault), IO, NO_MEMORY, as tls_open. */
enum err server_start(const struct server_options *options, const struct route_table *routes,
                      const struct server_hooks *hooks, struct fault *fault, struct server **out);
uint16_t server_port(const struct server *server);
/** Of the plain port that redirects; 0 when there is none. */
uint16_t server_redirect_port(const struct server *server);
/** No new connections; requests under way end; long ones are cut after `grace_ms`. */
void server_quiesce(struct server *server);
/** After the writer is empty. Frees it. */
void server_stop(struct server *server, int64_t grace_ms);
#endif
