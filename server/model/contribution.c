// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/contribution.h"

#include <string.h>

static const char *const state_names[CONTRIBUTION_STATES] = {
    [CONTRIBUTION_PENDING] = "pending",
    [CONTRIBUTION_APPROVED] = "approved",
    [CONTRIBUTION_HIDDEN] = "hidden",
};

const char *contribution_state_name(enum contribution_state state) {
    return state_names[state];
}

bool contribution_state_parse(const char *name, enum contribution_state *out) {
    for (unsigned i = 0; name && i < CONTRIBUTION_STATES; i++) {
        if (strcmp(name, state_names[i]) == 0) {
            *out = (enum contribution_state)i;
            return true;
        }
    }
    return false;
}

enum contribution_state contribution_state_written(const enum contribution_state *before,
                                                   bool approve_at_once) {
    if (before && *before == CONTRIBUTION_HIDDEN) {
        return CONTRIBUTION_HIDDEN;
    }
    return approve_at_once ? CONTRIBUTION_APPROVED : CONTRIBUTION_PENDING;
}
