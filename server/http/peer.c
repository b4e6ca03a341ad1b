// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/peer.h"
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

enum { IPV4_SIZE = 4, MAPPED_AT = 12, NETWORK_SIZE = 8 };

bool peer_name(const uint8_t key[SECRET_KEY_SIZE], const struct sockaddr *address,
               uint8_t out[SECRET_HASH_SIZE]) {
    // copied: nothing says that it is aligned for what it is
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        secret_hmac(key, "ipv4", &in.sin_addr, IPV4_SIZE, out);
        return true;
    }
    if (address->sa_family != AF_INET6)
        return false;
    struct sockaddr_in6 in6;
    memcpy(&in6, address, sizeof in6);
    const uint8_t *bytes = in6.sin6_addr.s6_addr;
    if (IN6_IS_ADDR_V4MAPPED(&in6.sin6_addr))
        secret_hmac(key, "ipv4", bytes + MAPPED_AT, IPV4_SIZE, out);
    else
        secret_hmac(key, "ipv6", bytes, NETWORK_SIZE, out);
    return true;
}
