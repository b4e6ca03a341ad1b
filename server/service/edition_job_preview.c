// SPDX-License-Identifier: AGPL-3.0-or-later
// What a preview tells: how much of what people marked would be shown, and how many people more it would
// take. The answer to that is tried out: the same people again, as others in sessions to come.
#include "service/edition_job_draft.h"

#include "base/jsonw.h"

#include <math.h>
#include <string.h>

enum { MARKS_MAX = 1000000 }; // of an attempt: more would take longer than the answer is worth
static const double WANTED = 0.8;
static const double factors[] = {1.25, 1.5, 2, 3, 4, 6, 8};
enum { FACTOR_COUNT = sizeof factors / sizeof factors[0] };

static double coverage_of(const struct cube *cube) {
    return cube->coverage.marked ? (double)cube->coverage.shown / (double)cube->coverage.marked : 0;
}

/* ---- more people ---- */

/* How many times the i-th of the people is there, so that they are `factor` as many, evenly drawn. */
static size_t times(size_t i, double factor) {
    return (size_t)(factor * (double)(i + 1)) - (size_t)(factor * (double)i);
}

/* Another person's id. */
static int64_t id_again(int64_t id, size_t copy) {
    uint64_t x = (uint64_t)id + (uint64_t)copy * UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return (int64_t)(x ^ x >> 31);
}

/* The people and their marks, each as often as `times` says. */
static enum err replicate(const struct publication_people *from, double factor, struct arena *arena,
                          struct publication_people *out) {
    struct publication_people made = *from;
    uint32_t *first = arena_array(arena, from->person_count + 1, sizeof *first);
    made.people = arena_array(arena, (size_t)ceil((double)from->person_count * factor) + 1,
                              sizeof *made.people);
    if (!first || !made.people)
        return ERR_NO_MEMORY;
    made.person_count = made.mark_count = 0;
    for (size_t i = 0; i < from->person_count; i++) {
        first[i] = (uint32_t)made.person_count;
        for (size_t copy = 0; copy < times(i, factor); copy++) {
            struct cube_person *person = &made.people[made.person_count++];
            *person = from->people[i];
            person->id = copy ? id_again(person->id, copy) : person->id;
            person->session += (uint32_t)copy << 24;
        }
    }
    for (size_t i = 0; i < from->mark_count; i++)
        made.mark_count += times(from->marks[i].person, factor);
    made.marks = arena_array(arena, made.mark_count + 1, sizeof *made.marks);
    if (!made.marks)
        return ERR_NO_MEMORY;
    made.mark_count = 0;
    for (size_t i = 0; i < from->mark_count; i++) {
        for (size_t copy = 0; copy < times(from->marks[i].person, factor); copy++) {
            made.marks[made.mark_count] = from->marks[i];
            made.marks[made.mark_count++].person = first[from->marks[i].person] + (uint32_t)copy;
        }
    }
    *out = made;
    return ERR_OK;
}

static bool tell_try(void *context, double share) {
    (void)share;
    return draft_tell(context, DRAFT_CUBES) != ERR_OK;
}

/* Of the first slice alone: coverage is measured there. */
static enum err try_factor(struct draft *draft, const struct draft_part *part, double factor,
                           struct arena *arena, double *out) {
    struct publication_people more;
    struct cube cube;
    static const char *const all[] = {"all"};
    enum err err = replicate(&part->people, factor, arena, &more);
    if (err)
        return err;
    for (size_t i = 0; i < more.mark_count; i++)
        more.marks[i].slices &= 1;
    const struct cube_input input = {.key = part->key,
                                     .profile = part->of->profile,
                                     .slice_ids = all,
                                     .slice_count = 1,
                                     .people = more.people,
                                     .person_count = more.person_count,
                                     .marks = more.marks,
                                     .mark_count = more.mark_count};
    err = cube_make(&input, tell_try, draft, arena, &cube);
    if (!err)
        *out = coverage_of(&cube);
    return err;
}

/* @param out people more, -1: it cannot be told */
static enum err people_wanted(struct draft *draft, const struct draft_part *part, int64_t *out) {
    double reached = coverage_of(&part->cube);
    struct arena arena;
    enum err err = ERR_OK;
    *out = reached >= WANTED ? 0 : -1;
    arena_init(&arena);
    for (size_t i = 0; i < FACTOR_COUNT && *out < 0 && !err; i++) {
        if ((double)part->people.mark_count * factors[i] > MARKS_MAX)
            break;
        arena_reset(&arena);
        err = try_factor(draft, part, factors[i], &arena, &reached);
        if (!err && reached >= WANTED)
            *out = (int64_t)ceil((double)part->people.person_count * (factors[i] - 1));
    }
    arena_fini(&arena);
    return err;
}

/* ---- the report ---- */

static void write_slice(struct jsonw *w, struct draft *draft, const struct draft_part *part, size_t slice) {
    int64_t leaves = 0, shown = 0;
    for (size_t i = 0; i < part->cube.leaf_count; i++) {
        if (part->cube.leaves[i].slice != slice)
            continue;
        leaves++;
        shown += part->cube.leaves[i].value;
    }
    jsonw_object(w);
    jsonw_kstr(w, "id", draft_slice_id(draft, part->of->key, part->slices.items[slice].id));
    jsonw_kraw(w, "title", part->slices.items[slice].title);
    jsonw_ki64(w, "leaves", leaves);
    jsonw_ki64(w, "shown", shown);
    jsonw_object_end(w);
}

static enum err write_part(struct jsonw *w, struct draft *draft, const struct draft_part *part) {
    int64_t wanted = -1;
    enum err err = part->people.person_count ? people_wanted(draft, part, &wanted) : ERR_OK;
    jsonw_object(w);
    jsonw_kstr(w, "key", part->of->key);
    jsonw_kstr(w, "outcome", publication_outcome_name(part->of->outcome));
    jsonw_kfixed(w, "coverage", coverage_of(&part->cube), 3);
    jsonw_ki64(w, "leaves", (int64_t)part->cube.leaf_count);
    jsonw_key(w, "slices");
    jsonw_array(w);
    for (size_t i = 0; i < part->slices.count; i++)
        write_slice(w, draft, part, i);
    jsonw_array_end(w);
    jsonw_ki64(w, "too_wide", part->people.too_wide);
    jsonw_key(w, "people_for_80");
    if (wanted < 0)
        jsonw_null(w);
    else
        jsonw_i64(w, wanted);
    jsonw_object_end(w);
    return err;
}

enum err draft_report_preview(struct draft *draft, struct buf *report) {
    struct jsonw w;
    enum err err = ERR_OK;
    jsonw_init(&w, report);
    jsonw_object(&w);
    jsonw_key(&w, "exercises");
    jsonw_array(&w);
    for (size_t i = 0; i < draft->part_count && !err; i++)
        err = write_part(&w, draft, &draft->parts[i]);
    jsonw_array_end(&w);
    publication_write_why(&w, &draft->publication);
    jsonw_object_end(&w);
    return err;
}
