// SPDX-License-Identifier: AGPL-3.0-or-later
#include "paper/sheet_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ROW_MAX_MM  8.5
#define ROW_MIN_MM  4.6
#define ROW_GOOD_MM 6.4 // else there are more columns, where there is room
#define HEADING_MM  8.0 // about
#define ADVICE_GOOD_MM 2.3
#define COLUMN_MM   44.0 // no narrower column of answers
#define LINES_MM    38.0 // nor of lines to write on
#define LINE_MM     7.2  // of the list of marks
#define GAP_MM      4.0
#define LINES_WANTED 6    // else they stand in two columns
#define NUMBER_MM   6.0
#define KEY_MM      3.2  // the key that stands for an answer at the entry screen
#define CONSENT_MM  4.8 // a row of it, at least
#define CONSENT_MAX_MM 9.0
#define TICK_MM     3.4
#define RECEIPT_MM  8.5

enum { CONSENTS = 3 };

static const struct sheet_colour ink = {0.11, 0.17, 0.16};
static const struct sheet_style heading = {
    .size_mm = 3.6, .size_min_mm = 2.6, .bold = true, .colour = {0.11, 0.17, 0.16}, .lines = 2};
static const struct sheet_style advice = {.size_mm = 2.7, .size_min_mm = 2.1, .colour = {0.25, 0.25, 0.25}, .lines = 4};

struct columns {
    size_t count, rows;
    double row_mm;
};

/** As few columns as let each answer have a row of a readable height. */
static struct columns columns_for(size_t answers, struct sheet_box box) {
    size_t most = (size_t)fmax(1, floor(box.w_mm / COLUMN_MM));
    struct columns columns = {1, answers, 0};
    while (columns.count < most && box.h_mm / (double)columns.rows < ROW_GOOD_MM) {
        columns.count++;
        columns.rows = (answers + columns.count - 1) / columns.count;
    }
    columns.row_mm = fmin(ROW_MAX_MM, box.h_mm / (double)columns.rows);
    return columns;
}

/** 1 to 9, then a to z: what a note-taker types for the nth answer (web/src/facilitate/entry/keys.js). */
static void draw_key(struct sheet_job *job, size_t index, struct sheet_box *row) {
    const char key[] = {(char)(index < 9 ? '1' + index : 'a' + index - 9), '\0'};
    const struct sheet_style style = {.size_mm = 2.4, .colour = {0.35, 0.35, 0.35}, .lines = 1, .side = SHEET_MIDDLE};
    struct sheet_box box = sheet_cut_begin(job, row, KEY_MM, 0.4);
    box.y_mm += fmax(0, (row->h_mm - 3.2) / 2);
    if (index < 35)
        sheet_pen_write(&job->pen, key, &style, box);
}

static enum err draw_answer(struct sheet_job *job, size_t index, struct sheet_box row) {
    const struct sheet_answer *answer = &job->sheet->answers[index];
    double side = row.h_mm * 0.88;
    draw_key(job, index, &row);
    struct sheet_box sign = sheet_cut_begin(job, &row, side, side * 0.3);
    sign.y_mm += (sign.h_mm - side) / 2;
    sign.h_mm = side;
    struct sheet_style style = {.size_mm = fmin(3.4, row.h_mm * 0.62), .size_min_mm = 2, .colour = ink, .lines = 2};
    double height = sheet_pen_fit(&job->pen, answer->label, &style, row);
    row.y_mm += fmax(0, (row.h_mm - height) / 2);
    sheet_pen_write(&job->pen, answer->label, &style, row);
    return sheet_sign_draw(job->pen.cairo, job->sheet->icons, &answer->sign, sign);
}

