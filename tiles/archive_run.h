// SPDX-License-Identifier: AGPL-3.0-or-later
// Which tiles an archive holds, told run by run: a sea of a million equal tiles is one run.
#ifndef REPERE_TILES_ARCHIVE_RUN_H
#define REPERE_TILES_ARCHIVE_RUN_H
#include "archive_info.h"
#include "hilbert.h"

struct archive_run {
    uint64_t id;    // of the first tile, as in hilbert.h; all are of one zoom
    uint64_t tiles; // one behind the other, with the same bytes; at least one
    uint64_t bytes; // of one of them, as stored; 0: an entry that is as good as none
};
/** Asked now and then, every few milliseconds, while an archive is read through: what it returns,
 * when not ERR_OK, ends the reading. An archive that was made to take for ever tells nothing
 * meanwhile. */
struct archive_patience {
    enum err (*ask)(void *context);
    void *context;
};
/** @param patience NULL: as long as it takes */
static inline enum err archive_patience_ask(const struct archive_patience *patience) {
    return patience == NULL ? ERR_OK : patience->ask(patience->context);
}
/** What it returns, when not ERR_OK, ends the telling. */
typedef enum err archive_run_fn(void *context, const struct archive_run *run);
#endif
