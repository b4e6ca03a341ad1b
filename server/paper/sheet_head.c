// SPDX-License-Identifier: AGPL-3.0-or-later
#include "paper/sheet_parts.h"

#define QR_MM   25.0
#define JOIN_MM 46.0
#define GAP_MM  3.0

static const struct sheet_style title_style = {
    .size_mm = 6.2, .size_min_mm = 4.2, .bold = true, .colour = {0.11, 0.17, 0.16}, .lines = 1};
static const struct sheet_style when_style = {.size_mm = 3.3, .size_min_mm = 2.6, .colour = {0.3, 0.3, 0.3}, .lines = 1};
static const struct sheet_style question_style = {.size_mm = 4.2, .size_min_mm = 2.8, .colour = {0.11, 0.17, 0.16}};
static const struct sheet_style join_style = {
    .size_mm = 2.8, .size_min_mm = 2, .colour = {0.3, 0.3, 0.3}, .side = SHEET_END, .lines = 2};
static const struct sheet_style address_style = {
    .size_mm = 3.2, .size_min_mm = 1.8, .bold = true, .colour = {0.11, 0.17, 0.16}, .side = SHEET_END, .lines = 2};
static const struct sheet_style code_style = {
    .size_mm = 5.2, .size_min_mm = 3, .bold = true, .colour = {0.11, 0.17, 0.16}, .side = SHEET_END, .lines = 1};

static bool said(const char *text) {
    return text != NULL && text[0] != '\0';
}

/** Writes and moves the box below what was written; nothing when there is nothing to say. */
static void below(struct sheet_job *job, const char *text, const struct sheet_style *style, double gap_mm,
                  struct sheet_box *box) {
    if (!said(text))
        return;
    double height = sheet_pen_write(&job->pen, text, style, *box);
    sheet_cut_top(box, height, gap_mm);
}

/** Each in a direction of its own (U+2068 to U+2069), so that neither turns the other round. */
static const char *place_and_day(struct sheet_job *job) {
    const struct sheet *sheet = job->sheet;
    const char *day = said(sheet->held_on) ? sheet_words_date(sheet->words, sheet->held_on, job->arena) : "";
    if (day == NULL)
        return NULL;
    if (!said(sheet->place))
        return day;
    return arena_printf(job->arena, "\u2068%s\u2069%s\u2068%s\u2069", sheet->place, day[0] != '\0' ? "  ·  " : "",
                        day);
}

static enum err draw_join(struct sheet_job *job, struct sheet_box *head) {
    const struct sheet *sheet = job->sheet;
    if (!said(sheet->join_code))
        return ERR_OK;
    if (sheet->join_url != NULL) {
        struct sheet_box qr = sheet_cut_end(job, head, QR_MM, 1);
        qr.h_mm = QR_MM;
        enum err err = sheet_qr_draw(job->pen.cairo, sheet->join_url, qr);
        if (err != ERR_OK)
            return err;
    }
    struct sheet_box words = sheet_cut_end(job, head, JOIN_MM, GAP_MM);
    words.y_mm += 1;
    below(job, sheet->words->join, &join_style, 0.6, &words);
    below(job, sheet->join_address, &address_style, 0.6, &words);
    const char *code =
        arena_printf(job->arena, "\u2068%s\u2069: \u2068%s\u2069", sheet->words->code, sheet->join_code);
    if (code == NULL)
        return ERR_NO_MEMORY;
    below(job, code, &code_style, 0, &words);
    return ERR_OK;
}

enum err sheet_head_draw(struct sheet_job *job) {
    struct sheet_box head = sheet_place(job, job->sheet->frame->head);
    enum err err = draw_join(job, &head);
    const char *when = place_and_day(job);
    if (err != ERR_OK || when == NULL)
        return err != ERR_OK ? err : ERR_NO_MEMORY;
    head.h_mm -= 2;
    below(job, job->sheet->title, &title_style, 0, &head);
    below(job, when, &when_style, 1, &head);
    below(job, job->sheet->question, &question_style, 0, &head);
    return ERR_OK;
}
