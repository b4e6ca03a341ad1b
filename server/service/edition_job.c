// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/edition_job.h"

#include "base/jsonw.h"
#include "service/edition_job_draft.h"
#include "service/jobs.h"
#include "service/project_service.h"
#include "service/publication_files.h"
#include "service/publication_key.h"
#include "service/publication_recovery.h"
#include "store/overlay_store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- overlays ---- */

static bool names_twice(const struct edition_order *order) {
    for (size_t i = 0; i < order->overlay_count; i++)
        for (size_t j = 0; j < i; j++)
            if (order->overlays[j] == order->overlays[i])
                return true;
    return false;
}

static enum err check_overlays(struct context *context, const struct edition_order *order,
                               struct arena *arena, struct fault *fault) {
    enum err err = names_twice(order) ? fault_set(fault, ERR_BAD_FIELD, "overlays", "names one twice") : ERR_OK;
    for (size_t i = 0; i < order->overlay_count && !err; i++) {
        struct overlay found = {0};
        err = overlay_find(context->db, order->overlays[i], arena, &found);
        if (err == ERR_NOT_FOUND || (!err && found.project_id != order->project_id))
            err = fault_set(fault, ERR_BAD_FIELD, "overlays", "has one that the project has not");
    }
    return err;
}

/* ---- making ---- */

/* From here to the end of reading the connection sees one moment of the store. */
static enum err hold_moment(struct context *context) {
    return db_one(db_stmt(context->db, QUERY_PUBLICATION_SNAPSHOT));
}

static enum err read_all(struct draft *draft) {
    enum err err = hold_moment(draft->context);
    if (!err)
        err = check_overlays(draft->context, draft->order, draft->arena, draft->fault);
    if (!err)
        err = publication_read(draft->context, draft->order->project_id, draft->order->day, draft->arena,
                               &draft->publication);
    if (!err && draft->order->kind == EDITION_PUBLISH)
        err = publication_allowed(&draft->publication, draft->fault);
    if (!err)
        err = draft_tell(draft, DRAFT_READ);
    if (!err)
        err = draft_cubes(draft);
    if (!err && draft->order->kind == EDITION_PUBLISH)
        err = draft_carry(draft);
    if (!err && draft->order->kind == EDITION_PUBLISH)
        err = draft_fill(draft);
    return err ? err : draft_tell(draft, DRAFT_FILLED);
}

static void report_done(const struct draft *draft, struct buf *report) {
    struct cube_coverage coverage = {0};
    size_t leaves = 0;
    char url[64];
    struct jsonw w;
    for (size_t i = 0; i < draft->part_count; i++) {
        coverage.marked += draft->parts[i].cube.coverage.marked;
        coverage.shown += draft->parts[i].cube.coverage.shown;
        leaves += draft->parts[i].outcome == OUTCOME_NOTHING ? 0 : draft->parts[i].leaf_count;
    }
    edition_url(draft->edition.project, draft->edition.number, draft->edition.revision, url, sizeof url);
    jsonw_init(&w, report);
    jsonw_object(&w);
    jsonw_ki64(&w, "edition", draft->edition.number);
    jsonw_ki64(&w, "revision", draft->edition.revision);
    jsonw_ki64(&w, "leaves", (int64_t)leaves);
    jsonw_kfixed(&w, "coverage", coverage.marked ? (double)coverage.shown / (double)coverage.marked : 0, 3);
    jsonw_kstr(&w, "url", url);
    jsonw_object_end(&w);
}

static void report_error(enum err err, const struct fault *fault, struct buf *report) {
    struct jsonw w;
    buf_clear(report);
    jsonw_init(&w, report);
    jsonw_object(&w);
    jsonw_kstr(&w, "error", err_name(err));
    jsonw_kstr(&w, "why", fault->why[0] ? fault->why : err_text(err));
    jsonw_object_end(&w);
}

static enum err make(struct draft *draft, struct buf *report) {
    enum err err = read_all(draft);
    if (!err && draft->order->kind == EDITION_PREVIEW)
        return draft_report_preview(draft, report);
    if (!err)
        err = draft_publish(draft);
    if (!err)
        report_done(draft, report);
    return err;
}

