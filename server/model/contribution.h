// SPDX-License-Identifier: AGPL-3.0-or-later
// One mapped feature with its answers, as the store hands it on and services judge it.
#ifndef REPERE_MODEL_CONTRIBUTION_H
#define REPERE_MODEL_CONTRIBUTION_H
#include "geo/geometry.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum contribution_state { CONTRIBUTION_PENDING, CONTRIBUTION_APPROVED, CONTRIBUTION_HIDDEN };
enum { CONTRIBUTION_UUID_SIZE = 16, CONTRIBUTION_STATES = 3 };

struct contribution {
    int64_t id;
    uint8_t uuid[CONTRIBUTION_UUID_SIZE];
    int64_t session_id;
    int64_t participant_id; // 0: imported, or entered for the room
    int64_t entered_by;     // staff id, else 0
    const char *category;
    const char *answers; // a JSON object by question id
    size_t answers_len;
    enum contribution_state state;
    int64_t version;
    int64_t created_ms, changed_ms;
    const char *pseudonym; // NULL without a participant
    bool kept_beside;      // said in an answer: what was sent met a later version and waits beside it
    struct geometry geometry;
};

/** "pending", "approved", "hidden". */
const char *contribution_state_name(enum contribution_state state);
/** False when it is no state's name. */
bool contribution_state_parse(const char *name, enum contribution_state *out);
/**
 * The state after its author wrote it: what a facilitator hid stays hidden, anything else waits for
 * approval again unless the session approves at once.
 *
 * @param before  NULL: it is new
 */
enum contribution_state contribution_state_written(const enum contribution_state *before,
                                                   bool approve_at_once);
#endif
