// SPDX-License-Identifier: AGPL-3.0-or-later
// The routes of the fake server.
#ifndef REPERE_TESTS_FAKE_ROUTES_H
#define REPERE_TESTS_FAKE_ROUTES_H
#include "http/route.h"
#include <pthread.h>
#include <stdatomic.h>

/** request->context of every handler. */
struct fake_context {
    _Atomic int kept_calls;
    _Atomic int commit_error; // enum err
    _Atomic uint64_t generation;
    pthread_mutex_t lock;
    char pending[64], thing[64]; // a write, and what was committed
};
/** request->context of the handlers of published rows. */
struct fake_published {
    _Atomic int calls;
    _Atomic uint64_t generation;
};
enum { FAKE_MEMBER = 1 << 1, FAKE_BOSS = 1 << 2 };
extern const struct route_table fake_routes;
#endif
