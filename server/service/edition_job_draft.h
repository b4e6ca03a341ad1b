// SPDX-License-Identifier: AGPL-3.0-or-later
// An edition while it is made: for edition_job_*.c alone. All of it lies in the job's arena, and none of it but
// `edition` ever leaves the server.
#ifndef REPERE_SERVICE_EDITION_JOB_DRAFT_H
#define REPERE_SERVICE_EDITION_JOB_DRAFT_H
#include "publish/edition.h"
#include "service/edition_job.h"
#include "service/publication_people.h"

/** An exercise's part. */
struct draft_part {
    const struct publication_exercise *of;
    enum publication_outcome outcome; // of this draft: NOTHING is passed over
    uint8_t key[SECRET_KEY_SIZE];     // of one that is new; wiped with the draft
    struct publication_slices slices;
    struct publication_people people;
    struct cube_past *past; // of today's slices; past_leaves[i] is its row
    const struct leaf_row **past_leaves;
    size_t past_count;
    struct cube cube;
    struct leaf_row *leaves; // as the store keeps them
    size_t leaf_count;
    int64_t *sessions; // that its figures count
    size_t session_count;
    struct edition_part row; // as the store keeps it
};
struct draft {
    struct context *context;
    const struct edition_order *order;
    struct arena *arena;
    struct fault *fault;
    struct publication publication;
    size_t part_count;
    struct draft_part *parts; // one an exercise of the publication
    struct leaf_row *last_leaves; // of the last edition
    size_t last_leaf_count;
    bool has_before;
    struct edition before; // the last edition's file; only with has_before
    struct edition edition;
    int64_t edition_id; // once it stands in the store
    uint8_t file_hash[SECRET_HASH_SIZE];
    uint64_t bytes_done, bytes_all;
};

/** "safety-map.category.unsafe", in the arena; NULL when memory is short. */
const char *draft_slice_id(struct draft *draft, const char *exercise_key, const char *slice);

/** Reads the people of each exercise that gets new figures and makes its cube. With a preview, of every exercise
 *  that has sessions to count. */
enum err draft_cubes(struct draft *draft);
/** Leaves of the last edition for the exercises that are carried over. */
enum err draft_carry(struct draft *draft);
/** The edition's own document: exercises, slices, findings, assets, overlays. */
enum err draft_fill(struct draft *draft);
enum err draft_fill_findings(struct draft *draft);
enum err draft_fill_assets(struct draft *draft);
enum err draft_fill_overlays(struct draft *draft);
/** The overlays' ids as a JSON array. */
const char *draft_overlays_json(struct draft *draft);
/** Writes the file, has it passed by the gate, puts edition and file in their places. */
enum err draft_publish(struct draft *draft);
/** What a preview tells. */
enum err draft_report_preview(struct draft *draft, struct buf *report);
/** Says how far it is, of 1000. Errors: BUSY (give up). */
enum err draft_tell(struct draft *draft, unsigned done);
enum { DRAFT_READ = 100, DRAFT_CUBES = 700, DRAFT_FILLED = 750, DRAFT_WRITTEN = 950, DRAFT_ALL = 1000 };
void draft_wipe(struct draft *draft);
#endif
