// SPDX-License-Identifier: AGPL-3.0-or-later
// The density is computed on a grid of cells that covers the whole world in the same way for every
// tile, so that tiles continue each other:
//
//   1. The grid's zoom is the tile's own, but never finer than needed: the bandwidth at the equator
//      stays below 16 cells. Deeper tiles interpolate between the cells of that grid.
//   2. A point is shared among the four cells whose centres surround it (its centre of mass stays).
//   3. Each row of cells is spread sideways, then up and down, by a Gaussian of the width that the
//      bandwidth has at the row's own latitude, cut at 4 standard deviations and normalised: no
//      mass is lost, and Mercator's stretching does not change what a metre is.
//   4. Mass becomes density by the ground area of the cell where it lies.
//
// A tile computes the cells it shows and takes in the points as far around as the widest kernel
// reaches. Sums run over cells in the same order for every tile, so shared cells agree to the bit.
#include "heat.h"
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define CUT_SIGMAS        4.0
#define CELLS_A_BANDWIDTH 16.0

/** A window of the world's grid: `side`-many columns and rows from (left, top) on. */
struct window {
    unsigned zoom;
    double cell_m;
    int64_t left, top;
    size_t columns, rows;
};

static bool bandwidth_valid(double bandwidth_m) {
    return bandwidth_m >= 1 && bandwidth_m <= HEAT_BANDWIDTH_MAX_M;
}

static unsigned grid_zoom(double bandwidth_m, unsigned tile_zoom) {
    unsigned zoom = 0;
    while (zoom < tile_zoom && bandwidth_m / tile_pixel_m(zoom + 1) < CELLS_A_BANDWIDTH)
        zoom++;
    return zoom;
}

static bool on_map(const struct heat_point *point) {
    return fabs(point->x_m) <= TILE_HALF_WORLD_M && fabs(point->y_m) <= TILE_HALF_WORLD_M;
}

/** How many cells the widest kernel of these points reaches. */
static size_t reach_cells(const struct heat_point *points, size_t count, double bandwidth_m,
                          double cell_m) {
    double widest = 1;
    for (size_t i = 0; i < count; i++) {
        if (on_map(&points[i]))
            widest = fmax(widest, tile_scale_factor(points[i].y_m));
    }
    return (size_t)ceil(CUT_SIGMAS * bandwidth_m * widest / cell_m) + 1;
}

/** Mercator y of the middle of a row of the world's grid. */
static double row_y_m(const struct window *window, int64_t row) {
    return TILE_HALF_WORLD_M - ((double)row + 0.5) * window->cell_m;
}

/** Fills weights[0..radius], one side of a symmetric kernel whose total is 1; returns the radius.
 */
static size_t kernel_fill(double sigma_cells, double *weights, size_t reach) {
    size_t radius = (size_t)ceil(CUT_SIGMAS * sigma_cells);
    if (radius > reach)
        radius = reach;
    double total = 0;
    for (size_t i = 0; i <= radius; i++) {
        double at = (double)i / sigma_cells;
        weights[i] = exp(-0.5 * at * at);
        total += i == 0 ? weights[i] : 2 * weights[i];
    }
    for (size_t i = 0; i <= radius; i++)
        weights[i] /= total;
    return radius;
}

static void add_mass(double *mass, const struct window *window, int64_t column, int64_t row,
                     double weight) {
    column -= window->left;
    row -= window->top;
    if (column >= 0 && row >= 0 && (size_t)column < window->columns && (size_t)row < window->rows)
        mass[(size_t)row * window->columns + (size_t)column] += weight;
}

