// SPDX-License-Identifier: AGPL-3.0-or-later
// Sampling happens in Web Mercator metres, where heat_density wants its points; a step of ground
// metres is stretched by the scale factor at the geometry's middle. Areas are filled row by row:
// where a row crosses the rings an odd number of times to the left, it is inside (holes included).
#include "service/heat_sample.h"

#include "coord.h"
#include <math.h>
#include <stdlib.h>

static void add(struct buf *out, double x_m, double y_m, double weight) {
    const struct heat_point point = {.x_m = x_m, .y_m = y_m, .weight = weight};
    buf_bytes(out, &point, sizeof point);
}

static size_t point_count(const struct buf *out) {
    return out->len / sizeof(struct heat_point);
}

static void vertex(const struct geometry *geometry, size_t i, double out[2]) {
    tile_from_degrees(geometry->coords[2 * i], geometry->coords[2 * i + 1], &out[0], &out[1]);
}

static void sample_vertices(const struct geometry *geometry, struct buf *out) {
    double weight = 1.0 / (double)geometry->vertex_count;
    for (size_t i = 0; i < geometry->vertex_count; i++) {
        double xy[2];
        vertex(geometry, i, xy);
        add(out, xy[0], xy[1], weight);
    }
}

/* Calls for each segment of the geometry's parts, in order. */
typedef void segment_fn(void *context, const double a[2], const double b[2]);

static void each_segment(const struct geometry *geometry, segment_fn *fn, void *context) {
    size_t at = 0;
    for (size_t part = 0; part < geometry->part_count; part++) {
        size_t end = at + geometry->part_vertices[part];
        double a[2], b[2];
        vertex(geometry, at, a);
        for (size_t i = at + 1; i < end; i++) {
            vertex(geometry, i, b);
            fn(context, a, b);
            a[0] = b[0];
            a[1] = b[1];
        }
        at = end;
    }
}

struct walk {
    struct buf *out;
    double step_m;
    double length_m; // so far
    double next_m;   // where along the line the next sample lies
};

static void measure(void *context, const double a[2], const double b[2]) {
    struct walk *walk = context;
    walk->length_m += hypot(b[0] - a[0], b[1] - a[1]);
}

static void place(void *context, const double a[2], const double b[2]) {
    struct walk *walk = context;
    double length_m = hypot(b[0] - a[0], b[1] - a[1]);
    for (; walk->next_m < walk->length_m + length_m; walk->next_m += walk->step_m) {
        double share = (walk->next_m - walk->length_m) / length_m;
        add(walk->out, a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]), 1);
    }
    walk->length_m += length_m;
}

static void sample_lines(const struct geometry *geometry, double step_m, struct buf *out) {
    struct walk walk = {.out = out};
    each_segment(geometry, measure, &walk);
    double pieces = ceil(walk.length_m / step_m);
    if (!(pieces >= 1))
        return;
    if (pieces > HEAT_SAMPLES_MAX)
        pieces = HEAT_SAMPLES_MAX;
    walk.step_m = walk.length_m / pieces;
    walk.next_m = walk.step_m / 2;
    walk.length_m = 0;
    each_segment(geometry, place, &walk);
}

enum { CROSSINGS_MAX = 256 };
struct row {
    double y_m;
    size_t count;
    double x_m[CROSSINGS_MAX];
};

static void cross(void *context, const double a[2], const double b[2]) {
    struct row *row = context;
    if ((a[1] > row->y_m) == (b[1] > row->y_m) || row->count == CROSSINGS_MAX)
        return;
    double share = (row->y_m - a[1]) / (b[1] - a[1]);
    row->x_m[row->count++] = a[0] + share * (b[0] - a[0]);
}

static int rising(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void sample_areas(const struct geometry *geometry, double step_m, struct buf *out) {
    struct bbox box = geometry_bbox(geometry);
    double west_m, south_m, east_m, north_m;
    tile_from_degrees(box.west_deg, box.south_deg, &west_m, &south_m);
    tile_from_degrees(box.east_deg, box.north_deg, &east_m, &north_m);
    double even_m = sqrt((east_m - west_m) * (north_m - south_m) / HEAT_SAMPLES_MAX);
    step_m = fmax(step_m, fmax(even_m, (north_m - south_m) / HEAT_SAMPLES_MAX));
    for (double y_m = south_m + step_m / 2; y_m < north_m; y_m += step_m) {
        struct row row = {.y_m = y_m};
        each_segment(geometry, cross, &row);
        qsort(row.x_m, row.count, sizeof row.x_m[0], rising);
        for (size_t i = 0; i + 1 < row.count; i += 2) {
            double first = ceil((row.x_m[i] - west_m) / step_m - 0.5);
            for (double x_m = west_m + (first + 0.5) * step_m; x_m < row.x_m[i + 1]; x_m += step_m)
                add(out, x_m, y_m, 1);
        }
    }
}

void heat_sample(const struct geometry *geometry, double step_m, struct buf *out) {
    size_t before = point_count(out);
    double label[2], xy[2];
    geometry_label_point(geometry, label);
    tile_from_degrees(label[0], label[1], &xy[0], &xy[1]);
    double stretched_m = step_m * tile_scale_factor(xy[1]);
    switch (geometry->type) {
    case GEOMETRY_POINT:
    case GEOMETRY_MULTI_POINT:
        sample_vertices(geometry, out);
        return;
    case GEOMETRY_LINE:
    case GEOMETRY_MULTI_LINE:
        sample_lines(geometry, stretched_m, out);
        break;
    case GEOMETRY_POLYGON:
    case GEOMETRY_MULTI_POLYGON:
        sample_areas(geometry, stretched_m, out);
        break;
    }
    size_t samples = point_count(out) - before;
    if (samples == 0) // smaller than a step
        add(out, xy[0], xy[1], 1);
    struct heat_point *points = (struct heat_point *)(void *)out->data;
    for (size_t i = before; i < before + samples; i++)
        points[i].weight = 1.0 / (double)samples;
}
