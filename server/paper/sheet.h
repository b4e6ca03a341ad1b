// SPDX-License-Identifier: AGPL-3.0-or-later
// A sheet of paper for a session: the map with its lettered grid, what the category's answers look like, lines
// to number one's marks, and the way in by phone. One page of PDF, its text as text. Nothing of a participant
// is on it. The same sheet gives the same bytes on the same computer.
#ifndef REPERE_PAPER_SHEET_H
#define REPERE_PAPER_SHEET_H
#include "base/arena.h"
#include "paper/sheet_map.h"
#include "paper/sheet_sign.h"
#include "paper/sheet_words.h"

struct sheet_answer {
    struct sheet_sign sign;
    const char *label; // there always is one
};
/** Texts are borrowed; those that are NULL or empty are left out. */
struct sheet {
    const struct sheet_frame *frame;
    const struct sheet_words *words;
    const char *language; // of the texts: whose letters, whose names on the map
    const char *title, *place, *held_on, *question, *legend;
    const struct sheet_answer *answers;
    size_t answer_count;
    const char *join_url;     // in the QR
    const char *join_address; // to type
    const char *join_code;
    const struct sheet_tiles *tiles; // NULL: a blank map
    const char *attribution;         // of the base map, plain text
    const char *const *icons;        // name, SVG text, ..., NULL
};
/** Appends the PDF. Errors: NO_MEMORY, TOO_LARGE (join_url), INTERNAL, those of the tiles. */
enum err sheet_draw(const struct sheet *sheet, struct arena *arena, struct buf *out);
#endif
