// SPDX-License-Identifier: AGPL-3.0-or-later
// The outline of a set of cells. Each side that parts a cell of the set from one outside it becomes an edge
// with the set on its left; edges are followed from corner to corner. Where two cells touch at a corner
// alone, the walk turns left and so stays with its cell; and a walk that comes back to a corner closes a
// ring there. So no ring touches itself: what would is two rings that share a point, as OGC's simple
// features want it. A ring that runs counter-clockwise is an outer one, each piece of the set has one.
#include "geo/region.h"
#include <string.h>

// a row of 16 cells has 17 corners; of each cell at most 4 sides are edges
enum { SIDE_MAX = 16, CORNERS = SIDE_MAX + 1, CELLS = SIDE_MAX * SIDE_MAX, EDGES = CELLS * 4 };
enum heading { EAST, NORTH, WEST, SOUTH, HEADINGS };
static const int step_x[HEADINGS] = {1, 0, -1, 0}, step_y[HEADINGS] = {0, 1, 0, -1};
/* The cell on the left of an edge that leaves a corner. */
static const int left_x[HEADINGS] = {0, -1, -1, 0}, left_y[HEADINGS] = {0, 0, -1, -1};

struct ring {
    unsigned first, count; // in `corners`; not closed
    unsigned piece;
    bool outer;
};
struct outline {
    int side;
    uint8_t piece[CELLS];            // of each cell; 0: not in the set
    unsigned piece_count;
    uint8_t edges[CORNERS][CORNERS]; // [y][x], bit per heading that leaves the corner
    uint16_t corners[EDGES];         // y * CORNERS + x
    unsigned corner_count;
    struct ring rings[CELLS];
    unsigned ring_count;
};

static bool inside(const struct outline *o, int x, int y) {
    return x >= 0 && y >= 0 && x < o->side && y < o->side && o->piece[y * o->side + x];
}

/* Gives the cells that hang together by their sides from `start` on the number of a piece. */
static void number_piece(struct outline *o, int start, uint8_t unnumbered) {
    uint16_t waiting[CELLS];
    unsigned count = 0;
    o->piece[start] = (uint8_t)o->piece_count;
    waiting[count++] = (uint16_t)start;
    while (count) {
        int at = waiting[--count], x = at % o->side, y = at / o->side;
        for (int h = 0; h < HEADINGS; h++) {
            int nx = x + step_x[h], ny = y + step_y[h];
            if (!inside(o, nx, ny) || o->piece[ny * o->side + nx] != unnumbered)
                continue;
            o->piece[ny * o->side + nx] = (uint8_t)o->piece_count;
            waiting[count++] = (uint16_t)(ny * o->side + nx);
        }
    }
}

/* Pieces are numbered by their first cell. No two cells that share a side are in different ones, so a
 * board of 256 cells has 128 at most, and 255 is free to say "not yet". */
static void find_pieces(struct outline *o, const struct region *region) {
    const uint8_t unnumbered = UINT8_MAX;
    const int cells = o->side * o->side;
    for (int i = 0; i < cells; i++)
        o->piece[i] = region->bits[i / 64] >> i % 64 & 1 ? unnumbered : 0;
    for (int i = 0; i < cells; i++)
        if (o->piece[i] == unnumbered) {
            o->piece_count++;
            number_piece(o, i, unnumbered);
        }
}

static void find_edges(struct outline *o) {
    for (int y = 0; y < o->side; y++)
        for (int x = 0; x < o->side; x++) {
            if (!inside(o, x, y))
                continue;
            if (!inside(o, x, y - 1))
                o->edges[y][x] |= 1 << EAST;
            if (!inside(o, x + 1, y))
                o->edges[y][x + 1] |= 1 << NORTH;
            if (!inside(o, x, y + 1))
                o->edges[y + 1][x + 1] |= 1 << WEST;
            if (!inside(o, x - 1, y))
                o->edges[y + 1][x] |= 1 << SOUTH;
        }
}

