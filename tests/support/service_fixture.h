// SPDX-License-Identifier: AGPL-3.0-or-later
// A sample store and the context that services work with, for tests of use cases whose time or
// whose store must be turned by hand. `*state` is a struct service_fixture; its sample comes first.
#ifndef REPERE_TESTS_SERVICE_FIXTURE_H
#define REPERE_TESTS_SERVICE_FIXTURE_H
#include "sample_store.h"
#include "service/caller.h"
#include "service/context.h"

struct service_fixture {
    struct sample *sample;
    struct keys keys;
    struct context context;
    struct caller facilitator; // of the sample's project
};

int service_setup(void **state);
int service_teardown(void **state);
#endif
