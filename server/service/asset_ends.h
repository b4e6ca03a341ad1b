// SPDX-License-Identifier: AGPL-3.0-or-later
// A shared asset that ends, by its author's will or a lead's, is taken down from every edition of its project
// that holds it. The store's triggers note down which have ended, in the write that ends them; the note goes when
// no edition holds the asset. So whatever stops the work, it is done at the next try: at the start, within a second
// of the write, and again after longer and longer pauses when a file cannot be changed.
#ifndef REPERE_SERVICE_ASSET_ENDS_H
#define REPERE_SERVICE_ASSET_ENDS_H
#include "service/context.h"

/**
 * Takes down all that ended. Where a file is missing the note stays, as it may be put back; that is no error.
 *
 * @param wait_ms how long a publication that is under way is waited for
 * @param fault   of a project that could not be done; the others are all the same
 * Errors: BUSY (a publication takes longer), CONFLICT (a file is not the one that was published), those of
 *         publication_take_out.
 */
enum err asset_ends_work(struct context *context, int wait_ms, struct fault *fault);

/** How the last tries went; zeroed at first. One thread's. */
struct asset_ends {
    size_t noted;             // that were left after the last try
    int64_t pause_ms, due_ms; // monotonic; 0: at once
};
/** For a thread that comes by every second or so: works when something ended, or is due again. */
void asset_ends_tick(struct asset_ends *ends, struct context *context);
#endif
