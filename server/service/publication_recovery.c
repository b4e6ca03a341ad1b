// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/publication_recovery.h"

#include "base/log.h"
#include "service/publication_files.h"
#include "service/publication_key.h"
#include "service/publication_write.h"
#include "store/edition_store.h"
#include "store/publication_store.h"

#include <string.h>

static enum err drop_row(struct context *writing, void *work) {
    const struct edition_row *row = work;
    return edition_row_delete(writing->db, row->id);
}

static enum err prune(struct context *writing, void *work) {
    const struct edition_row *latest = work;
    return leaf_prune(writing->db, latest->project_id, latest->number);
}

/* ---- an edition ---- */

static enum err mend(struct context *context, struct edition_row *row, bool *gone) {
    char part[PUBLICATION_PATH_SIZE], place[PUBLICATION_PATH_SIZE];
    uint8_t hash[SECRET_HASH_SIZE];
    enum err err = publication_path(context->data_folder, row->project_id, row->number, PUBLICATION_PART, part);
    if (!err)
        err = publication_path(context->data_folder, row->project_id, row->number, PUBLICATION_FILE, place);
    if (err || !publication_file_there(part))
        return err;
    err = publication_file_hash(part, hash);
    if (!err && memcmp(hash, row->file_hash, sizeof hash) == 0)
        return publication_file_install(context->data_folder, row->project_id, row->number);
    if (err)
        return err;
    publication_part_drop(context->data_folder, row->project_id, row->number);
    if (publication_file_there(place))
        return ERR_OK;
    *gone = true;
    return publication_write(context, drop_row, row);
}

/* ---- parts without an edition ---- */

struct strays {
    struct context *context;
    int64_t project_id;
    const struct edition_row *rows;
    size_t count;
};

static void drop_stray(void *context, int64_t project, unsigned number) {
    const struct strays *strays = context;
    bool known = project != strays->project_id;
    for (size_t i = 0; i < strays->count; i++)
        known |= strays->rows[i].number == number;
    if (!known)
        publication_part_drop(strays->context->data_folder, project, number);
}

/* ---- keys of what has ended ---- */

static enum err destroy_keys(struct context *context, int64_t project_id, struct arena *arena) {
    struct project_exercise *ends = NULL;
    size_t count = 0;
    enum err err = exercise_end_list(context->db, project_id, arena, &ends, &count);
    for (size_t i = 0; i < count && !err; i++)
        err = publication_key_destroy(context->data_folder, project_id, ends[i].key);
    return err;
}

enum err publication_recover(struct context *context, int64_t project_id) {
    struct arena arena;
    struct edition_row *rows = NULL;
    const struct edition_row *latest = NULL;
    size_t count = 0;
    arena_init(&arena);
    enum err err = edition_row_list(context->db, project_id, &arena, &rows, &count);
    for (size_t i = 0; i < count && !err; i++) {
        bool gone = false;
        err = mend(context, &rows[i], &gone);
        if (!latest && !gone)
            latest = &rows[i];
    }
    struct strays strays = {context, project_id, rows, count};
    if (!err)
        publication_parts(context->data_folder, drop_stray, &strays);
    if (!err && latest)
        err = publication_write(context, prune, (void *)(uintptr_t)latest);
    if (!err)
        err = destroy_keys(context, project_id, &arena);
    arena_fini(&arena);
    return err;
}

/* ---- all projects ---- */

static void recover_one(struct context *context, int64_t project_id) {
    int lock = -1;
    enum err err = publication_lock(context->data_folder, project_id, 0, &lock);
    if (err == ERR_CONFLICT)
        return; // the command line publishes at this moment
    if (!err)
        err = publication_recover(context, project_id);
    publication_unlock(lock);
    if (err)
        log_event(LOG_ERROR, "edition_recovery", "%s: project %lld", err_name(err), (long long)project_id);
}

struct wanted {
    int64_t *projects;
    size_t count, room;
};

static void want(struct wanted *wanted, int64_t project) {
    for (size_t i = 0; i < wanted->count; i++)
        if (wanted->projects[i] == project)
            return;
    if (wanted->count < wanted->room)
        wanted->projects[wanted->count++] = project;
}

static void want_part(void *context, int64_t project, unsigned number) {
    (void)number;
    want(context, project);
}

enum { PARTS_MAX = 1000 };

void publication_recover_all(struct context *context) {
    struct arena arena;
    struct edition_row *rows = NULL;
    struct project_exercise *ends = NULL;
    size_t row_count = 0, end_count = 0;
    arena_init(&arena);
    enum err err = edition_row_list(context->db, 0, &arena, &rows, &row_count);
    if (!err)
        err = exercise_end_list(context->db, 0, &arena, &ends, &end_count);
    struct wanted wanted = {.room = row_count + end_count + PARTS_MAX};
    wanted.projects = err ? NULL : arena_array(&arena, wanted.room, sizeof *wanted.projects);
    if (!err && !wanted.projects)
        err = ERR_NO_MEMORY;
    if (err) {
        log_event(LOG_ERROR, "edition_recovery", "%s", err_name(err));
    } else {
        for (size_t i = 0; i < row_count; i++)
            want(&wanted, rows[i].project_id);
        for (size_t i = 0; i < end_count; i++)
            want(&wanted, ends[i].project_id);
        publication_parts(context->data_folder, want_part, &wanted);
    }
    for (size_t i = 0; i < wanted.count; i++)
        recover_one(context, wanted.projects[i]);
    arena_fini(&arena);
}
