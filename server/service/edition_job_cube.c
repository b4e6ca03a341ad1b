// SPDX-License-Identifier: AGPL-3.0-or-later
// From who marked what to leaves, exercise by exercise; or the last edition's leaves again.
#include "publish/gpkg.h"
#include "service/edition_job_draft.h"
#include "service/publication_files.h"
#include "service/publication_key.h"

#include "base/log.h"

#include <stdlib.h>
#include <string.h>

const char *draft_slice_id(struct draft *draft, const char *exercise_key, const char *slice) {
    return arena_printf(draft->arena, "%s.%s", exercise_key, slice);
}

enum err draft_tell(struct draft *draft, unsigned done) {
    const struct edition_order *order = draft->order;
    return order->tell ? order->tell(order->tell_context, done, DRAFT_ALL) : ERR_OK;
}

/* ---- people ---- */

struct telling {
    struct draft *draft;
    size_t part;
};

/* Each part has its share of what lies between reading and the end of the cubes: half to read, half to compute. */
static unsigned reached(const struct telling *telling, double share) {
    double parts = (double)telling->part + share;
    return DRAFT_READ +
           (unsigned)((DRAFT_CUBES - DRAFT_READ) * parts / (double)telling->draft->part_count);
}

static enum err tell_reading(void *context, uint64_t contributions) {
    const struct telling *telling = context;
    double some = (double)contributions / 100000;
    return draft_tell(telling->draft, reached(telling, some > 0.5 ? 0.5 : some));
}

static bool tell_cube(void *context, double share) {
    const struct telling *telling = context;
    return draft_tell(telling->draft, reached(telling, 0.5 + share / 2)) != ERR_OK;
}

/* ---- what was shown before ---- */

static size_t slice_of(const struct draft_part *part, const char *id) {
    const size_t key_len = strlen(part->of->key);
    if (strncmp(id, part->of->key, key_len) != 0 || id[key_len] != '.')
        return SIZE_MAX;
    for (size_t i = 0; i < part->slices.count; i++)
        if (strcmp(part->slices.items[i].id, id + key_len + 1) == 0)
            return i;
    return SIZE_MAX;
}

/* Leaves of the last edition whose slices there still are; none when the cells have another size now. */
static enum err find_past(struct draft *draft, struct draft_part *part) {
    part->past = arena_array(draft->arena, draft->last_leaf_count + 1, sizeof *part->past);
    part->past_leaves = arena_array(draft->arena, draft->last_leaf_count + 1, sizeof *part->past_leaves);
    if (!part->past || !part->past_leaves)
        return ERR_NO_MEMORY;
    if (!part->of->last || part->of->last->base_m != part->of->profile.base_m)
        return ERR_OK;
    for (size_t i = 0; i < draft->last_leaf_count; i++) {
        const struct leaf_row *leaf = &draft->last_leaves[i];
        size_t slice = slice_of(part, leaf->slice);
        if (slice == SIZE_MAX)
            continue;
        part->past_leaves[part->past_count] = leaf;
        part->past[part->past_count++] = (struct cube_past){.slice = (unsigned)slice,
                                                            .region = leaf->region,
                                                            .value = leaf->value,
                                                            .gone = leaf->gone,
                                                            .ids = leaf->ids,
                                                            .id_count = leaf->id_count};
    }
    return ERR_OK;
}

/* ---- the cube ---- */

static int by_id(const void *left, const void *right) {
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* A value that stands as it was keeps the people it was drawn for: a later edition compares with those, so that
 * many small changes add up to one that shows. */
static enum err keep_people(struct draft *draft, const struct draft_part *part, const struct cube_leaf *leaf,
                            struct leaf_row *out) {
    if (leaf->from) {
        const struct leaf_row *kept = part->past_leaves[leaf->from - part->past];
        out->gone = kept->gone;
        out->ids = kept->ids;
        out->id_count = kept->id_count;
        return ERR_OK;
    }
    int64_t *ids = arena_array(draft->arena, leaf->count + 1, sizeof *ids);
    if (!ids)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < leaf->count; i++)
        ids[i] = part->people.people[leaf->people[i]].id;
    qsort(ids, leaf->count, sizeof *ids, by_id);
    out->ids = ids;
    out->id_count = leaf->count;
    return ERR_OK;
}

