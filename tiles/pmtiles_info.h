// SPDX-License-Identifier: AGPL-3.0-or-later
// What a PMTiles archive says of itself. pmtiles.c's own.
#ifndef REPERE_TILES_PMTILES_INFO_H
#define REPERE_TILES_PMTILES_INFO_H
#include "archive_info.h"
#include "pmtiles_header.h"

/**
 * Title, attribution, layers, zooms and bounds; all but the format of an archive whose header does
 * not tell it.
 *
 * @param json  the metadata, not compressed
 * @param path  for the title of an archive without a name, and for the fault
 * Errors: NOT_A_STORE (no JSON object), NO_MEMORY.
 */
enum err pmtiles_info_read(const struct pmtiles_header *header, const char *json, size_t json_len,
                           const char *path, struct arena *arena, struct fault *fault,
                           struct archive_info *out);
#endif