/** The answers from the top of the box; the height they took. */
static enum err draw_answers(struct sheet_job *job, struct sheet_box box, double *used_mm) {
    const struct sheet *sheet = job->sheet;
    double top = box.y_mm;
    if (sheet->legend != NULL)
        sheet_cut_top(&box, sheet_pen_write(&job->pen, sheet->legend, &heading, box), 1.2);
    enum err err = ERR_OK;
    struct columns columns = columns_for(sheet->answer_count, box);
    double w = (box.w_mm - GAP_MM * (double)(columns.count - 1)) / (double)columns.count;
    struct sheet_box column = box;
    for (size_t i = 0; i < sheet->answer_count && err == ERR_OK; i++) {
        if (i % columns.rows == 0)
            column = sheet_cut_begin(job, &box, w, GAP_MM);
        struct sheet_box row = sheet_cut_top(&column, columns.row_mm, 0);
        row.h_mm = fmax(row.h_mm - 0.6, ROW_MIN_MM - 0.6);
        err = draw_answer(job, i, row);
    }
    *used_mm = box.y_mm - top + columns.row_mm * (double)columns.rows;
    return err;
}

static void stroke_box(struct sheet_job *job, double x, double y, double side) {
    cairo_rectangle(job->pen.cairo, x, y, side, side);
    cairo_stroke(job->pen.cairo);
}

/** "1", a box for the sign, a line for some words. The numbers are those that the note-taker types. */
static void draw_line(struct sheet_job *job, unsigned number, struct sheet_box row) {
    char text[16];
    int len = snprintf(text, sizeof text, "%u", number);
    const struct sheet_style style = {.size_mm = 3.2, .bold = true};
    double w, h, side = row.h_mm * 0.76;
    PangoLayout *line = sheet_pen_line(&job->pen, text, (size_t)len, &style, &w, &h);
    struct sheet_box place = sheet_cut_begin(job, &row, NUMBER_MM, 0.8);
    sheet_pen_colour(&job->pen, ink);
    cairo_move_to(job->pen.cairo, place.x_mm + (place.w_mm - w) / 2, row.y_mm + row.h_mm - side / 2 - h / 2);
    pango_cairo_show_layout(job->pen.cairo, line);
    g_object_unref(line);
    struct sheet_box box = sheet_cut_begin(job, &row, side, 1.6);
    sheet_pen_colour(&job->pen, SHEET_RGB(0x6f6f6f));
    cairo_set_line_width(job->pen.cairo, 0.2);
    stroke_box(job, box.x_mm, box.y_mm + box.h_mm - side, side);
    cairo_move_to(job->pen.cairo, row.x_mm, row.y_mm + row.h_mm);
    cairo_line_to(job->pen.cairo, row.x_mm + row.w_mm, row.y_mm + row.h_mm);
    cairo_stroke(job->pen.cairo);
}

static const struct sheet_style consent = {
    .size_mm = 2.4, .size_min_mm = 2.1, .colour = {0.11, 0.17, 0.16}, .lines = 2};

/** The place of a consent's words in its row, behind key and tick. */
static struct sheet_box consent_words(struct sheet_job *job, struct sheet_box row, struct sheet_box *key,
                                      struct sheet_box *tick) {
    *key = row;
    sheet_cut_begin(job, &row, KEY_MM, 0.4);
    *tick = sheet_cut_begin(job, &row, TICK_MM, 1.2);
    return row;
}

static double consent_mm(struct sheet_job *job, size_t index, struct sheet_box box) {
    struct sheet_box key, tick;
    struct sheet_style style = consent;
    box.h_mm = CONSENT_MAX_MM;
    box = consent_words(job, box, &key, &tick);
    return fmax(CONSENT_MM, sheet_pen_fit(&job->pen, job->sheet->words->consents[index], &style, box) + 0.3);
}

static void draw_consent(struct sheet_job *job, size_t index, struct sheet_box row) {
    const char *text = job->sheet->words->consents[index];
    struct sheet_box key, tick, words = consent_words(job, row, &key, &tick);
    struct sheet_style style = consent;
    double height = sheet_pen_fit(&job->pen, text, &style, words);
    draw_key(job, index, &key);
    sheet_pen_colour(&job->pen, ink);
    cairo_set_line_width(job->pen.cairo, 0.25);
    stroke_box(job, tick.x_mm, tick.y_mm + (row.h_mm - TICK_MM) / 2, TICK_MM);
    words.y_mm += fmax(0, (row.h_mm - height) / 2);
    sheet_pen_write(&job->pen, text, &style, words);
}

