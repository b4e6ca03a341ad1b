// SPDX-License-Identifier: AGPL-3.0-or-later
#include "averaging.h"
#include "base/arena.h"
#include "rng.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { CELLS = 60, DRAWS = 100, PEOPLE = 60 * 60 };

static void repeat(const struct city *city, const struct set *crowd, const struct cube_profile *profile,
                   unsigned repeats, uint64_t seed, struct averaging *out)
{
    uint8_t key[SECRET_KEY_SIZE];
    struct showing first, again;
    showing_key(seed, key);
    showing_make(city, crowd, profile, key, NULL, &first);
    for (unsigned i = 1; i <= repeats; i++) {
        showing_make_in_order(city, crowd, profile, key, NULL, i, &again);
        out->repeats++;
        out->different += !showing_same(&first, &again);
        showing_free(&again);
    }
    showing_free(&first);
}

// Sixty crowds, each in a cell of its own far from the others, large enough to be shown whatever the noise.
struct crowds {
    struct cube_person people[PEOPLE];
    struct cube_mark marks[2 * PEOPLE];
    size_t person_count, mark_count;
    uint32_t sizes[CELLS];
};
// Slice 0 and slice 1 hold the same people in the same cells, slice 2 the same people in other cells.
static void crowds_make(const struct cube_profile *profile, uint64_t seed, struct crowds *out)
{
    struct rng rng = rng_of(seed, 9);
    int32_t side = EQUAL_AREA_TOP_M / (int32_t)profile->base_m;
    *out = (struct crowds){0};
    for (int32_t cell = 0; cell < CELLS; cell++) {
        out->sizes[cell] = profile->floor + 2 * profile->noise_max + rng_below(&rng, 30);
        for (uint32_t i = 0; i < out->sizes[cell]; i++) {
            uint32_t person = (uint32_t)out->person_count++;
            out->people[person] = (struct cube_person){(int64_t)(rng_next(&rng) >> 1), i % 3};
            struct cell here = {cell * side + 3, 5}, there = {cell * side + 1, 5 + side};
            out->marks[out->mark_count++] = (struct cube_mark){person, 3, here};
            out->marks[out->mark_count++] = (struct cube_mark){person, 4, there};
        }
    }
}
static void crowds_ask(const struct crowds *crowds, const struct cube_profile *profile, uint64_t key_seed,
                       struct averaging *out, uint32_t *values)
{
    static const char *const ids[] = {"all", "category.a", "time.b"};
    uint8_t key[SECRET_KEY_SIZE];
    struct arena arena;
    struct cube cube;
    showing_key(key_seed, key);
    struct cube_input input = {.key = key,
                               .profile = *profile,
                               .slice_ids = ids,
                               .slice_count = 3,
                               .people = crowds->people,
                               .person_count = crowds->person_count,
                               .marks = crowds->marks,
                               .mark_count = crowds->mark_count};
    arena_init(&arena);
    if (cube_make(&input, NULL, NULL, &arena, &cube) != ERR_OK || cube.leaf_count != (size_t)3 * CELLS) {
        fprintf(stderr, "attack: crowds that are large enough are not shown\n");
        exit(2);
    }
    for (size_t i = 0; i < cube.leaf_count; i++) {
        const struct cube_leaf *leaf = &cube.leaves[i];
        if (leaf->slice == 0) {
            values[leaf->region.top.column] = leaf->value;
        } else if (out) {
            out->equivalents++;
            out->unequal += values[leaf->region.top.column] != leaf->value;
        }
    }
    arena_fini(&arena);
}
// Share of crowds whose size is the rounded mean of the first `draws` answers.
static double found(const struct crowds *crowds, uint32_t answers[DRAWS][CELLS], unsigned draws)
{
    double right = 0;
    for (unsigned cell = 0; cell < CELLS; cell++) {
        double sum = 0;
        for (unsigned i = 0; i < draws; i++) {
            sum += answers[i][cell];
        }
        right += lround(sum / draws) == (long)crowds->sizes[cell];
    }
    return right / CELLS;
}
void averaging_attack(const struct city *city, const struct set *crowd, const struct cube_profile *profile,
                      unsigned repeats, unsigned trials, uint64_t seed, struct averaging *out)
{
    struct crowds *crowds = malloc(sizeof(*crowds));
    if (!crowds) {
        exit(2);
    }
    *out = (struct averaging){0};
    repeat(city, crowd, profile, repeats, seed, out);
    for (unsigned trial = 0; trial < trials; trial++) {
        uint32_t answers[DRAWS][CELLS];
        uint64_t base = (seed + 1) * 1000000 + trial * 1000;
        crowds_make(profile, base, crowds);
        for (unsigned i = 0; i < DRAWS; i++) {
            crowds_ask(crowds, profile, base + i, i == 0 ? out : NULL, answers[i]);
        }
        out->rotated_20 += found(crowds, answers, 20) / trials;
        out->rotated_100 += found(crowds, answers, DRAWS) / trials;
        for (unsigned i = 1; i < DRAWS; i++) {
            for (unsigned cell = 0; cell < CELLS; cell++) {
                answers[i][cell] = answers[0][cell];
            }
        }
        out->fixed_100 += found(crowds, answers, DRAWS) / trials;
    }
    free(crowds);
}
