// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads every tile of an archive and says what is wrong with it.
#ifndef REPERE_TILES_ARCHIVE_CHECK_H
#define REPERE_TILES_ARCHIVE_CHECK_H
#include "archive.h"

struct archive_check_report {
    uint64_t tiles, contents, bytes; // a run of equal tiles is one content, read once
    uint64_t tiles_of_zoom[TILE_ZOOM_MAX + 1];
    uint64_t faults;
};
struct archive_watch {
    /** Something is wrong: `where` is "12/3423/1763", "zoom 12" or "the archive". */
    void (*fault)(void *context, const char *where, const char *why);
    /** Called after every content, with what was read so far. */
    void (*progress)(void *context, const struct archive_check_report *so_far);
    void *context;
};

/** Whatever is damaged is told to `watch` and counted. Errors: IO, NO_MEMORY. */
enum err archive_check(struct archive *archive, const struct archive_watch *watch,
                       struct archive_check_report *out);
#endif
