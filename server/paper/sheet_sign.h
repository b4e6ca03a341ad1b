// SPDX-License-Identifier: AGPL-3.0-or-later
// Signs of categories and QR codes, drawn as vectors from SVG. The only user of librsvg: it is given our own
// drawings alone, never a file from outside.
#ifndef REPERE_PAPER_SHEET_SIGN_H
#define REPERE_PAPER_SHEET_SIGN_H
#include "base/err.h"
#include "paper/sheet_frame.h"
#include <cairo.h>

struct sheet_sign {
    const char *shape, *colour, *icon; // as in an exercise's option; each may be NULL
};
/**
 * Shape, colour and icon together, as on the map of the pages; told apart without colour, too.
 * @param icons name, SVG text, ..., NULL; NULL: none
 * Errors: NO_MEMORY, INTERNAL (a drawing of ours is not readable).
 */
enum err sheet_sign_draw(cairo_t *cairo, const char *const *icons, const struct sheet_sign *sign,
                         struct sheet_box box);
/** Errors: TOO_LARGE (text), NO_MEMORY, INTERNAL. */
enum err sheet_qr_draw(cairo_t *cairo, const char *text, struct sheet_box box);
#endif