static enum err keep_leaves(struct draft *draft, struct draft_part *part) {
    enum err err = ERR_OK;
    part->leaves = arena_array(draft->arena, part->cube.leaf_count + 1, sizeof *part->leaves);
    if (!part->leaves)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < part->cube.leaf_count && !err; i++) {
        const struct cube_leaf *leaf = &part->cube.leaves[i];
        struct leaf_row *row = &part->leaves[part->leaf_count++];
        *row = (struct leaf_row){
            .slice = draft_slice_id(draft, part->of->key, part->slices.items[leaf->slice].id),
            .region = leaf->region,
            .value = leaf->value};
        err = row->slice ? keep_people(draft, part, leaf, row) : ERR_NO_MEMORY;
    }
    return err;
}

static enum err list_sessions(struct draft *draft, struct draft_part *part) {
    const struct publication *publication = &draft->publication;
    part->sessions = arena_array(draft->arena, publication->session_count + 1, sizeof *part->sessions);
    if (!part->sessions)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < publication->session_count; i++) {
        const struct counted_session *session = &publication->sessions[i];
        bool counts = part->outcome == OUTCOME_NEW
                          ? publication_counts(publication, session)
                          : publication_counted_before(publication, session->id);
        if (counts && strcmp(session->key, part->of->key) == 0)
            part->sessions[part->session_count++] = session->id;
    }
    return ERR_OK;
}

static enum err make_cube(struct draft *draft, struct draft_part *part, struct telling *telling) {
    const char *ids[CUBE_SLICES_MAX];
    for (size_t i = 0; i < part->slices.count; i++)
        ids[i] = part->slices.items[i].id;
    const struct cube_input input = {.key = part->key,
                                     .profile = part->of->profile,
                                     .slice_ids = ids,
                                     .slice_count = part->slices.count,
                                     .people = part->people.people,
                                     .person_count = part->people.person_count,
                                     .marks = part->people.marks,
                                     .mark_count = part->people.mark_count,
                                     .past = part->past,
                                     .past_count = part->past_count};
    return cube_make(&input, tell_cube, telling, draft->arena, &part->cube);
}

static enum err make_part(struct draft *draft, struct draft_part *part, size_t index) {
    struct telling telling = {draft, index};
    const struct publication_exercise *of = part->of;
    enum publication_key_use use = draft->order->kind == EDITION_PREVIEW ? KEY_TO_PREVIEW
                                   : of->published                       ? KEY_PUBLISHED
                                                                         : KEY_TO_PUBLISH;
    enum err err = publication_key_read(draft->context, draft->publication.project.id, of->key, use,
                                        draft->fault, part->key);
    // a look at the next edition may be had as often as one likes: with groups in it, hiding somebody and
    // looking again would tell which are hers
    const char *groups = draft->order->kind == EDITION_PREVIEW ? "[]" : draft->publication.groups;
    if (!err)
        err = publication_slices_make(of->exercise, groups, draft->arena, &part->slices);
    if (!err)
        err = publication_people_read(draft->context, &draft->publication, of, &part->slices, tell_reading,
                                      &telling, draft->arena, &part->people);
    if (!err)
        err = find_past(draft, part);
    if (!err)
        err = make_cube(draft, part, &telling);
    if (!err)
        err = keep_leaves(draft, part);
    if (!err)
        err = list_sessions(draft, part);
    part->row = (struct edition_part){.key = of->key,
                                      .since = draft->publication.number,
                                      .people = (uint32_t)part->people.person_count,
                                      .base_m = of->profile.base_m};
    return err;
}

