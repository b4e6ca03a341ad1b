// SPDX-License-Identifier: AGPL-3.0-or-later
// Writing on the page: texts shaped by Pango and drawn by cairo as text, in millimetres. A paragraph goes in
// the direction of its own letters and stands on the side where the page's language begins to read.
#ifndef REPERE_PAPER_SHEET_PEN_H
#define REPERE_PAPER_SHEET_PEN_H
#include "base/err.h"
#include "paper/sheet_frame.h"
#include <pango/pangocairo.h>

struct sheet_colour {
    double red, green, blue; // 0-1
};
#define SHEET_RGB(hex) ((struct sheet_colour){((hex) >> 16 & 255) / 255.0, ((hex) >> 8 & 255) / 255.0, ((hex) & 255) / 255.0})

struct sheet_pen {
    cairo_t *cairo; // units: millimetres of the page
    PangoFontMap *fonts;
    PangoContext *context;
    bool from_right;
};
enum sheet_side { SHEET_BEGIN, SHEET_MIDDLE, SHEET_END }; // of a reader of the page's language
struct sheet_style {
    double size_mm;     // height of the em
    double size_min_mm; // shrinks to this to fit its box; 0: does not shrink
    bool bold, italic;
    struct sheet_colour colour;
    enum sheet_side side;
    unsigned lines; // at most; 0: as many as its box holds
};

/** @param cairo of a surface in points; stays the caller's. Errors: NO_MEMORY. */
enum err sheet_pen_init(struct sheet_pen *pen, cairo_t *cairo, const char *language, bool from_right);
void sheet_pen_fini(struct sheet_pen *pen);
void sheet_pen_colour(struct sheet_pen *pen, struct sheet_colour colour);
/** Writes `text` from the top of the box, wrapped and at last cut with an ellipsis; the height it took. */
double sheet_pen_write(struct sheet_pen *pen, const char *text, const struct sheet_style *style,
                       struct sheet_box box);
/** The size at which it fits the box, between the style's two; the height it takes then. */
double sheet_pen_fit(struct sheet_pen *pen, const char *text, struct sheet_style *style, struct sheet_box box);

/** One line of `len` bytes, to be measured and placed by the caller; free with g_object_unref. */
PangoLayout *sheet_pen_line(struct sheet_pen *pen, const char *text, size_t len, const struct sheet_style *style,
                            double *w_mm, double *h_mm);
/** Draws a line with its middle at x, y, turned by `angle` (radians, clockwise), in a halo of paper. */
void sheet_pen_place(struct sheet_pen *pen, PangoLayout *line, struct sheet_colour colour,
                     struct sheet_colour halo, double x_mm, double y_mm, double angle);
#endif
