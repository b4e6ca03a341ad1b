// SPDX-License-Identifier: AGPL-3.0-or-later
// Who asks a service to do something, as far as policy cares.
#ifndef REPERE_SERVICE_CALLER_H
#define REPERE_SERVICE_CALLER_H
#include <stdint.h>
struct caller {
    unsigned roles;     // enum role bits
    int64_t id;         // staff or participant id
    int64_t session_id; // a participant's session, else 0
};
#endif
