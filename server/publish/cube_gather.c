// SPDX-License-Identifier: AGPL-3.0-or-later
// From marks in any order to pairs of person and cell in the order of the squares: each pair once, of nobody
// more than CUBE_CELLS_A_PERSON in a slice. Which ones are left out depends on who, where and the key alone.
#include "publish/cube_parts.h"
#include <stdlib.h>
#include <string.h>

enum { DIGITS = 8, DIGIT_VALUES = 256, PAUSE_PEOPLE = 16384, FEW = 24 };

static uint64_t spread(uint32_t number) {
    uint64_t x = number;
    x = (x | x << 16) & UINT64_C(0x0000FFFF0000FFFF);
    x = (x | x << 8) & UINT64_C(0x00FF00FF00FF00FF);
    x = (x | x << 4) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    x = (x | x << 2) & UINT64_C(0x3333333333333333);
    return (x | x << 1) & UINT64_C(0x5555555555555555);
}

static uint32_t gather_bits(uint64_t x) {
    x &= UINT64_C(0x5555555555555555);
    x = (x | x >> 1) & UINT64_C(0x3333333333333333);
    x = (x | x >> 2) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    x = (x | x >> 4) & UINT64_C(0x00FF00FF00FF00FF);
    x = (x | x >> 8) & UINT64_C(0x0000FFFF0000FFFF);
    return (uint32_t)(x | x >> 16);
}

/* With the sign turned round, what is west and south of the origin comes first. */
static const uint32_t sign = UINT32_C(1) << 31;

uint64_t cube_place(struct cell cell) {
    return spread((uint32_t)cell.column ^ sign) | spread((uint32_t)cell.row ^ sign) << 1;
}

struct cell cube_place_cell(uint64_t place) {
    return (struct cell){(int32_t)(gather_bits(place) ^ sign),
                         (int32_t)(gather_bits(place >> 1) ^ sign)};
}

static int by_id(const void *a, const void *b) {
    const struct cube_by_id *one = a, *other = b;
    return (one->id > other->id) - (one->id < other->id);
}

static int by_number(const void *a, const void *b) {
    const uint32_t *one = a, *other = b;
    return (*one > *other) - (*one < *other);
}

static enum err gather_sessions(struct cube_work *work) {
    const struct cube_input *in = work->in;
    uint32_t *known = arena_array(&work->memory, in->person_count, sizeof *known);
    work->sessions = arena_array(&work->memory, in->person_count, sizeof *work->sessions);
    if (!known || !work->sessions)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < in->person_count; i++)
        known[i] = in->people[i].session;
    qsort(known, in->person_count, sizeof *known, by_number);
    size_t count = 0;
    for (size_t i = 0; i < in->person_count; i++)
        if (!count || known[i] != known[count - 1])
            known[count++] = known[i];
    for (size_t i = 0; i < in->person_count; i++) {
        const uint32_t *at =
            bsearch(&in->people[i].session, known, count, sizeof *known, by_number);
        work->sessions[i] = (uint32_t)(at - known);
    }
    work->session_people = arena_array(&work->memory, count, sizeof *work->session_people);
    return work->session_people ? ERR_OK : ERR_NO_MEMORY;
}

static enum err gather_people(struct cube_work *work) {
    const struct cube_input *in = work->in;
    work->record_keys = arena_array(&work->memory, in->person_count, sizeof *work->record_keys);
    work->by_id = arena_array(&work->memory, in->person_count, sizeof *work->by_id);
    work->stamps = arena_array(&work->memory, in->person_count, sizeof *work->stamps);
    if (!work->record_keys || !work->by_id || !work->stamps)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < in->person_count; i++) {
        work->record_keys[i] = cube_record_key(in->key, in->people[i].id);
        work->by_id[i] = (struct cube_by_id){in->people[i].id, (uint32_t)i};
    }
    qsort(work->by_id, in->person_count, sizeof *work->by_id, by_id);
    for (size_t i = 1; i < in->person_count; i++)
        if (work->by_id[i].id == work->by_id[i - 1].id)
            return ERR_BAD_PARAMETER; // would count twice
    return gather_sessions(work);
}

/* The marks person by person: those of i begin at starts[i] and end at starts[i + 1]. */
static enum err gather_marks(struct cube_work *work, size_t **out_starts) {
    const struct cube_input *in = work->in;
    const uint32_t known_slices = (UINT32_C(1) << in->slice_count) - 1;
    size_t *starts = arena_array(&work->memory, in->person_count + 2, sizeof *starts);
    work->pairs = arena_array(&work->memory, in->mark_count, sizeof *work->pairs);
    if (!starts || !work->pairs)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < in->mark_count; i++) {
        if (in->marks[i].person >= in->person_count || in->marks[i].slices & ~known_slices)
            return ERR_BAD_PARAMETER;
        starts[in->marks[i].person + 2]++;
    }
    for (size_t i = 2; i < in->person_count + 2; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < in->mark_count; i++) {
        const struct cube_mark *mark = &in->marks[i];
        work->pairs[starts[mark->person + 1]++] =
            (struct cube_pair){cube_place(mark->cell), mark->person, mark->slices};
    }
    *out_starts = starts;
    return ERR_OK;
}

static int by_place(const void *a, const void *b) {
    const struct cube_pair *one = a, *other = b;
    return (one->place > other->place) - (one->place < other->place);
}

