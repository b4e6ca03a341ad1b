// SPDX-License-Identifier: AGPL-3.0-or-later
// Making an edition: the only reader of both sides of the boundary. Reads what counts, makes each exercise's
// cube, has the result passed by the last gate, writes the GeoPackage beside its place and puts it there
// when the store knows it. A crash at any moment leaves the edition before it as it was, with all that the
// next one needs; see server/decisions/0016-editions.md. A preview does the same and writes nothing.
#ifndef REPERE_SERVICE_EDITION_JOB_H
#define REPERE_SERVICE_EDITION_JOB_H
#include "base/buf.h"
#include "base/secret.h"
#include "service/caller.h"
#include "service/context.h"
#include <stdbool.h>
#include <stddef.h>

enum { EDITION_OVERLAYS_MAX = 20 };
enum edition_kind { EDITION_PREVIEW, EDITION_PUBLISH };

struct edition_order {
    struct caller caller;
    int64_t project_id;
    int64_t day; // since 1970-01-01: what is published then, or would have been
    enum edition_kind kind;
    size_t overlay_count;
    int64_t overlays[EDITION_OVERLAYS_MAX]; // that are published with it
    /** How far it is; what it returns, when not OK, ends the making. May be NULL. */
    enum err (*tell)(void *context, uint64_t done, uint64_t total);
    void *tell_context;
};
/**
 * Makes it, on this thread. `report` takes a JSON value, also with an error.
 *
 * Errors: NOT_FOUND, TOO_EARLY, TOO_FEW (fault: what is missing), CONFLICT (another publication of the
 * project is under way; a key is missing), BAD_FIELD (an overlay), DISK_FULL, READ_ONLY, IO, BUSY,
 * NO_MEMORY, INTERNAL (the last gate refused it: a log line says which rule, never where).
 */
enum err edition_make(struct context *context, const struct edition_order *order, struct fault *fault,
                      struct buf *report);

/** Where planners see it, for people: "/plan#/7/2", "/plan#/7/2.1" after a takedown. */
void edition_url(int64_t project, unsigned number, unsigned revision, char *out, size_t size);

/** Kinds of the jobs that publish, NULL-ended. */
extern const char *const edition_job_kinds[];
/**
 * Begins it as a job of today. What is refused at once: a project that is not the caller's, an edition
 * that comes too early, another one under way.
 *
 * Errors: NOT_FOUND, TOO_EARLY, TOO_FEW, CONFLICT, BAD_FIELD, BUSY.
 */
enum err edition_begin(struct context *context, const struct edition_order *order, struct arena *arena,
                       struct fault *fault, char word[SECRET_TOKEN_TEXT_SIZE]);
#endif
