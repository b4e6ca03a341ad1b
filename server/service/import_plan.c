// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/import_plan.h"

#include "base/clock.h"
#include "model/import_cell.h"
#include "service/import_target.h"
#include "service/project_service.h"

#include <stdlib.h>
#include <string.h>

enum { TELL_EVERY = 1000, FIRST_ROWS = 256 };

void import_report_write(struct jsonw *w, const struct import_report *report) {
    jsonw_object(w);
    jsonw_ki64(w, "importable", (int64_t)report->importable);
    jsonw_ki64(w, "refused", (int64_t)report->refused);
    jsonw_key(w, "rows");
    jsonw_array(w);
    for (size_t i = 0; i < report->refusal_count; i++) {
        jsonw_object(w);
        jsonw_ki64(w, "row", (int64_t)report->refusals[i].row);
        jsonw_kstr(w, "where", report->refusals[i].fault.where);
        jsonw_kstr(w, "why", report->refusals[i].fault.why);
        jsonw_object_end(w);
    }
    jsonw_array_end(w);
    if (report->overlay_id)
        jsonw_ki64(w, "overlay", report->overlay_id);
    jsonw_object_end(w);
}

void *import_plan_grow(struct import_plan *plan, void *rows, size_t size) {
    if (plan->count < plan->capacity)
        return rows;
    size_t capacity = plan->capacity ? plan->capacity * 2 : FIRST_ROWS;
    void *more = reallocarray(rows, capacity, size);
    if (more)
        plan->capacity = capacity;
    return more;
}

enum err import_row_date(const struct import_row *row, const struct import_record *record,
                         struct fault *fault, int64_t *out_ms) {
    const struct import_mapping *mapping = row->plan->order.mapping;
    *out_ms = row->now_ms;
    if (row->date == SIZE_MAX || !record->lengths[row->date])
        return ERR_OK;
    if (import_date(record->cells[row->date], record->lengths[row->date], mapping->date_order,
                    out_ms))
        return ERR_OK;
    return fault_set(fault, ERR_BAD_FIELD, mapping->date, "is not a date in this order");
}

/* ---- reading ---- */

static enum err refuse(struct import_plan *plan, uint64_t row, const struct fault *fault) {
    struct import_report *report = &plan->report;
    report->refused++;
    if (report->refusal_count < IMPORT_REFUSALS_MAX)
        report->refusals[report->refusal_count++] = (struct import_refusal){row, *fault};
    return ERR_OK;
}

static enum err tell(struct import_plan *plan, uint64_t row) {
    const struct import_listener *listener = &plan->order.listener;
    if (!listener->tell || row % TELL_EVERY)
        return ERR_OK;
    return listener->tell(listener->owner, row, plan->order.source->row_count * 2);
}

static enum err refuse_row(void *context, uint64_t row, const struct fault *fault) {
    const struct import_row *reading = context;
    return refuse(reading->plan, row, fault);
}

/* An error that is this row's own, not the import's. */
static bool is_of_the_row(enum err err) {
    return err == ERR_BAD_FIELD || err == ERR_BAD_GEOMETRY || err == ERR_BAD_CRS ||
           err == ERR_TOO_LARGE;
}

static enum err take_row(void *context, const struct import_record *record) {
    struct import_row *row = context;
    struct import_plan *plan = row->plan;
    struct fault fault = {0};
    bool session = plan->order.mapping->target == IMPORT_SESSION;
    enum err err = session ? import_contributions_add(row, record, &fault)
                           : import_features_add(row, record, &fault);
    arena_reset(&plan->scratch);
    if (is_of_the_row(err))
        err = refuse(plan, record->row, &fault);
    return err ? err : tell(plan, record->row);
}

/* Column of an optional name; SIZE_MAX without one. */
static enum err find_column(const struct import_plan *plan, const char *name, const char *where,
                            struct fault *fault, size_t *out) {
    *out = SIZE_MAX;
    if (!name)
        return ERR_OK;
    *out = import_source_column(plan->order.source, name);
    if (*out < plan->order.source->column_count)
        return ERR_OK;
    return fault_set(fault, ERR_BAD_FIELD, where, "the file has no column \"%s\"", name);
}

static enum err read_rows(struct context *context, struct import_plan *plan, struct fault *fault) {
    const struct import_mapping *mapping = plan->order.mapping;
    struct import_row row = {.plan = plan, .now_ms = clock_now_ms()};
    enum err err =
        import_position_init(&row.position, context->crs, mapping, plan->order.source, fault);
    if (!err)
        err = find_column(plan, mapping->date, "date", fault, &row.date);
    if (!err)
        err = find_column(plan, mapping->participant, "participant", fault, &row.participant);
    if (!err)
        err = find_column(plan, mapping->label, "label", fault, &row.label);
    if (!err)
        err = import_source_each(plan->order.source, take_row, refuse_row, &row, fault);
    plan->report.importable = plan->count;
    return err;
}

/* ---- the whole ---- */

enum err import_plan_make(struct context *context, const struct import_order *order,
                          struct fault *fault, struct import_plan **out) {
    struct import_plan *plan = calloc(1, sizeof *plan);
    if (!plan)
        return ERR_NO_MEMORY;
    plan->order = *order;
    arena_init(&plan->arena);
    arena_init(&plan->scratch);
    plan->report.refusals =
        arena_array(&plan->arena, IMPORT_REFUSALS_MAX, sizeof *plan->report.refusals);
    enum err err = plan->report.refusals ? ERR_OK : ERR_NO_MEMORY;
    if (!err)
        err = project_require(context, order->caller, order->project_id);
    if (!err && order->mapping->target == IMPORT_SESSION)
        err = import_contributions_begin(context, plan, fault);
    if (!err)
        err = read_rows(context, plan, fault);
    if (err)
        import_plan_free(plan);
    else
        *out = plan;
    return err;
}

enum err import_plan_allowed(const struct import_plan *plan, struct fault *fault) {
    if (!plan->count)
        return fault_set(fault, ERR_BAD_ROWS, "rows", "no row can be imported");
    if (!plan->report.refused || plan->order.mapping->skip_refused)
        return ERR_OK;
    return fault_set(fault, ERR_BAD_ROWS, "rows", "%llu rows are refused; nothing was imported",
                     (unsigned long long)plan->report.refused);
}

enum err import_plan_apply(struct context *context, struct import_plan *plan, struct fault *fault) {
    return plan->order.mapping->target == IMPORT_SESSION
               ? import_contributions_apply(context, plan, fault)
               : import_features_apply(context, plan);
}

void import_plan_free(struct import_plan *plan) {
    if (!plan)
        return;
    import_answers_free(plan->answers);
    free(plan->contributions);
    free(plan->features);
    free(plan->people);
    arena_fini(&plan->scratch);
    arena_fini(&plan->arena);
    free(plan);
}
