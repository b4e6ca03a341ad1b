// SPDX-License-Identifier: AGPL-3.0-or-later
// PMTiles' numbers of tiles: zoom after zoom, within a zoom along the Hilbert curve, so that tiles
// that lie close on the map have numbers that are close.
#ifndef REPERE_TILES_HILBERT_H
#define REPERE_TILES_HILBERT_H
#include "base/err.h"
#include "coord.h"

enum { HILBERT_ZOOM_MAX = 26 }; // finer than tiles are served: other makers' archives may hold them

/** Columns and rows of one zoom, both ends included. */
struct tile_range {
    unsigned z;
    uint32_t min_x, min_y, max_x, max_y;
};

/** The number of the first tile of a zoom, 0..HILBERT_ZOOM_MAX + 1. */
uint64_t hilbert_first(unsigned z);
/** @param tile within its zoom, 0..HILBERT_ZOOM_MAX */
uint64_t hilbert_id(struct tile tile);
/** @param id below hilbert_first(HILBERT_ZOOM_MAX + 1) */
struct tile hilbert_tile(uint64_t id);

/** Numbers from `first` up to but not including `end`; what it returns, when not ERR_OK, ends the
 * walk. */
typedef enum err hilbert_span_fn(void *context, uint64_t first, uint64_t end);
/** Tells the numbers of a range's tiles: ascending spans with gaps between them. */
enum err hilbert_spans(const struct tile_range *range, hilbert_span_fn *fn, void *context);
#endif
