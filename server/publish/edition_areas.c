// SPDX-License-Identifier: AGPL-3.0-or-later
// The slice is laid out as a raster of its base cells, people a cell. How much of each cell an area covers
// is found exactly, for all cells at once: by Green's theorem it is the integral along the area's rings of
// the cell's width to the left of the ring, by height. A stretch of a ring inside one cell gives that cell
// its mean width, and all cells to its left their whole width; the latter is added up once a row.
#include "publish/edition_areas.h"
#include <math.h>
#include <string.h>

enum { RASTER_CELLS_MAX = 1 << 21 };

/* Columns and rows are the grid's, in base cells. */
struct raster {
    double cell_m;
    int64_t left, bottom;
    size_t columns, rows;
    double *mine, *all; // people a cell; 0: not published. `all` NULL: there is none to compare with
};
/* The part of a raster that an area can touch. */
struct window {
    int64_t left, bottom;
    size_t columns, rows;
    double *inside; // rows * (columns + 1): the share of each cell that the area covers
    double *whole;  // the same: height by which all cells to the left are covered
};

/* ---- the raster ---- */

static void extend(struct raster *raster, int64_t *right, int64_t *top,
                   const struct shown_slice *shown) {
    int64_t side = EQUAL_AREA_TOP_M / shown->base_m;
    for (size_t i = 0; i < shown->slice->leaf_count; i++) {
        struct cell at = shown->slice->leaves[i].region.top;
        int64_t column = at.column * side, row = at.row * side;
        raster->left = column < raster->left ? column : raster->left;
        raster->bottom = row < raster->bottom ? row : raster->bottom;
        *right = column + side > *right ? column + side : *right;
        *top = row + side > *top ? row + side : *top;
    }
}

static void fill(const struct raster *raster, const struct shown_slice *shown, double *people) {
    unsigned side = EQUAL_AREA_TOP_M / shown->base_m;
    for (size_t i = 0; i < shown->slice->leaf_count; i++) {
        const struct edition_leaf *leaf = &shown->slice->leaves[i];
        double a_cell = (double)leaf->value / region_count(&leaf->region);
        for (unsigned bit = 0; bit < side * side; bit++) {
            if (!(leaf->region.bits[bit / 64] >> bit % 64 & 1))
                continue;
            int64_t column = (int64_t)leaf->region.top.column * side + bit % side - raster->left;
            int64_t row = (int64_t)leaf->region.top.row * side + bit / side - raster->bottom;
            if (column >= 0 && row >= 0 && column < (int64_t)raster->columns &&
                row < (int64_t)raster->rows)
                people[(size_t)row * raster->columns + (size_t)column] = a_cell;
        }
    }
}

/* The slice of all people of the same exercise; NULL when the slice is it, or there is none. */
static const struct shown_slice *all_beside(const struct held_edition *held,
                                            const struct shown_slice *shown) {
    for (size_t i = 0; i < held->edition.slice_count; i++) {
        const struct edition_slice *slice = &held->edition.slices[i];
        if (slice->kind == SLICE_ALL && slice->exercise == shown->slice->exercise)
            return slice == shown->slice ? NULL : &held->slices[i];
    }
    return NULL;
}

static enum err raster_make(const struct held_edition *held, const struct shown_slice *shown,
                            struct arena *arena, struct raster *out) {
    struct raster raster = {.cell_m = shown->base_m, .left = INT32_MAX, .bottom = INT32_MAX};
    int64_t right = INT32_MIN, top = INT32_MIN;
    extend(&raster, &right, &top, shown);
    if (shown->slice->leaf_count == 0) {
        *out = (struct raster){.cell_m = shown->base_m};
        return ERR_OK;
    }
    raster.columns = (size_t)(right - raster.left);
    raster.rows = (size_t)(top - raster.bottom);
    if (raster.columns > RASTER_CELLS_MAX / raster.rows)
        return ERR_TOO_LARGE;
    raster.mine = arena_array(arena, raster.columns * raster.rows, sizeof *raster.mine);
    if (!raster.mine)
        return ERR_NO_MEMORY;
    fill(&raster, shown, raster.mine);
    const struct shown_slice *all = all_beside(held, shown);
    if (all) {
        raster.all = arena_array(arena, raster.columns * raster.rows, sizeof *raster.all);
        if (!raster.all)
            return ERR_NO_MEMORY;
        fill(&raster, all, raster.all);
    }
    *out = raster;
    return ERR_OK;
}

