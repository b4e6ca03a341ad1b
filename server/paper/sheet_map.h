// SPDX-License-Identifier: AGPL-3.0-or-later
// The base map of a sheet: vector tiles drawn as vectors, pictures put in as they are, or nothing but a
// graticule. Tiles come from outside: how many are read, how large they may be and what may be drawn of
// them are bounded, and what cannot be read is left out.
#ifndef REPERE_PAPER_SHEET_MAP_H
#define REPERE_PAPER_SHEET_MAP_H
#include "base/buf.h"
#include "base/err.h"
#include "paper/sheet_pen.h"

enum {
    SHEET_TILES_MAX = 120,
    SHEET_TILE_BYTES_MAX = 4 << 20,  // of one, unpacked
    SHEET_BYTES_MAX = 48 << 20,      // of all of a sheet
    SHEET_FEATURES_MAX = 400 * 1000, // of all of a sheet
    SHEET_WORDS_MAX = 1 << 20,       // of all of a sheet: names and values of what features say
    SHEET_NAMES_MAX = 500            // written on the map
};

/** Where tiles come from; what is borrowed lives as long as the drawing. */
struct sheet_tiles {
    void *owner;
    /** Appends a tile's bytes, none where it has none. */
    enum err (*fetch)(void *owner, struct tile tile, struct buf *out, bool *gzipped);
    const char *format; // png, jpg, webp, pbf
    unsigned minzoom, maxzoom;
};
enum sheet_ground {
    SHEET_DRAWN,
    SHEET_BLANK,         // as asked
    SHEET_NOT_PRINTABLE, // pictures, none of which can be read
    SHEET_NO_TILES       // at this place and scale
};
/**
 * Draws the ground of `frame` into `box`, which is the map's place on the page.
 * @param tiles    NULL: a blank map
 * @param language whose names are written where the tiles have them
 * Errors: NO_MEMORY, those of fetch.
 */
enum err sheet_map_draw(struct sheet_pen *pen, const struct sheet_frame *frame, struct sheet_box box,
                        const struct sheet_tiles *tiles, const char *language, enum sheet_ground *out);
#endif
