// SPDX-License-Identifier: AGPL-3.0-or-later
// What is kept, and for how long: pseudonyms 14 days after a session was closed, contributions and their
// participants for the days that were set, files that were sent and not imported for a day. A thread asks
// the writer for it, at the start and every hour. What was deleted is scrubbed.
//
// A receipt withdraws as long as there is something to withdraw. Findings and editions stay: they hold nobody's
// mark but what its author gave for everybody, which a lead can take down still. What an edition remembers of a
// participant who goes is her number among those who are gone.
#ifndef REPERE_SERVICE_RETENTION_H
#define REPERE_SERVICE_RETENTION_H
#include "service/context.h"
#include <stdbool.h>

enum { RETENTION_PSEUDONYM_DAYS = 14, RETENTION_KEEP_DAYS_MAX = 90 };

/**
 * (writes) One piece of what is due at `now_ms`, so that others may write in between.
 *
 * @param keep_days RETENTION_PSEUDONYM_DAYS to RETENTION_KEEP_DAYS_MAX, from a session's closing
 * @param more      whether another piece is due
 */
enum err retention_sweep(struct context *context, unsigned keep_days, int64_t now_ms, bool *more);

struct retention;
/** @param context the writer's, borrowed; with its `writer` and `uploads`. Errors: NO_MEMORY. */
enum err retention_start(const struct context *context, unsigned keep_days, struct retention **out);
/** Before the writer stops. NULL is fine. */
void retention_stop(struct retention *retention);
#endif
