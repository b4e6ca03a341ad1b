// SPDX-License-Identifier: AGPL-3.0-or-later
// A session's contributions as one file for its leads: GeoJSON for a map program, CSV for a
// spreadsheet. Made in pieces of some hundred rows, so that a large session needs no more memory
// than a small one.
#ifndef REPERE_SERVICE_EXPORT_SERVICE_H
#define REPERE_SERVICE_EXPORT_SERVICE_H
#include "base/buf.h"
#include "service/caller.h"
#include "service/context.h"

enum export_format { EXPORT_GEOJSON, EXPORT_CSV };
struct export;

/**
 * Begins an export and enters it in the audit trail.
 *
 * CSV: UTF-8 with a byte-order mark (spreadsheets need it), a column each for id, x and y
 * (EPSG:4326 degrees; of a line or area a point within), geometry, the exercise's questions, state,
 * participant, created, version. Several answers to one question are joined by "; ".
 *
 * @param out to be given to export_free; needs neither the context nor the arena of this call
 * Errors: NOT_FOUND (session), NO_MEMORY.
 */
enum err export_open(struct context *context, struct caller caller, int64_t session_id,
                     enum export_format format, struct export **out);
/** Appends the next piece; nothing at the end. Any reader's context. */
enum err export_piece(struct export *export, struct context *context, struct buf *out);
void export_free(struct export *export);
#endif
