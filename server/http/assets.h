// SPDX-License-Identifier: AGPL-3.0-or-later
// The files embedded in the binary, each a ready reply in all its forms.
#ifndef REPERE_HTTP_ASSETS_H
#define REPERE_HTTP_ASSETS_H
#include "http/reply.h"
#include "http/server.h"

struct assets;

/** Errors: NO_MEMORY. */
enum err assets_new(const struct asset *list, size_t count, struct assets **out);
/** Accepts NULL. */
void assets_free(struct assets *assets);
/** The asset at this path, borrowed; NULL without one. */
struct reply *assets_find(const struct assets *assets, const char *path, size_t len);
#endif