static void bin_points(const struct heat_point *points, size_t count, const struct window *window,
                       double *mass) {
    for (size_t i = 0; i < count; i++) {
        if (!on_map(&points[i]))
            continue;
        double x = (points[i].x_m + TILE_HALF_WORLD_M) / window->cell_m - 0.5;
        double y = (TILE_HALF_WORLD_M - points[i].y_m) / window->cell_m - 0.5;
        int64_t column = (int64_t)floor(x), row = (int64_t)floor(y);
        double right = x - (double)column, down = y - (double)row, weight = points[i].weight;
        add_mass(mass, window, column, row, weight * (1 - right) * (1 - down));
        add_mass(mass, window, column + 1, row, weight * right * (1 - down));
        add_mass(mass, window, column, row + 1, weight * (1 - right) * down);
        add_mass(mass, window, column + 1, row + 1, weight * right * down);
    }
}

static bool row_is_empty(const double *row, size_t columns) {
    size_t column = 0;
    while (column < columns && row[column] == 0)
        column++;
    return column == columns;
}

/** One row of mass spread sideways into `line`: the inner columns, which begin `reach` cells
 * inside. */
static void spread_row(const double *row, size_t columns, size_t reach, const double *weights,
                       size_t radius, double *line) {
    size_t inner = columns - 2 * reach;
    memset(line, 0, inner * sizeof *line);
    for (size_t column = 0; column < columns; column++) {
        if (row[column] == 0)
            continue;
        size_t from = column > radius + reach ? column - radius : reach;
        size_t to = column + radius >= reach + inner ? reach + inner - 1 : column + radius;
        for (size_t at = from; at <= to; at++)
            line[at - reach] += row[column] * weights[at > column ? at - column : column - at];
    }
}

/** Spreads the mass of a window into its inner cells (`reach` fewer on each side). */
static enum err spread(const struct window *window, size_t reach, const double *mass,
                       double bandwidth_m, double *out) {
    enum err err = ERR_NO_MEMORY;
    size_t inner_columns = window->columns - 2 * reach, inner_rows = window->rows - 2 * reach;
    double *weights = calloc(reach + 1, sizeof *weights);
    double *line = calloc(inner_columns, sizeof *line);
    if (weights == NULL || line == NULL)
        goto done;
    for (size_t row = 0; row < window->rows; row++) {
        const double *masses = mass + row * window->columns;
        if (row_is_empty(masses, window->columns))
            continue;
        double scale = tile_scale_factor(row_y_m(window, window->top + (int64_t)row));
        size_t radius = kernel_fill(bandwidth_m * scale / window->cell_m, weights, reach);
        spread_row(masses, window->columns, reach, weights, radius, line);
        size_t from = row > radius + reach ? row - radius : reach;
        size_t to = row + radius >= reach + inner_rows ? reach + inner_rows - 1 : row + radius;
        for (size_t at = from; at <= to; at++) {
            double weight = weights[at > row ? at - row : row - at];
            double *target = out + (at - reach) * inner_columns;
            for (size_t column = 0; column < inner_columns; column++)
                target[column] += weight * line[column];
        }
    }
    err = ERR_OK;
done:
    free(line);
    free(weights);
    return err;
}

static void mass_to_density(const struct window *inner, double *values) {
    for (size_t row = 0; row < inner->rows; row++) {
        double side_m =
            inner->cell_m / tile_scale_factor(row_y_m(inner, inner->top + (int64_t)row));
        double per_km2 = 1e6 / (side_m * side_m);
        for (size_t column = 0; column < inner->columns; column++)
            values[row * inner->columns + column] *= per_km2;
    }
}

/** Densities of a window's cells, into window->columns * window->rows values. */
static enum err window_density(const struct heat_point *points, size_t count, double bandwidth_m,
                               const struct window *inner, double *out) {
    size_t reach = reach_cells(points, count, bandwidth_m, inner->cell_m);
    struct window outer = *inner;
    outer.left -= (int64_t)reach;
    outer.top -= (int64_t)reach;
    outer.columns += 2 * reach;
    outer.rows += 2 * reach;
    double *mass = calloc(outer.columns * outer.rows, sizeof *mass);
    if (mass == NULL)
        return ERR_NO_MEMORY;
    memset(out, 0, inner->columns * inner->rows * sizeof *out);
    bin_points(points, count, &outer, mass);
    enum err err = spread(&outer, reach, mass, bandwidth_m, out);
    if (err == ERR_OK)
        mass_to_density(inner, out);
    free(mass);
    return err;
}

