// SPDX-License-Identifier: AGPL-3.0-or-later
// An import that was thought through: every row read and judged by a reader, ready to be written in
// one transaction, or refused with the reason for each row. Writing is all or nothing.
#ifndef REPERE_SERVICE_IMPORT_PLAN_H
#define REPERE_SERVICE_IMPORT_PLAN_H
#include "base/jsonw.h"
#include "base/secret.h"
#include "model/import_source.h"
#include "model/overlay.h"
#include "model/session.h"
#include "service/caller.h"
#include "service/context.h"
#include "service/import_answers.h"

enum { IMPORT_REFUSALS_MAX = 200 };

/** A row that cannot be imported, and why. */
struct import_refusal {
    uint64_t row; // 0: the file as a whole
    struct fault fault;
};
struct import_report {
    uint64_t importable, refused;
    size_t refusal_count; // at most IMPORT_REFUSALS_MAX
    struct import_refusal *refusals;
    int64_t overlay_id; // that was made; 0: none
};
/** The members of a job's report; the writer's next value. */
void import_report_write(struct jsonw *w, const struct import_report *report);

/** Whoever waits for it. `tell` may end the work: what it returns, when not ERR_OK, is returned. */
struct import_listener {
    enum err (*tell)(void *owner, uint64_t done, uint64_t total);
    void *owner;
};

/** What a file is imported into, and by whom. */
struct import_order {
    struct caller caller;
    int64_t project_id;
    const struct import_source *source;
    const char *file_name;
    uint8_t file_hash[SECRET_HASH_SIZE];
    const struct import_mapping *mapping;
    struct import_listener listener;
};

/* The rows of the two targets. */
struct import_contribution {
    const struct import_said *said;
    uint64_t row;
    int64_t created_ms;
    size_t person; // index of plan->people; SIZE_MAX: nobody
    struct geometry geometry;
};

struct import_plan {
    struct import_order order; // borrowed parts
    struct arena arena;        // of what is written
    struct arena scratch;      // of one row
    struct import_report report;
    /* IMPORT_SESSION */
    struct session session;
    struct import_answers *answers;
    struct import_contribution *contributions;
    const char **people; // the distinct cells of the participant column; never stored
    size_t people_count;
    /* IMPORT_OVERLAY */
    struct overlay_feature *features;
    /* either */
    size_t count, capacity;
};

/**
 * Reads and judges all rows. That some are refused is no error of this function: see the report.
 *
 * @param order borrowed, with all it points to, until import_plan_free
 * Errors: NOT_FOUND (project, session), SESSION_CLOSED, BAD_FIELD (the mapping), BAD_CRS, BAD_CSV,
 *         BAD_JSON, BAD_GEOMETRY (the file), NO_MEMORY, the listener's.
 */
enum err import_plan_make(struct context *context, const struct import_order *order,
                          struct fault *fault, struct import_plan **out);
/** May it be written? Errors: BAD_ROWS (fault: how many rows are refused). */
enum err import_plan_allowed(const struct import_plan *plan, struct fault *fault);
/**
 * (writes) Everything, or with an error what must be rolled back.
 * Errors: SESSION_CLOSED, CONFLICT (this file was imported into this session before; fault), the
 * store's.
 */
enum err import_plan_apply(struct context *context, struct import_plan *plan, struct fault *fault);
void import_plan_free(struct import_plan *plan);
#endif
