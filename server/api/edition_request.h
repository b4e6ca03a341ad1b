// SPDX-License-Identifier: AGPL-3.0-or-later
// From a path to the edition and the slice it names; what can be asked when it names none.
#ifndef REPERE_API_EDITION_REQUEST_H
#define REPERE_API_EDITION_REQUEST_H
#include "http/request.h"
#include "http/response.h"
#include "publish/held.h"

/** Writes the answer about an edition; `shown` NULL where the route names no slice. */
typedef enum err edition_answer_fn(struct request *request, const struct held_edition *held,
                                   const struct shown_slice *shown, struct response *response);
/** Holds the edition of {project} and {edition} while `answer` runs. Errors: NOT_FOUND, its own. */
enum err edition_answer(struct request *request, struct response *response,
                        edition_answer_fn *answer);
/** The same with the {slice}. Errors: BAD_PARAMETER (no such slice). */
enum err edition_slice_answer(struct request *request, struct response *response,
                              edition_answer_fn *answer);
/** The slice that a parameter names. Errors: BAD_PARAMETER. */
enum err edition_slice_named(struct request *request, const struct held_edition *held,
                             const char *param, const struct shown_slice **out);
/** The overlay of {overlay}: its index. Errors: NOT_FOUND. */
enum err edition_overlay_named(const struct request *request, const struct held_edition *held,
                               size_t *out);
/** {z}, {x} and {y}. Errors: BAD_PARAMETER. */
enum err edition_tile_named(struct request *request, struct tile *out);
/** hooks.published_advice: the slices there are, in a sentence. */
const char *edition_advice(void *published, const char *path, struct arena *arena);
#endif
