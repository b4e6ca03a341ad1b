// SPDX-License-Identifier: AGPL-3.0-or-later
// Base maps cut to an area, as files that a tablet fetches once and keeps. A cut is made by a thread of its
// own, once however many ask for it, and stays in a folder of the data folder: named by the archive's
// bytes and the area, bounded in number and size, the least recently used first to go. What is in the
// folder can be made again at any time. Knows no session.
#ifndef REPERE_SERVICE_AREAS_H
#define REPERE_SERVICE_AREAS_H
#include "service/basemaps.h"

enum { AREAS_MAX = 64, AREA_DAYS_MAX = 14 };
#define AREA_BYTES_MAX (UINT64_C(30) * 1000 * 1000)        // of tiles in one: finer zooms are left out
#define AREA_RUNS_MAX (UINT64_C(1) << 17)                  // likewise: some 30 MB of memory to cut it
#define AREAS_BYTES_MAX (UINT64_C(1000) * 1000 * 1000)     // of all files

struct areas;
/** Opens the folder, which is there, and starts the thread. Files that nobody asked for in AREA_DAYS_MAX
 *  days go. Errors: IO, NO_MEMORY. */
enum err areas_open(const char *folder, struct areas **out);
/** Waits for the cut under way. NULL is fine. */
void areas_close(struct areas *areas);

struct area {
    char tag[BASEMAP_TAG_SIZE]; // names the file's bytes
    uint64_t bytes;             // of the file
    uint64_t tiles;
    unsigned minzoom, maxzoom;
};
/**
 * The base map's cut to the box, with a margin; has it made when it is not there.
 * Errors: BUSY (it is being made: ask again in a second), NOT_FOUND (the map has nothing there), else why
 * it could not be made (it is tried again later).
 */
enum err areas_find(struct areas *areas, const struct basemap *basemap, const struct bbox *box,
                    struct area *out);
/** The file, for reading, of `area->bytes`. Errors: BUSY (it has gone: find it again), IO. */
enum err areas_file(struct areas *areas, const struct area *area, int *out_fd);
#endif
