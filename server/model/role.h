// SPDX-License-Identifier: AGPL-3.0-or-later
// Who somebody is to the server. Bits, so that a route names all it serves.
#ifndef REPERE_MODEL_ROLE_H
#define REPERE_MODEL_ROLE_H
enum role {
    ROLE_ANYONE = 1 << 0, // every principal has this bit
    ROLE_PARTICIPANT = 1 << 1,
    ROLE_RESEARCHER = 1 << 2,
    ROLE_FACILITATOR = 1 << 3,
    ROLE_ADMINISTRATOR = 1 << 4,
    ROLE_PLANNER = 1 << 5,
    ROLE_STAFF = ROLE_RESEARCHER | ROLE_FACILITATOR | ROLE_ADMINISTRATOR,
    ROLE_LEADS = ROLE_FACILITATOR | ROLE_ADMINISTRATOR
};
/** "facilitator"; NULL for what is not one single role. */
const char *role_name(enum role role);
/** 0 when unknown. */
enum role role_parse(const char *name);
#endif
