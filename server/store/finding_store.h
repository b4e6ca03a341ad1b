// SPDX-License-Identifier: AGPL-3.0-or-later
// Findings in the private store. Who may is the service's business.
#ifndef REPERE_STORE_FINDING_STORE_H
#define REPERE_STORE_FINDING_STORE_H
#include "base/arena.h"
#include "model/finding.h"
#include "store/db.h"
#include <stddef.h>

/** Session, geometry, texts, who, urgency, language and created_ms of `f`; a draft. */
enum err finding_insert(struct db *db, const struct finding *f, int64_t *out_id);
/** Geometry, texts, who, urgency and language of `f->id`, which is a draft again; version + 1. Errors: NOT_FOUND. */
enum err finding_update(struct db *db, const struct finding *f);
/** @param agreed_ms 0 unless it is agreed. Version + 1. Errors: NOT_FOUND. */
enum err finding_update_state(struct db *db, int64_t id, enum finding_state state, int64_t agreed_ms);
/** Errors: NOT_FOUND. */
enum err finding_delete(struct db *db, int64_t id);

/** Errors: NOT_FOUND, NOT_A_STORE (its geometry cannot be read), NO_MEMORY. */
enum err finding_select(struct db *db, int64_t id, struct arena *arena, struct finding *out);
struct finding_page {
    int64_t project_id, session_id; // one of them is 0: of a session, or of all sessions of a project
    bool withdrawn_too;
    int64_t before; // ids below it
    int64_t limit;
};
/** Newest first. */
enum err finding_select_page(struct db *db, const struct finding_page *page, struct arena *arena,
                             struct finding **out, size_t *count);
/** For the edition job: those of a project that are agreed, by rising id. */
enum err finding_list_agreed(struct db *db, int64_t project_id, struct arena *arena,
                             struct finding **out, size_t *count);
#endif
