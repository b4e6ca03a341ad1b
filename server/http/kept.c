// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/kept.h"
#include "base/secret.h"
#include "http/door.h"
#include "http/server_parts.h"

/* A reply that is open to anyone and holds nothing private is the same for all; any other is kept
 * for the credential that it was made for. */
static void set_cache_key(struct connection *connection) {
    const struct server *server = connection->server;
    const struct route *route = connection->match.route;
    const struct head *head = &connection->head;
    struct cache_key *key = &connection->key;
    bool shared = (route->flags & ROUTE_PUBLIC) && (route->roles & PRINCIPAL_ANYONE);
    connection->lasting = shared && (route->flags & ROUTE_IMMUTABLE);
    *key = (struct cache_key){.target = {connection->target, connection->target_len}};
    if (route->flags & ROUTE_PUBLISHED)
        return; // nobody is asked who they are, nor what they speak
    key->language = door_language(head);
    struct span bearer = door_bearer(head);
    struct span cookie = door_cookie(head, door_is_secure(head, server->tls != NULL, server->options.origin));
    if (shared || (!bearer.text && !cookie.text))
        return;
    uint8_t both[2][SECRET_HASH_SIZE] = {{0}, {0}};
    if (bearer.text)
        secret_hmac(server->key, "bearer", bearer.text, bearer.len, both[0]);
    if (cookie.text)
        secret_hmac(server->key, "cookie", cookie.text, cookie.len, both[1]);
    for (size_t i = 0; i < CACHE_CREDENTIAL_SIZE; i++)
        key->credential[i] = both[0][i] ^ both[1][i];
}

uint64_t kept_generation(const struct connection *connection) {
    const struct server_hooks *hooks = &connection->server->hooks;
    if (connection->match.route->flags & ROUTE_PUBLISHED)
        return hooks->published_generation ? hooks->published_generation(hooks->published) : 0;
    if (connection->lasting)
        return 0; // it never changes
    return hooks->generation ? hooks->generation(hooks->owner) : 0;
}

struct reply *kept_find(struct connection *connection) {
    struct server *server = connection->server;
    const struct route *route = connection->match.route;
    connection->cacheable = (route->flags & (ROUTE_CACHED | ROUTE_IMMUTABLE)) != 0;
    if (!connection->cacheable)
        return NULL;
    set_cache_key(connection);
    return cache_find(server->cache, &connection->key, kept_generation(connection),
                      connection->started_ms);
}
