// SPDX-License-Identifier: AGPL-3.0-or-later
// What staff did, in a chain of hashes: an entry that is changed or taken out breaks it. It never
// speaks of participants, and is kept 12 months.
#ifndef REPERE_SERVICE_AUDIT_SERVICE_H
#define REPERE_SERVICE_AUDIT_SERVICE_H
#include "service/caller.h"
#include "service/context.h"
#include <stdint.h>

/**
 * Adds an entry; part of the write it tells of. Does nothing when the caller is not staff.
 *
 * @param action a fixed word: "session.close", "contribution.hide", "import", "export"
 * @param kind   a fixed word: "session", "project", "overlay"; `id` follows it
 */
enum err audit_add(struct context *context, struct caller caller, const char *action,
                   const char *kind, int64_t id);
/**
 * Walks the chain.
 *
 * @param out number of entries
 * Errors: NOT_A_STORE (the chain is broken; fault says at which entry).
 */
enum err audit_check(struct context *context, struct fault *fault, int64_t *out);
/** Forgets entries older than 12 months. */
enum err audit_trim(struct context *context);
#endif
