// SPDX-License-Identifier: AGPL-3.0-or-later
// The walk up the squares. A top cell in a slice stands alone: the base cells' sets of people, each a rising
// array of indices, are offered one by one; what is not emitted is united four by four into the squares of
// the next level, with its ground. Ground without people goes up, too: what is left of a square never
// tells which of its cells were empty. The squares lie in Z-order, so that four of a kind are neighbours.
#include "publish/cube_parts.h"
#include <stdlib.h>
#include <string.h>

enum { PAUSE_PAIRS = 65536 };

enum err cube_pause(const struct cube_work *work, double share) {
    return work->tell && work->tell(work->context, share) ? ERR_BUSY : ERR_OK;
}

bool cube_sessions_ok(struct cube_work *work, const uint32_t *people, uint32_t count,
                      struct cube_slack slack) {
    uint32_t sessions = 0, largest = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t here = ++work->session_people[work->sessions[people[i]]];
        sessions += here == 1;
        largest = here > largest ? here : largest;
    }
    for (uint32_t i = 0; i < count; i++)
        work->session_people[work->sessions[people[i]]] = 0;
    return sessions >= 2 && largest >= 3 + slack.people &&
           (uint64_t)largest * 100 <= (uint64_t)count * (80 - slack.percent);
}

enum err cube_emit(struct cube_work *work, const struct cube_leaf *leaf, uint64_t pairs) {
    struct cube_leaf_node *node = arena_alloc(&work->memory, sizeof *node);
    uint32_t *people = arena_array(work->arena, leaf->count, sizeof *people);
    if (!node || !people)
        return ERR_NO_MEMORY;
    memcpy(people, leaf->people, leaf->count * sizeof *people);
    node->leaf = *leaf;
    node->leaf.people = people;
    node->next = work->leaves;
    work->leaves = node;
    work->leaf_count++;
    if (leaf->slice == 0)
        work->coverage.shown += pairs;
    return ERR_OK;
}

/* Emits the square, or leaves it as it is. */
static enum err offer(struct cube_work *work, struct cube_walk *walk, struct cube_square *square) {
    const struct cube_profile *profile = &work->in->profile;
    const uint32_t *people = walk->people + square->first;
    if (square->count < profile->floor)
        return ERR_OK;
    uint64_t cell_key = 0;
    for (uint32_t i = 0; i < square->count; i++)
        cell_key += work->record_keys[people[i]];
    int64_t sum = (int64_t)square->count +
                  cube_noise(work->in->key, cell_key, work->table, profile->noise_max);
    const struct cube_slack slack = cube_slack(work->in->key, cell_key, profile);
    if (sum < (int64_t)profile->floor + profile->noise_max ||
        !cube_sessions_ok(work, people, square->count, slack))
        return ERR_OK;
    struct cube_leaf leaf = {.slice = walk->slice,
                             .region.top = walk->top,
                             .value = cube_rounded(sum),
                             .count = square->count,
                             .people = people};
    memcpy(leaf.region.bits, square->ground, sizeof leaf.region.bits);
    enum err err = cube_emit(work, &leaf, square->pairs);
    *square = (struct cube_square){0};
    return err;
}

/* The union of two rising arrays. */
static uint32_t unite(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count,
                      uint32_t *out) {
    uint32_t i = 0, j = 0, count = 0;
    while (i < a_count && j < b_count) {
        uint32_t one = a[i], other = b[j];
        out[count++] = one < other ? one : other;
        i += one <= other;
        j += other <= one;
    }
    if (i < a_count)
        memcpy(out + count, a + i, (a_count - i) * sizeof *out);
    count += a_count - i;
    if (j < b_count)
        memcpy(out + count, b + j, (b_count - j) * sizeof *out);
    return count + b_count - j;
}

/* What four squares passed up, as the square that they make; its people begin at `first` above. */
static struct cube_square combine(const struct cube_walk *walk, const struct cube_square *four,
                                  uint32_t first) {
    struct cube_square square = {.first = first};
    const uint32_t *people = walk->people;
    uint32_t *south = walk->scratch, *north;
    uint32_t south_count = unite(people + four[0].first, four[0].count, people + four[1].first,
                                 four[1].count, south);
    north = south + south_count;
    uint32_t north_count = unite(people + four[2].first, four[2].count, people + four[3].first,
                                 four[3].count, north);
    square.count = unite(south, south_count, north, north_count, walk->above + first);
    for (unsigned i = 0; i < 4; i++) {
        square.pairs += four[i].pairs;
        for (unsigned word = 0; word < REGION_WORDS; word++)
            square.ground[word] |= four[i].ground[word];
    }
    return square;
}

static enum err climb(struct cube_work *work, struct cube_walk *walk) {
    enum err err = ERR_OK;
    for (unsigned count = work->side * work->side;; count /= 4) {
        for (unsigned i = 0; !err && i < count; i++)
            err = offer(work, walk, &walk->squares[i]);
        if (err || count == 1)
            return err;
        uint32_t used = 0;
        for (unsigned i = 0; i < count / 4; i++) {
            walk->squares[i] = combine(walk, &walk->squares[4 * i], used);
            used += walk->squares[i].count;
        }
        uint32_t *above = walk->above;
        walk->above = walk->people;
        walk->people = above;
    }
}