static void keep_ring(struct outline *o, const uint16_t *path, unsigned count, unsigned piece) {
    struct ring *ring = &o->rings[o->ring_count++];
    *ring = (struct ring){.first = o->corner_count, .piece = piece};
    int twice_area = 0;
    for (unsigned i = 0; i < count; i++) {
        int before = path[(i + count - 1) % count], at = path[i], after = path[(i + 1) % count];
        int x = at % CORNERS, y = at / CORNERS, ax = after % CORNERS, ay = after / CORNERS;
        twice_area += x * ay - ax * y;
        bool straight = at - before == after - at;
        if (!straight)
            o->corners[o->corner_count++] = (uint16_t)at;
    }
    ring->count = o->corner_count - ring->first;
    ring->outer = twice_area > 0;
}

/* Follows the edges from a corner until none leaves it that way; each one is walked once. */
static void walk_from(struct outline *o, int x, int y) {
    uint16_t path[EDGES];
    int place[CORNERS * CORNERS]; // in the path, -1: not there
    unsigned count = 0, heading = HEADINGS;
    memset(place, -1, sizeof place);
    for (;;) {
        int corner = y * CORNERS + x;
        if (place[corner] >= 0) {
            unsigned from = (unsigned)place[corner];
            unsigned first_heading = path[from + 1] == path[from] + 1        ? EAST
                                     : path[from + 1] == path[from] + CORNERS ? NORTH
                                     : path[from + 1] + 1 == path[from]       ? WEST
                                                                              : SOUTH;
            int cell = (y + left_y[first_heading]) * o->side + x + left_x[first_heading];
            keep_ring(o, path + from, count - from, o->piece[cell]);
            for (unsigned i = from; i < count; i++)
                place[path[i]] = -1;
            count = from;
        }
        if (!o->edges[y][x])
            return;
        place[corner] = (int)count;
        path[count++] = (uint16_t)corner;
        // left of where it came from if it may, else straight on, else right
        unsigned next = heading == HEADINGS ? EAST : (heading + 1) % HEADINGS;
        while (!(o->edges[y][x] >> next & 1))
            next = (next + HEADINGS - 1) % HEADINGS;
        o->edges[y][x] &= (uint8_t)~(1u << next);
        heading = next;
        x += step_x[next];
        y += step_y[next];
    }
}

static enum err write_rings(const struct outline *o, const struct region *region, unsigned base_m,
                            struct arena *arena, struct geometry *out) {
    struct geometry made = {.type = GEOMETRY_MULTI_POLYGON,
                            .vertex_count = o->corner_count + o->ring_count,
                            .part_count = o->ring_count,
                            .polygon_count = o->piece_count};
    made.coords = arena_array(arena, made.vertex_count, 2 * sizeof *made.coords);
    made.part_vertices = arena_array(arena, made.part_count, sizeof *made.part_vertices);
    made.polygon_rings = arena_array(arena, made.polygon_count, sizeof *made.polygon_rings);
    if (!made.coords || !made.part_vertices || !made.polygon_rings)
        return ERR_NO_MEMORY;
    double *at = made.coords;
    size_t part = 0;
    for (unsigned piece = 1; piece <= o->piece_count; piece++)
        for (int outer = 1; outer >= 0; outer--)
            for (unsigned r = 0; r < o->ring_count; r++) {
                const struct ring *ring = &o->rings[r];
                if (ring->piece != piece || ring->outer != outer)
                    continue;
                for (unsigned i = 0; i <= ring->count; i++) {
                    unsigned corner = o->corners[ring->first + i % ring->count];
                    *at++ = (double)region->top.column * EQUAL_AREA_TOP_M + corner % CORNERS * base_m;
                    *at++ = (double)region->top.row * EQUAL_AREA_TOP_M + corner / CORNERS * base_m;
                }
                made.part_vertices[part++] = ring->count + 1;
                made.polygon_rings[piece - 1]++;
            }
    *out = made;
    return ERR_OK;
}

enum err region_outline(const struct region *region, unsigned base_m, struct arena *arena,
                        struct geometry *out) {
    struct outline o = {.side = (int)(EQUAL_AREA_TOP_M / base_m)};
    find_pieces(&o, region);
    find_edges(&o);
    for (int y = 0; y <= o.side; y++)
        for (int x = 0; x <= o.side; x++)
            while (o.edges[y][x])
                walk_from(&o, x, y);
    return write_rings(&o, region, base_m, arena, out);
}
