// SPDX-License-Identifier: AGPL-3.0-or-later
// Which cells a geometry touches. Positions become columns and rows with fractions; then
//   a point lies in the cell of its floors (a cell holds its western and southern border);
//   a line is walked from cell to cell (Amanatides & Woo 1987), through a corner straight on;
//   an area is cut into rows: in each, the cells whose inside an edge crosses, and those whose middle lies
//   inside by the even-odd rule. A cell that no edge crosses is inside or outside as a whole.
// Between two vertices a side is straight in the CRS, not on the globe: for what people draw in a town the
// difference is far below a metre.
#include "geo/equal_area.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 64 };
static const double far_cells = 1 << 24; // from the origin: more than the Earth at 250 m

/* Cells as they are met, repeats included until they are many. On the heap: it grows. */
struct found {
    struct cell *cells;
    size_t count, room, max;
    double *xs; // where the edges of a polygon cross the middle of a row
};

int equal_area_epsg(const struct bbox *bbox) {
    double lat = (bbox->south_deg + bbox->north_deg) / 2;
    double lon = (bbox->west_deg + bbox->east_deg) / 2;
    if (bbox->west_deg > bbox->east_deg)
        lon += lon > 0 ? -180 : 180;
    // The land of EPSG:3035's area of use (-35.58..44.83, 24.60..84.73) that INSPIRE's grid is asked for:
    // the Azores to the Caucasus, Crete to Svalbard. South of it both CRSs are as good, and Africa is whole.
    return lon >= -31 && lon <= 45 && lat >= 34 && lat <= 82 ? 3035 : 6933;
}

const char *equal_area_name(int epsg) {
    return epsg == 3035 ? "EPSG:3035" : "EPSG:6933";
}

static int by_row_and_column(const void *a, const void *b) {
    const struct cell *one = a, *other = b;
    if (one->row != other->row)
        return one->row < other->row ? -1 : 1;
    return (one->column > other->column) - (one->column < other->column);
}

static void drop_repeats(struct found *found) {
    if (!found->count)
        return;
    qsort(found->cells, found->count, sizeof *found->cells, by_row_and_column);
    size_t kept = 1;
    for (size_t i = 1; i < found->count; i++)
        if (by_row_and_column(&found->cells[i], &found->cells[kept - 1]) != 0)
            found->cells[kept++] = found->cells[i];
    found->count = kept;
}

static enum err make_room(struct found *found) {
    drop_repeats(found);
    if (found->count > found->max)
        return ERR_TOO_LARGE;
    if (found->room && found->count <= found->room / 2)
        return ERR_OK;
    size_t room = found->room ? found->room * 2 : FIRST_ROOM;
    struct cell *larger = realloc(found->cells, room * sizeof *larger);
    if (!larger)
        return ERR_NO_MEMORY;
    found->cells = larger;
    found->room = room;
    return ERR_OK;
}

static enum err add_cell(struct found *found, double column, double row) {
    if (found->count == found->room) {
        enum err err = make_room(found);
        if (err)
            return err;
    }
    found->cells[found->count++] = (struct cell){(int32_t)column, (int32_t)row};
    return ERR_OK;
}

/* Columns first to last, both included. */
static enum err add_run(struct found *found, double first, double last, double row) {
    enum err err = ERR_OK;
    for (double column = first; !err && column <= last; column++)
        err = add_cell(found, column, row);
    return err;
}

/* From the cell of the one end to that of the other: how many columns and rows lie between them is known at
 * the start, so that rounding can change the way at a corner but never where it ends. */
static enum err walk_segment(struct found *found, const double *from, const double *to) {
    double column = floor(from[0]), row = floor(from[1]);
    double dx = to[0] - from[0], dy = to[1] - from[1];
    double columns = fabs(floor(to[0]) - column), rows = fabs(floor(to[1]) - row);
    enum err err = add_cell(found, column, row);
    while (!err && (columns > 0 || rows > 0)) {
        // how far it is to the next column's and row's border, in shares of dx and dy
        double to_column = fabs((dx > 0 ? column + 1 : column) - from[0]) * fabs(dy);
        double to_row = fabs((dy > 0 ? row + 1 : row) - from[1]) * fabs(dx);
        bool across = columns > 0 && (rows <= 0 || to_column <= to_row);
        bool along = rows > 0 && (columns <= 0 || to_row <= to_column);
        if (across) {
            column += dx > 0 ? 1 : -1;
            columns--;
        }
        if (along) {
            row += dy > 0 ? 1 : -1;
            rows--;
        }
        err = add_cell(found, column, row);
    }
    return err;
}

static enum err walk_line(struct found *found, const double *xy, size_t count) {
    enum err err = ERR_OK;
    for (size_t i = 0; !err && i + 1 < count; i++)
        err = walk_segment(found, xy + 2 * i, xy + 2 * i + 2);
    return err;
}

/* The cells whose inside an edge crosses: none where it runs along a border. A level edge between two borders
 * is met by its row once, and dy is not divided by. */
