// SPDX-License-Identifier: AGPL-3.0-or-later
// A session: one workshop, with its exercise, place, date and seats. The rules that need no store.
#ifndef REPERE_MODEL_SESSION_H
#define REPERE_MODEL_SESSION_H
#include "geo/bbox.h"
#include <stdbool.h>
#include <stdint.h>

enum {
    SESSION_TITLE_MAX = 200, // bytes, as are those below
    SESSION_PLACE_MAX = 200,
    SESSION_CONSENT_MAX = 2000,
    SESSION_CONTACTS_MAX = 12,
    SESSION_LANGUAGES_MAX = 12,
    SESSION_SEATS_MAX = 500,
    SESSION_SEATS_USUAL = 20
};

/** Texts are borrowed, usually from a request's arena. */
struct session {
    int64_t id, project_id, exercise_id;
    const char *exercise_title; // JSON: text by language
    const char *title, *place;
    const char *held_on; // "YYYY-MM-DD"
    struct bbox bbox;
    double precision_m;        // 0: exact
    const char *languages;     // JSON array of tags
    const char *consent;       // JSON: text by language
    const char *help_contacts; // JSON array of {name, phone, note}
    const char *base_maps;     // the project's; JSON array (base_maps.h)
    const char *groups;        // the project's; JSON array (group.h)
    int64_t seat_limit;
    bool admit_by_hand;   // else whoever has the code is in at once
    bool approve_by_hand; // else a contribution counts as soon as it is sent
    bool free_text;       // questions answered in one's own words are asked
    bool open;
    int64_t version; // grows with each edit
    int64_t created_ms, closed_ms;
    int64_t participants;  // not removed
    int64_t contributions; // of any state
};

/** What an edit changes, and what a new session is made of. NULL, and -1 for a number: not said. */
struct session_change {
    int64_t exercise_id; // only when it is opened, as is precision_m
    double precision_m;
    const char *title, *place, *held_on;
    const struct bbox *bbox;
    const char *languages, *consent, *help_contacts; // JSON, checked
    int64_t seat_limit;
    int admit_by_hand, approve_by_hand, free_text; // -1, 0, 1
};
/** Nothing said. */
struct session_change session_change_none(void);
/** Lays what is said over `session`. */
void session_change_apply(const struct session_change *change, struct session *session);

/** 0, 25, 50, 100 or 250. */
bool session_precision_known(double precision_m);
/** No finer than the exercise asks, and never exact when it is sensitive. */
bool session_precision_allowed(double precision_m, double exercise_precision_m, bool sensitive);
/** "en", "pt-BR", "zh-Hant": letters, then parts of 2-8 letters or digits. */
bool session_language_valid(const char *tag);
#endif
