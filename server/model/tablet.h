// SPDX-License-Identifier: AGPL-3.0-or-later
// A tablet in one session, by a key that it made itself. It is forgotten when the session is closed.
#ifndef REPERE_MODEL_TABLET_H
#define REPERE_MODEL_TABLET_H
#include <stdbool.h>
#include <stdint.h>

enum { TABLET_KEY_DIGITS = 32 }; // hexadecimal, lower case: 128 bits

struct tablet {
    int64_t id, session_id;
    int64_t number;           // in the order they came: "tablet 3"
    bool revoked;             // shut out
    const char *participants; // JSON array of the pseudonyms of those who joined on it, removed ones apart
};
#endif
