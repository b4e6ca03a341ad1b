// SPDX-License-Identifier: AGPL-3.0-or-later
// What goes from the private store when its time is over, a piece at a time. The writer's connection.
#ifndef REPERE_STORE_RETENTION_STORE_H
#define REPERE_STORE_RETENTION_STORE_H
#include "store/db.h"

/**
 * Pseudonyms, languages and tokens of sessions that were closed by `closed_ms`: each becomes "#" and the
 * participant's number. Receipts stay, so that she can withdraw.
 *
 * @param limit at most so many at once
 * @param count of those that were forgotten; below `limit` when none is left
 */
enum err retention_forget_pseudonyms(struct db *db, int64_t closed_ms, int64_t limit, int64_t *count);
/** Contributions of sessions that were closed by `closed_ms`, whoever made them. */
enum err retention_delete_contributions(struct db *db, int64_t closed_ms, int64_t limit, int64_t *count);
/** Which contributions were deleted from sessions closed by `closed_ms` that hold none any more. */
enum err retention_forget_gone(struct db *db, int64_t closed_ms);
/** Participants of sessions that were closed by `closed_ms`: after their contributions. */
enum err retention_delete_participants(struct db *db, int64_t closed_ms, int64_t limit, int64_t *count);
/**
 * A shared asset whose contribution goes by age is not taken down from editions: the second forgets what was noted
 * down since the first, within one write.
 */
enum err retention_asset_ended_last(struct db *db, int64_t *last);
enum err retention_asset_ended_forget(struct db *db, int64_t last);
#endif
