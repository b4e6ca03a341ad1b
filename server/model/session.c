// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/session.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

struct session_change session_change_none(void) {
    return (struct session_change){
        .exercise_id = -1,
        .precision_m = -1,
        .seat_limit = -1,
        .admit_by_hand = -1,
        .approve_by_hand = -1,
        .free_text = -1,
    };
}

static void lay_text(const char *said, const char **over) {
    if (said)
        *over = said;
}

static void lay_flag(int said, bool *over) {
    if (said >= 0)
        *over = said != 0;
}

void session_change_apply(const struct session_change *change, struct session *session) {
    lay_text(change->title, &session->title);
    lay_text(change->place, &session->place);
    lay_text(change->held_on, &session->held_on);
    lay_text(change->languages, &session->languages);
    lay_text(change->consent, &session->consent);
    lay_text(change->help_contacts, &session->help_contacts);
    if (change->bbox)
        session->bbox = *change->bbox;
    if (change->exercise_id >= 0)
        session->exercise_id = change->exercise_id;
    if (change->precision_m >= 0)
        session->precision_m = change->precision_m;
    if (change->seat_limit >= 0)
        session->seat_limit = change->seat_limit;
    lay_flag(change->admit_by_hand, &session->admit_by_hand);
    lay_flag(change->approve_by_hand, &session->approve_by_hand);
    lay_flag(change->free_text, &session->free_text);
}

bool session_precision_known(double precision_m) {
    static const double known_m[] = {0, 25, 50, 100, 250};
    for (size_t i = 0; i < sizeof known_m / sizeof known_m[0]; i++)
        if (precision_m == known_m[i])
            return true;
    return false;
}

bool session_precision_allowed(double precision_m, double exercise_precision_m, bool sensitive) {
    if (!session_precision_known(precision_m) || precision_m < exercise_precision_m)
        return false;
    return !sensitive || precision_m > 0;
}

bool session_language_valid(const char *tag) {
    size_t length = strlen(tag);
    if (length > 35) // RFC 5646, 4.4.1: what a receiver must at least take
        return false;
    for (size_t part = 0;; part++) {
        size_t n = strcspn(tag, "-");
        if (n < 2 || n > 8)
            return false;
        for (size_t i = 0; i < n; i++) {
            unsigned char c = (unsigned char)tag[i];
            if (c >= 128 || (part == 0 ? !isalpha(c) : !isalnum(c)))
                return false;
        }
        if (tag[n] == '\0')
            return true;
        tag += n + 1;
    }
}
