// SPDX-License-Identifier: AGPL-3.0-or-later
// A participant: a pseudonym inside one session. Nothing about the person is kept.
#ifndef REPERE_MODEL_PARTICIPANT_H
#define REPERE_MODEL_PARTICIPANT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What she agreed to, purpose by purpose. Refusing one excludes from nothing else. */
struct consent {
    bool room;      // her marks may be kept and shown in the room
    bool aggregate; // ... counted in published figures
    bool finding;   // ... spoken of in a finding of the group
    bool photo;     // ... with a photo
};

enum participant_state { PARTICIPANT_WAITING, PARTICIPANT_ADMITTED, PARTICIPANT_REMOVED };

struct participant {
    int64_t id, session_id;
    const char *pseudonym;
    const char *language; // a tag, or ""
    struct consent consent;
    enum participant_state state;
    int64_t joined_ms;
    int64_t contributions;
    int64_t tablet_id; // 0: not known, or forgotten
    bool on_paper;     // a sheet that staff typed in: nobody ever held a token
};

/** "waiting", "admitted", "removed". */
const char *participant_state_name(enum participant_state state);
/** False when it is none of them. */
bool participant_state_parse(const char *name, enum participant_state *out);

enum { PSEUDONYM_SIZE = 24 };
/** A friendly word that reads the same in many languages and is nobody's name, and a number of two
 *  digits: "Kiwi 42". `draw` decides; evenly drawn, it says nothing about the order of joining. */
void pseudonym_make(uint32_t draw, char out[PSEUDONYM_SIZE]);
/** How many there are: more than any session's seats. */
size_t pseudonym_count(void);
#endif