/** What she agrees to, to be ticked, and the receipt that the note-taker writes down for her. */
static void draw_strip(struct sheet_job *job, struct sheet_box box, const double consents_mm[CONSENTS]) {
    const struct sheet_words *words = job->sheet->words;
    for (size_t i = 0; i < CONSENTS; i++)
        draw_consent(job, i, sheet_cut_top(&box, consents_mm[i], 0));
    struct sheet_box receipt = sheet_cut_top(&box, RECEIPT_MM, 0);
    const double dashes[] = {1, 1};
    cairo_set_line_width(job->pen.cairo, 0.2);
    cairo_set_dash(job->pen.cairo, dashes, 2, 0);
    cairo_rectangle(job->pen.cairo, receipt.x_mm, receipt.y_mm + 1, receipt.w_mm, receipt.h_mm - 1);
    cairo_stroke(job->pen.cairo);
    cairo_set_dash(job->pen.cairo, NULL, 0, 0);
    struct sheet_box name = {receipt.x_mm + 1, receipt.y_mm + 1.6, receipt.w_mm - 2, 4};
    sheet_pen_write(&job->pen, words->receipt, &(struct sheet_style){.size_mm = 2.2, .colour = {0.35, 0.35, 0.35}, .lines = 1}, name);
}

/** How to mark; a little smaller when that saves a second line, which is a line of marks. */
static void write_advice(struct sheet_job *job, struct sheet_box *box) {
    const char *how = job->sheet->words->how;
    struct sheet_style style = advice;
    double w, h;
    PangoLayout *line = sheet_pen_line(&job->pen, how, strlen(how), &style, &w, &h);
    g_object_unref(line);
    double size = 0.99 * style.size_mm * box->w_mm / w;
    if (size >= ADVICE_GOOD_MM && size < style.size_mm)
        style.size_mm = size;
    sheet_cut_top(box, sheet_pen_write(&job->pen, how, &style, *box), 0);
}

static void draw_lines(struct sheet_job *job, struct sheet_box box) {
    double consents_mm[CONSENTS], strip_mm = RECEIPT_MM;
    for (size_t i = 0; i < CONSENTS; i++)
        strip_mm += consents_mm[i] = consent_mm(job, i, box);
    struct sheet_box strip = {box.x_mm, box.y_mm + box.h_mm - strip_mm, box.w_mm, strip_mm};
    box.h_mm -= strip_mm + 1.5;
    draw_strip(job, strip, consents_mm);
    sheet_cut_top(&box, sheet_pen_write(&job->pen, job->sheet->words->marks, &heading, box), 0.4);
    write_advice(job, &box);
    unsigned rows = (unsigned)fmax(1, floor(box.h_mm / LINE_MM));
    unsigned columns = rows < LINES_WANTED && box.w_mm >= 2 * LINES_MM + GAP_MM ? 2 : 1;
    double w = (box.w_mm - GAP_MM * (columns - 1)) / columns, h = box.h_mm / rows;
    for (unsigned column = 0; column < columns; column++) {
        struct sheet_box list = sheet_cut_begin(job, &box, w, GAP_MM);
        for (unsigned i = 1; i <= rows; i++)
            draw_line(job, column * rows + i, sheet_cut_top(&list, h, 0));
    }
}

enum err sheet_legend_draw(struct sheet_job *job) {
    const struct sheet_frame *frame = job->sheet->frame;
    struct sheet_box box = sheet_place(job, frame->legend);
    double used = 0;
    enum err err = ERR_OK;
    if (frame->orientation == SHEET_PORTRAIT) {
        bool in_one_column = HEADING_MM + ROW_GOOD_MM * (double)job->sheet->answer_count <= box.h_mm;
        struct sheet_box answers = sheet_cut_begin(job, &box, box.w_mm * (in_one_column ? 0.4 : 0.5), 2 * GAP_MM);
        err = draw_answers(job, answers, &used);
    } else {
        struct sheet_box answers = box;
        answers.h_mm *= 0.54;
        err = draw_answers(job, answers, &used);
        sheet_cut_top(&box, used, GAP_MM);
    }
    draw_lines(job, box);
    return err;
}
