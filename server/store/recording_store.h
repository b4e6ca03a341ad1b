// SPDX-License-Identifier: AGPL-3.0-or-later
// Recordings at rest: bytes in the store, so that a backup has them. Who may is the service's business.
#ifndef REPERE_STORE_RECORDING_STORE_H
#define REPERE_STORE_RECORDING_STORE_H
#include "base/arena.h"
#include "base/buf.h"
#include "model/recording.h"
#include "store/db.h"

/** A project's for an exercise, by item and language. @param languages JSON array: only these; NULL: all */
enum err recording_select_list(struct db *db, int64_t project_id, const char *exercise_key,
                               const char *languages, struct arena *arena, struct recording **out,
                               size_t *count);
/** Appends the bytes. Errors: NOT_FOUND. */
enum err recording_select_bytes(struct db *db, int64_t project_id, int64_t id,
                                struct buf *out);
/** Bytes of all recordings of the project but the one that `recording` would replace. */
enum err recording_weight(struct db *db, int64_t project_id, const struct recording *recording,
                          int64_t *out);
/** In the place of the one before it. @param recording its id is passed over; `bytes` of it are at `data` */
enum err recording_put(struct db *db, int64_t project_id, const struct recording *recording,
                       const void *data, int64_t *out_id);
/** Errors: NOT_FOUND. */
enum err recording_delete(struct db *db, int64_t project_id, int64_t id);
#endif
