// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/import_service.h"

#include "base/file.h"
#include "base/json.h"
#include "service/import_plan.h"
#include "service/project_service.h"
#include "service/uploads.h"
#include "store/writer.h"

#include <stdlib.h>
#include <string.h>

enum { GUESS_ROWS = 200 };

/* ---- looking ---- */

enum err import_look_at(const char *text, size_t len, struct arena *arena, struct fault *fault,
                        struct import_look *out) {
    struct import_look look = {0};
    enum err err = import_source_open(text, len, arena, fault, &look.source);
    if (!err)
        err = import_sample(&look.source, GUESS_ROWS, arena, &look.sample);
    if (!err && look.sample.crs) // the copy that lives as long as the arena
        look.sample.crs = arena_strdup(arena, look.source.crs);
    if (!err)
        err = import_guess(&look.sample, arena, &look.guess);
    if (!err)
        *out = look;
    return err;
}

/* The cells that are to be mapped, for a person to choose an option for each. */
static enum err add_values(struct import_look *look, struct arena *arena) {
    if (!look->guess.answer_count)
        return ERR_OK;
    struct import_answer *answer = arena_alloc(arena, sizeof *answer);
    struct import_value *values = NULL;
    if (!answer)
        return ERR_NO_MEMORY;
    *answer = look->guess.answers[0];
    size_t column = import_source_column(&look->source, answer->column);
    enum err err = import_distinct(&look->source, column, answer->separator, arena, &values,
                                   &answer->value_count);
    answer->values = values;
    look->guess.answers = answer;
    return err;
}

enum err import_upload(struct context *context, struct caller caller, int64_t project_id,
                       const char *name, const char *path, struct arena *arena, struct fault *fault,
                       struct import_look *out, char word[SECRET_TOKEN_TEXT_SIZE]) {
    struct buf text;
    struct import_look look;
    buf_init(&text);
    enum err err = project_require(context, caller, project_id);
    if (!err)
        err = file_read(path, UPLOAD_BYTES_MAX, &text);
    if (!err)
        err = import_look_at(text.len ? text.data : "", text.len, arena, fault, &look);
    if (!err)
        err = add_values(&look, arena);
    if (!err)
        err = import_few_cells(&look.source, arena, &look.few);
    if (!err)
        err = uploads_keep(context->uploads, project_id, name, path, word);
    buf_fini(&text);
    if (!err)
        *out = look;
    return err;
}

static enum err find_upload(struct context *context, struct caller caller, const char *word,
                            struct arena *arena, struct upload *out) {
    struct upload found;
    enum err err = uploads_find(context->uploads, word, arena, &found);
    if (!err)
        err = project_require(context, caller, found.project_id);
    if (!err)
        *out = found;
    return err;
}

enum err import_forget(struct context *context, struct caller caller, const char *upload,
                       struct arena *arena) {
    struct upload found;
    enum err err = find_upload(context, caller, upload, arena, &found);
    return err ? err : uploads_drop(context->uploads, upload);
}

/* ---- the job ---- */

/* An import under way; owns what it points to. */
struct import_work {
    struct arena arena;
    enum import_kind kind;
    struct caller caller;
    char upload[SECRET_TOKEN_TEXT_SIZE];
    struct upload file;
    struct buf text;
    struct import_source source;
    struct import_mapping mapping;
    struct fault fault;
};

static void free_work(void *context) {
    struct import_work *work = context;
    buf_fini(&work->text);
    arena_fini(&work->arena);
    free(work);
}

static enum err tell_job(void *job, uint64_t done, uint64_t total) {
    return job_tell(job, done, total);
}

static enum err read_mapping(const char *json, size_t len, struct arena *arena, struct fault *fault,
                             struct import_mapping *out) {
    struct json_object *document = NULL;
    enum err err = json_parse(json, len, fault, &document);
    if (!err)
        err = import_mapping_read(document, arena, fault, out);
    json_free(document);
    return err;
}

