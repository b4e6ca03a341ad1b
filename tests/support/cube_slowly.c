// SPDX-License-Identifier: AGPL-3.0-or-later
// The cube as its definition reads: no sets are carried from square to square, no order is made use of.
#include "cube_world.h"
#include <stdlib.h>
#include <string.h>

struct mark {
    uint32_t person;
    struct cell cell;
    struct region region; // the cell alone
    uint64_t order;       // of the person's cells in the slice
};
struct slow {
    const struct cube_input *in;
    struct arena *arena;
    unsigned slice, side;
    struct mark *marks; // that count in the slice, each once
    size_t mark_count;
    struct region left; // of a top cell, not emitted yet
    struct cube *cube;
};

static void put(uint8_t *out, uint64_t number, unsigned size) {
    for (unsigned i = 0; i < size; i++)
        out[i] = (uint8_t)(number >> 8 * i);
}

static bool same_cell(struct cell a, struct cell b) {
    return a.column == b.column && a.row == b.row;
}

/* The slice's marks, each once, of nobody more than 8: those before which fewer than 8 of hers come. */
static enum err find_marks(struct slow *slow) {
    const struct cube_input *in = slow->in;
    const char *id = in->slice_ids[slow->slice];
    uint8_t key[SECRET_HASH_SIZE], bytes[16];
    struct mark *all = arena_array(slow->arena, in->mark_count, sizeof *all);
    slow->marks = arena_array(slow->arena, in->mark_count, sizeof *slow->marks);
    if (!all || !slow->marks)
        return ERR_NO_MEMORY;
    size_t count = 0;
    secret_hmac(in->key, "pick", id, strlen(id), key);
    for (size_t i = 0; i < in->mark_count; i++) {
        const struct cube_mark *mark = &in->marks[i];
        bool known = !(mark->slices >> slow->slice & 1);
        for (size_t j = 0; j < count && !known; j++)
            known = all[j].person == mark->person && same_cell(all[j].cell, mark->cell);
        if (known)
            continue;
        put(bytes, (uint64_t)in->people[mark->person].id, 8);
        put(bytes + 8, (uint32_t)mark->cell.column, 4);
        put(bytes + 12, (uint32_t)mark->cell.row, 4);
        all[count++] = (struct mark){
            mark->person, mark->cell,
            region_square(mark->cell, in->profile.base_m, in->profile.base_m),
            secret_short_hash(key, bytes, sizeof bytes)};
    }
    slow->mark_count = 0;
    for (size_t i = 0; i < count; i++) {
        size_t before = 0;
        for (size_t j = 0; j < count; j++)
            before += all[j].person == all[i].person && all[j].order < all[i].order;
        if (before < CUBE_CELLS_A_PERSON)
            slow->marks[slow->mark_count++] = all[i];
    }
    if (slow->slice == 0) {
        slow->cube->coverage.marked = count;
        slow->cube->coverage.counted = slow->mark_count;
    }
    return ERR_OK;
}

/* Who marked a cell of the region: true at her index; how many. */
static uint32_t people_of(const struct slow *slow, const struct region *region, bool *out) {
    uint32_t count = 0;
    memset(out, 0, slow->in->person_count * sizeof *out);
    for (size_t i = 0; i < slow->mark_count; i++) {
        const struct mark *mark = &slow->marks[i];
        if (out[mark->person] || !region_meets(region, &mark->region))
            continue;
        out[mark->person] = true;
        count++;
    }
    return count;
}

static bool sessions_ok(const struct slow *slow, const bool *people, uint32_t count,
                        struct cube_slack slack) {
    const struct cube_input *in = slow->in;
    uint32_t largest = 0;
    for (size_t i = 0; i < in->person_count; i++) {
        uint32_t together = 0;
        for (size_t j = 0; j < in->person_count; j++)
            together += people[i] && people[j] && in->people[i].session == in->people[j].session;
        largest = together > largest ? together : largest;
    }
    return largest >= 3 + slack.people && largest < count &&
           largest * 100 <= (80 - slack.percent) * count;
}

static enum err add_leaf(struct slow *slow, const struct region *region, uint32_t value,
                         const struct cube_past *from, const bool *people, uint32_t count) {
    uint32_t *indices = arena_array(slow->arena, count, sizeof *indices), at = 0;
    if (!indices)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < slow->in->person_count; i++)
        if (people[i])
            indices[at++] = i;
    slow->cube->leaves[slow->cube->leaf_count++] =
        (struct cube_leaf){.slice = slow->slice, .region = *region, .value = value,
                           .kept = from != NULL, .from = from, .count = count, .people = indices};
    for (unsigned i = 0; i < REGION_WORDS; i++)
        slow->left.bits[i] &= ~region->bits[i];
    for (size_t i = 0; i < slow->mark_count && slow->slice == 0; i++)
        slow->cube->coverage.shown += region_meets(region, &slow->marks[i].region);
    return ERR_OK;
}