/* Fills the base squares with who is in the slice; returns how many pairs there are. */
static uint32_t settle(const struct cube_work *work, struct cube_walk *walk,
                       const struct cube_pair *pairs, size_t count) {
    const unsigned side = work->side, cells = side * side;
    uint32_t used = 0;
    for (unsigned i = 0; i < cells; i++) {
        struct cell at = cube_place_cell(i);
        // its turned sign is above the bits that count here
        unsigned bit = ((unsigned)at.row & (side - 1)) * side + ((unsigned)at.column & (side - 1));
        walk->squares[i] = (struct cube_square){0};
        walk->squares[i].ground[bit / 64] = UINT64_C(1) << bit % 64;
    }
    for (size_t i = 0; i < count; i++) {
        if (!(pairs[i].slices >> walk->slice & 1))
            continue;
        struct cube_square *square = &walk->squares[pairs[i].place & (cells - 1)];
        if (!square->count)
            square->first = used;
        square->count++;
        square->pairs++;
        walk->people[used++] = pairs[i].person;
    }
    return used;
}

static enum err walk_top(struct cube_work *work, struct cube_walk *walk,
                         const struct cube_pair *pairs, size_t count) {
    const struct cell base = cube_place_cell(pairs->place);
    walk->top = region_square(base, work->in->profile.base_m, work->in->profile.base_m).top;
    enum err err = ERR_OK;
    for (unsigned s = 0; !err && s < work->in->slice_count; s++) {
        walk->slice = s;
        if (settle(work, walk, pairs, count) < work->in->profile.floor)
            continue;
        err = cube_past_keep(work, walk);
        if (!err)
            err = climb(work, walk);
    }
    return err;
}

/* One top cell after the other. `most` pairs lie in one. */
static size_t top_end(const struct cube_work *work, size_t begin) {
    const uint64_t top = work->pairs[begin].place >> work->top_shift;
    size_t end = begin + 1;
    while (end < work->pair_count && work->pairs[end].place >> work->top_shift == top)
        end++;
    return end;
}

static enum err walk_all(struct cube_work *work) {
    size_t most = 0, told = 0;
    for (size_t begin = 0, end; begin < work->pair_count; begin = end) {
        end = top_end(work, begin);
        most = end - begin > most ? end - begin : most;
    }
    struct cube_walk *walk = arena_alloc(&work->memory, sizeof *walk);
    if (!walk || most > UINT32_MAX)
        return ERR_NO_MEMORY;
    walk->people = arena_array(&work->memory, most, sizeof *walk->people);
    walk->above = arena_array(&work->memory, most, sizeof *walk->above);
    walk->scratch = arena_array(&work->memory, most, sizeof *walk->scratch);
    if (!walk->people || !walk->above || !walk->scratch)
        return ERR_NO_MEMORY;
    enum err err = cube_pause(work, 0.3);
    for (size_t begin = 0, end; !err && begin < work->pair_count; begin = end) {
        end = top_end(work, begin);
        err = walk_top(work, walk, work->pairs + begin, end - begin);
        if (!err && end - told >= PAUSE_PAIRS) {
            told = end;
            err = cube_pause(work, 0.3 + 0.7 * (double)end / (double)work->pair_count);
        }
    }
    return err;
}

static int by_slice_and_region(const void *a, const void *b) {
    const struct cube_leaf *one = a, *other = b;
    if (one->slice != other->slice)
        return one->slice < other->slice ? -1 : 1;
    return region_order(&one->region, &other->region);
}

static enum err hand_over(const struct cube_work *work, struct cube *out) {
    struct cube made = {.leaf_count = work->leaf_count, .coverage = work->coverage};
    made.leaves = arena_array(work->arena, work->leaf_count, sizeof *made.leaves);
    if (!made.leaves)
        return ERR_NO_MEMORY;
    size_t at = 0;
    for (const struct cube_leaf_node *node = work->leaves; node; node = node->next)
        made.leaves[at++] = node->leaf;
    qsort(made.leaves, made.leaf_count, sizeof *made.leaves, by_slice_and_region);
    *out = made;
    return ERR_OK;
}

/* 4000 m over a power of two, as small as a region can hold. */
static bool side_of(unsigned base_m, unsigned *out_side, unsigned *out_shift) {
    for (unsigned side = 1, shift = 0; side * side <= CUBE_SQUARES; side *= 2, shift += 2)
        if (base_m * side == EQUAL_AREA_TOP_M) {
            *out_side = side;
            *out_shift = shift;
            return true;
        }
    return false;
}

enum err cube_make(const struct cube_input *input, cube_tell_fn *tell, void *context,
                   struct arena *arena, struct cube *out) {
    const struct cube_profile *profile = &input->profile;
    struct cube_work work = {.in = input, .tell = tell, .context = context, .arena = arena};
    if (!side_of(profile->base_m, &work.side, &work.top_shift) || input->slice_count < 1 ||
        input->slice_count > CUBE_SLICES_MAX || profile->noise_max > CUBE_NOISE_MAX ||
        profile->floor < 1 || profile->slack_people < 1 || profile->slack_percent < 1 || input->person_count > UINT32_MAX)
        return ERR_BAD_PARAMETER;
    arena_init(&work.memory);
    cube_noise_table(profile->noise_max, profile->noise_variance, work.table);
    enum err err = cube_gather(&work);
    if (!err)
        err = cube_past_order(&work);
    if (!err)
        err = walk_all(&work);
    if (!err)
        err = hand_over(&work, out);
    arena_fini(&work.memory);
    return err;
}
