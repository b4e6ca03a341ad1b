// SPDX-License-Identifier: AGPL-3.0-or-later
// Colours of a density's levels: cividis (Nunez, Anderton and Renslow 2018), made to be read alike
// with and without red-green colour blindness, darker and more opaque with the level.
#ifndef REPERE_TILES_PALETTE_H
#define REPERE_TILES_PALETTE_H
#include <stddef.h>
#include <stdint.h>

enum { PALETTE_COLOUR_TEXT_SIZE = 8 };
struct palette_colour {
    uint8_t red, green, blue, alpha;
};
/** The colour of level `level` (1..count); level 0 is fully transparent. */
struct palette_colour palette_level(size_t level, size_t count);
/** "#rrggbb". */
void palette_text(struct palette_colour colour, char out[PALETTE_COLOUR_TEXT_SIZE]);
#endif
