// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/publication_takedown.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/jsonw.h"
#include "base/log.h"
#include "publish/gpkg.h"
#include "publish/published.h"
#include "service/audit_service.h"
#include "service/project_service.h"
#include "service/publication_files.h"
#include "service/publication_gate.h"
#include "service/publication_key.h"
#include "service/publication_recovery.h"
#include "service/publication_write.h"
#include "store/edition_store.h"
#include "store/publication_store.h"
#include "store/writer.h"

#include <inttypes.h>
#include <string.h>

enum { LOCK_WAIT_MS = 15000 };

struct taking {
    struct context *context;
    struct caller caller;
    struct arena arena;
    struct fault *fault;
    struct edition_row row;
    struct edition edition;
};

static enum err hold_lock(struct context *context, int64_t project_id, struct fault *fault, int *lock) {
    enum err err = publication_lock(context->data_folder, project_id, LOCK_WAIT_MS, lock);
    if (err == ERR_CONFLICT)
        fault_set(fault, err, "project", "a publication of it is under way: try again in a moment");
    return err ? err : publication_recover(context, project_id);
}

/* What was taken out of it before would come back with an older file, under an address of its own. */
static enum err read_file(struct taking *taking, const char *path) {
    enum err err = publication_file_check(path, taking->row.file_hash);
    if (err == ERR_NOT_FOUND || err == ERR_NOT_A_STORE)
        return fault_set(taking->fault, ERR_CONFLICT, "edition",
                         "its file is missing or is not what was published: put that back from the backup, "
                         "or take the file away");
    return err ? err : gpkg_read(path, &taking->arena, taking->fault, &taking->edition);
}

static enum err read_edition(struct taking *taking) {
    char path[PUBLICATION_PATH_SIZE];
    enum err err = publication_path(taking->context->data_folder, taking->row.project_id, taking->row.number,
                                    PUBLICATION_FILE, path);
    return err ? err : read_file(taking, path);
}

/* ---- leaving out ---- */

#define LEAVE_OUT(items, count, is_it)                                                             \
    do {                                                                                           \
        size_t kept = 0;                                                                           \
        for (size_t i = 0; i < (count); i++)                                                       \
            if (!(is_it))                                                                          \
                (items)[kept++] = (items)[i];                                                      \
        (count) = kept;                                                                            \
    } while (0)

static bool leave_out(struct edition *edition, const struct takedown *what) {
    size_t before = edition->slice_count + edition->finding_count + edition->asset_count;
    if (what->slice)
        LEAVE_OUT(edition->slices, edition->slice_count, strcmp(edition->slices[i].id, what->slice) == 0);
    else if (what->finding)
        LEAVE_OUT(edition->findings, edition->finding_count, edition->findings[i].id == what->finding);
    else
        LEAVE_OUT(edition->assets, edition->asset_count, edition->assets[i].id == what->asset);
    return edition->slice_count + edition->finding_count + edition->asset_count < before;
}

static void write_what(struct jsonw *w, const struct takedown *what, struct arena *arena) {
    if (what->slice)
        jsonw_str(w, what->slice);
    else if (what->finding)
        jsonw_str(w, arena_printf(arena, "finding %" PRId64, what->finding));
    else
        jsonw_str(w, arena_printf(arena, "asset %" PRId64, what->asset));
}

/* One entry more behind those that are there. */
static enum err tell_lack(struct taking *taking, const struct takedown *what) {
    struct json_object *before = NULL;
    struct buf buf;
    struct jsonw w;
    size_t len = 0;
    const char *taken_down = taking->edition.taken_down;
    enum err err = json_parse(taken_down, strlen(taken_down), taking->fault, &before);
    if (err)
        return err;
    buf_init(&buf);
    jsonw_init(&w, &buf);
    jsonw_array(&w);
    for (size_t i = 0; i < json_length(before); i++)
        jsonw_str(&w, json_text(json_at(before, i), &len));
    write_what(&w, what, &taking->arena);
    jsonw_array_end(&w);
    taking->edition.taken_down = buf.failed ? NULL : arena_strndup(&taking->arena, buf.data, buf.len);
    buf_fini(&buf);
    json_free(before);
    return taking->edition.taken_down ? ERR_OK : ERR_NO_MEMORY;
}

/* ---- writing ---- */

static enum err write_part(struct taking *taking) {
    const struct edition *edition = &taking->edition;
    const char *folder = taking->context->data_folder, *rule = NULL;
    char path[PUBLICATION_PATH_SIZE];
    struct edition read;
    enum err err = publication_path(folder, edition->project, edition->number, PUBLICATION_PART, path);
    if (!err)
        err = gpkg_write(edition, taking->context->crs, path, taking->fault);
    if (!err)
        err = gpkg_read(path, &taking->arena, taking->fault, &read);
    if (!err)
        rule = publication_gate_same(edition, &read);
    if (rule)
        err = fault_set(taking->fault, ERR_INTERNAL, "edition", "what was read back is not what was written");
    if (!err)
        err = publication_file_hash(path, taking->row.file_hash);
    return err ? err : publication_folder_sync(folder);
}

