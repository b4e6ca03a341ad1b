// SPDX-License-Identifier: AGPL-3.0-or-later
#include "paper/sheet_parts.h"

#include <stdio.h>

#define BAND_MM 5.0 // letters and numbers on each side
#define TICK_MM 0.8 // at thirds of a cell, on its lines

static void line(cairo_t *cairo, double x1, double y1, double x2, double y2) {
    cairo_move_to(cairo, x1, y1);
    cairo_line_to(cairo, x2, y2);
}

static void draw_lines(struct sheet_job *job, struct sheet_box map, double w, double h) {
    const struct sheet_frame *frame = job->sheet->frame;
    cairo_t *cairo = job->pen.cairo;
    sheet_pen_colour(&job->pen, SHEET_RGB(0x55605f));
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
    for (unsigned i = 1; i < frame->columns; i++)
        line(cairo, map.x_mm + i * w, map.y_mm, map.x_mm + i * w, map.y_mm + map.h_mm);
    for (unsigned i = 1; i < frame->rows; i++)
        line(cairo, map.x_mm, map.y_mm + i * h, map.x_mm + map.w_mm, map.y_mm + i * h);
    cairo_set_line_width(cairo, 0.14);
    cairo_stroke(cairo);
    for (unsigned i = 0; i <= 3 * frame->columns; i++) {
        for (unsigned j = 1; j < frame->rows && i % 3 != 0; j++)
            line(cairo, map.x_mm + i * w / 3, map.y_mm + j * h - TICK_MM / 2, map.x_mm + i * w / 3,
                 map.y_mm + j * h + TICK_MM / 2);
    }
    for (unsigned j = 0; j <= 3 * frame->rows; j++) {
        for (unsigned i = 1; i < frame->columns && j % 3 != 0; i++)
            line(cairo, map.x_mm + i * w - TICK_MM / 2, map.y_mm + j * h / 3, map.x_mm + i * w + TICK_MM / 2,
                 map.y_mm + j * h / 3);
    }
    cairo_set_line_width(cairo, 0.2);
    cairo_stroke(cairo);
}

static void label(struct sheet_job *job, const char *text, int len, double x_mm, double y_mm) {
    const struct sheet_style style = {.size_mm = 3.4, .bold = true};
    double w, h;
    PangoLayout *layout = sheet_pen_line(&job->pen, text, (size_t)len, &style, &w, &h);
    sheet_pen_colour(&job->pen, SHEET_RGB(0x1d2b2a));
    cairo_move_to(job->pen.cairo, x_mm - w / 2, y_mm - h / 2);
    pango_cairo_show_layout(job->pen.cairo, layout);
    g_object_unref(layout);
}

void sheet_grid_draw(struct sheet_job *job, struct sheet_box map) {
    const struct sheet_frame *frame = job->sheet->frame;
    double w = map.w_mm / frame->columns, h = map.h_mm / frame->rows;
    draw_lines(job, map, w, h);
    cairo_rectangle(job->pen.cairo, map.x_mm, map.y_mm, map.w_mm, map.h_mm);
    cairo_set_line_width(job->pen.cairo, 0.45);
    sheet_pen_colour(&job->pen, SHEET_RGB(0x1d2b2a));
    cairo_stroke(job->pen.cairo);
    char text[16];
    for (unsigned i = 0; i < frame->columns; i++) {
        int len = snprintf(text, sizeof text, "%c", (char)('A' + i % SHEET_COLUMNS_MAX));
        label(job, text, len, map.x_mm + (i + 0.5) * w, map.y_mm - BAND_MM / 2);
        label(job, text, len, map.x_mm + (i + 0.5) * w, map.y_mm + map.h_mm + BAND_MM / 2);
    }
    for (unsigned i = 0; i < frame->rows; i++) {
        int len = snprintf(text, sizeof text, "%u", i + 1);
        label(job, text, len, map.x_mm - BAND_MM / 2, map.y_mm + (i + 0.5) * h);
        label(job, text, len, map.x_mm + map.w_mm + BAND_MM / 2, map.y_mm + (i + 0.5) * h);
    }
}
