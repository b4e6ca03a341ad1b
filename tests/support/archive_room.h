// SPDX-License-Identifier: AGPL-3.0-or-later
// A folder of a test's own for archives, and archives made for it.
#ifndef REPERE_TESTS_ARCHIVE_ROOM_H
#define REPERE_TESTS_ARCHIVE_ROOM_H
#include "archive.h"
#include "folder.h"

struct archive_room {
    char folder[FOLDER_PATH_SIZE];
    char path[FOLDER_PATH_SIZE]; // folder/map.pmtiles, not made yet
};
/** For cmocka's set-up and tear-down; `*state` is the room. */
int archive_room_open(void **state);
int archive_room_close(void **state);

/**
 * Writes a PMTiles of vector tiles at `path`: the zooms 0 to 3 whole, then `count` tiles of zoom
 * 12, every third one of the curve, each with bytes of its own (sample_tile).
 */
void sample_pmtiles(const char *path, uint32_t count);
enum { SAMPLE_TILE_SIZE = 40 };
/** The bytes of the sample's tile. At zooms 0 to 3 all tiles of a zoom are the same. */
size_t sample_tile(struct tile tile, char out[SAMPLE_TILE_SIZE]);
/** Fails the test with the fault when it does not open. */
struct archive *archive_opened(const char *path);
/** Fails the test when the file opens, or is refused for another reason. */
void archive_refused(const char *path, const char *why);
#endif
