// SPDX-License-Identifier: AGPL-3.0-or-later
#include "paper/sheet_parts.h"

#include <cairo-pdf.h>

#define POINTS_A_MM (72 / 25.4)

struct sheet_box sheet_place(const struct sheet_job *job, struct sheet_box box) {
    return job->sheet->words->from_right ? sheet_box_mirrored(job->sheet->frame, box) : box;
}

static struct sheet_box cut_left(struct sheet_box *box, double w_mm, double gap_mm) {
    struct sheet_box piece = {box->x_mm, box->y_mm, w_mm, box->h_mm};
    box->x_mm += w_mm + gap_mm;
    box->w_mm -= w_mm + gap_mm;
    return piece;
}

static struct sheet_box cut_right(struct sheet_box *box, double w_mm, double gap_mm) {
    struct sheet_box piece = {box->x_mm + box->w_mm - w_mm, box->y_mm, w_mm, box->h_mm};
    box->w_mm -= w_mm + gap_mm;
    return piece;
}

struct sheet_box sheet_cut_begin(const struct sheet_job *job, struct sheet_box *box, double w_mm, double gap_mm) {
    return job->pen.from_right ? cut_right(box, w_mm, gap_mm) : cut_left(box, w_mm, gap_mm);
}

struct sheet_box sheet_cut_end(const struct sheet_job *job, struct sheet_box *box, double w_mm, double gap_mm) {
    return job->pen.from_right ? cut_left(box, w_mm, gap_mm) : cut_right(box, w_mm, gap_mm);
}

struct sheet_box sheet_cut_top(struct sheet_box *box, double h_mm, double gap_mm) {
    struct sheet_box piece = {box->x_mm, box->y_mm, box->w_mm, h_mm};
    box->y_mm += h_mm + gap_mm;
    box->h_mm -= h_mm + gap_mm;
    return piece;
}

static enum err draw_page(struct sheet_job *job) {
    const struct sheet *sheet = job->sheet;
    struct sheet_box map = sheet_place(job, sheet->frame->map);
    enum sheet_ground ground = SHEET_BLANK;
    enum err err = sheet_map_draw(&job->pen, sheet->frame, map, sheet->tiles, sheet->language, &ground);
    if (err != ERR_OK)
        return err;
    sheet_grid_draw(job, map);
    err = sheet_head_draw(job);
    if (err == ERR_OK)
        err = sheet_legend_draw(job);
    return err == ERR_OK ? sheet_foot_draw(job, map, ground) : err;
}

static cairo_status_t append(void *closure, const unsigned char *data, unsigned int length) {
    struct buf *out = closure;
    buf_bytes(out, data, length);
    return out->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static enum err err_of(cairo_status_t status) {
    return status == CAIRO_STATUS_SUCCESS ? ERR_OK : status == CAIRO_STATUS_NO_MEMORY ? ERR_NO_MEMORY : ERR_INTERNAL;
}

enum err sheet_draw(const struct sheet *sheet, struct arena *arena, struct buf *out) {
    struct sheet_job job = {.sheet = sheet, .arena = arena};
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        append, out, sheet->frame->page_w_mm * POINTS_A_MM, sheet->frame->page_h_mm * POINTS_A_MM);
    /* the day of the session instead of the time of drawing: bytes that do not tell when or by whom */
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   sheet->held_on == NULL ? "" : sheet->held_on);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, sheet->title);
    cairo_t *cairo = cairo_create(surface);
    enum err err = sheet_pen_init(&job.pen, cairo, sheet->language, sheet->words->from_right);
    if (err == ERR_OK)
        err = draw_page(&job);
    sheet_pen_fini(&job.pen);
    if (err == ERR_OK)
        err = err_of(cairo_status(cairo));
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    if (err == ERR_OK)
        err = err_of(cairo_surface_status(surface));
    cairo_surface_destroy(surface);
    return err;
}
