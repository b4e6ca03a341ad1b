// SPDX-License-Identifier: AGPL-3.0-or-later
// Imports over the API: a file is sent, looked at, checked with a mapping (a dry run), imported.
// Leads of the project may. The checking and the importing are jobs.
#ifndef REPERE_SERVICE_IMPORT_SERVICE_H
#define REPERE_SERVICE_IMPORT_SERVICE_H
#include "model/import_sample.h"
#include "service/caller.h"
#include "service/context.h"
#include "service/jobs.h"

enum { IMPORT_SAMPLE_ROWS = 5 };

/** What a file holds, and what its columns probably mean. */
struct import_look {
    struct import_source source; // its text is the caller's, and may be gone
    struct import_table sample;  // some 200 rows
    struct import_mapping guess;
    struct import_cells *few; // a column each; NULL when nobody is to map them by hand
};
/** Looks into a file's text. In the arena. Errors: those of import_source_open. */
enum err import_look_at(const char *text, size_t len, struct arena *arena, struct fault *fault,
                        struct import_look *out);

/**
 * Takes a file over. The guess has the distinct cells of the category column, to be mapped; `few` those
 * of the columns that may be answers.
 *
 * @param path of the file, which is moved away
 * Errors: NOT_FOUND (project), those of import_look_at, IO.
 */
enum err import_upload(struct context *context, struct caller caller, int64_t project_id,
                       const char *name, const char *path, struct arena *arena, struct fault *fault,
                       struct import_look *out, char word[SECRET_TOKEN_TEXT_SIZE]);
/** Errors: NOT_FOUND (also when it is not of a project of the caller's). */
enum err import_forget(struct context *context, struct caller caller, const char *upload,
                       struct arena *arena);

enum import_kind { IMPORT_CHECK, IMPORT_WRITE };
/**
 * Begins a check or an import. After an import that succeeded the file is gone.
 *
 * @param mapping its JSON; what does not fit the file stands in the job's report
 * Errors: NOT_FOUND, BAD_JSON, BAD_FIELD, BUSY.
 */
enum err import_begin(struct context *context, struct caller caller, const char *upload,
                      enum import_kind kind, const char *mapping, size_t mapping_len,
                      struct arena *arena, struct fault *fault, char word[SECRET_TOKEN_TEXT_SIZE]);
/** Errors: NOT_FOUND (also when it is not of a project of the caller's). */
enum err import_job(struct context *context, struct caller caller, const char *word,
                    struct arena *arena, struct job_view *out);
#endif
