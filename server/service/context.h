// SPDX-License-Identifier: AGPL-3.0-or-later
// What every use case works with: a connection (a reader's or the writer's), the keys, the settings
// that services need. One a thread; handlers find it in request->context.
#ifndef REPERE_SERVICE_CONTEXT_H
#define REPERE_SERVICE_CONTEXT_H
#include "base/secret.h"
#include "geo/crs.h"
#include "store/db.h"
#include <stdint.h>

struct app;
struct limiter;
struct basemaps;
struct areas;
struct jobs;
struct uploads;
struct exercise_cache;
struct heat_cache;
struct published;

struct keys {
    uint8_t seal[SECRET_KEY_SIZE];    // join codes at rest
    uint8_t receipt[SECRET_KEY_SIZE]; // HMAC of receipts and join codes
};

struct context {
    struct db *db;
    struct crs *crs;
    const struct keys *keys;
    struct limiter *limiter;   // shared, locked inside: tries a minute
    struct basemaps *basemaps; // shared, read-only
    struct areas *areas;       // shared, locked inside: base maps cut for tablets; NULL: none are
    struct jobs *jobs;         // shared, locked inside: imports under way
    struct uploads *uploads;   // shared, locked inside: files that wait to be imported
    struct exercise_cache *exercises; // shared, locked inside; NULL: exercises are parsed each time
    struct heat_cache *heat;          // shared, locked inside; NULL: read for each tile
    struct published *published;      // shared, locked inside: what planners see; NULL: not served here
    const char *const *schemas;       // of the binary: name, JSON text, ..., NULL; NULL: none
    const char *const *icons;         // of the binary: name, SVG text, ..., NULL; NULL: none
    const char *data_folder;
    struct writer *writer;     // to ask for a scrub; NULL in the command line's own use
};
#endif