static enum err revise(struct context *writing, void *work) {
    const struct taking *taking = work;
    enum err err = edition_row_revise(writing->db, taking->row.id, taking->edition.revision,
                                      taking->row.file_hash);
    return err ? err : audit_add(writing, taking->caller, "edition.takedown", "edition", taking->row.id);
}

static enum err replace(struct taking *taking) {
    const struct edition *edition = &taking->edition;
    const char *folder = taking->context->data_folder;
    publication_part_drop(folder, edition->project, edition->number);
    enum err err = write_part(taking);
    if (!err)
        err = publication_write(taking->context, revise, taking);
    if (err) {
        publication_part_drop(folder, edition->project, edition->number);
        return err;
    }
    err = publication_file_install(folder, edition->project, edition->number);
    if (!err && taking->context->published)
        err = published_refresh(taking->context->published);
    return err;
}

/* Each of those that it holds is left out, and said to be; none: NOT_FOUND. */
static enum err leave_out_all(struct taking *taking, const struct takedown *what, size_t count) {
    enum err err = ERR_OK;
    size_t out = 0;
    for (size_t i = 0; i < count && !err; i++) {
        if (!leave_out(&taking->edition, &what[i]))
            continue;
        out++;
        err = tell_lack(taking, &what[i]);
    }
    if (!err && !out)
        err = fault_set(taking->fault, ERR_NOT_FOUND,
                        what->slice ? "slice" : what->finding ? "finding" : "asset", "is not in this edition");
    return err;
}

enum err publication_take_out(struct context *context, struct caller caller, const struct edition_row *row,
                              const struct takedown *what, size_t count, struct fault *fault,
                              unsigned *revision) {
    struct taking taking = {.context = context, .caller = caller, .fault = fault, .row = *row};
    arena_init(&taking.arena);
    enum err err = read_edition(&taking);
    if (!err)
        err = leave_out_all(&taking, what, count);
    if (!err) {
        taking.edition.revision++;
        edition_shares(&taking.edition); // of "all", which may be gone
        err = replace(&taking);
    }
    if (!err)
        *revision = taking.edition.revision;
    arena_fini(&taking.arena);
    return err;
}

static enum err find_edition(struct context *context, int64_t project_id, unsigned number, struct arena *arena,
                             const struct edition_row **out) {
    struct edition_row *rows = NULL;
    size_t count = 0, i = 0;
    enum err err = edition_row_list(context->db, project_id, arena, &rows, &count);
    while (!err && i < count && rows[i].number != number)
        i++;
    if (!err && i == count)
        err = ERR_NOT_FOUND;
    if (!err)
        *out = &rows[i];
    return err;
}

enum err publication_take_down(struct context *context, struct caller caller, int64_t project_id,
                               unsigned number, const struct takedown *what, struct fault *fault,
                               unsigned *revision) {
    const struct edition_row *row = NULL;
    struct arena arena;
    int lock = -1;
    arena_init(&arena);
    enum err err = project_require(context, caller, project_id);
    if (!err)
        err = hold_lock(context, project_id, fault, &lock);
    if (!err)
        err = find_edition(context, project_id, number, &arena, &row);
    if (!err)
        err = publication_take_out(context, caller, row, what, 1, fault, revision);
    publication_unlock(lock);
    arena_fini(&arena);
    return err;
}

/* ---- the end of an exercise ---- */

struct ending {
    struct caller caller;
    struct project_exercise end;
};

static enum err end_it(struct context *writing, void *work) {
    const struct ending *ending = work;
    enum err err = exercise_end_insert(writing->db, &ending->end, clock_now_ms());
    if (!err)
        err = leaf_drop_exercise(writing->db, ending->end.project_id, ending->end.key);
    return err ? err : audit_add(writing, ending->caller, "exercise.end", "project", ending->end.project_id);
}

static enum err is_used(struct context *context, int64_t project_id, const char *key, struct arena *arena) {
    struct counted_session *sessions = NULL;
    size_t count = 0;
    enum err err = publication_sessions(context->db, project_id, arena, &sessions, &count);
    for (size_t i = 0; i < count && !err; i++)
        if (strcmp(sessions[i].key, key) == 0)
            return ERR_OK;
    return err ? err : ERR_NOT_FOUND;
}

enum err publication_end_exercise(struct context *context, struct caller caller, int64_t project_id,
                                  const char *exercise_key, struct fault *fault) {
    struct ending ending = {.caller = caller, .end = {.project_id = project_id, .key = exercise_key}};
    struct arena arena;
    int lock = -1;
    arena_init(&arena);
    enum err err = project_require(context, caller, project_id);
    if (!err)
        err = is_used(context, project_id, exercise_key, &arena);
    if (!err)
        err = hold_lock(context, project_id, fault, &lock);
    if (!err)
        err = publication_write(context, end_it, &ending);
    if (!err)
        err = publication_key_destroy(context->data_folder, project_id, exercise_key);
    publication_unlock(lock);
    if (!err && context->writer)
        writer_scrub_later(context->writer);
    arena_fini(&arena);
    return err;
}
