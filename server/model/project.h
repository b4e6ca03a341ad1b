// SPDX-License-Identifier: AGPL-3.0-or-later
// A project: a campaign over months, with its own staff, exercises, sessions and overlays.
#ifndef REPERE_MODEL_PROJECT_H
#define REPERE_MODEL_PROJECT_H
#include "geo/bbox.h"
#include <stdint.h>

enum { PROJECT_TITLE_MAX = 200 }; // bytes

struct project {
    int64_t id;
    const char *title;
    struct bbox bbox;
    const char *base_maps; // JSON array (base_maps.h)
    const char *groups;    // JSON array (group.h); NULL in an edit: they stay
    int64_t sessions;      // how many it has
    int64_t created_ms;
};
#endif
