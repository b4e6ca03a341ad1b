// SPDX-License-Identifier: AGPL-3.0-or-later
// A finding: a place and a statement that the group worded. It is read back to the group and agreed
// before it may be published; worded anew, it is a draft again. The rules that need no store.
#ifndef REPERE_MODEL_FINDING_H
#define REPERE_MODEL_FINDING_H
#include "geo/geometry.h"
#include <stdbool.h>
#include <stdint.h>

enum { FINDING_TEXT_MAX = 400 }; // characters

enum finding_state { FINDING_DRAFT, FINDING_AGREED, FINDING_WITHDRAWN };

/** Texts are borrowed, usually from a request's arena. */
struct finding {
    int64_t id, session_id, project_id;
    const char *exercise_key; // the session's exercise
    const char *held_on;      // the session's day, "YYYY-MM-DD"
    struct geometry geometry; // EPSG:4326; a point, line or area, as coarse as the session keeps positions
    const char *statement;
    const char *recommendation; // "": none
    const char *who;            // can act: one of finding_who_words
    const char *urgency;        // one of finding_urgency_words
    const char *language;       // tag of the words
    enum finding_state state;
    int64_t agreed_ms;          // 0: not agreed as it stands
    int64_t created_ms, version;
};

/** city, transport, landlord, police, association, unknown; NULL-ended. */
extern const char *const finding_who_words[];
/** green, amber, red; NULL-ended. */
extern const char *const finding_urgency_words[];
/** draft, agreed, withdrawn in the order of the enum; NULL-ended. */
extern const char *const finding_state_words[];

/** False when it is no state's name. */
bool finding_state_parse(const char *name, enum finding_state *out);
#endif
