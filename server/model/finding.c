// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/finding.h"

#include <string.h>

const char *const finding_who_words[] = {"city",   "transport",   "landlord",
                                         "police", "association", "unknown", NULL};
const char *const finding_urgency_words[] = {"green", "amber", "red", NULL};
const char *const finding_state_words[] = {
    [FINDING_DRAFT] = "draft", [FINDING_AGREED] = "agreed", [FINDING_WITHDRAWN] = "withdrawn", NULL};

bool finding_state_parse(const char *name, enum finding_state *out) {
    for (unsigned i = 0; name && finding_state_words[i]; i++) {
        if (strcmp(name, finding_state_words[i]) == 0) {
            *out = (enum finding_state)i;
            return true;
        }
    }
    return false;
}
