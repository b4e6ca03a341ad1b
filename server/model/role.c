// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/role.h"

#include <stddef.h>
#include <string.h>

static const struct {
    enum role role;
    const char *name;
} names[] = {
    {ROLE_ANYONE, "anyone"},
    {ROLE_PARTICIPANT, "participant"},
    {ROLE_RESEARCHER, "researcher"},
    {ROLE_FACILITATOR, "facilitator"},
    {ROLE_ADMINISTRATOR, "administrator"},
    {ROLE_PLANNER, "planner"},
};
enum { NAME_COUNT = sizeof names / sizeof names[0] };

const char *role_name(enum role role) {
    for (size_t i = 0; i < NAME_COUNT; i++)
        if (names[i].role == role)
            return names[i].name;
    return NULL;
}

enum role role_parse(const char *name) {
    for (size_t i = 0; name && i < NAME_COUNT; i++)
        if (strcmp(names[i].name, name) == 0)
            return names[i].role;
    return 0;
}
