// SPDX-License-Identifier: AGPL-3.0-or-later
// Which tiles a cut takes. archive_cut.c's own.
#ifndef REPERE_TILES_ARCHIVE_PLAN_H
#define REPERE_TILES_ARCHIVE_PLAN_H
#include "archive_cut.h"

struct archive_plan {
    struct archive_run *runs; // ascending, none over another
    size_t count, room;
    struct archive_cut_report report;
};

/** Errors: BAD_BBOX, NOT_FOUND (none), TOO_LARGE (not even the coarsest zoom fits), as
 * archive_tile. */
enum err archive_plan_make(struct archive *archive, const struct archive_cut *cut,
                           struct archive_plan *out);
void archive_plan_fini(struct archive_plan *plan);
/** What the cut's tiles are of the archive's own bounds. */
void archive_plan_bounds(const struct archive_info *info, const struct archive_cut *cut,
                         double out_wsen_deg[4]);
#endif
