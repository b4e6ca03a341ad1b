// SPDX-License-Identifier: AGPL-3.0-or-later
// What the protected cube costs: people of a made-up city with 10 marks each, round centres of different
// sizes, 60 sessions for every 1,000 of them, 13 slices (all, 6 categories, 3 bands of time, 3 groups).
//
//   cube_bench MARKS    prints {"marks", "seconds", "cpu_seconds", "peak_mib", "leaves"}
// The peak is the process's, its own marks among it.
#include "publish/cube.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { MARKS_EACH = 10, CENTRES = 24, CATEGORIES = 6, TIMES = 3, GROUPS = 3 };
static const char *const slice_ids[] = {
    "all",        "category.a", "category.b", "category.c", "category.d", "category.e", "category.f",
    "time.day",   "time.dusk",  "time.night", "group.new",  "group.old",  "group.other"};

struct place {
    double x, y;
};

static double seconds_of(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* About normal, in standard deviations. */
static double spread(void) {
    double sum = 0;
    for (int i = 0; i < 6; i++)
        sum += drand48();
    return (sum - 3) * 1.41;
}

static uint32_t slices_of_mark(uint32_t group_slices) {
    uint32_t slices = 1 | group_slices;
    slices |= 1u << (1 + lrand48() % CATEGORIES);
    for (long times = 1 + lrand48() % 2; times > 0; times--)
        slices |= 1u << (1 + CATEGORIES + lrand48() % TIMES);
    return slices;
}

/* Cells of 250 m over some 20 km: those of a session mark round its place, which lies near one of the city's
 * centres, and now and then round the main ones. */
static void make_city(struct cube_person *people, struct cube_mark *marks, size_t person_count) {
    struct place centres[CENTRES], here = {0};
    uint32_t session = UINT32_MAX;
    for (size_t i = 0; i < CENTRES; i++)
        centres[i] = (struct place){15900 + 14 * spread(), 12400 + 14 * spread()};
    for (size_t i = 0; i < person_count; i++) {
        uint32_t group = (uint32_t)(lrand48() % (GROUPS * 2));
        uint32_t group_slices = group < GROUPS ? 1u << (1 + CATEGORIES + TIMES + group) : 0;
        if (session != i * 60 / 1000) {
            const struct place *centre = &centres[lrand48() % CENTRES];
            here = (struct place){centre->x + 5 * spread(), centre->y + 5 * spread()};
            session = (uint32_t)(i * 60 / 1000);
        }
        people[i].id = (int64_t)((uint64_t)i * UINT64_C(0x9E3779B97F4A7C15));
        people[i].session = session;
        for (size_t j = 0; j < MARKS_EACH; j++) {
            const struct place *near = j % 5 ? &here : &centres[lrand48() % 4];
            marks[i * MARKS_EACH + j] = (struct cube_mark){
                .person = (uint32_t)i,
                .slices = slices_of_mark(group_slices),
                .cell = {(int32_t)(near->x + 3 * spread()), (int32_t)(near->y + 3 * spread())}};
        }
    }
}

static enum err measure(const struct cube_input *input) {
    struct arena arena;
    struct cube cube;
    struct rusage usage;
    arena_init(&arena);
    double start = seconds_of(CLOCK_MONOTONIC), cpu_start = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    enum err err = cube_make(input, NULL, NULL, &arena, &cube);
    double end = seconds_of(CLOCK_MONOTONIC), cpu_end = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    getrusage(RUSAGE_SELF, &usage);
    if (!err)
        printf("{\"marks\":%zu,\"seconds\":%.3f,\"cpu_seconds\":%.3f,\"peak_mib\":%.1f,\"leaves\":%zu}\n",
               input->mark_count, end - start, cpu_end - cpu_start, (double)usage.ru_maxrss / 1024,
               cube.leaf_count);
    arena_fini(&arena);
    return err;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: cube_bench MARKS\n");
        return 2;
    }
    const size_t person_count = strtoul(argv[1], NULL, 10) / MARKS_EACH;
    static const uint8_t key[SECRET_KEY_SIZE] = "not a secret";
    struct cube_person *people = calloc(person_count + 1, sizeof *people);
    struct cube_mark *marks = calloc(person_count + 1, MARKS_EACH * sizeof *marks);
    enum err err = people && marks ? secret_init() : ERR_NO_MEMORY;
    if (!err) {
        srand48(1);
        make_city(people, marks, person_count);
        const struct cube_input input = {.key = key,
                                         .profile = cube_profile(false, 0),
                                         .slice_ids = slice_ids,
                                         .slice_count = sizeof slice_ids / sizeof *slice_ids,
                                         .people = people,
                                         .person_count = person_count,
                                         .marks = marks,
                                         .mark_count = person_count * MARKS_EACH};
        err = measure(&input);
    }
    if (err)
        fprintf(stderr, "cube_bench: %s\n", err_text(err));
    free(people);
    free(marks);
    return err ? 1 : 0;
}
