// SPDX-License-Identifier: AGPL-3.0-or-later
// Leaves of the earlier edition that stand as they were.
//
// Were the limit of changes the same for all, it would be a sharp edge: who knows all people but one, and that
// one more change makes a leaf be drawn anew, tells from the value whether she is there (an advantage of 0.80
// with the standard profile, 0.93 with the sensitive one). So each leaf has a limit of its own, from k to half
// as much again, that only the key tells: 0.27 and 0.20.
#include "publish/cube_parts.h"
#include <stdlib.h>
#include <string.h>

static int by_slice_and_region(const void *a, const void *b) {
    const struct cube_past *one = *(const struct cube_past *const *)a,
                           *other = *(const struct cube_past *const *)b;
    if (one->slice != other->slice)
        return one->slice < other->slice ? -1 : 1;
    return region_order(&one->region, &other->region);
}

static bool well_formed(const struct cube_work *work, const struct cube_past *past) {
    for (size_t i = 1; i < past->id_count; i++)
        if (past->ids[i] <= past->ids[i - 1])
            return false;
    return past->slice < work->in->slice_count && region_count(&past->region) > 0;
}

enum err cube_past_order(struct cube_work *work) {
    const struct cube_input *in = work->in;
    work->past_count = in->past ? in->past_count : 0;
    work->past = arena_array(&work->memory, work->past_count, sizeof *work->past);
    if (!work->past)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < work->past_count; i++) {
        if (!well_formed(work, &in->past[i]))
            return ERR_BAD_PARAMETER;
        work->past[i] = &in->past[i];
    }
    qsort(work->past, work->past_count, sizeof *work->past, by_slice_and_region);
    return ERR_OK;
}

/* The first past leaf of the walk's slice and top cell. */
static size_t first_of(const struct cube_work *work, const struct cube_walk *walk) {
    size_t low = 0, high = work->past_count;
    const struct cube_past wanted = {.slice = walk->slice, .region.top = walk->top,
                                     .region.bits = {1}};
    const struct cube_past *sought = &wanted;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_slice_and_region(&work->past[middle], &sought) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool on_ground(const struct cube_square *square, const struct region *region) {
    uint64_t shared = 0;
    for (unsigned i = 0; i < REGION_WORDS; i++)
        shared |= square->ground[i] & region->bits[i];
    return shared != 0;
}

static int by_number(const void *a, const void *b) {
    const uint32_t *one = a, *other = b;
    return (*one > *other) - (*one < *other);
}

/* All of it is ground of the top cell, and nothing that was kept before: an edition's leaves do not meet. */
static bool is_free(const struct cube_work *work, const struct cube_walk *walk,
                    const struct region *region) {
    unsigned cells = 0;
    for (unsigned i = 0; i < work->side * work->side; i++)
        cells += on_ground(&walk->squares[i], region);
    return cells == region_count(region);
}

/* Who is on the ground today: into the walk's scratch, rising, and stamped. */
static uint32_t find_people(struct cube_work *work, const struct cube_walk *walk,
                            const struct region *region, uint64_t *out_pairs) {
    uint32_t count = 0;
    work->stamp++;
    *out_pairs = 0;
    for (unsigned i = 0; i < work->side * work->side; i++) {
        const struct cube_square *square = &walk->squares[i];
        if (!on_ground(square, region))
            continue;
        *out_pairs += square->pairs;
        for (uint32_t j = 0; j < square->count; j++) {
            uint32_t person = walk->people[square->first + j];
            if (work->stamps[person] == work->stamp)
                continue;
            work->stamps[person] = work->stamp;
            walk->scratch[count++] = person;
        }
    }
    qsort(walk->scratch, count, sizeof *walk->scratch, by_number);
    return count;
}

static int id_against(const void *id, const void *entry) {
    const int64_t *sought = id;
    const struct cube_by_id *at = entry;
    return (*sought > at->id) - (*sought < at->id);
}

/* How many came or went: those stamped and the leaf's, without those who are both. */
static uint64_t changed(const struct cube_work *work, const struct cube_past *past,
                        uint32_t count) {
    uint64_t both = 0;
    for (size_t i = 0; i < past->id_count; i++) {
        const struct cube_by_id *known =
            bsearch(&past->ids[i], work->by_id, work->in->person_count, sizeof *work->by_id,
                    id_against);
        both += known && work->stamps[known->person] == work->stamp;
    }
    return count - both + past->id_count - both + past->gone;
}

/* How many may come or go: fewer than this. The same in each edition, for as long as the leaf stands. */
static uint64_t limit_of(const struct cube_work *work, const struct cube_past *past) {
    const char *slice = work->in->slice_ids[past->slice];
    const uint64_t numbers[] = {(uint32_t)past->region.top.column, (uint32_t)past->region.top.row,
                                past->region.bits[0], past->region.bits[1], past->region.bits[2],
                                past->region.bits[3], past->value};
    const unsigned floor = work->in->profile.floor;
    uint8_t key[SECRET_HASH_SIZE], bytes[sizeof numbers];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(numbers[i / 8] >> i % 8 * 8);
    secret_hmac(work->in->key, "keep", slice, strlen(slice), key);
    uint64_t more = secret_short_hash(key, bytes, sizeof bytes) % ((floor + 1) / 2 + 1);
    secret_wipe(key, sizeof key);
    return floor + more;
}

static enum err keep(struct cube_work *work, struct cube_walk *walk, const struct cube_past *past) {
    const unsigned floor = work->in->profile.floor;
    if (!is_free(work, walk, &past->region))
        return ERR_BAD_PARAMETER;
    uint64_t pairs;
    uint32_t count = find_people(work, walk, &past->region, &pairs);
    if (count < floor || changed(work, past, count) >= limit_of(work, past) ||
        !cube_sessions_ok(work, walk->scratch, count, (struct cube_slack){0}))
        return ERR_OK;
    for (unsigned i = 0; i < work->side * work->side; i++)
        if (on_ground(&walk->squares[i], &past->region))
            walk->squares[i] = (struct cube_square){0};
    const struct cube_leaf leaf = {.slice = walk->slice,
                                   .region = past->region,
                                   .value = past->value,
                                   .kept = true,
                                   .from = past,
                                   .count = count,
                                   .people = walk->scratch};
    return cube_emit(work, &leaf, pairs);
}

enum err cube_past_keep(struct cube_work *work, struct cube_walk *walk) {
    enum err err = ERR_OK;
    for (size_t i = first_of(work, walk); !err && i < work->past_count; i++) {
        const struct cube_past *past = work->past[i];
        if (past->slice != walk->slice || past->region.top.column != walk->top.column ||
            past->region.top.row != walk->top.row)
            break;
        err = keep(work, walk, past);
    }
    return err;
}
