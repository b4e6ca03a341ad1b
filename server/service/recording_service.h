// SPDX-License-Identifier: AGPL-3.0-or-later
// Recordings of an exercise's words: made by a project's leads, heard on its sessions' tablets.
#ifndef REPERE_SERVICE_RECORDING_SERVICE_H
#define REPERE_SERVICE_RECORDING_SERVICE_H
#include "base/buf.h"
#include "service/caller.h"
#include "service/context.h"
#include "store/recording_store.h"

/** All of a project's for an exercise, for its leads; by item and language. Errors: NOT_FOUND. */
enum err recording_list(struct context *context, struct caller caller, int64_t project_id,
                        const char *exercise_key, struct arena *arena, struct recording **out,
                        size_t *count);
/** Those that a session's tablets may need: its exercise, its languages. Errors: NOT_FOUND. */
enum err recording_list_of_session(struct context *context, struct caller caller, int64_t session_id,
                                   struct arena *arena, struct recording **out, size_t *count);
/** Appends the bytes of one, for those who may see the session. @param media_type a constant
 *  Errors: NOT_FOUND. */
enum err recording_bytes(struct context *context, struct caller caller, int64_t session_id, int64_t id,
                         struct buf *out, const char **media_type);
/** The same for the project's leads. */
enum err recording_bytes_of_project(struct context *context, struct caller caller, int64_t project_id,
                                    int64_t id, struct buf *out,
                                    const char **media_type);
/**
 * (writes) Takes a recording in the place of the one before it.
 *
 * @param recording exercise_key, item, language, bytes; media_type is found from the bytes
 * Errors: NOT_FOUND (project, or it has no such exercise), BAD_PARAMETER (the exercise has no such item),
 *         BAD_REQUEST (no sound of a kind we know), TOO_LARGE (the project has 64 MiB of them).
 */
enum err recording_save(struct context *context, struct caller caller, int64_t project_id,
                        struct recording *recording, const void *data, struct arena *arena,
                        struct fault *fault);
/** (writes) Errors: NOT_FOUND. */
enum err recording_forget(struct context *context, struct caller caller, int64_t project_id, int64_t id);
#endif
