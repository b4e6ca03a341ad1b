// SPDX-License-Identifier: AGPL-3.0-or-later
// Overlays: who may see and change them. Staff of the project, and the participants of its
// sessions; only leads change them. How they come in is the import's business.
#ifndef REPERE_SERVICE_OVERLAY_SERVICE_H
#define REPERE_SERVICE_OVERLAY_SERVICE_H
#include "base/arena.h"
#include "base/jsonw.h"
#include "model/overlay.h"
#include "service/caller.h"
#include "service/context.h"

/** A project's, by title. A participant may ask for her own session's project. Errors: NOT_FOUND.
 */
enum err overlay_show_list(struct context *context, struct caller caller, int64_t project_id,
                           struct arena *arena, struct overlay **out, size_t *count);
/** Errors: NOT_FOUND (also when it is not the caller's to see). */
enum err overlay_require(struct context *context, struct caller caller, int64_t overlay_id,
                         struct arena *arena, struct overlay *out);
/** Its features as an array of GeoJSON Features, the writer's next value. Errors: NOT_FOUND. */
enum err overlay_show_features(struct context *context, struct caller caller, int64_t overlay_id,
                               struct arena *arena, struct jsonw *w);
/** (writes) Title, colour and attribution where they are not NULL. Errors: NOT_FOUND, BAD_FIELD. */
enum err overlay_edit(struct context *context, struct caller caller, const struct overlay *change,
                      struct arena *arena, struct fault *fault, struct overlay *out);
/** (writes) Errors: NOT_FOUND. */
enum err overlay_remove(struct context *context, struct caller caller, int64_t overlay_id,
                        struct arena *arena);
#endif
