// SPDX-License-Identifier: AGPL-3.0-or-later
// What a sheet of paper says of itself, in each language of the participants' pages, and how that language
// writes dates and numbers. The exercise and the session bring their own texts.
#ifndef REPERE_PAPER_SHEET_WORDS_H
#define REPERE_PAPER_SHEET_WORDS_H
#include "base/arena.h"
#include <stdbool.h>

struct sheet_words {
    const char *language; // as in web/i18n
    bool draft;           // not yet read by somebody who speaks it
    bool from_right;
    const char *zero; // the language's first digit; its others follow it
    const char *date; // "{d}", "{m}", "{y}"; "{D}", "{M}", "{Y}" in the Solar Hijri calendar
    const char *months[12]; // of that calendar
    const char *marks, *how;      // the list of one's marks; how to mark
    const char *join, *code;      // beside the QR
    const char *metre, *kilometre;
    const char *north;
    const char *not_printable, *no_tiles; // why the ground is blank
    const char *consents[3]; // to the room, to figures, to findings: asked as on a tablet
    const char *receipt;
};

/** The words of a language tag ("fr", "fr-BE"); English for one that is not there. */
const struct sheet_words *sheet_words_find(const char *language);
/** The nth of all, NULL after the last: for tests. */
const struct sheet_words *sheet_words_at(unsigned index);
/** "2026-05-18" as the language writes a day; as it is when it is no date. NULL: no memory. */
const char *sheet_words_date(const struct sheet_words *words, const char *date, struct arena *arena);
/** A whole number in the language's digits, in groups of three from 10,000. NULL: no memory. */
const char *sheet_words_number(const struct sheet_words *words, long long number, struct arena *arena);
#endif
