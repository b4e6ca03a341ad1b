// SPDX-License-Identifier: AGPL-3.0-or-later
// Cells of a sheet's grid by their names, as web/src/facilitate/entry reads them: what the pages do is held
// against what the paper has.
#ifndef REPERE_TESTS_SHEET_CELL_H
#define REPERE_TESTS_SHEET_CELL_H
#include "paper/sheet_frame.h"

enum { SHEET_CELL_NAME_SIZE = 8 };
/** A cell, or one of its nine parts. */
struct sheet_cell {
    unsigned column, row; // from 0: the first column is A, the first row 1, in the north-west
    unsigned part;        // 1-9 as on the number pad of a keyboard: 7 8 9 the northern ones; 0: the whole cell
};
/** "C4", "C4.5", in either case; spaces around it are passed over. False: no such cell on this sheet. */
bool sheet_cell_parse(const struct sheet_frame *frame, const char *text, struct sheet_cell *out);
void sheet_cell_name(struct sheet_cell cell, char out[SHEET_CELL_NAME_SIZE]);
/** The ground of a cell or of its part. */
struct bbox sheet_cell_box(const struct sheet_frame *frame, struct sheet_cell cell);
/** The part that holds a position; false off the map. */
bool sheet_cell_at(const struct sheet_frame *frame, double lon_deg, double lat_deg, struct sheet_cell *out);
#endif
