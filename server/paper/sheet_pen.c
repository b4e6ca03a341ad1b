// SPDX-License-Identifier: AGPL-3.0-or-later
#include "paper/sheet_pen.h"

#include <math.h>
#include <string.h>

#define POINTS_A_MM (72 / 25.4)
#define HALO_MM     0.5
#define LINES_FROM_RIGHT 0.82F
/* what fonts-noto-core brings; others stand in where they are missing */
static const char families[] = "Noto Sans, Noto Sans Arabic, Noto Sans Ethiopic, sans-serif";

#if defined(__has_feature) // clang says it so, gcc by a macro
#if __has_feature(address_sanitizer)
#define IS_ADDRESS_SANITIZED
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define IS_ADDRESS_SANITIZED
#endif
#if defined(IS_ADDRESS_SANITIZED)
/* Fontconfig keeps what it read for the life of the process, one object of it without a pointer to its start:
 * once, however many sheets are drawn. Nothing else is passed over. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
    return "leak:libfontconfig.so\n";
}
#endif

enum err sheet_pen_init(struct sheet_pen *pen, cairo_t *cairo, const char *language, bool from_right) {
    *pen = (struct sheet_pen){.cairo = cairo, .from_right = from_right};
    cairo_font_options_t *options = cairo_font_options_create();
    pen->fonts = pango_cairo_font_map_new();
    pen->context = pen->fonts == NULL ? NULL : pango_font_map_create_context(pen->fonts);
    if (pen->context == NULL || cairo_font_options_status(options) != CAIRO_STATUS_SUCCESS) {
        cairo_font_options_destroy(options);
        sheet_pen_fini(pen);
        return ERR_NO_MEMORY;
    }
    cairo_scale(cairo, POINTS_A_MM, POINTS_A_MM);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(pen->context, options);
    pango_cairo_context_set_resolution(pen->context, 72);
    pango_context_set_round_glyph_positions(pen->context, FALSE); // a unit is a millimetre, not a pixel
    pango_context_set_base_dir(pen->context, from_right ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_context_set_language(pen->context, pango_language_from_string(language));
    cairo_font_options_destroy(options);
    return ERR_OK;
}

void sheet_pen_fini(struct sheet_pen *pen) {
    g_clear_object(&pen->context);
    g_clear_object(&pen->fonts);
}

void sheet_pen_colour(struct sheet_pen *pen, struct sheet_colour colour) {
    cairo_set_source_rgb(pen->cairo, colour.red, colour.green, colour.blue);
}

static int units(double mm) {
    return (int)lround(mm * PANGO_SCALE);
}

static PangoLayout *layout_new(struct sheet_pen *pen, const char *text, size_t len, const struct sheet_style *style) {
    PangoLayout *layout = pango_layout_new(pen->context);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, families);
    pango_font_description_set_absolute_size(font, style->size_mm * PANGO_SCALE);
    pango_font_description_set_weight(font, style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font, style->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(layout, text, (int)len);
    return layout;
}

/** Pango turns left and right round for paragraphs that do not go the way of the page; ours are of the page. */
static PangoAlignment alignment(const struct sheet_pen *pen, PangoLayout *layout, enum sheet_side side) {
    PangoLayoutLine *first = pango_layout_get_line_readonly(layout, 0);
    bool from_right = pango_layout_line_get_resolved_direction(first) == PANGO_DIRECTION_RTL;
    bool right = pen->from_right == (side == SHEET_BEGIN);
    if (side == SHEET_MIDDLE)
        return PANGO_ALIGN_CENTER;
    return right == (from_right == pen->from_right) ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

static PangoLayout *paragraph(struct sheet_pen *pen, const char *text, const struct sheet_style *style,
                              double w_mm) {
    PangoLayout *layout = layout_new(pen, text, strlen(text), style);
    pango_layout_set_alignment(layout, alignment(pen, layout, style->side));
    pango_layout_set_width(layout, units(w_mm));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    if (pen->from_right) // fonts of Arabic letters ask for the room of vowel signs above and below
        pango_layout_set_line_spacing(layout, LINES_FROM_RIGHT);
    return layout;
}

static double height_of(PangoLayout *layout) {
    int h = 0;
    pango_layout_get_size(layout, NULL, &h);
    return (double)h / PANGO_SCALE;
}

double sheet_pen_fit(struct sheet_pen *pen, const char *text, struct sheet_style *style, struct sheet_box box) {
    double height;
    for (;;) {
        PangoLayout *layout = paragraph(pen, text, style, box.w_mm);
        height = height_of(layout);
        bool fits = height <= box.h_mm + 1e-6 &&
                    (style->lines == 0 || (unsigned)pango_layout_get_line_count(layout) <= style->lines);
        g_object_unref(layout);
        if (fits || style->size_min_mm <= 0 || style->size_mm <= style->size_min_mm)
            return height;
        style->size_mm = fmax(style->size_min_mm, style->size_mm * 0.94);
    }
}

double sheet_pen_write(struct sheet_pen *pen, const char *text, const struct sheet_style *style,
                       struct sheet_box box) {
    struct sheet_style fitted = *style;
    sheet_pen_fit(pen, text, &fitted, box);
    PangoLayout *layout = paragraph(pen, text, &fitted, box.w_mm);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_height(layout, style->lines > 0 ? -(int)style->lines : units(box.h_mm));
    sheet_pen_colour(pen, style->colour);
    cairo_move_to(pen->cairo, box.x_mm, box.y_mm);
    pango_cairo_show_layout(pen->cairo, layout);
    double height = height_of(layout);
    g_object_unref(layout);
    return height;
}

PangoLayout *sheet_pen_line(struct sheet_pen *pen, const char *text, size_t len, const struct sheet_style *style,
                            double *w_mm, double *h_mm) {
    PangoLayout *layout = layout_new(pen, text, len, style);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    int w = 0, h = 0;
    pango_layout_get_size(layout, &w, &h);
    *w_mm = (double)w / PANGO_SCALE;
    *h_mm = (double)h / PANGO_SCALE;
    return layout;
}

void sheet_pen_place(struct sheet_pen *pen, PangoLayout *line, struct sheet_colour colour,
                     struct sheet_colour halo, double x_mm, double y_mm, double angle) {
    int w = 0, h = 0;
    pango_layout_get_size(line, &w, &h);
    cairo_save(pen->cairo);
    cairo_translate(pen->cairo, x_mm, y_mm);
    cairo_rotate(pen->cairo, angle);
    cairo_translate(pen->cairo, -0.5 * w / PANGO_SCALE, -0.5 * h / PANGO_SCALE);
    cairo_move_to(pen->cairo, 0, 0);
    pango_cairo_layout_path(pen->cairo, line);
    sheet_pen_colour(pen, halo);
    cairo_set_line_width(pen->cairo, 2 * HALO_MM);
    cairo_set_line_join(pen->cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(pen->cairo);
    sheet_pen_colour(pen, colour);
    cairo_move_to(pen->cairo, 0, 0);
    pango_cairo_show_layout(pen->cairo, line);
    cairo_restore(pen->cairo);
}