static uint64_t limit_of(const struct slow *slow, const struct cube_past *past) {
    const char *id = slow->in->slice_ids[slow->slice];
    uint8_t key[SECRET_HASH_SIZE], bytes[56];
    put(bytes, (uint32_t)past->region.top.column, 8);
    put(bytes + 8, (uint32_t)past->region.top.row, 8);
    for (unsigned i = 0; i < REGION_WORDS; i++)
        put(bytes + 16 + 8 * i, past->region.bits[i], 8);
    put(bytes + 48, past->value, 8);
    secret_hmac(slow->in->key, "keep", id, strlen(id), key);
    const unsigned floor = slow->in->profile.floor;
    return floor + secret_short_hash(key, bytes, sizeof bytes) % ((floor + 1) / 2 + 1);
}

static enum err keep_past(struct slow *slow, const struct cube_past *past) {
    const struct cube_input *in = slow->in;
    bool people[WORLD_PEOPLE_MAX];
    uint32_t count = people_of(slow, &past->region, people);
    uint64_t changed = count + past->id_count + past->gone;
    for (size_t i = 0; i < in->person_count; i++)
        for (size_t j = 0; j < past->id_count; j++)
            if (people[i] && in->people[i].id == past->ids[j])
                changed -= 2;
    if (count < in->profile.floor || changed >= limit_of(slow, past) ||
        !sessions_ok(slow, people, count, (struct cube_slack){0}))
        return ERR_OK;
    return add_leaf(slow, &past->region, past->value, past, people, count);
}

static enum err offer(struct slow *slow, struct cell corner, unsigned level_m) {
    const struct cube_profile *profile = &slow->in->profile;
    struct region square = region_square(corner, profile->base_m, level_m);
    double table[2 * CUBE_NOISE_MAX + 1];
    bool people[WORLD_PEOPLE_MAX];
    for (unsigned i = 0; i < REGION_WORDS; i++)
        square.bits[i] &= slow->left.bits[i];
    uint32_t count = people_of(slow, &square, people);
    if (count < profile->floor)
        return ERR_OK;
    uint64_t cell_key = 0;
    for (size_t i = 0; i < slow->in->person_count; i++)
        if (people[i])
            cell_key += cube_record_key(slow->in->key, slow->in->people[i].id);
    cube_noise_table(profile->noise_max, profile->noise_variance, table);
    int64_t sum = (int64_t)count + cube_noise(slow->in->key, cell_key, table, profile->noise_max);
    struct cube_slack slack = cube_slack(slow->in->key, cell_key, profile);
    if (sum < (int64_t)profile->floor + profile->noise_max ||
        !sessions_ok(slow, people, count, slack))
        return ERR_OK;
    return add_leaf(slow, &square, cube_rounded(sum), NULL, people, count);
}

static enum err walk_top(struct slow *slow, struct cell top) {
    const struct cube_input *in = slow->in;
    const int32_t side = (int32_t)slow->side;
    const struct cell corner = {top.column * side, top.row * side};
    enum err err = ERR_OK;
    slow->left = region_square(corner, in->profile.base_m, EQUAL_AREA_TOP_M);
    for (size_t i = 0; !err && i < in->past_count; i++)
        if (in->past[i].slice == slow->slice && same_cell(in->past[i].region.top, top))
            err = keep_past(slow, &in->past[i]);
    for (int32_t cells = 1; cells <= side; cells *= 2)
        for (int32_t row = 0; row < side; row += cells)
            for (int32_t column = 0; !err && column < side; column += cells)
                err = offer(slow, (struct cell){corner.column + column, corner.row + row},
                            (unsigned)cells * in->profile.base_m);
    return err;
}

static int by_slice_and_region(const void *a, const void *b) {
    const struct cube_leaf *one = a, *other = b;
    if (one->slice != other->slice)
        return one->slice < other->slice ? -1 : 1;
    return region_order(&one->region, &other->region);
}

static enum err walk_slice(struct slow *slow) {
    enum err err = find_marks(slow);
    for (size_t i = 0; !err && i < slow->mark_count; i++) {
        struct cell top = slow->marks[i].region.top;
        bool walked = false;
        for (size_t j = 0; j < i && !walked; j++)
            walked = same_cell(slow->marks[j].region.top, top);
        if (!walked)
            err = walk_top(slow, top);
    }
    return err;
}

enum err cube_make_slowly(const struct cube_input *input, struct arena *arena, struct cube *out) {
    struct cube cube = {0};
    struct slow slow = {.in = input, .arena = arena, .cube = &cube,
                        .side = EQUAL_AREA_TOP_M / input->profile.base_m};
    // each leaf has a mark of its own slice behind it
    cube.leaves = arena_array(arena, input->mark_count * input->slice_count + 1, sizeof *cube.leaves);
    enum err err = cube.leaves ? ERR_OK : ERR_NO_MEMORY;
    for (; !err && slow.slice < input->slice_count; slow.slice++)
        err = walk_slice(&slow);
    if (err)
        return err;
    qsort(cube.leaves, cube.leaf_count, sizeof *cube.leaves, by_slice_and_region);
    *out = cube;
    return ERR_OK;
}
