// SPDX-License-Identifier: AGPL-3.0-or-later
#include "paper/map_parts.h"

#include <math.h>
#include <stdio.h>

#define APART_MM 45.0
#define TEXT_MM  1.9

/** A round number of degrees that lies about APART_MM apart. */
static double step_deg(double deg_a_mm) {
    static const double steps[] = {1, 2, 5, 10};
    double want = APART_MM * deg_a_mm, power = pow(10, floor(log10(want)));
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (want <= steps[i] * power * 1.000001)
            return steps[i] * power;
    }
    return 10 * power;
}

static void label(struct map_job *job, double degrees, double step, const char *sides, double x_mm, double y_mm) {
    char text[48];
    int decimals = step >= 1 ? 0 : (int)ceil(-log10(step) - 1e-9);
    int len = snprintf(text, sizeof text, "\u200e%.*f° %c", decimals, fabs(degrees),
                       degrees < 0 ? sides[1] : sides[0]);
    const struct sheet_style style = {.size_mm = TEXT_MM};
    double w, h;
    PangoLayout *line = sheet_pen_line(job->pen, text, (size_t)len, &style, &w, &h);
    sheet_pen_place(job->pen, line, SHEET_RGB(0x6a6a6a), SHEET_RGB(0xfbf8f1), x_mm + w / 2 + 0.6, y_mm - h / 2, 0);
    g_object_unref(line);
}

static void stroke(struct map_job *job, double x1, double y1, double x2, double y2) {
    cairo_t *cairo = job->pen->cairo;
    const double dashes[] = {0.2, 0.8};
    cairo_move_to(cairo, x1, y1);
    cairo_line_to(cairo, x2, y2);
    cairo_set_dash(cairo, dashes, 2, 0);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width(cairo, 0.2);
    sheet_pen_colour(job->pen, SHEET_RGB(0x8a8a8a));
    cairo_stroke(cairo);
    cairo_set_dash(cairo, NULL, 0, 0);
}

void map_graticule_draw(struct map_job *job) {
    const struct tile_box *ground = &job->frame->ground;
    const struct sheet_box *box = &job->box;
    double west, south, east, north;
    tile_to_degrees(ground->min_x_m, ground->min_y_m, &west, &south);
    tile_to_degrees(ground->max_x_m, ground->max_y_m, &east, &north);
    double step = step_deg((east - west) / box->w_mm);
    for (double i = ceil(west / step); i * step < east; i++) {
        double lon = i * step, x = box->x_mm + (lon - west) / (east - west) * box->w_mm;
        stroke(job, x, box->y_mm, x, box->y_mm + box->h_mm);
        label(job, fabs(lon) > 180 ? remainder(lon, 360) : lon, step, "EW", x, box->y_mm + box->h_mm - 0.6);
    }
    step = step_deg((north - south) / box->h_mm);
    for (double i = ceil(south / step); i * step < north; i++) {
        double x_m, y_m;
        tile_from_degrees(0, i * step, &x_m, &y_m);
        double y = box->y_mm + (ground->max_y_m - y_m) / (ground->max_y_m - ground->min_y_m) * box->h_mm;
        stroke(job, box->x_mm, y, box->x_mm + box->w_mm, y);
        label(job, i * step, step, "NS", box->x_mm, y);
    }
}