static enum err read_work(struct import_work *work) {
    enum err err = file_read(work->file.path, UPLOAD_BYTES_MAX, &work->text);
    if (!err)
        err = import_source_open(work->text.len ? work->text.data : "", work->text.len,
                                 &work->arena, &work->fault, &work->source);
    return err;
}

struct import_write {
    struct write_op op;
    struct import_plan *plan;
    struct fault *fault;
};

static enum err apply(struct write_op *op, void *context) {
    struct import_write *write = (struct import_write *)op;
    return import_plan_apply(context, write->plan, write->fault);
}

static enum err write_plan(struct context *context, struct import_plan *plan, struct fault *fault) {
    struct import_write write = {.op = {.apply = apply}, .plan = plan, .fault = fault};
    enum err err = import_plan_allowed(plan, fault);
    return err ? err : writer_run(context->writer, &write.op);
}

/* What is wrong with the file as a whole stands in the report as row 0. */
static void write_report(struct buf *out, enum err err, const struct import_work *work,
                         const struct import_plan *plan) {
    struct import_refusal whole = {.fault = work->fault};
    const struct import_report failed = {.refusal_count = 1, .refusals = &whole};
    struct jsonw w;
    if (!whole.fault.why[0])
        fault_set(&whole.fault, err, "file", "%s", err_text(err));
    jsonw_init(&w, out);
    import_report_write(&w, plan && (!err || err == ERR_BAD_ROWS) ? &plan->report : &failed);
}

static enum err run(void *context, struct context *worker, struct job *job, struct buf *report) {
    struct import_work *work = context;
    struct import_plan *plan = NULL;
    enum err err = read_work(work);
    struct import_order order = {.caller = work->caller,
                                 .project_id = work->file.project_id,
                                 .source = &work->source,
                                 .file_name = work->file.name,
                                 .mapping = &work->mapping,
                                 .listener = {tell_job, job}};
    if (!err) {
        secret_hash(work->text.data, work->text.len, order.file_hash);
        err = import_plan_make(worker, &order, &work->fault, &plan);
    }
    if (!err && work->kind == IMPORT_WRITE)
        err = write_plan(worker, plan, &work->fault);
    if (!err && work->kind == IMPORT_WRITE)
        uploads_drop(worker->uploads, work->upload);
    if (!err)
        job_tell(job, work->source.row_count * 2, work->source.row_count * 2);
    write_report(report, err, work, plan);
    import_plan_free(plan);
    return err;
}

enum err import_begin(struct context *context, struct caller caller, const char *upload,
                      enum import_kind kind, const char *mapping, size_t mapping_len,
                      struct arena *arena, struct fault *fault, char word[SECRET_TOKEN_TEXT_SIZE]) {
    struct upload found;
    enum err err = find_upload(context, caller, upload, arena, &found);
    if (err)
        return err;
    struct import_work *work = calloc(1, sizeof *work);
    if (!work)
        return ERR_NO_MEMORY;
    arena_init(&work->arena);
    buf_init(&work->text);
    work->kind = kind;
    work->caller = caller;
    work->file = (struct upload){.project_id = found.project_id,
                                 .name = arena_strdup(&work->arena, found.name),
                                 .path = arena_strdup(&work->arena, found.path)};
    memcpy(work->upload, upload, strlen(upload) + 1); // it was found, so it is as long as a word
    err = work->file.name && work->file.path ? ERR_OK : ERR_NO_MEMORY;
    if (!err)
        err = read_mapping(mapping, mapping_len, &work->arena, fault, &work->mapping);
    if (err) {
        free_work(work);
        return err;
    }
    const struct job_order order = {.project_id = found.project_id,
                                    .kind = kind == IMPORT_WRITE ? "import" : "check",
                                    .run = run,
                                    .work = work,
                                    .free_work = free_work};
    return jobs_submit(context->jobs, &order, word);
}

enum err import_job(struct context *context, struct caller caller, const char *word,
                    struct arena *arena, struct job_view *out) {
    struct job_view found;
    enum err err = jobs_find(context->jobs, word, arena, &found);
    if (!err)
        err = project_require(context, caller, found.project_id);
    if (!err)
        *out = found;
    return err;
}