enum err edition_make(struct context *context, const struct edition_order *order, struct fault *fault,
                      struct buf *report) {
    struct fault wrong = {0};
    struct arena arena;
    struct draft draft = {.context = context, .order = order, .arena = &arena, .fault = &wrong};
    int lock = -1;
    enum err err = ERR_OK;
    arena_init(&arena);
    if (order->kind == EDITION_PUBLISH)
        err = publication_lock(context->data_folder, order->project_id, 0, &lock);
    if (err == ERR_CONFLICT)
        fault_set(&wrong, err, "project", "another publication of it is under way");
    if (!err && order->kind == EDITION_PUBLISH)
        err = publication_recover(context, order->project_id);
    if (!err)
        err = make(&draft, report);
    db_reset_all(context->db);
    publication_unlock(lock);
    draft_wipe(&draft);
    arena_fini(&arena);
    if (!err && order->tell)
        order->tell(order->tell_context, DRAFT_ALL, DRAFT_ALL);
    if (err)
        report_error(err, &wrong, report);
    *fault = wrong;
    return err;
}

void edition_url(int64_t project, unsigned number, unsigned revision, char *out, size_t size) {
    if (revision > 1)
        snprintf(out, size, "/plan#/%" PRId64 "/%u.%u", project, number, revision - 1);
    else
        snprintf(out, size, "/plan#/%" PRId64 "/%u", project, number);
}

/* ---- as a job ---- */

struct edition_work {
    struct edition_order order;
};

static enum err tell_job(void *job, uint64_t done, uint64_t total) {
    return job_tell(job, done, total);
}

static enum err run(void *context, struct context *worker, struct job *job, struct buf *report) {
    struct edition_work *work = context;
    struct fault fault = {0};
    work->order.tell = tell_job;
    work->order.tell_context = job;
    return edition_make(worker, &work->order, &fault, report);
}

const char *const edition_job_kinds[] = {"publish", NULL};

/* Exercises that were published need the key they were published with. */
static enum err check_keys(struct context *context, const struct publication *publication,
                           struct fault *fault) {
    enum err err = ERR_OK;
    for (size_t i = 0; i < publication->exercise_count && !err; i++) {
        const struct publication_exercise *exercise = &publication->exercises[i];
        uint8_t key[SECRET_KEY_SIZE];
        if (!exercise->published || exercise->ended)
            continue;
        err = publication_key_read(context, publication->project.id, exercise->key, KEY_PUBLISHED, fault, key);
        secret_wipe(key, sizeof key);
    }
    return err;
}

static enum err check_order(struct context *context, const struct edition_order *order, struct arena *arena,
                            struct fault *fault) {
    struct publication publication;
    char word[SECRET_TOKEN_TEXT_SIZE];
    enum err err = project_require(context, order->caller, order->project_id);
    if (!err)
        err = check_overlays(context, order, arena, fault);
    if (err || order->kind == EDITION_PREVIEW)
        return err;
    if (jobs_under_way(context->jobs, order->project_id, edition_job_kinds, word) == ERR_OK)
        return fault_set(fault, ERR_CONFLICT, "project", "another publication of it is under way");
    err = publication_read(context, order->project_id, order->day, arena, &publication);
    if (!err)
        err = publication_allowed(&publication, fault);
    return err ? err : check_keys(context, &publication, fault);
}

enum err edition_begin(struct context *context, const struct edition_order *order, struct arena *arena,
                       struct fault *fault, char word[SECRET_TOKEN_TEXT_SIZE]) {
    static const char *const previews[] = {"preview", NULL};
    enum err err = check_order(context, order, arena, fault);
    if (err)
        return err;
    // asked again while it is looked at: one look is enough, and all projects' jobs wait in one line
    if (order->kind == EDITION_PREVIEW &&
        jobs_under_way(context->jobs, order->project_id, previews, word) == ERR_OK)
        return ERR_OK;
    struct edition_work *work = malloc(sizeof *work);
    if (!work)
        return ERR_NO_MEMORY;
    work->order = *order;
    const struct job_order job = {.project_id = order->project_id,
                                  .kind = order->kind == EDITION_PUBLISH ? "publish" : "preview",
                                  .run = run,
                                  .work = work,
                                  .free_work = free};
    return jobs_submit(context->jobs, &job, word);
}
