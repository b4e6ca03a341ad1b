// SPDX-License-Identifier: AGPL-3.0-or-later
// The top of a density and the levels below it. Points are gathered into cells a quarter of the
// bandwidth wide (at the equator); the density is summed at each filled cell, and from the highest one the search
// climbs to its highest neighbour until none is higher.
#include "heat.h"
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define CUT_SIGMAS 4.0
#define CELLS_A_BANDWIDTH 4.0

struct cell {
    int64_t column, row;
    double weight;
};
struct grid {
    struct cell *cells; // filled ones, by row, then column
    size_t count;
    double cell_m; // of Web Mercator
};

static int cell_compare(const void *a, const void *b)
{
    const struct cell *left = a, *right = b;
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    return (left->column > right->column) - (left->column < right->column);
}

/** Sorts, and makes one of cells at the same place. */
static void grid_merge(struct grid *grid)
{
    size_t kept = 0;
    qsort(grid->cells, grid->count, sizeof *grid->cells, cell_compare);
    for (size_t i = 0; i < grid->count; i++) {
        if (kept > 0 && cell_compare(&grid->cells[kept - 1], &grid->cells[i]) == 0)
            grid->cells[kept - 1].weight += grid->cells[i].weight;
        else
            grid->cells[kept++] = grid->cells[i];
    }
    grid->count = kept;
}

/** Index of the first cell that is not before (column, row). */
static size_t cells_from(const struct grid *grid, int64_t column, int64_t row)
{
    struct cell wanted = {.column = column, .row = row};
    size_t low = 0, high = grid->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cell_compare(&grid->cells[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/** Mercator's stretching in the middle of a row of cells. */
static double row_scale(int64_t row, double cell_m)
{
    return tile_scale_factor(((double)row + 0.5) * cell_m);
}

/** Density at the middle of a cell, without the kernel's constant factor. */
static double sum_at(const struct grid *grid, int64_t column, int64_t row)
{
    double sum = 0, scale = row_scale(row, grid->cell_m);
    int64_t reach = (int64_t)ceil(CUT_SIGMAS * CELLS_A_BANDWIDTH * scale);
    for (int64_t y = row - reach; y <= row + reach; y++) {
        double source_scale = row_scale(y, grid->cell_m);
        double sigma = CELLS_A_BANDWIDTH * source_scale, row_sum = 0;
        for (size_t i = cells_from(grid, column - reach, y);
             i < grid->count && grid->cells[i].row == y && grid->cells[i].column <= column + reach;
             i++) {
            double across = (double)(grid->cells[i].column - column), up = (double)(y - row);
            row_sum += grid->cells[i].weight *
                       exp(-(across * across + up * up) / (2 * sigma * sigma));
        }
        sum += row_sum / (source_scale * source_scale);
    }
    return sum * scale * scale;
}

/** The sum at the top of the hill on whose slope a cell lies. */
static double climb(const struct grid *grid, struct cell from)
{
    int64_t column = from.column, row = from.row;
    double top = sum_at(grid, column, row);
    for (;;) {
        int64_t best_column = column, best_row = row;
        double best = top;
        for (int64_t y = row - 1; y <= row + 1; y++) {
            for (int64_t x = column - 1; x <= column + 1; x++) {
                double sum = sum_at(grid, x, y);
                if (sum > best) {
                    best = sum;
                    best_column = x;
                    best_row = y;
                }
            }
        }
        if (best <= top)
            return top;
        top = best;
        column = best_column;
        row = best_row;
    }
}

enum err heat_peak(const struct heat_point *points, size_t count, double bandwidth_m,
                   double *out_per_km2)
{
    if (!(bandwidth_m >= 1 && bandwidth_m <= HEAT_BANDWIDTH_MAX_M))
        return ERR_BAD_PARAMETER;
    struct grid grid = {.cell_m = bandwidth_m / CELLS_A_BANDWIDTH};
    grid.cells = calloc(count + 1, sizeof *grid.cells);
    if (grid.cells == NULL)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        if (fabs(points[i].x_m) > TILE_HALF_WORLD_M || fabs(points[i].y_m) > TILE_HALF_WORLD_M)
            continue;
        grid.cells[grid.count++] = (struct cell){
            .column = (int64_t)floor(points[i].x_m / grid.cell_m),
            .row = (int64_t)floor(points[i].y_m / grid.cell_m),
            .weight = points[i].weight,
        };
    }
    grid_merge(&grid);
    double best = 0;
    struct cell best_cell = {0};
    for (size_t i = 0; i < grid.count; i++) {
        double sum = sum_at(&grid, grid.cells[i].column, grid.cells[i].row);
        if (sum > best) {
            best = sum;
            best_cell = grid.cells[i];
        }
    }
    *out_per_km2 = best > 0 ? climb(&grid, best_cell) * 1e6 / (2 * M_PI * bandwidth_m * bandwidth_m)
                            : 0;
    free(grid.cells);
    return ERR_OK;
}

/** Two significant digits, rounded down, so that the highest level is always reached. */
static double rounded_down(double value)
{
    double unit = pow(10, floor(log10(value)) - 1);
    return floor(value / unit) * unit;
}

struct heat_levels heat_levels_below(double peak_per_km2, size_t count)
{
    struct heat_levels levels = {0};
    if (!(peak_per_km2 > 0) || !isfinite(peak_per_km2) || count > HEAT_LEVELS_MAX)
        return levels;
    levels.count = count;
    for (size_t i = 0; i < count; i++)
        levels.from_per_km2[i] =
            rounded_down(peak_per_km2 * ((double)i + 0.5) / ((double)count + 0.5));
    return levels;
}