enum err draft_cubes(struct draft *draft) {
    const struct publication *publication = &draft->publication;
    enum err err = ERR_OK;
    draft->parts = arena_array(draft->arena, publication->exercise_count + 1, sizeof *draft->parts);
    if (!draft->parts)
        return ERR_NO_MEMORY;
    draft->part_count = publication->exercise_count;
    if (publication->edition_count)
        err = leaf_list(draft->context->db, publication->editions[0].id, draft->arena, &draft->last_leaves,
                        &draft->last_leaf_count);
    for (size_t i = 0; i < draft->part_count && !err; i++) {
        struct draft_part *part = &draft->parts[i];
        part->of = &publication->exercises[i];
        part->outcome = part->of->outcome;
        bool shown = draft->order->kind == EDITION_PREVIEW && part->of->counted && !part->of->ended;
        if (part->outcome == OUTCOME_NEW || shown)
            err = make_part(draft, part, i);
    }
    return err;
}

/* ---- carrying over ---- */

/* The file is trusted when it is the one that was published. */
static enum err read_before(struct draft *draft) {
    const struct publication *publication = &draft->publication;
    const struct edition_row *last = &publication->editions[0];
    char path[PUBLICATION_PATH_SIZE];
    struct fault fault = {0};
    enum err err = publication_path(draft->context->data_folder, publication->project.id, last->number,
                                    PUBLICATION_FILE, path);
    if (!err)
        err = publication_file_check(path, last->file_hash);
    if (!err)
        err = gpkg_read(path, draft->arena, &fault, &draft->before);
    draft->has_before = err == ERR_OK;
    if (err == ERR_NO_MEMORY)
        return err;
    if (err)
        log_event(LOG_WARN, "edition_file",
                  "edition %u of project %lld is missing or is not what was published: nothing of it is "
                  "carried over",
                  last->number, (long long)publication->project.id);
    return ERR_OK;
}

/* Whether the leaf stands in the file that was published: what was taken down since does not come back. */
static bool still_shown(const struct draft *draft, const struct leaf_row *leaf) {
    const struct edition_slice *slice = edition_slice_find(&draft->before, leaf->slice);
    for (size_t i = 0; slice && i < slice->leaf_count; i++)
        if (region_equal(&slice->leaves[i].region, &leaf->region))
            return slice->leaves[i].value == leaf->value;
    return false;
}

static bool is_of(const struct leaf_row *leaf, const char *key) {
    size_t len = strlen(key);
    return strncmp(leaf->slice, key, len) == 0 && leaf->slice[len] == '.';
}

static enum err carry(struct draft *draft, struct draft_part *part) {
    const unsigned floor = part->of->profile.floor;
    part->leaves = arena_array(draft->arena, draft->last_leaf_count + 1, sizeof *part->leaves);
    if (!part->leaves)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < draft->last_leaf_count; i++) {
        const struct leaf_row *leaf = &draft->last_leaves[i];
        if (is_of(leaf, part->of->key) && leaf->counted >= floor && still_shown(draft, leaf))
            part->leaves[part->leaf_count++] = *leaf;
    }
    part->row = *part->of->last;
    return list_sessions(draft, part);
}

enum err draft_carry(struct draft *draft) {
    bool any = false;
    for (size_t i = 0; i < draft->part_count; i++)
        any |= draft->parts[i].outcome == OUTCOME_CARRIED;
    enum err err = any ? read_before(draft) : ERR_OK;
    for (size_t i = 0; i < draft->part_count && !err; i++) {
        struct draft_part *part = &draft->parts[i];
        if (part->outcome == OUTCOME_CARRIED && !draft->has_before)
            part->outcome = OUTCOME_NOTHING;
        if (part->outcome == OUTCOME_CARRIED)
            err = carry(draft, part);
    }
    return err;
}

void draft_wipe(struct draft *draft) {
    for (size_t i = 0; i < draft->part_count; i++)
        secret_wipe(draft->parts[i].key, sizeof draft->parts[i].key);
}
