// SPDX-License-Identifier: AGPL-3.0-or-later
#include "paper/sheet_parts.h"

#include <math.h>
#include <string.h>

#define BAR_MM   62.0 // of the foot, for the scale
#define NORTH_MM 13.0
#define GAP_MM   4.0

static const struct sheet_colour ink = {0.11, 0.17, 0.16};

/** A bar of four parts, dark and light, with its length behind it and the scale below. */
static enum err draw_scale(struct sheet_job *job, struct sheet_box box) {
    const struct sheet_frame *frame = job->sheet->frame;
    const struct sheet_words *words = job->sheet->words;
    bool km = frame->bar_m >= 1000;
    const char *length = sheet_words_number(words, llround(km ? frame->bar_m / 1000 : frame->bar_m), job->arena);
    const char *scale = sheet_words_number(words, llround(frame->scale), job->arena);
    const char *one = sheet_words_number(words, 1, job->arena);
    if (length == NULL || scale == NULL || one == NULL)
        return ERR_NO_MEMORY;
    const char *text = arena_printf(job->arena, "%s %s  ·  \u2066%s:%s\u2069", length,
                                    km ? words->kilometre : words->metre, one, scale);
    if (text == NULL)
        return ERR_NO_MEMORY;
    cairo_t *cairo = job->pen.cairo;
    struct sheet_box bar = sheet_cut_begin(job, &box, frame->bar_mm, 2);
    cairo_set_line_width(cairo, 0.2);
    sheet_pen_colour(&job->pen, ink);
    for (int i = 0; i < 4; i++) {
        cairo_rectangle(cairo, bar.x_mm + i * bar.w_mm / 4, bar.y_mm + 2.6, bar.w_mm / 4, 1.3);
        if (i % 2 == 0)
            cairo_fill_preserve(cairo);
        cairo_stroke(cairo);
    }
    const struct sheet_style style = {.size_mm = 2.6, .size_min_mm = 1.8, .colour = ink, .lines = 1};
    box.y_mm += 1.4;
    sheet_pen_write(&job->pen, text, &style, box);
    return ERR_OK;
}

static void draw_north(struct sheet_job *job, struct sheet_box box) {
    cairo_t *cairo = job->pen.cairo;
    struct sheet_box arrow = sheet_cut_begin(job, &box, 3.2, 0.8);
    double x = arrow.x_mm + arrow.w_mm / 2, top = arrow.y_mm + 0.2, bottom = arrow.y_mm + arrow.h_mm - 0.2;
    cairo_move_to(cairo, x, top);
    cairo_line_to(cairo, x + arrow.w_mm / 2, bottom);
    cairo_line_to(cairo, x, bottom - 1.4);
    cairo_line_to(cairo, x - arrow.w_mm / 2, bottom);
    cairo_close_path(cairo);
    sheet_pen_colour(&job->pen, ink);
    cairo_fill(cairo);
    const struct sheet_style style = {.size_mm = 3, .size_min_mm = 1.8, .bold = true, .colour = ink, .lines = 1};
    box.y_mm += 1;
    sheet_pen_write(&job->pen, job->sheet->words->north, &style, box);
}

/** Said in the middle of the map's top, on paper of its own. */
static void say_why(struct sheet_job *job, struct sheet_box map, const char *why) {
    const struct sheet_style style = {.size_mm = 3};
    double w, h;
    PangoLayout *line = sheet_pen_line(&job->pen, why, strlen(why), &style, &w, &h);
    sheet_pen_place(&job->pen, line, SHEET_RGB(0x5b5343), SHEET_RGB(0xfbf8f1), map.x_mm + map.w_mm / 2,
                    map.y_mm + 10, 0);
    g_object_unref(line);
}

enum err sheet_foot_draw(struct sheet_job *job, struct sheet_box map, enum sheet_ground ground) {
    const struct sheet *sheet = job->sheet;
    struct sheet_box foot = sheet_place(job, sheet->frame->foot);
    draw_north(job, sheet_cut_begin(job, &foot, NORTH_MM, GAP_MM));
    enum err err = draw_scale(job, sheet_cut_begin(job, &foot, sheet->frame->bar_mm + BAR_MM - 20, GAP_MM));
    if (ground == SHEET_NOT_PRINTABLE)
        say_why(job, map, sheet->words->not_printable);
    else if (ground == SHEET_NO_TILES)
        say_why(job, map, sheet->words->no_tiles);
    if (sheet->attribution != NULL && sheet->attribution[0] != '\0' && ground == SHEET_DRAWN) {
        const struct sheet_style style = {
            .size_mm = 2.3, .size_min_mm = 1.5, .colour = {0.3, 0.3, 0.3}, .side = SHEET_END, .lines = 2};
        foot.y_mm += 1.2;
        foot.h_mm -= 1.2;
        sheet_pen_write(&job->pen, sheet->attribution, &style, foot);
    }
    return err;
}
