// SPDX-License-Identifier: AGPL-3.0-or-later
// A smaller archive of an area out of a bigger one.
#ifndef REPERE_TILES_ARCHIVE_CUT_H
#define REPERE_TILES_ARCHIVE_CUT_H
#include "archive.h"

struct archive_cut {
    double bbox_deg[4]; // west, south, east, north; west > east crosses the antimeridian
    unsigned maxzoom;   // at most; the archive's own when it ends earlier
    uint64_t bytes_max; // 0: no limit; else finer zooms are left out until it fits
    uint64_t runs_max;  // likewise; a run takes some hundred bytes of memory while it is cut
    const struct archive_patience *patience; // NULL: as long as it takes
    const char *title;                       // what the cut is called; NULL: as the archive is
};
struct archive_cut_report {
    unsigned minzoom, maxzoom; // what it holds
    uint64_t tiles;
    uint64_t
        bytes; // of tiles, as stored; those that the archive tells as a run of equals count once
};
/**
 * Counts what a cut would hold, without writing.
 * Errors: BAD_BBOX, NOT_FOUND (no tile of the archive lies in the area), TOO_LARGE (not even its
 * coarsest zoom fits into bytes_max and runs_max), as archive_tile, what `patience` says.
 */
enum err archive_cut_measure(struct archive *archive, const struct archive_cut *cut,
                             struct archive_cut_report *out);
/**
 * Writes the cut: PMTiles, or MBTiles when the path ends with ".mbtiles". The file appears under
 * its name when it is complete and not before. Title, attribution and layers are kept, bounds are
 * the cut's own. Until then it is called PATH.part: two cuts must not write the same file at once.
 * The same archive and cut give the same bytes; a PMTiles stores equal tiles once and may so be
 * smaller than measured.
 * @param out may be NULL
 * Errors: as above; CONFLICT (the file exists), DISK_FULL, READ_ONLY, IO; fault names the file.
 */
enum err archive_cut_write(struct archive *archive, const struct archive_cut *cut, const char *path,
                           struct fault *fault, struct archive_cut_report *out);
#endif
