// SPDX-License-Identifier: AGPL-3.0-or-later
// From a finished document to a published edition:
//   1. the last gate on the leaves and the document
//   2. the file beside its place, on the disk; read back, compared, searched for positions
//   3. one write: edition, sessions, leaves and who is in them, the entry of the staff trail
//   4. the rename
//   5. one write: the leaves of the editions before are forgotten
// The leaves before are kept until 5, so that whatever happens in between the next edition finds those of the
// edition that stands. publication_recovery.h says what a crash in between comes to.
#include "publish/gpkg.h"
#include "publish/published.h"
#include "service/audit_service.h"
#include "service/edition_job_draft.h"
#include "service/publication_files.h"
#include "service/publication_gate.h"
#include "service/publication_write.h"

#include "base/file.h"
#include "base/log.h"

#include <string.h>

/* ---- the gate ---- */

static enum err refuse(const struct draft *draft, const char *rule) {
    if (!rule)
        return ERR_OK;
    log_event(LOG_ERROR, "edition_refused", "edition %u of project %lld does not keep the rule \"%s\"",
              draft->edition.number, (long long)draft->edition.project, rule);
    return fault_set(draft->fault, ERR_INTERNAL, "edition",
                     "does not keep the rule \"%s\" of the last check; it was not published", rule);
}

static enum err check_cubes(const struct draft *draft) {
    enum err err = ERR_OK;
    for (size_t i = 0; i < draft->part_count && !err; i++) {
        const struct draft_part *part = &draft->parts[i];
        const struct cube_input input = {.key = part->key,
                                         .profile = part->of->profile,
                                         .people = part->people.people,
                                         .past = part->past,
                                         .past_count = part->past_count};
        if (part->outcome == OUTCOME_NEW)
            err = refuse(draft, publication_gate_cube(&input, &part->cube));
    }
    return err;
}

static enum err check_bytes(const struct draft *draft, const struct buf *bytes) {
    enum err err = ERR_OK;
    for (size_t i = 0; i < draft->part_count && !err; i++)
        err = refuse(draft, publication_gate_bytes(bytes->data, bytes->len, draft->parts[i].people.positions,
                                                   draft->parts[i].people.position_count, &draft->edition));
    return err;
}

static enum err check_file(struct draft *draft, const char *path) {
    struct buf bytes;
    struct edition read;
    buf_init(&bytes);
    enum err err = gpkg_read(path, draft->arena, draft->fault, &read);
    if (!err)
        err = refuse(draft, publication_gate_same(&draft->edition, &read));
    if (!err)
        err = file_read(path, GPKG_FILE_BYTES_MAX, &bytes);
    if (!err)
        err = check_bytes(draft, &bytes);
    if (!err)
        secret_hash(bytes.data, bytes.len, draft->file_hash);
    buf_fini(&bytes);
    return err;
}

static enum err write_file(struct draft *draft) {
    const struct edition *edition = &draft->edition;
    char path[PUBLICATION_PATH_SIZE];
    publication_part_drop(draft->context->data_folder, edition->project, edition->number);
    enum err err = publication_path(draft->context->data_folder, edition->project, edition->number,
                                    PUBLICATION_PART, path);
    if (!err)
        err = gpkg_write(edition, draft->context->crs, path, draft->fault);
    if (!err)
        err = check_file(draft, path);
    return err ? err : publication_folder_sync(draft->context->data_folder);
}

/* ---- the store ---- */

static enum err insert_part(struct context *writing, const struct draft *draft,
                            const struct draft_part *part) {
    enum err err = edition_part_insert(writing->db, draft->edition_id, &part->row);
    for (size_t i = 0; i < part->session_count && !err; i++)
        err = edition_session_insert(writing->db, draft->edition_id, part->sessions[i]);
    for (size_t i = 0; i < part->leaf_count && !err; i++)
        err = leaf_insert(writing->db, draft->edition_id, &part->leaves[i]);
    return err;
}

static enum err insert(struct context *writing, void *work) {
    struct draft *draft = work;
    struct edition_row row = {.project_id = draft->edition.project,
                              .number = draft->edition.number,
                              .published_on = draft->edition.published_on,
                              .overlays = draft_overlays_json(draft)};
    memcpy(row.file_hash, draft->file_hash, sizeof row.file_hash);
    enum err err = row.overlays ? edition_row_insert(writing->db, &row, &draft->edition_id) : ERR_NO_MEMORY;
    for (size_t i = 0; i < draft->part_count && !err; i++)
        if (draft->parts[i].outcome != OUTCOME_NOTHING)
            err = insert_part(writing, draft, &draft->parts[i]);
    return err ? err
               : audit_add(writing, draft->order->caller, "edition.publish", "edition", draft->edition_id);
}

static enum err take_back(struct context *writing, void *work) {
    return edition_row_delete(writing->db, ((struct draft *)work)->edition_id);
}

static enum err forget_before(struct context *writing, void *work) {
    const struct draft *draft = work;
    return leaf_prune(writing->db, draft->edition.project, draft->edition.number);
}

/* ---- all of it ---- */

/* The edition stands; what fails from here on is done again by the next one, or at the next start. */
static void follow_up(struct draft *draft) {
    enum err err = publication_write(draft->context, forget_before, draft);
    if (!err && draft->context->published)
        err = published_refresh(draft->context->published);
    if (err)
        log_event(LOG_WARN, "edition_follow_up", "%s", err_name(err));
}

static bool shows_anything(const struct draft *draft) {
    size_t leaves = 0;
    for (size_t i = 0; i < draft->edition.slice_count; i++)
        leaves += draft->edition.slices[i].leaf_count;
    return leaves || draft->edition.finding_count || draft->edition.asset_count;
}

enum err draft_publish(struct draft *draft) {
    const struct edition *edition = &draft->edition;
    if (!shows_anything(draft))
        return fault_set(draft->fault, ERR_TOO_FEW, "edition",
                         "nothing could be shown: people marked too many different places for their number");
    enum err err = check_cubes(draft);
    if (!err)
        err = refuse(draft, publication_gate_edition(edition));
    if (!err)
        err = write_file(draft);
    if (!err)
        err = draft_tell(draft, DRAFT_WRITTEN);
    if (!err)
        err = publication_write(draft->context, insert, draft);
    if (!err) {
        err = publication_file_install(draft->context->data_folder, edition->project, edition->number);
        // what the store does not let go of needs its part: publication_recover puts it in its place
        if (err && publication_write(draft->context, take_back, draft) != ERR_OK)
            return err;
    }
    if (err)
        publication_part_drop(draft->context->data_folder, edition->project, edition->number);
    else
        follow_up(draft);
    return err;
}
