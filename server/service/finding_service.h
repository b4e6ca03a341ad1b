// SPDX-License-Identifier: AGPL-3.0-or-later
// Findings: worded in a session, read back, agreed, redacted, withdrawn. Staff of the project read them, those
// who lead it write them, while the session is open and after. Only what is agreed may be published.
//
// Functions marked (writes) run on the writer's connection, inside its savepoint.
#ifndef REPERE_SERVICE_FINDING_SERVICE_H
#define REPERE_SERVICE_FINDING_SERVICE_H
#include "base/json.h"
#include "service/caller.h"
#include "service/context.h"
#include "store/finding_store.h"

/** One that the caller may see. Errors: NOT_FOUND. */
enum err finding_find(struct context *context, struct caller caller, int64_t id,
                      struct arena *arena, struct finding *out);
/** Those of a session, or of a project, that the caller may see, newest first. @param page its withdrawn_too is
 *  set here, before 0: from the newest. Errors: NOT_FOUND (session, project). */
enum err finding_list(struct context *context, struct caller caller, const struct finding_page *page,
                      struct arena *arena, struct finding **out, size_t *count);

/**
 * Where a finding is: a point, line or area near the session, as coarse as the session keeps positions (see
 * contribution_place). Reads only, so that the writer need not.
 *
 * @param geometry the body's member, NULL when absent
 * @param f        its session_id says which; its geometry is set, in the arena
 * Errors: NOT_FOUND (session), BAD_GEOMETRY, TOO_LARGE, NO_MEMORY.
 */
enum err finding_place(struct context *context, struct caller caller,
                       const struct json_object *geometry, struct arena *arena,
                       struct fault *fault, struct finding *f);
/** (writes) Keeps a placed one, as a draft. @param out as stored. Errors: NOT_FOUND (session). */
enum err finding_word(struct context *context, struct caller caller, const struct finding *f,
                      struct arena *arena, struct finding *out);
/** (writes) Words a placed one anew: it is a draft again, to be read back again. What it said before is
 *  scrubbed. @param if_version 0, or the version that was read. Errors: NOT_FOUND, STALE. */
enum err finding_edit(struct context *context, struct caller caller, const struct finding *f,
                      int64_t if_version, struct arena *arena, struct finding *out);
/** (writes) Agrees, withdraws, or makes it a draft again; the same again changes nothing.
 *  Errors: NOT_FOUND, STALE. */
enum err finding_judge(struct context *context, struct caller caller, int64_t id,
                       enum finding_state state, int64_t if_version, struct arena *arena,
                       struct finding *out);
/** (writes) Its bytes are scrubbed within a minute. Errors: NOT_FOUND. */
enum err finding_remove(struct context *context, struct caller caller, int64_t id,
                        struct arena *arena);
#endif
