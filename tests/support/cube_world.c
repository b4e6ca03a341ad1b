// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cube_world.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[CUBE_SLICES_MAX] = {
    "all",        "category.a", "category.b", "category.c", "category.d",
    "category.e", "category.f", "time.day",   "time.dusk",  "time.night",
    "time.any",   "group.new",  "group.old",  "group.none"};

uint64_t world_random(uint64_t *seed, uint64_t count) {
    // splitmix64 (Steele, Lea, Flood 2014)
    uint64_t z = *seed += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return (z ^ z >> 31) % count;
}

static struct cube_profile any_profile(uint64_t *seed) {
    if (world_random(seed, 2))
        return cube_profile(world_random(seed, 2), (unsigned)world_random(seed, 14));
    unsigned noise_max = (unsigned)world_random(seed, 12);
    return (struct cube_profile){
        .name = "any",
        .floor = 1 + (unsigned)world_random(seed, 14),
        .noise_max = noise_max,
        .noise_variance = 0.1 + (double)world_random(seed, 1 + noise_max * (noise_max + 1) / 4),
        .base_m = 250u << world_random(seed, 5),
        .slack_people = 1 + (unsigned)world_random(seed, 3),
        .slack_percent = 1 + (unsigned)world_random(seed, 16)};
}

uint32_t world_add_person(struct cube_world *world, int64_t id, uint32_t session) {
    assert(world->person_count < WORLD_PEOPLE_MAX);
    world->people[world->person_count] = (struct cube_person){id, session};
    return (uint32_t)world->person_count++;
}

void world_add_mark(struct cube_world *world, uint32_t person, uint32_t slices, int32_t column,
                    int32_t row) {
    assert(world->mark_count < WORLD_MARKS_MAX);
    world->marks[world->mark_count++] = (struct cube_mark){person, slices, {column, row}};
}

/* Somebody who marks round a place: mostly near, now and then far. */
static void add_anybody(struct cube_world *world, uint64_t *seed, uint32_t session) {
    uint32_t person = world_add_person(world, (int64_t)world_random(seed, UINT64_MAX), session);
    uint64_t marks = world_random(seed, 14);
    int32_t x = (int32_t)world_random(seed, 3) * 7 - 7, y = (int32_t)world_random(seed, 2) * 9 - 4;
    for (uint64_t i = 0; i < marks; i++) {
        int32_t wide = world_random(seed, 9) ? 4 : 40;
        uint32_t slices = (uint32_t)world_random(seed, 1u << world->slice_count);
        world_add_mark(world, person, world_random(seed, 4) ? slices | 1 : slices,
                       x + (int32_t)world_random(seed, (uint64_t)wide) - wide / 2,
                       y + (int32_t)world_random(seed, (uint64_t)wide) - wide / 2);
    }
}

struct cube_world *world_make(uint64_t seed, struct arena *arena) {
    struct cube_world *world = arena_alloc(arena, sizeof *world);
    if (!world)
        return NULL;
    for (size_t i = 0; i < SECRET_KEY_SIZE; i++)
        world->key[i] = (uint8_t)world_random(&seed, 256);
    world->profile = any_profile(&seed);
    world->slice_count = 1 + world_random(&seed, CUBE_SLICES_MAX);
    memcpy(world->slice_ids, names, sizeof names);
    uint64_t people = 20 + world_random(&seed, 280), sessions = 1 + world_random(&seed, 20);
    for (uint64_t i = 0; i < people; i++)
        add_anybody(world, &seed, (uint32_t)world_random(&seed, sessions) * 1000);
    return world;
}

void world_remove_person(struct cube_world *world, uint32_t person) {
    uint32_t last = (uint32_t)--world->person_count;
    size_t kept = 0;
    for (size_t i = 0; i < world->mark_count; i++) {
        struct cube_mark mark = world->marks[i];
        if (mark.person == person)
            continue;
        if (mark.person == last)
            mark.person = person;
        world->marks[kept++] = mark;
    }
    world->mark_count = kept;
    world->people[person] = world->people[last];
}

void world_shuffle(struct cube_world *world, uint64_t seed) {
    uint32_t now[WORLD_PEOPLE_MAX];
    for (uint32_t i = 0; i < world->person_count; i++)
        now[i] = i;
    for (size_t i = world->person_count; i > 1; i--) {
        size_t j = world_random(&seed, i);
        struct cube_person person = world->people[i - 1];
        world->people[i - 1] = world->people[j];
        world->people[j] = person;
        uint32_t was = now[i - 1];
        now[i - 1] = now[j];
        now[j] = was;
    }
    uint32_t place[WORLD_PEOPLE_MAX];
    for (uint32_t i = 0; i < world->person_count; i++)
        place[now[i]] = i;
    for (size_t i = 0; i < world->mark_count; i++)
        world->marks[i].person = place[world->marks[i].person];
    for (size_t i = world->mark_count; i > 1; i--) {
        size_t j = world_random(&seed, i);
        struct cube_mark mark = world->marks[i - 1];
        world->marks[i - 1] = world->marks[j];
        world->marks[j] = mark;
    }
    for (uint64_t i = world->mark_count ? 1 + world_random(&seed, 50) : 0; i > 0; i--)
        if (world->mark_count < WORLD_MARKS_MAX) {
            struct cube_mark again = world->marks[world_random(&seed, world->mark_count)];
            world->marks[world->mark_count++] = again;
        }
}

struct cube_input world_input(const struct cube_world *world) {
    return (struct cube_input){.key = world->key,
                               .profile = world->profile,
                               .slice_ids = world->slice_ids,
                               .slice_count = world->slice_count,
                               .people = world->people,
                               .person_count = world->person_count,
                               .marks = world->marks,
                               .mark_count = world->mark_count};
}

static int by_id(const void *a, const void *b) {
    const int64_t *one = a, *other = b;
    return (*one > *other) - (*one < *other);
}

struct cube_past *world_past(const struct cube_world *world, const struct cube *cube,
                             struct arena *arena) {
    struct cube_past *past = arena_array(arena, cube->leaf_count, sizeof *past);
    for (size_t i = 0; past && i < cube->leaf_count; i++) {
        const struct cube_leaf *leaf = &cube->leaves[i];
        if (leaf->from) {
            past[i] = *leaf->from;
            continue;
        }
        int64_t *ids = arena_array(arena, leaf->count, sizeof *ids);
        if (!ids)
            return NULL;
        for (uint32_t j = 0; j < leaf->count; j++)
            ids[j] = world->people[leaf->people[j]].id;
        qsort(ids, leaf->count, sizeof *ids, by_id);
        past[i] = (struct cube_past){.slice = leaf->slice, .region = leaf->region,
                                     .value = leaf->value, .ids = ids, .id_count = leaf->count};
    }
    return past;
}

bool past_forget(struct cube_past *past, int64_t id) {
    int64_t *ids = (int64_t *)past->ids; // the arena's, and nobody else's
    for (size_t i = 0; i < past->id_count; i++)
        if (ids[i] == id) {
            memmove(ids + i, ids + i + 1, (--past->id_count - i) * sizeof *ids);
            past->gone++;
            return true;
        }
    return false;
}
