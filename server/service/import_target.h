// SPDX-License-Identifier: AGPL-3.0-or-later
// The two things a file can become. For import_plan alone.
#ifndef REPERE_SERVICE_IMPORT_TARGET_H
#define REPERE_SERVICE_IMPORT_TARGET_H
#include "service/import_plan.h"
#include "service/import_position.h"

/** What both targets read of a row. */
struct import_row {
    struct import_plan *plan;
    struct import_position position;
    size_t date, participant, label; // columns; SIZE_MAX: none
    int64_t now_ms;
};

/** Room for one more row of the plan; NULL when memory is short. */
void *import_plan_grow(struct import_plan *plan, void *rows, size_t size);
/** The day of the row, or now. Errors: BAD_FIELD. */
enum err import_row_date(const struct import_row *row, const struct import_record *record,
                         struct fault *fault, int64_t *out_ms);

/* import_contributions.c */
enum err import_contributions_begin(struct context *context, struct import_plan *plan,
                                    struct fault *fault);
enum err import_contributions_add(struct import_row *row, const struct import_record *record,
                                  struct fault *fault);
enum err import_contributions_apply(struct context *context, struct import_plan *plan,
                                    struct fault *fault);
/* import_features.c */
enum err import_features_add(struct import_row *row, const struct import_record *record,
                             struct fault *fault);
enum err import_features_apply(struct context *context, struct import_plan *plan);
#endif
