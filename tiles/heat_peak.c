// SPDX-License-Identifier: AGPL-3.0-or-later
// The top of a density and the levels below it. Points are gathered into cells a quarter of the
// bandwidth wide, each standing for its points at their middle; the density is summed at each of
// them, and from the highest one the search climbs to the top of the hill.
#include "heat.h"
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define CUT_SIGMAS        4.0
#define CELLS_A_BANDWIDTH 4.0
enum { CLIMB_TRIES_MAX = 200 };

struct cell {
    int64_t column, row;
    double x_m, y_m, weight; // the middle of its points, and their weight
};
struct grid {
    struct cell *cells; // filled ones, by row, then column
    size_t count;
    double bandwidth_m;
    double cell_m, reach_m; // of Web Mercator at the equator
};

static int cell_compare(const void *a, const void *b) {
    const struct cell *left = a, *right = b;
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    return (left->column > right->column) - (left->column < right->column);
}

static void cell_add(struct cell *cell, const struct cell *more) {
    double weight = cell->weight + more->weight;
    if (weight > 0) {
        cell->x_m += (more->x_m - cell->x_m) * more->weight / weight;
        cell->y_m += (more->y_m - cell->y_m) * more->weight / weight;
    }
    cell->weight = weight;
}

/** Sorts, and makes one of cells at the same place. */
static void grid_merge(struct grid *grid) {
    size_t kept = 0;
    qsort(grid->cells, grid->count, sizeof *grid->cells, cell_compare);
    for (size_t i = 0; i < grid->count; i++) {
        if (kept > 0 && cell_compare(&grid->cells[kept - 1], &grid->cells[i]) == 0)
            cell_add(&grid->cells[kept - 1], &grid->cells[i]);
        else
            grid->cells[kept++] = grid->cells[i];
    }
    grid->count = kept;
}

/** Index of the first cell that is not before (column, row). */
static size_t cells_from(const struct grid *grid, int64_t column, int64_t row) {
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

/** Density at a position, without the kernel's constant factor. */
static double sum_at(const struct grid *grid, double x_m, double y_m) {
    double sum = 0, scale = tile_scale_factor(y_m), reach_m = grid->reach_m * scale;
    int64_t last_column = (int64_t)floor((x_m + reach_m) / grid->cell_m);
    int64_t last_row = (int64_t)floor((y_m + reach_m) / grid->cell_m);
    for (int64_t row = (int64_t)floor((y_m - reach_m) / grid->cell_m); row <= last_row; row++) {
        size_t i = cells_from(grid, (int64_t)floor((x_m - reach_m) / grid->cell_m), row);
        for (; i < grid->count && grid->cells[i].row == row && grid->cells[i].column <= last_column;
             i++) {
            const struct cell *cell = &grid->cells[i];
            double across = cell->x_m - x_m, up = cell->y_m - y_m;
            double from_scale = tile_scale_factor(cell->y_m);
            double sigma_m = grid->bandwidth_m * from_scale;
            sum += cell->weight / (from_scale * from_scale) *
                   exp(-(across * across + up * up) / (2 * sigma_m * sigma_m));
        }
    }
    return sum * scale * scale;
}

/** The sum at the top of the hill on whose slope a position lies, by steps that get shorter. */
static double climb(const struct grid *grid, double x_m, double y_m) {
    double top = sum_at(grid, x_m, y_m), step_m = grid->cell_m;
    for (int tries = 0; tries < CLIMB_TRIES_MAX && step_m > grid->cell_m / 8; tries++) {
        double best_x_m = x_m, best_y_m = y_m, best = top;
        for (int toward = 0; toward < 9; toward++) {
            double x = x_m + (toward % 3 - 1) * step_m, y = y_m + (toward / 3 - 1) * step_m;
            double sum = sum_at(grid, x, y);
            if (sum > best) {
                best = sum;
                best_x_m = x;
                best_y_m = y;
            }
        }
        if (best <= top)
            step_m /= 2;
        top = best;
        x_m = best_x_m;
        y_m = best_y_m;
    }
    return top;
}

static void grid_fill(struct grid *grid, const struct heat_point *points, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct heat_point *point = &points[i];
        if (!(fabs(point->x_m) <= TILE_HALF_WORLD_M && fabs(point->y_m) <= TILE_HALF_WORLD_M))
            continue;
        grid->cells[grid->count++] = (struct cell){
            .column = (int64_t)floor(point->x_m / grid->cell_m),
            .row = (int64_t)floor(point->y_m / grid->cell_m),
            .x_m = point->x_m,
            .y_m = point->y_m,
            .weight = point->weight,
        };
    }
    grid_merge(grid);
}

enum err heat_peak(const struct heat_point *points, size_t count, double bandwidth_m,
                   double *out_per_km2) {
    if (!(bandwidth_m >= 1 && bandwidth_m <= HEAT_BANDWIDTH_MAX_M))
        return ERR_BAD_PARAMETER;
    struct grid grid = {.bandwidth_m = bandwidth_m,
                        .cell_m = bandwidth_m / CELLS_A_BANDWIDTH,
                        .reach_m = CUT_SIGMAS * bandwidth_m};
    grid.cells = calloc(count + 1, sizeof *grid.cells);
    if (grid.cells == NULL)
        return ERR_NO_MEMORY;
    grid_fill(&grid, points, count);
    double best = 0;
    const struct cell *best_cell = grid.cells;
    for (size_t i = 0; i < grid.count; i++) {
        double sum = sum_at(&grid, grid.cells[i].x_m, grid.cells[i].y_m);
        if (sum > best) {
            best = sum;
            best_cell = &grid.cells[i];
        }
    }
    if (best > 0)
        best = climb(&grid, best_cell->x_m, best_cell->y_m);
    *out_per_km2 = best * 1e6 / (2 * M_PI * bandwidth_m * bandwidth_m);
    free(grid.cells);
    return ERR_OK;
}

/** Two significant digits, rounded down, so that the highest level is always reached. */
static double rounded_down(double value) {
    double unit = pow(10, floor(log10(value)) - 1);
    return floor(value / unit) * unit;
}

struct heat_levels heat_levels_below(double peak_per_km2, size_t count) {
    struct heat_levels levels = {0};
    if (!(peak_per_km2 > 0) || !isfinite(peak_per_km2) || count > HEAT_LEVELS_MAX)
        return levels;
    levels.count = count;
    for (size_t i = 0; i < count; i++)
        levels.from_per_km2[i] =
            rounded_down(peak_per_km2 * ((double)i + 0.5) / ((double)count + 0.5));
    return levels;
}