static enum err cross_edge(struct found *found, const double *from, const double *to) {
    const double *low = from[1] <= to[1] ? from : to, *high = low == from ? to : from;
    double dx = high[0] - low[0], dy = high[1] - low[1];
    enum err err = ERR_OK;
    for (double row = floor(low[1]); !err && row < high[1]; row++) {
        double a = low[1] >= row ? low[0] : low[0] + dx * ((row - low[1]) / dy);
        double b = high[1] <= row + 1 ? high[0] : low[0] + dx * ((row + 1 - low[1]) / dy);
        err = add_run(found, floor(fmin(a, b)), ceil(fmax(a, b)) - 1, row);
    }
    return err;
}

static int by_value(const void *a, const void *b) {
    const double *one = a, *other = b;
    return (*one > *other) - (*one < *other);
}

/* The cells of a row whose middle is inside. */
static enum err fill_row(struct found *found, const double *xy, const uint32_t *rings,
                         size_t ring_count, double row) {
    const double middle = row + 0.5;
    size_t crossings = 0;
    for (size_t r = 0; r < ring_count; xy += 2 * rings[r++])
        for (size_t i = 0; i + 1 < rings[r]; i++) {
            const double *a = xy + 2 * i, *b = a + 2;
            if ((a[1] <= middle) != (b[1] <= middle))
                found->xs[crossings++] = a[0] + (b[0] - a[0]) * ((middle - a[1]) / (b[1] - a[1]));
        }
    qsort(found->xs, crossings, sizeof *found->xs, by_value);
    enum err err = ERR_OK;
    for (size_t i = 0; !err && i + 1 < crossings; i += 2)
        err = add_run(found, ceil(found->xs[i] - 0.5), ceil(found->xs[i + 1] - 0.5) - 1, row);
    return err;
}

static enum err fill_polygon(struct found *found, const double *xy, const uint32_t *rings,
                             size_t ring_count) {
    double south = INFINITY, north = -INFINITY;
    const double *at = xy;
    enum err err = ERR_OK;
    for (size_t r = 0; !err && r < ring_count; at += 2 * rings[r++])
        for (size_t i = 0; !err && i + 1 < rings[r]; i++) {
            south = fmin(south, at[2 * i + 1]);
            north = fmax(north, at[2 * i + 1]);
            err = cross_edge(found, at + 2 * i, at + 2 * i + 2);
        }
    for (double row = floor(south); !err && row < north; row++)
        err = fill_row(found, xy, rings, ring_count, row);
    return err;
}

static enum err find_cells(struct found *found, const struct geometry *g, const double *xy) {
    enum err err = ERR_OK;
    if (g->type == GEOMETRY_POINT || g->type == GEOMETRY_MULTI_POINT) {
        for (size_t i = 0; !err && i < g->vertex_count; i++)
            err = add_cell(found, floor(xy[2 * i]), floor(xy[2 * i + 1]));
    } else if (g->type == GEOMETRY_LINE || g->type == GEOMETRY_MULTI_LINE) {
        for (size_t i = 0; !err && i < g->part_count; xy += 2 * g->part_vertices[i++])
            err = walk_line(found, xy, g->part_vertices[i]);
    } else {
        const uint32_t *rings = g->part_vertices;
        for (size_t i = 0; !err && i < g->polygon_count; i++) {
            err = fill_polygon(found, xy, rings, g->polygon_rings[i]);
            for (uint32_t r = 0; r < g->polygon_rings[i]; r++)
                xy += 2 * *rings++;
        }
    }
    if (err)
        return err;
    drop_repeats(found);
    return found->count > found->max ? ERR_TOO_LARGE : ERR_OK;
}

/* Positions in cells of the grid, with fractions. */
static enum err to_grid(struct crs *crs, int epsg, unsigned base_m, const struct geometry *geometry,
                        double *xy) {
    memcpy(xy, geometry->coords, geometry->vertex_count * 2 * sizeof *xy);
    enum err err =
        crs_transform(crs, "EPSG:4326", equal_area_name(epsg), xy, geometry->vertex_count, NULL);
    for (size_t i = 0; !err && i < geometry->vertex_count * 2; i++) {
        xy[i] /= base_m;
        if (!(fabs(xy[i]) < far_cells))
            err = ERR_BAD_CRS;
    }
    return err;
}

enum err equal_area_cells(struct crs *crs, int epsg, unsigned base_m, const struct geometry *geometry,
                          size_t max, struct arena *arena, struct cell **out, size_t *count) {
    struct found found = {.max = max};
    double *xy = calloc(geometry->vertex_count + 1, 2 * sizeof *xy);
    found.xs = calloc(geometry->vertex_count + 1, sizeof *found.xs);
    enum err err = xy && found.xs ? ERR_OK : ERR_NO_MEMORY;
    if (!err)
        err = to_grid(crs, epsg, base_m, geometry, xy);
    if (!err)
        err = find_cells(&found, geometry, xy);
    if (!err) {
        struct cell *cells = arena_array(arena, found.count, sizeof *cells);
        if (cells && found.count)
            memcpy(cells, found.cells, found.count * sizeof *cells);
        if (cells) {
            *out = cells;
            *count = found.count;
        } else {
            err = ERR_NO_MEMORY;
        }
    }
    free(found.cells);
    free(found.xs);
    free(xy);
    return err;
}
