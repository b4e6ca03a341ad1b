// SPDX-License-Identifier: AGPL-3.0-or-later
#include "paper/sheet_frame.h"

#include <math.h>

#define MARGIN_MM 10.0 // what office printers leave white, and some more
#define HEAD_MM   27.0
#define FOOT_MM   6.0
#define GRID_MM   5.0  // letters and numbers around the map
#define GAP_MM    4.0
#define CELL_MM   20.0
#define BAR_MM    45.0 // at most
#define SCALE_MIN 1000.0 // finer than that, a base map has nothing more to say

struct paper_size {
    double short_mm, long_mm, side_mm, strip_mm; // the legend: a column's width, a strip's height
};
static const struct paper_size papers[] = {[SHEET_A4] = {210, 297, 62, 64}, [SHEET_A3] = {297, 420, 78, 82}};

/** What fits round numbers of metres: 1:5,000 is read more easily than 1:4,871. */
static double round_up(double value) {
    static const double steps[] = {1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8, 10};
    double power = pow(10, floor(log10(value)));
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (value <= steps[i] * power * (1 + 1e-9))
            return steps[i] * power;
    }
    return 10 * power;
}

static double bar_length(double most_m) {
    static const double steps[] = {5, 2, 1};
    double power = pow(10, floor(log10(most_m)));
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (steps[i] * power <= most_m * (1 + 1e-9))
            return steps[i] * power;
    }
    return power;
}

/** Head on top, map below it, legend beside (landscape) or below (portrait), foot at the bottom. */
static void lay_out(struct sheet_frame *frame) {
    const struct paper_size *size = &papers[frame->paper];
    bool landscape = frame->orientation == SHEET_LANDSCAPE;
    frame->page_w_mm = landscape ? size->long_mm : size->short_mm;
    frame->page_h_mm = landscape ? size->short_mm : size->long_mm;
    double width = frame->page_w_mm - 2 * MARGIN_MM;
    double foot = frame->page_h_mm - MARGIN_MM - FOOT_MM;
    frame->head = (struct sheet_box){MARGIN_MM, MARGIN_MM, width, HEAD_MM};
    frame->foot = (struct sheet_box){MARGIN_MM, foot, width, FOOT_MM};
    double top = MARGIN_MM + HEAD_MM + GRID_MM, bottom = foot - GRID_MM;
    double side = landscape ? size->side_mm + GAP_MM : 0, strip = landscape ? 0 : size->strip_mm + GAP_MM;
    frame->map = (struct sheet_box){MARGIN_MM + GRID_MM, top, width - side - 2 * GRID_MM, bottom - strip - top};
    frame->legend =
        landscape ? (struct sheet_box){MARGIN_MM + width - size->side_mm, MARGIN_MM + HEAD_MM, size->side_mm,
                                       foot - GAP_MM - MARGIN_MM - HEAD_MM}
                  : (struct sheet_box){MARGIN_MM, foot - GAP_MM - size->strip_mm, width, size->strip_mm};
    frame->columns = (unsigned)lround(frame->map.w_mm / CELL_MM);
    frame->rows = (unsigned)lround(frame->map.h_mm / CELL_MM);
}

static double lon_of(double x_m) {
    double lon_deg = x_m / TILE_HALF_WORLD_M * 180;
    return fabs(lon_deg) > 180 ? remainder(lon_deg, 360) : lon_deg;
}

static double lat_of(double y_m) {
    double lon, lat;
    tile_to_degrees(0, y_m, &lon, &lat);
    return lat;
}

/** Hands back the scale that would do, before it is rounded up. */
static double place(const struct bbox *area, struct sheet_frame *frame) {
    double min_x, min_y, max_x, max_y;
    tile_from_degrees(area->west_deg, area->south_deg, &min_x, &min_y);
    tile_from_degrees(area->east_deg, area->north_deg, &max_x, &max_y);
    if (area->west_deg > area->east_deg)
        max_x += 2 * TILE_HALF_WORLD_M;
    double mid_x = (min_x + max_x) / 2, mid_y = (min_y + max_y) / 2;
    double stretch = tile_scale_factor(mid_y); // Web Mercator metres a metre on the ground
    double need = fmax((max_x - min_x) / frame->map.w_mm, (max_y - min_y) / frame->map.h_mm) / stretch;
    frame->scale = round_up(fmax(need * 1000, SCALE_MIN));
    double unit = frame->scale / 1000 * stretch; // Web Mercator metres a millimetre of paper
    double w = frame->map.w_mm * unit, h = frame->map.h_mm * unit;
    frame->ground = (struct tile_box){mid_x - w / 2, mid_y - h / 2, mid_x + w / 2, mid_y + h / 2};
    bool whole = w >= 2 * TILE_HALF_WORLD_M;
    frame->bbox = (struct bbox){whole ? -180 : lon_of(frame->ground.min_x_m), lat_of(frame->ground.min_y_m),
                                whole ? 180 : lon_of(frame->ground.max_x_m), lat_of(frame->ground.max_y_m)};
    frame->bar_m = bar_length(BAR_MM * frame->scale / 1000);
    frame->bar_mm = frame->bar_m / frame->scale * 1000;
    return need;
}

void sheet_frame_make(const struct bbox *area, enum sheet_paper paper, enum sheet_orientation orientation,
                      struct sheet_frame *out) {
    struct sheet_frame upright = {.paper = paper, .orientation = SHEET_PORTRAIT};
    struct sheet_frame across = {.paper = paper, .orientation = SHEET_LANDSCAPE};
    lay_out(&upright);
    lay_out(&across);
    bool wide = place(area, &across) <= place(area, &upright);
    *out = orientation == SHEET_LANDSCAPE || (orientation == SHEET_AUTO && wide) ? across : upright;
}

struct sheet_box sheet_box_mirrored(const struct sheet_frame *frame, struct sheet_box box) {
    box.x_mm = frame->page_w_mm - box.x_mm - box.w_mm;
    return box;
}

/* ---- the grid ---- */

double sheet_column_lon(const struct sheet_frame *frame, unsigned column) {
    double width = frame->ground.max_x_m - frame->ground.min_x_m;
    return lon_of(frame->ground.min_x_m + width * column / frame->columns);
}

double sheet_row_lat(const struct sheet_frame *frame, unsigned row) {
    double height = frame->ground.max_y_m - frame->ground.min_y_m;
    return lat_of(frame->ground.max_y_m - height * row / frame->rows);
}
