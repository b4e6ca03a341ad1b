// SPDX-License-Identifier: AGPL-3.0-or-later
#include "showing.h"
#include "base/arena.h"
#include "rng.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct draft {
    const struct city *city;
    uint32_t order[CITY_PEOPLE_MAX]; // in which people are handed over
    uint32_t index[CITY_PEOPLE_MAX]; // of a city's person in `people`
    uint32_t person[CITY_PEOPLE_MAX]; // and back
    struct cube_person people[CITY_PEOPLE_MAX];
    struct cube_mark marks[CITY_PEOPLE_MAX * CITY_MARKS_A_PERSON];
    size_t person_count, mark_count;
};

static _Noreturn void give_up(const char *what)
{
    fprintf(stderr, "attack: %s\n", what);
    exit(2);
}
static void draft_fill(struct draft *draft, const struct set *crowd, unsigned base_m)
{
    const struct city *city = draft->city;
    for (uint32_t place = 0; place < city->person_count; place++) {
        uint32_t i = draft->order[place];
        if (!set_has(crowd, i)) {
            continue;
        }
        const struct city_person *person = &city->people[i];
        draft->index[i] = (uint32_t)draft->person_count;
        draft->person[draft->person_count] = i;
        draft->people[draft->person_count++] = (struct cube_person){person->id, person->session};
        for (uint32_t at = person->first_mark; at < person->first_mark + person->mark_count; at++) {
            const struct city_mark *mark = &city->marks[at];
            draft->marks[draft->mark_count++] = (struct cube_mark){
                draft->index[i], city_mark_slices(city, mark), city_cell(mark->at, base_m)};
        }
    }
}
static void draft_order(struct draft *draft, uint64_t order)
{
    struct rng rng = rng_of(order, 5);
    for (uint32_t i = 0; i < CITY_PEOPLE_MAX; i++) {
        draft->order[i] = i;
    }
    for (uint32_t i = draft->city->person_count; order && i > 1; i--) {
        uint32_t j = rng_below(&rng, i), swapped = draft->order[i - 1];
        draft->order[i - 1] = draft->order[j];
        draft->order[j] = swapped;
    }
}
static void draft_shuffle_marks(struct draft *draft, uint64_t order)
{
    struct rng rng = rng_of(order, 6);
    for (size_t i = draft->mark_count; order && i > 1; i--) {
        size_t j = rng_below(&rng, (uint32_t)i);
        struct cube_mark swapped = draft->marks[i - 1];
        draft->marks[i - 1] = draft->marks[j];
        draft->marks[j] = swapped;
    }
}
static int rising(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}
static const struct cube_past *past_of(const struct draft *draft, const struct set *crowd,
                                       const struct showing *earlier, struct arena *arena)
{
    struct cube_past *past = arena_array(arena, earlier->count, sizeof(*past));
    for (size_t i = 0; past && i < earlier->count; i++) {
        const struct shown *item = &earlier->items[i];
        struct set known = set_both(item->basis, crowd);
        int64_t *ids = arena_array(arena, set_count(&known), sizeof(*ids));
        if (!ids) {
            return NULL;
        }
        size_t count = 0;
        for (uint32_t person = 0; person < draft->city->person_count; person++) {
            if (set_has(&known, person)) {
                ids[count++] = draft->city->people[person].id;
            }
        }
        qsort(ids, count, sizeof(*ids), rising);
        past[i] = (struct cube_past){.slice = item->slice,
                                     .region = item->region,
                                     .value = item->value,
                                     .gone = set_count(&item->basis) - (uint32_t)count,
                                     .ids = ids,
                                     .id_count = count};
    }
    return past;
}
static const struct shown *earlier_of(const struct showing *past, unsigned slice, const struct region *region)
{
    for (size_t i = 0; past && i < past->count; i++) {
        if (past->items[i].slice == slice && region_equal(&past->items[i].region, region)) {
            return &past->items[i];
        }
    }
    return NULL;
}
static void copy_out(const struct draft *draft, const struct cube *cube, const struct showing *past,
                     struct showing *out)
{
    struct shown *items = calloc(cube->leaf_count + 1, sizeof(*items));
    if (!items) {
        give_up("no memory");
    }
    for (size_t i = 0; i < cube->leaf_count; i++) {
        const struct cube_leaf *leaf = &cube->leaves[i];
        struct shown *item = &items[i];
        *item = (struct shown){leaf->slice, leaf->region, leaf->value, leaf->kept, leaf->count, {{0}}, {{0}}};
        for (uint32_t n = 0; n < leaf->count; n++) {
            set_add(&item->people, draft->person[leaf->people[n]]);
        }
        const struct shown *earlier = leaf->kept ? earlier_of(past, leaf->slice, &leaf->region) : NULL;
        item->basis = earlier ? earlier->basis : item->people;
    }
    *out = (struct showing){cube->leaf_count, items, cube->coverage};
}
void showing_make_in_order(const struct city *city, const struct set *crowd, const struct cube_profile *profile,
                           const uint8_t *key, const struct showing *past, uint64_t order, struct showing *out)
{
    static const char *const ids[CUBE_SLICES_MAX] = {"all", "s1", "s2", "s3", "s4", "s5", "s6",
                                                     "s7",  "s8", "s9", "s10", "s11", "s12", "s13"};
    struct arena arena;
    arena_init(&arena);
    struct draft *draft = arena_alloc(&arena, sizeof(*draft));
    if (!draft) {
        give_up("no memory");
    }
    draft->city = city;
    draft_order(draft, order);
    draft_fill(draft, crowd, profile->base_m);
    draft_shuffle_marks(draft, order);
    struct cube_input input = {.key = key,
                               .profile = *profile,
                               .slice_ids = ids,
                               .slice_count = city_slice_count(city),
                               .people = draft->people,
                               .person_count = draft->person_count,
                               .marks = draft->marks,
                               .mark_count = draft->mark_count};
    if (past) {
        input.past = past_of(draft, crowd, past, &arena);
        input.past_count = past->count;
        if (!input.past) {
            give_up("no memory");
        }
    }
    struct cube cube;
    enum err err = cube_make(&input, NULL, NULL, &arena, &cube);
    if (err != ERR_OK) {
        give_up(err_name(err));
    }
    copy_out(draft, &cube, past, out);
    arena_fini(&arena);
}
void showing_make(const struct city *city, const struct set *crowd, const struct cube_profile *profile,
                  const uint8_t *key, const struct showing *past, struct showing *out)
{
    showing_make_in_order(city, crowd, profile, key, past, 0, out);
}
bool showing_same(const struct showing *a, const struct showing *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++) {
        const struct shown *left = &a->items[i], *right = &b->items[i];
        same = left->slice == right->slice && left->value == right->value &&
               region_equal(&left->region, &right->region) && set_same(&left->people, &right->people);
    }
    return same;
}
void showing_free(struct showing *showing)
{
    free(showing->items);
    showing->items = NULL;
    showing->count = 0;
}
void showing_key(uint64_t seed, uint8_t out[SECRET_KEY_SIZE])
{
    struct rng rng = rng_of(seed, 2);
    for (unsigned i = 0; i < SECRET_KEY_SIZE; i++) {
        out[i] = (uint8_t)rng_next(&rng);
    }
}
