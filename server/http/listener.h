// SPDX-License-Identifier: AGPL-3.0-or-later
// The listening socket.
#ifndef REPERE_HTTP_LISTENER_H
#define REPERE_HTTP_LISTENER_H
#include "base/err.h"
#include <stdint.h>

/**
 * Listens on an address ("127.0.0.1", "::1", "0.0.0.0") and port (0: any free one).
 *
 * Errors: CONFLICT (the port is in use), IO (no such address, not permitted); fault says which.
 */
enum err listener_open(const char *address, uint16_t port, struct fault *fault, int *out_fd,
                       uint16_t *out_port);
#endif
