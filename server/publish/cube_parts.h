// SPDX-License-Identifier: AGPL-3.0-or-later
// What the parts of the cube share while one is made: cube_gather.c brings the marks in order, cube_past.c
// says which leaves stand as they were, cube.c walks the squares. Not for anybody else.
#ifndef REPERE_PUBLISH_CUBE_PARTS_H
#define REPERE_PUBLISH_CUBE_PARTS_H
#include "publish/cube.h"

enum { CUBE_SQUARES = REGION_WORDS * 64 }; // base cells of a top cell, at most

/** Somebody in a cell, once. */
struct cube_pair {
    uint64_t place;  // cube_place of the cell: the squares of each level follow each other
    uint32_t person; // index
    uint32_t slices; // in which it counts
};
struct cube_leaf_node {
    struct cube_leaf leaf;
    struct cube_leaf_node *next;
};
struct cube_by_id {
    int64_t id;
    uint32_t person;
};

struct cube_work {
    const struct cube_input *in;
    cube_tell_fn *tell;
    void *context;
    struct arena memory; // of the work, freed at its end
    struct arena *arena; // of what is handed over
    unsigned side;       // base cells along a top cell
    unsigned top_shift;  // place >> top_shift is the same all over a top cell
    double table[2 * CUBE_NOISE_MAX + 1];
    uint64_t *record_keys;    // by person
    uint32_t *sessions;       // by person, counted from 0
    uint32_t *session_people; // by session, all 0 between uses
    struct cube_by_id *by_id; // rising
    struct cube_pair *pairs;  // by place, then person
    size_t pair_count;
    const struct cube_past **past; // by slice, then region_order
    size_t past_count;
    uint32_t *stamps;              // by person: of the last set she was seen in
    uint32_t stamp;
    struct cube_leaf_node *leaves; // the newest first
    size_t leaf_count;
    struct cube_coverage coverage;
};

/** One square on the way up, and who was passed up to it. */
struct cube_square {
    uint32_t first, count; // in the walk's people, rising
    uint32_t pairs;        // of person and cell
    uint64_t ground[REGION_WORDS];
};
/** A top cell in a slice. */
struct cube_walk {
    unsigned slice;
    struct cell top;
    struct cube_square squares[CUBE_SQUARES]; // by place
    uint32_t *people, *above, *scratch;       // of this level, of the next one, between
};

/** The cell's column and row woven bit by bit, so that the cells of a square are neighbours in any order of
 *  size (Z-order). */
uint64_t cube_place(struct cell cell);
struct cell cube_place_cell(uint64_t place);
/** Fills in record keys, sessions, ids, pairs and what the coverage is of. */
enum err cube_gather(struct cube_work *work);
/** Puts the past leaves in order. */
enum err cube_past_order(struct cube_work *work);
/** Emits the past leaves that stand and takes their ground and people out of the walk's base squares. */
enum err cube_past_keep(struct cube_work *work, struct cube_walk *walk);
/** At least 2 sessions, none above 80% less the slack, at least 3 people and the slack of the largest. */
bool cube_sessions_ok(struct cube_work *work, const uint32_t *people, uint32_t count,
                      struct cube_slack slack);
/** Adds a leaf; copies its people. */
enum err cube_emit(struct cube_work *work, const struct cube_leaf *leaf, uint64_t pairs);
/** BUSY when whoever asked wants no more. */
enum err cube_pause(const struct cube_work *work, double share);
#endif