/* ---- what an area covers ---- */

/* A stretch of a ring within one row, from u0 to u1 (cells from the window's left), rising by `dv`. */
static void add_in_row(const struct window *window, size_t row, double u0, double u1, double dv) {
    double *inside = window->inside + row * (window->columns + 1);
    double *whole = window->whole + row * (window->columns + 1);
    double last = (double)window->columns;
    double left = fmin(u0, u1), right = fmax(u0, u1), length = right - left;
    if (left >= last) { // beyond the window: all of the row's cells lie to its left
        whole[window->columns] += dv;
        return;
    }
    if (length == 0 && left >= 0) {
        size_t column = (size_t)left;
        whole[column] += dv;
        inside[column] += dv * (left - (double)column);
        return;
    }
    if (right > last) {
        whole[window->columns] += dv * (right - last) / length;
        right = last;
    }
    for (double at = fmax(left, 0); at < right;) {
        size_t column = (size_t)at;
        double next = fmin(right, (double)column + 1), part = dv * (next - at) / length;
        whole[column] += part;
        inside[column] += part * ((at + next) / 2 - (double)column);
        at = next;
    }
}

static void add_edge(const struct window *window, double u0, double v0, double u1, double v1) {
    double sign = 1;
    if (v0 > v1) {
        double u = u0, v = v0;
        u0 = u1, v0 = v1, u1 = u, v1 = v;
        sign = -1;
    }
    double top = fmin(v1, (double)window->rows);
    for (double at = fmax(v0, 0); at < top;) {
        size_t row = (size_t)at;
        double next = fmin(top, (double)row + 1), slope = (u1 - u0) / (v1 - v0);
        add_in_row(window, row, u0 + (at - v0) * slope, u0 + (next - v0) * slope,
                   sign * (next - at));
        at = next;
    }
}

/* Twice the area inside the ring, above 0 when it turns counter-clockwise; about its first vertex. */
static double twice_area(const double *ring, size_t count) {
    double sum = 0;
    for (size_t i = 1; i + 1 < count; i++)
        sum += (ring[2 * i] - ring[0]) * (ring[2 * i + 3] - ring[1]) -
               (ring[2 * i + 2] - ring[0]) * (ring[2 * i + 1] - ring[1]);
    return sum;
}

/* Outer rings count, holes are taken away, whichever way they were drawn. Returns m2. */
static double add_ring(const struct window *window, double cell_m, const double *ring, size_t count,
                       bool hole) {
    double area = twice_area(ring, count) / 2;
    bool backwards = (area < 0) != hole;
    for (size_t i = 0; i + 1 < count; i++) {
        const double *a = ring + 2 * (backwards ? i + 1 : i), *b = ring + 2 * (backwards ? i : i + 1);
        add_edge(window, a[0] / cell_m - (double)window->left, a[1] / cell_m - (double)window->bottom,
                 b[0] / cell_m - (double)window->left, b[1] / cell_m - (double)window->bottom);
    }
    return hole ? -fabs(area) : fabs(area);
}

static double add_area(const struct window *window, double cell_m, const struct geometry *area) {
    const double *ring = area->coords;
    size_t part = 0;
    double m2 = 0;
    for (size_t i = 0; i < area->polygon_count; i++)
        for (size_t r = 0; r < area->polygon_rings[i]; r++, part++) {
            m2 += add_ring(window, cell_m, ring, area->part_vertices[part], r > 0);
            ring += 2 * (size_t)area->part_vertices[part];
        }
    for (size_t row = 0; row < window->rows; row++) {
        double *inside = window->inside + row * (window->columns + 1);
        const double *whole = window->whole + row * (window->columns + 1);
        double to_the_right = whole[window->columns];
        for (size_t column = window->columns; column-- > 0;) {
            inside[column] = fmin(fmax(inside[column] + to_the_right, 0), 1);
            to_the_right += whole[column];
        }
    }
    return m2;
}

static int64_t clamped(double value, int64_t low, int64_t high) {
    return value <= (double)low ? low : value >= (double)high ? high : (int64_t)value;
}

