// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is at the other end of a connection, as far as anybody may know: what tells one address from
// another while this server runs, and says nothing about it afterwards.
#ifndef REPERE_HTTP_PEER_H
#define REPERE_HTTP_PEER_H
#include "base/secret.h"
#include <stdbool.h>
#include <stdint.h>

struct sockaddr;

/**
 * The HMAC of an IPv4 address, or of the network (/64) of an IPv6 one: whoever has one address of it has
 * as many as she likes. An IPv4 address that came over an IPv6 socket is the IPv4 address. The port is
 * left out.
 *
 * @param key made at the start, kept in memory alone
 * @return false when it is neither; `out` is then untouched
 */
bool peer_name(const uint8_t key[SECRET_KEY_SIZE], const struct sockaddr *address,
               uint8_t out[SECRET_HASH_SIZE]);
#endif