/* One person's marks, in order and each cell once; returns how many are left. */
static size_t tidy(struct cube_pair *pairs, size_t count) {
    if (count > FEW) {
        qsort(pairs, count, sizeof *pairs, by_place);
    } else {
        for (size_t i = 1; i < count; i++) {
            struct cube_pair pair = pairs[i];
            size_t at = i;
            for (; at > 0 && pairs[at - 1].place > pair.place; at--)
                pairs[at] = pairs[at - 1];
            pairs[at] = pair;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept && pairs[kept - 1].place == pairs[i].place)
            pairs[kept - 1].slices |= pairs[i].slices;
        else
            pairs[kept++] = pairs[i];
    return kept;
}

/* The order in which somebody's cells are kept in a slice: nobody without the key can know it. */
static uint64_t pick(const uint8_t key[SECRET_SHORT_KEY_SIZE], int64_t id, uint64_t place) {
    const struct cell cell = cube_place_cell(place);
    uint8_t bytes[16];
    for (unsigned i = 0; i < 8; i++)
        bytes[i] = (uint8_t)((uint64_t)id >> 8 * i);
    for (unsigned i = 0; i < 4; i++) {
        bytes[8 + i] = (uint8_t)((uint32_t)cell.column >> 8 * i);
        bytes[12 + i] = (uint8_t)((uint32_t)cell.row >> 8 * i);
    }
    return secret_short_hash(key, bytes, sizeof bytes);
}

/* Takes the slice from all but the cells that come first. */
static void keep_few(struct cube_pair *pairs, size_t count, uint32_t slice,
                     const uint8_t key[SECRET_SHORT_KEY_SIZE], int64_t id) {
    struct {
        uint64_t order;
        size_t pair;
    } kept[CUBE_CELLS_A_PERSON + 1];
    size_t kept_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(pairs[i].slices & slice))
            continue;
        uint64_t order = pick(key, id, pairs[i].place);
        size_t at = kept_count;
        for (; at > 0 && kept[at - 1].order > order; at--)
            kept[at] = kept[at - 1];
        kept[at].order = order;
        kept[at].pair = i;
        if (kept_count < CUBE_CELLS_A_PERSON)
            kept_count++;
        pairs[i].slices &= ~slice;
    }
    for (size_t i = 0; i < kept_count; i++)
        pairs[kept[i].pair].slices |= slice;
}

static void keep_few_of_each(struct cube_work *work, struct cube_pair *pairs, size_t count,
                             uint8_t (*keys)[SECRET_SHORT_KEY_SIZE]) {
    for (unsigned s = 0; s < work->in->slice_count && count; s++) {
        const uint32_t slice = UINT32_C(1) << s;
        size_t cells = 0;
        for (size_t i = 0; i < count; i++)
            cells += (pairs[i].slices & slice) != 0;
        if (s == 0) {
            work->coverage.marked += cells;
            work->coverage.counted += cells < CUBE_CELLS_A_PERSON ? cells : CUBE_CELLS_A_PERSON;
        }
        if (cells > CUBE_CELLS_A_PERSON)
            keep_few(pairs, count, slice, keys[s], work->in->people[pairs[0].person].id);
    }
}

/* Person after person, in place: what is kept moves to the front. */
static enum err thin_out(struct cube_work *work, const size_t *starts) {
    const struct cube_input *in = work->in;
    uint8_t keys[CUBE_SLICES_MAX][SECRET_SHORT_KEY_SIZE];
    for (size_t s = 0; s < in->slice_count; s++) {
        uint8_t hash[SECRET_HASH_SIZE];
        secret_hmac(in->key, "pick", in->slice_ids[s], strlen(in->slice_ids[s]), hash);
        memcpy(keys[s], hash, sizeof keys[s]);
    }
    enum err err = ERR_OK;
    for (size_t p = 0; !err && p < in->person_count; p++) {
        struct cube_pair *own = work->pairs + starts[p];
        size_t count = tidy(own, starts[p + 1] - starts[p]);
        keep_few_of_each(work, own, count, keys);
        for (size_t i = 0; i < count; i++)
            if (own[i].slices)
                work->pairs[work->pair_count++] = own[i];
        if (p % PAUSE_PEOPLE == 0)
            err = cube_pause(work, 0.3 * (double)p / (double)in->person_count);
    }
    secret_wipe(keys, sizeof keys);
    return err;
}

/* By place, digit by digit from the lowest; stable, so that people stay in order. Digits that are the same
 * everywhere, most of them in a town, cost nothing. */
static enum err sort_pairs(struct cube_work *work) {
    const size_t count = work->pair_count;
    size_t (*counts)[DIGIT_VALUES] = arena_array(&work->memory, DIGITS, sizeof *counts);
    struct cube_pair *other = arena_array(&work->memory, count, sizeof *other);
    if (!counts || !other)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        for (unsigned d = 0; d < DIGITS; d++)
            counts[d][work->pairs[i].place >> 8 * d & 0xFF]++;
    for (unsigned d = 0; d < DIGITS && count; d++) {
        if (counts[d][work->pairs[0].place >> 8 * d & 0xFF] == count)
            continue;
        size_t at = 0;
        for (unsigned v = 0; v < DIGIT_VALUES; v++) {
            size_t here = counts[d][v];
            counts[d][v] = at;
            at += here;
        }
        for (size_t i = 0; i < count; i++)
            other[counts[d][work->pairs[i].place >> 8 * d & 0xFF]++] = work->pairs[i];
        struct cube_pair *sorted = other;
        other = work->pairs;
        work->pairs = sorted;
    }
    return ERR_OK;
}

enum err cube_gather(struct cube_work *work) {
    size_t *starts = NULL;
    enum err err = gather_people(work);
    if (!err)
        err = gather_marks(work, &starts);
    if (!err)
        err = thin_out(work, starts);
    return err ? err : sort_pairs(work);
}