/* The raster's cells within the area's box; none when they do not meet. */
static enum err window_make(const struct raster *raster, const struct geometry *area,
                            struct arena *arena, struct window *out) {
    const struct bbox box = geometry_bbox(area); // metres of the grid
    int64_t right = raster->left + (int64_t)raster->columns;
    int64_t top = raster->bottom + (int64_t)raster->rows;
    struct window window = {
        .left = clamped(floor(box.west_deg / raster->cell_m), raster->left, right),
        .bottom = clamped(floor(box.south_deg / raster->cell_m), raster->bottom, top)};
    window.columns =
        (size_t)(clamped(ceil(box.east_deg / raster->cell_m), window.left, right) - window.left);
    window.rows =
        (size_t)(clamped(ceil(box.north_deg / raster->cell_m), window.bottom, top) - window.bottom);
    window.inside =
        arena_array(arena, window.rows * (window.columns + 1), 2 * sizeof *window.inside);
    if (!window.inside)
        return ERR_NO_MEMORY;
    window.whole = window.inside + window.rows * (window.columns + 1);
    *out = window;
    return ERR_OK;
}

/* ---- sums ---- */

struct sums {
    double people, ground;                     // of the slice
    double shared_mine, shared_all, shared_ground; // where all is published, too
};

static struct sums sum_up(const struct raster *raster, const struct window *window) {
    struct sums sums = {0};
    for (size_t row = 0; row < window->rows; row++) {
        const double *inside = window->inside + row * (window->columns + 1);
        size_t first = ((size_t)(window->bottom - raster->bottom) + row) * raster->columns +
                       (size_t)(window->left - raster->left);
        for (size_t column = 0; column < window->columns; column++) {
            double mine = raster->mine[first + column];
            double all = raster->all ? raster->all[first + column] : 0;
            if (mine == 0)
                continue;
            sums.people += mine * inside[column];
            sums.ground += inside[column];
            sums.shared_mine += all > 0 ? mine * inside[column] : 0;
            sums.shared_all += all * inside[column];
            sums.shared_ground += all > 0 ? inside[column] : 0;
        }
    }
    return sums;
}

/* @param scratch emptied: a window may be as large as the raster, and areas are many */
static enum err value_of(const struct raster *raster, const struct geometry *area,
                         struct arena *scratch, struct area_value *out) {
    struct window window;
    arena_reset(scratch);
    enum err err = window_make(raster, area, scratch, &window);
    if (err != ERR_OK)
        return err;
    double cell_m2 = raster->cell_m * raster->cell_m;
    double cells = add_area(&window, raster->cell_m, area) / cell_m2;
    struct sums sums = sum_up(raster, &window);
    if (cells <= 0)
        return ERR_OK;
    out->covered = fmin(sums.ground / cells, 1);
    out->known = out->covered >= 0.5;
    if (!out->known)
        return ERR_OK;
    out->value = 5 * (uint32_t)floor(sums.people / 5 + 0.5);
    out->per_km2 = out->value / (sums.ground * cell_m2 / 1e6);
    if (sums.shared_ground / cells >= 0.5 && sums.shared_all > 0)
        out->share = share_band_of(sums.shared_mine / sums.shared_all);
    return ERR_OK;
}

enum err edition_areas(const struct held_edition *held, const struct shown_slice *shown,
                       size_t overlay, struct arena *arena, struct area_value **out) {
    size_t count = held->edition.overlays[overlay].feature_count;
    struct raster raster;
    struct arena scratch;
    struct area_value *values = arena_array(arena, count, sizeof *values);
    arena_init(&scratch);
    enum err err = values ? raster_make(held, shown, arena, &raster) : ERR_NO_MEMORY;
    for (size_t i = 0; i < count && err == ERR_OK; i++) {
        enum geometry_type type = held->edition.overlays[overlay].features[i].geometry.type;
        const struct geometry *area = &held->overlays[overlay].areas[i];
        values[i].is_area = type == GEOMETRY_POLYGON || type == GEOMETRY_MULTI_POLYGON;
        if (area->vertex_count)
            err = value_of(&raster, area, &scratch, &values[i]);
    }
    arena_fini(&scratch);
    if (err == ERR_OK)
        *out = values;
    return err;
}
