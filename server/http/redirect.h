// SPDX-License-Identifier: AGPL-3.0-or-later
// A second, plain port that answers one thing: where the same page is over TLS. For people who type a
// name without https:// before it.
#ifndef REPERE_HTTP_REDIRECT_H
#define REPERE_HTTP_REDIRECT_H
#include "base/err.h"
#include "http/tls.h"
#include <stdint.h>

struct redirect;
struct redirect_options {
    const char *address;
    uint16_t port;       // 0: any free one
    uint16_t https_port; // where it leads to
    const char *origin;  // "https://map.example.org": leads there whatever was asked for; NULL: to the name asked
                         // for when the certificate covers it, else to the certificate's own
};

/** @param tls outlives it. Errors: CONFLICT (the port is in use), IO, NO_MEMORY; the fault says which. */
enum err redirect_start(const struct redirect_options *options, struct tls *tls, struct fault *fault,
                        struct redirect **out);
uint16_t redirect_port(const struct redirect *redirect);
/** Accepts NULL. */
void redirect_stop(struct redirect *redirect);
#endif
