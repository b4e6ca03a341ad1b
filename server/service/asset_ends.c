// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/asset_ends.h"

#include "base/clock.h"
#include "base/log.h"
#include "model/role.h"
#include "service/publication_files.h"
#include "service/publication_recovery.h"
#include "service/publication_takedown.h"
#include "service/publication_write.h"
#include "store/shared_asset_store.h"
#include "store/writer.h"

#include <inttypes.h>

enum { PAUSE_MIN_MS = 1000, PAUSE_MAX_MS = 60 * 60 * 1000 };

/* What ended in a project whose lock is held: nobody else works it off meanwhile. */
struct project_ends {
    struct context *context;
    int64_t project_id;
    struct arena *arena;
    struct fault *fault;
    struct ended_asset *assets;
    size_t count;
    struct takedown *what;
    bool file_missing; // of any edition
};

static enum err take_from(struct project_ends *ends, const struct edition_row *row) {
    static const struct caller by_itself = {.roles = ROLE_ADMINISTRATOR};
    struct fault fault = {0};
    char path[PUBLICATION_PATH_SIZE];
    unsigned revision = 0;
    enum err err = publication_path(ends->context->data_folder, row->project_id, row->number,
                                    PUBLICATION_FILE, path);
    if (err)
        return err;
    if (!publication_file_there(path)) {
        ends->file_missing = true;
        return ERR_OK;
    }
    err = publication_take_out(ends->context, by_itself, row, ends->what, ends->count, &fault,
                               &revision);
    if (!err)
        log_event(LOG_INFO, "asset_ended",
                  "project %" PRId64 ", edition %u: taken down, now revision %u", row->project_id,
                  row->number, revision);
    if (!err || err == ERR_NOT_FOUND)
        return ERR_OK;
    log_event(LOG_ERROR, "asset_ended", "project %" PRId64 ", edition %u: %s: %s", row->project_id,
              row->number, err_name(err), fault.why);
    *ends->fault = fault;
    return err;
}

/* All editions, also behind one that cannot be changed. */
static enum err take_from_all(struct project_ends *ends) {
    struct edition_row *rows = NULL;
    size_t count = 0;
    enum err err =
        edition_row_list(ends->context->db, ends->project_id, ends->arena, &rows, &count);
    if (err)
        return err;
    for (size_t i = 0; i < count; i++) {
        enum err failed = take_from(ends, &rows[i]);
        err = err ? err : failed;
    }
    return err;
}

static enum err forget(struct context *writing, void *work) {
    const struct project_ends *ends = work;
    enum err err = ERR_OK;
    for (size_t i = 0; i < ends->count && !err; i++)
        err = ended_asset_delete(writing->db, ends->assets[i].id);
    return err;
}

static enum err work_off(struct project_ends *ends) {
    enum err err = publication_recover(ends->context, ends->project_id);
    if (!err)
        err = ended_asset_list(ends->context->db, ends->project_id, ends->arena, &ends->assets,
                               &ends->count);
    if (err || !ends->count)
        return err;
    ends->what = arena_array(ends->arena, ends->count, sizeof *ends->what);
    if (!ends->what)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < ends->count; i++)
        ends->what[i] = (struct takedown){.asset = ends->assets[i].id};
    err = take_from_all(ends);
    if (!err && !ends->file_missing)
        err = publication_write(ends->context, forget, ends);
    if (ends->context->writer)
        writer_scrub_later(ends->context->writer);
    return err;
}

static enum err work_project(struct context *context, int64_t project_id, int wait_ms,
                             struct fault *fault) {
    struct arena arena;
    int lock = -1;
    arena_init(&arena);
    struct project_ends ends = {
        .context = context, .project_id = project_id, .arena = &arena, .fault = fault};
    enum err err = publication_lock(context->data_folder, project_id, wait_ms, &lock);
    if (err == ERR_CONFLICT)
        err = fault_set(fault, ERR_BUSY, "project", "a publication of it is under way");
    if (!err)
        err = work_off(&ends);
    publication_unlock(lock);
    arena_fini(&arena);
    return err;
}

enum err asset_ends_work(struct context *context, int wait_ms, struct fault *fault) {
    struct ended_asset *all = NULL;
    struct fault first = {0};
    struct arena arena;
    size_t count = 0;
    arena_init(&arena);
    enum err err = ended_asset_list(context->db, 0, &arena, &all, &count);
    for (size_t i = 0; i < count; i++) {
        struct fault fault_here = {0};
        if (i > 0 && all[i].project_id == all[i - 1].project_id)
            continue;
        enum err failed = work_project(context, all[i].project_id, wait_ms, &fault_here);
        if (failed == ERR_BUSY || (failed && !err)) {
            err = failed;
            first = fault_here;
        }
    }
    if (err)
        *fault = first;
    db_reset_all(context->db);
    arena_fini(&arena);
    return err;
}

/* ---- again and again ---- */

static size_t count_noted(struct context *context) {
    struct ended_asset *all = NULL;
    struct arena arena;
    size_t count = 0;
    arena_init(&arena);
    if (ended_asset_list(context->db, 0, &arena, &all, &count) != ERR_OK)
        count = 0;
    db_reset_all(context->db);
    arena_fini(&arena);
    return count;
}

void asset_ends_tick(struct asset_ends *ends, struct context *context) {
    struct fault fault = {0};
    const size_t noted = count_noted(context);
    const int64_t now_ms = clock_monotonic_ms();
    const bool is_new = noted > ends->noted;
    ends->noted = noted;
    if (!noted || (!is_new && now_ms < ends->due_ms))
        return;
    const bool busy = asset_ends_work(context, 0, &fault) == ERR_BUSY;
    ends->noted = count_noted(context);
    ends->pause_ms = is_new || busy || !ends->pause_ms ? PAUSE_MIN_MS : ends->pause_ms * 2;
    if (ends->pause_ms > PAUSE_MAX_MS)
        ends->pause_ms = PAUSE_MAX_MS;
    ends->due_ms = now_ms + ends->pause_ms;
}
