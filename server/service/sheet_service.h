// SPDX-License-Identifier: AGPL-3.0-or-later
// Sheets of paper for a session: where their grid lies, and the page itself. One frame for both, so that a cell
// means the same on paper and on the screen where it is typed in. Nothing of a participant is on a sheet.
#ifndef REPERE_SERVICE_SHEET_SERVICE_H
#define REPERE_SERVICE_SHEET_SERVICE_H
#include "base/arena.h"
#include "base/buf.h"
#include "paper/sheet_frame.h"
#include "service/caller.h"
#include "service/context.h"

struct sheet_choice {
    int64_t session_id;
    enum sheet_paper paper;
    enum sheet_orientation orientation;
    /* of the page alone */
    const char *language; // a tag; NULL: the session's first
    const char *basemap;  // NULL: the session's first that this server has; "none": blank
    const char *origin;   // where tablets find this server; NULL: no QR
};
/** Errors: NOT_FOUND (session). */
enum err sheet_frame_find(struct context *context, struct caller caller, const struct sheet_choice *choice,
                          struct arena *arena, struct sheet_frame *out);
/**
 * Appends the page as PDF. Its texts are in the language as far as the exercise has it. The join code in
 * force is on it for those who lead, and for nobody else. Takes some hundred milliseconds.
 *
 * Errors: NOT_FOUND (session), BAD_PARAMETER (fault: language, basemap), NO_MEMORY, INTERNAL.
 */
enum err sheet_pdf(struct context *context, struct caller caller, const struct sheet_choice *choice,
                   struct arena *arena, struct fault *fault, struct buf *out);
#endif
