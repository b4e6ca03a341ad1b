// SPDX-License-Identifier: AGPL-3.0-or-later
// What the files that draw a sheet share; nobody else includes this.
#ifndef REPERE_PAPER_SHEET_PARTS_H
#define REPERE_PAPER_SHEET_PARTS_H
#include "paper/sheet.h"

struct sheet_job {
    const struct sheet *sheet;
    struct sheet_pen pen;
    struct arena *arena;
};

/** The box of the frame on this page, which may be read from the right. */
struct sheet_box sheet_place(const struct sheet_job *job, struct sheet_box box);
/** Cuts `w_mm` off the side where reading begins, or ends, and `gap_mm` from what is left. */
struct sheet_box sheet_cut_begin(const struct sheet_job *job, struct sheet_box *box, double w_mm, double gap_mm);
struct sheet_box sheet_cut_end(const struct sheet_job *job, struct sheet_box *box, double w_mm, double gap_mm);
struct sheet_box sheet_cut_top(struct sheet_box *box, double h_mm, double gap_mm);

/** sheet_head.c: title, place, date, question; the QR with address and code. */
enum err sheet_head_draw(struct sheet_job *job);
/** sheet_legend.c: the answers with their signs and keys; numbered lines; what she agrees to, her receipt. */
enum err sheet_legend_draw(struct sheet_job *job);
/** sheet_grid.c: lines, letters and numbers over the map, its edge. */
void sheet_grid_draw(struct sheet_job *job, struct sheet_box map);
/** sheet_foot.c: scale bar, north, attribution; why the ground is blank when nobody asked for that. */
enum err sheet_foot_draw(struct sheet_job *job, struct sheet_box map, enum sheet_ground ground);
#endif
