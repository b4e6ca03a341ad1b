// SPDX-License-Identifier: AGPL-3.0-or-later
// The curve enters a square at its lowest corner and leaves it at the next one along x. Of the four
// quarters the first and the last hold a curve that is turned: in the first x and y change places,
// in the last they do so mirrored.
#include "hilbert.h"

uint64_t hilbert_first(unsigned z) {
    return (((uint64_t)1 << (2 * z)) - 1) / 3;
}

/* Turns a position within a quarter of `side` so that its curve runs as the whole one does. The
 * turn is its own inverse. */
static void turn(uint32_t side, uint32_t right, uint32_t below, uint32_t *x, uint32_t *y) {
    if (below)
        return;
    uint32_t column = *x, row = *y;
    *x = right ? side - 1 - row : row;
    *y = right ? side - 1 - column : column;
}

uint64_t hilbert_id(struct tile tile) {
    uint64_t along = 0;
    uint32_t x = tile.x, y = tile.y;
    for (unsigned level = tile.z; level-- > 0;) {
        uint32_t side = (uint32_t)1 << level;
        uint32_t right = x >> level & 1, below = y >> level & 1;
        along = along << 2 | ((3 * right) ^ below);
        x &= side - 1;
        y &= side - 1;
        turn(side, right, below, &x, &y);
    }
    return hilbert_first(tile.z) + along;
}

struct tile hilbert_tile(uint64_t id) {
    unsigned z = 0;
    while (id >= hilbert_first(z + 1))
        z++;
    uint64_t along = id - hilbert_first(z);
    uint32_t x = 0, y = 0;
    for (unsigned level = 0; level < z; level++) {
        uint32_t side = (uint32_t)1 << level;
        uint32_t quarter = along & 3;
        uint32_t right = quarter >> 1, below = (quarter ^ right) & 1;
        turn(side, right, below, &x, &y);
        x |= right << level;
        y |= below << level;
        along >>= 2;
    }
    return (struct tile){z, x, y};
}

/* Spans that touch are told as one. */
struct spans {
    const struct tile_range *range;
    hilbert_span_fn *fn;
    void *context;
    uint64_t first, end; // not told yet; end 0: none
};

static enum err span_add(struct spans *spans, uint64_t first, uint64_t end) {
    enum err err = ERR_OK;
    if (spans->end == first) {
        spans->end = end;
        return ERR_OK;
    }
    if (spans->end != 0)
        err = spans->fn(spans->context, spans->first, spans->end);
    spans->first = first;
    spans->end = end;
    return err;
}

/* A tile of a coarser zoom holds a square of 4^n numbers in a row: told whole when it lies within
 * the range, else its quarters are looked at, in the curve's order. */
static enum err visit(struct spans *spans, uint64_t along, unsigned z) {
    const struct tile_range *range = spans->range;
    unsigned levels = range->z - z;
    struct tile tile = hilbert_tile(hilbert_first(z) + along);
    uint32_t min_x = tile.x << levels, min_y = tile.y << levels;
    uint32_t max_x = min_x + (((uint32_t)1 << levels) - 1);
    uint32_t max_y = min_y + (((uint32_t)1 << levels) - 1);
    if (max_x < range->min_x || min_x > range->max_x || max_y < range->min_y ||
        min_y > range->max_y)
        return ERR_OK;
    if (min_x >= range->min_x && max_x <= range->max_x && min_y >= range->min_y &&
        max_y <= range->max_y) {
        uint64_t start = hilbert_first(range->z);
        return span_add(spans, start + (along << (2 * levels)),
                        start + ((along + 1) << (2 * levels)));
    }
    enum err err = ERR_OK;
    for (unsigned quarter = 0; quarter < 4 && err == ERR_OK; quarter++)
        err = visit(spans, along << 2 | quarter, z + 1);
    return err;
}

enum err hilbert_spans(const struct tile_range *range, hilbert_span_fn *fn, void *context) {
    struct spans spans = {.range = range, .fn = fn, .context = context};
    enum err err = visit(&spans, 0, 0);
    if (err == ERR_OK && spans.end != 0)
        err = fn(context, spans.first, spans.end);
    return err;
}
