// SPDX-License-Identifier: AGPL-3.0-or-later
// A session's base maps, cut to its area, for its tablets.
#ifndef REPERE_SERVICE_AREA_SERVICE_H
#define REPERE_SERVICE_AREA_SERVICE_H
#include "model/session.h"
#include "service/areas.h"
#include "service/caller.h"
#include "service/context.h"

struct session_area {
    const char *name; // of the base map
    struct area area;
};
/**
 * Those of the session's base maps that this server has and that have something there, in the session's
 * order; one that cannot be cut is left out.
 * Errors: NOT_FOUND (session), BUSY (one is being made: ask again), NO_MEMORY.
 */
enum err session_area_list(struct context *context, struct caller caller, int64_t session_id,
                           struct arena *arena, struct session_area **out, size_t *count);
/** One of them, with its file for reading. Errors: as session_area_list; NOT_FOUND (no such one), IO,
 *  DISK_FULL. */
enum err session_area_open(struct context *context, struct caller caller, int64_t session_id,
                           const char *name, struct arena *arena, struct area *out, int *out_fd);
/** Has them made before a tablet asks. */
void session_area_prepare(struct context *context, const struct session *session,
                          struct arena *arena);
#endif
