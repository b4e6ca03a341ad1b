// SPDX-License-Identifier: AGPL-3.0-or-later
// The leaves of a slice as vector tiles and as heat pictures. Every zoom shows the same leaves with the
// same values: nothing is added up, nothing is left out.
#ifndef REPERE_PUBLISH_EDITION_TILE_H
#define REPERE_PUBLISH_EDITION_TILE_H
#include "base/buf.h"
#include "publish/shown_slice.h"

/**
 * Appends the tile, layer "leaves": id (index + 1), code, side_m, whole, area_km2, value, per_km2 and,
 * where it is known, share. A leaf too small to be seen is one unit square where it lies. No bytes where
 * there is no leaf. Errors: NO_MEMORY.
 */
enum err edition_tile(const struct shown_slice *shown, struct tile tile, struct buf *out);
/** Appends the heat map's tile, a PNG in the colours of the slice's levels. Errors: NO_MEMORY. */
enum err edition_heat_tile(const struct shown_slice *shown, struct tile tile, struct arena *arena,
                           struct buf *out);
/** The colour of a level (1 is the lowest), "#rrggbb". */
enum { SHOWN_COLOUR_SIZE = 8 };
void edition_heat_colour(size_t level, char out[SHOWN_COLOUR_SIZE]);
/** Numbers as they are told, with so many decimals, the same in GeoJSON, CSV and tiles. */
enum { SHOWN_KM2_DECIMALS = 4, SHOWN_DENSITY_DECIMALS = 2 };
/** `value` as it reads after being written with so many decimals. */
double shown_rounded(double value, int decimals);
#endif