/** The position of a tile's pixel in a coarser grid, in cells from that grid's first centre. */
static double finer_position(uint32_t tile_index, size_t pixel, unsigned zooms) {
    double whole = (double)tile_index * HEAT_SIDE + (double)pixel + 0.5;
    return ldexp(whole, -(int)zooms) - 0.5;
}

/** Where each pixel of a row or column lies among the cells: the cell before it, and how far on. */
struct between {
    size_t cell;
    double share;
};

static void between_fill(uint32_t tile_index, unsigned zooms, int64_t first_cell,
                         struct between out[HEAT_SIDE]) {
    for (size_t i = 0; i < HEAT_SIDE; i++) {
        double at = finer_position(tile_index, i, zooms), before = floor(at);
        out[i] = (struct between){(size_t)((int64_t)before - first_cell), at - before};
    }
}

static void interpolate(const struct window *cells, const double *values, struct tile tile,
                        double *out) {
    unsigned zooms = tile.z - cells->zoom;
    struct between columns[HEAT_SIDE], rows[HEAT_SIDE];
    between_fill(tile.x, zooms, cells->left, columns);
    between_fill(tile.y, zooms, cells->top, rows);
    for (size_t row = 0; row < HEAT_SIDE; row++) {
        const double *upper = values + rows[row].cell * cells->columns;
        const double *lower = upper + cells->columns;
        double down = rows[row].share;
        for (size_t column = 0; column < HEAT_SIDE; column++) {
            size_t at = columns[column].cell;
            double right = columns[column].share;
            out[row * HEAT_SIDE + column] =
                (1 - down) * ((1 - right) * upper[at] + right * upper[at + 1]) +
                down * ((1 - right) * lower[at] + right * lower[at + 1]);
        }
    }
}

enum err heat_density(const struct heat_point *points, size_t count, double bandwidth_m,
                      struct tile tile, double *out_per_km2) {
    if (!bandwidth_valid(bandwidth_m) || !tile_valid(tile.z, tile.x, tile.y))
        return ERR_BAD_PARAMETER;
    struct window cells = {.zoom = grid_zoom(bandwidth_m, tile.z)};
    cells.cell_m = tile_pixel_m(cells.zoom);
    unsigned zooms = tile.z - cells.zoom;
    if (zooms == 0) {
        cells.left = (int64_t)tile.x * HEAT_SIDE;
        cells.top = (int64_t)tile.y * HEAT_SIDE;
        cells.columns = cells.rows = HEAT_SIDE;
        return window_density(points, count, bandwidth_m, &cells, out_per_km2);
    }
    cells.left = (int64_t)floor(finer_position(tile.x, 0, zooms));
    cells.top = (int64_t)floor(finer_position(tile.y, 0, zooms));
    cells.columns = cells.rows = ((size_t)HEAT_SIDE >> zooms) + 3;
    double *values = calloc(cells.columns * cells.rows, sizeof *values);
    if (values == NULL)
        return ERR_NO_MEMORY;
    enum err err = window_density(points, count, bandwidth_m, &cells, values);
    if (err == ERR_OK)
        interpolate(&cells, values, tile, out_per_km2);
    free(values);
    return err;
}

void heat_classify(const double *per_km2, const struct heat_levels *levels, uint8_t *out) {
    for (size_t i = 0; i < (size_t)HEAT_SIDE * HEAT_SIDE; i++) {
        uint8_t level = 0;
        while (level < levels->count && per_km2[i] >= levels->from_per_km2[level])
            level++;
        out[i] = level;
    }
}
