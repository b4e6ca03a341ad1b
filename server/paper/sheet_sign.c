// SPDX-License-Identifier: AGPL-3.0-or-later
#include "paper/sheet_sign.h"

#include "base/buf.h"
#include "base/qr.h"

#include <librsvg/rsvg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char plain_colour[] = "#5d6b69";

/* The outlines of web/src/map/shapes.js: tests/check compares them. Box 0 0 40 40. */
struct outline {
    const char *name;
    double icon_y, icon_size;
    const char *path;
};
static const struct outline outlines[] = {
    {"circle", 20, 23, "M20 3a17 17 0 1 0 0 34a17 17 0 1 0 0-34z"},
    {"square", 20, 23, "M9 5h22a4 4 0 0 1 4 4v22a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4V9a4 4 0 0 1 4-4z"},
    {"diamond", 20, 21,
     "M18 2.4a3 3 0 0 1 4 0L37.6 18a3 3 0 0 1 0 4L22 37.6a3 3 0 0 1-4 0L2.4 22a3 3 0 0 1 0-4z"},
    {"triangle", 24, 19,
     "M17.3 3.6a3.2 3.2 0 0 1 5.4 0L38 30.5a3.2 3.2 0 0 1-2.7 4.8H4.7A3.2 3.2 0 0 1 2 30.5z"},
    {"triangle-down", 15.5, 19,
     "M17.3 36.4a3.2 3.2 0 0 0 5.4 0L38 9.5a3.2 3.2 0 0 0-2.7-4.8H4.7A3.2 3.2 0 0 0 2 9.5z"},
    {"hexagon", 20, 23,
     "M11.5 4h17a3 3 0 0 1 2.6 1.5l7 12.9a3 3 0 0 1 0 3.2l-7 12.9A3 3 0 0 1 28.5 36h-17a3 3 0 0 1-2.6-1.5l-7-12.9a3 "
     "3 0 0 1 0-3.2l7-12.9A3 3 0 0 1 11.5 4z"},
    {"star", 20, 17, "M20 2l4.9 10.6 11.6 1.5-8.5 8 2.2 11.5L20 28l-10.2 5.6L12 22.1l-8.5-8 11.6-1.5z"},
    {"cross", 20, 21, "M13 4h14v9h9v14h-9v9H13v-9H4V13h9z"},
    {"pentagon", 20, 23,
     "M18.2 3.3a3 3 0 0 1 3.6 0l14.5 10.9a3 3 0 0 1 1.1 3.4L32 34.5a3 3 0 0 1-2.9 2.1H10.9A3 3 0 0 1 8 34.5L2.6 "
     "17.6a3 3 0 0 1 1.1-3.4z"},
    {"drop", 16.5, 20, "M20 38C13 30.5 6 24 6 16a14 14 0 0 1 28 0c0 8-7 14.5-14 22z"},
};

static const struct outline *outline_of(const char *shape) {
    for (size_t i = 0; shape != NULL && i < sizeof outlines / sizeof outlines[0]; i++) {
        if (strcmp(outlines[i].name, shape) == 0)
            return &outlines[i];
    }
    return &outlines[0];
}

static bool is_colour(const char *text) {
    return text != NULL && strlen(text) == 7 && text[0] == '#' && strspn(text + 1, "0123456789abcdefABCDEF") == 6;
}

/** White or dark, whichever reads better on the colour (WCAG relative luminance). */
static const char *ink_on(const char *colour) {
    static const double weights[] = {0.2126, 0.7152, 0.0722};
    unsigned long rgb = strtoul(colour + 1, NULL, 16);
    double luminance = 0;
    for (unsigned i = 0; i < 3; i++) {
        double channel = (double)(rgb >> (16 - 8 * i) & 255) / 255;
        luminance += weights[i] * (channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4));
    }
    return luminance > 0.225 ? "#1d2b2a" : "#ffffff";
}

static enum err draw_svg(cairo_t *cairo, const struct buf *svg, struct sheet_box box) {
    if (svg->failed)
        return ERR_NO_MEMORY;
    RsvgHandle *handle = rsvg_handle_new_from_data((const guint8 *)svg->data, svg->len, NULL);
    if (handle == NULL)
        return ERR_INTERNAL;
    const RsvgRectangle place = {box.x_mm, box.y_mm, box.w_mm, box.h_mm};
    gboolean drawn = rsvg_handle_render_document(handle, cairo, &place, NULL);
    g_object_unref(handle);
    return drawn ? ERR_OK : ERR_INTERNAL;
}

/** The drawing of that name from its "<svg" on, without it; NULL when there is none. */
static const char *icon_inside(const char *const *icons, const char *name) {
    for (; icons != NULL && name != NULL && icons[0] != NULL; icons += 2) {
        const char *start = strcmp(icons[0], name) == 0 ? strstr(icons[1], "<svg") : NULL;
        if (start != NULL)
            return start + strlen("<svg");
    }
    return NULL;
}

enum err sheet_sign_draw(cairo_t *cairo, const char *const *icons, const struct sheet_sign *sign,
                         struct sheet_box box) {
    const struct outline *outline = outline_of(sign->shape);
    const char *colour = is_colour(sign->colour) ? sign->colour : plain_colour;
    const char *icon = icon_inside(icons, sign->icon);
    double side = outline->icon_size;
    struct buf svg;
    buf_init(&svg);
    buf_printf(&svg,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 40\"><path d=\"%s\" fill=\"%s\" "
               "stroke=\"#1d2b2a\" stroke-width=\"1.6\"/>",
               outline->path, colour);
    if (icon != NULL) {
        buf_str(&svg, "<svg x=\"");
        buf_fixed(&svg, 20 - side / 2, 2);
        buf_str(&svg, "\" y=\"");
        buf_fixed(&svg, outline->icon_y - side / 2, 2);
        buf_str(&svg, "\" width=\"");
        buf_fixed(&svg, side, 2);
        buf_str(&svg, "\" height=\"");
        buf_fixed(&svg, side, 2);
        buf_printf(&svg, "\" color=\"%s\"%s", ink_on(colour), icon);
    }
    buf_str(&svg, "</svg>");
    enum err err = draw_svg(cairo, &svg, box);
    buf_fini(&svg);
    return err;
}

enum err sheet_qr_draw(cairo_t *cairo, const char *text, struct sheet_box box) {
    struct buf svg;
    buf_init(&svg);
    enum err err = qr_svg(text, &svg);
    if (err == ERR_OK)
        err = draw_svg(cairo, &svg, box);
    buf_fini(&svg);
    return err;
}
