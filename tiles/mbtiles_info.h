// SPDX-License-Identifier: AGPL-3.0-or-later
// What an archive says of itself, checked, and completed from its tiles. mbtiles.c's own.
#ifndef REPERE_TILES_MBTILES_INFO_H
#define REPERE_TILES_MBTILES_INFO_H
#include "base/arena.h"
#include "archive_info.h"

struct mbtiles_reader;
/** @param path for the title of an archive without a name, and for the fault
 *  Errors: NOT_A_STORE (fault says what is wrong), IO, NO_MEMORY. */
enum err mbtiles_info_read(struct mbtiles_reader *reader, const char *path, struct arena *arena,
                           struct fault *fault, struct archive_info *out);
/** "w,s,e,n" in degrees, west below east, south below north, within the world. */
bool mbtiles_bounds_parse(const char *text, double out_wsen_deg[4]);
#endif
