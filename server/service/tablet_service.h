// SPDX-License-Identifier: AGPL-3.0-or-later
// Tablets that pass from hand to hand in a session: one that was lost or does harm is shut out.
#ifndef REPERE_SERVICE_TABLET_SERVICE_H
#define REPERE_SERVICE_TABLET_SERVICE_H
#include "base/arena.h"
#include "model/tablet.h"
#include "service/caller.h"
#include "service/context.h"
#include <stddef.h>

/**
 * (writes) Which tablet of the session this is; one that is seen for the first time is numbered.
 *
 * @param key TABLET_KEY_DIGITS hexadecimal digits; the store keeps a hash of them and the session's id
 * Errors: TABLET_REVOKED.
 */
enum err tablet_admit(struct context *context, int64_t session_id, const char *key,
                      int64_t *out_id);
/** A session's tablets, in the order they came. Errors: NOT_FOUND. */
enum err tablet_list(struct context *context, struct caller caller, int64_t session_id,
                     struct arena *arena, struct tablet **out, size_t *count);
/**
 * (writes) Shuts a tablet out, or lets it join again. Whoever joined on it before has to join anew either
 * way; what they sent stays.
 * Errors: NOT_FOUND.
 */
enum err tablet_set_revoked(struct context *context, struct caller caller, int64_t session_id,
                            int64_t tablet_id, bool revoked, struct arena *arena,
                            struct tablet *out);
/** (writes) After the session is closed nothing says any more who sat at the same tablet. */
enum err tablet_forget_all(struct context *context, int64_t session_id);
#endif
