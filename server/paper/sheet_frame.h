// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a sheet of paper lies on the ground: the page, the map on it and its grid of lettered columns and
// numbered rows. Pure: the same area and paper give the same frame, in every language, so that "C4" is one
// place on paper and on the screen where it is typed in.
//
// On the page, millimetres from the upper left corner, y down. On the ground, spherical Web Mercator
// metres; an area across the antimeridian has max_x_m beyond the world's edge.
#ifndef REPERE_PAPER_SHEET_FRAME_H
#define REPERE_PAPER_SHEET_FRAME_H
#include "coord.h"
#include "geo/bbox.h"
#include <stdbool.h>
#include <stddef.h>

enum sheet_paper { SHEET_A4, SHEET_A3 };
enum sheet_orientation { SHEET_AUTO, SHEET_PORTRAIT, SHEET_LANDSCAPE };

struct sheet_box {
    double x_mm, y_mm, w_mm, h_mm;
};
struct sheet_frame {
    enum sheet_paper paper;
    enum sheet_orientation orientation; // never SHEET_AUTO
    double page_w_mm, page_h_mm;
    /* as pages that are read from the left have them: sheet_box_mirrored for the others */
    struct sheet_box head, map, legend, foot;
    struct tile_box ground; // of the map
    struct bbox bbox;       // the same in degrees; west > east across the antimeridian
    unsigned columns, rows; // each of the same size on paper, 18 to 22 mm
    double scale;           // 1:scale on the ground, at the middle of the map
    double bar_m, bar_mm;   // the scale bar
};

/** The sheet whose map holds `area` at the largest of the round scales. `area` is a valid box. */
void sheet_frame_make(const struct bbox *area, enum sheet_paper paper, enum sheet_orientation orientation,
                      struct sheet_frame *out);
/** Where the box lies on a page that is read from the right. */
struct sheet_box sheet_box_mirrored(const struct sheet_frame *frame, struct sheet_box box);

/* ---- the grid ---- */

enum { SHEET_COLUMNS_MAX = 26 };
/** Longitude of the line west of a column (column `columns`: the map's east edge), -180 to 180. */
double sheet_column_lon(const struct sheet_frame *frame, unsigned column);
/** Latitude of the line north of a row. */
double sheet_row_lat(const struct sheet_frame *frame, unsigned row);
#endif
