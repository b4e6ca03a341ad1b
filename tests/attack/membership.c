// SPDX-License-Identifier: AGPL-3.0-or-later
#include "membership.h"
#include "rng.h"
#include "solve.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { KNOWN = 3 };

static const struct shown *leaf_at(const struct showing *shown, unsigned slice, struct cell cell, unsigned base_m)
{
    for (size_t i = 0; i < shown->count; i++) {
        if (shown->items[i].slice == slice && ground_has(&shown->items[i].region, cell, base_m)) {
            return &shown->items[i];
        }
    }
    return NULL;
}
static double density(const struct shown *leaf)
{
    return leaf ? leaf->value / (double)region_count(&leaf->region) : 0;
}
// Leaves of the dimensions that cover the cell: how many, and their densities together.
static void by_dimension(const struct city *city, const struct showing *shown, struct cell cell, unsigned base_m,
                         float *out)
{
    unsigned ends[] = {1, city_first_time(city), city_first_group(city), city_slice_count(city)};
    for (unsigned dimension = 0; dimension < 3; dimension++) {
        double sum = 0;
        unsigned count = 0;
        for (unsigned slice = ends[dimension]; slice < ends[dimension + 1]; slice++) {
            const struct shown *leaf = leaf_at(shown, slice, cell, base_m);
            count += leaf != NULL;
            sum += density(leaf);
        }
        *out++ = (float)count;
        *out++ = (float)sum;
    }
}
static double round_about(const struct showing *shown, struct cell cell, unsigned base_m)
{
    int32_t step = (int32_t)(1000 / base_m);
    double sum = 0;
    for (int32_t row = -1; row <= 1; row++) {
        for (int32_t column = -1; column <= 1; column++) {
            struct cell there = {cell.column + column * step, cell.row + row * step};
            sum += row || column ? density(leaf_at(shown, 0, there, base_m)) / 8 : 0;
        }
    }
    return sum;
}
void membership_features(const struct city *city, const struct cube_profile *profile, uint32_t person,
                         const struct showing *shown, float *out)
{
    const struct city_person *her = &city->people[person];
    struct point known[KNOWN] = {her->home, city->places[her->habits[0]].at, city->places[her->habits[1]].at};
    memset(out, 0, MEMBERSHIP_FEATURES * sizeof(*out));
    for (unsigned i = 0; i < KNOWN; i++) {
        struct cell cell = city_cell(known[i], profile->base_m);
        const struct shown *leaf = leaf_at(shown, 0, cell, profile->base_m);
        *out++ = (float)density(leaf);
        *out++ = leaf ? (float)leaf->value : 0;
        *out++ = leaf ? (float)log2(region_count(&leaf->region)) : 9;
        if (i < 2) {
            *out++ = (float)(density(leaf) - round_about(shown, cell, profile->base_m));
            by_dimension(city, shown, cell, profile->base_m, out);
            out += 6;
        }
    }
    for (size_t i = 0; i < shown->count; i++) {
        if (shown->items[i].slice == 0) {
            out[0] += (float)shown->items[i].value;
        }
    }
}

// Distinct cells she marked.
static uint32_t cells_of(const struct city *city, const struct city_person *her, unsigned base_m)
{
    struct cell seen[CITY_MARKS_A_PERSON];
    uint32_t count = 0;
    for (uint32_t i = 0; i < her->mark_count; i++) {
        struct cell cell = city_cell(city->marks[her->first_mark + i].at, base_m);
        uint32_t at = 0;
        while (at < count && memcmp(&seen[at], &cell, sizeof(cell)) != 0) {
            at++;
        }
        seen[at] = cell;
        count = at == count ? count + 1 : count;
    }
    return count;
}
// The distance when marks of other people are hers, too.
static double distance_marking(const struct city *city, const struct model *model, const struct set *crowd,
                               const struct set *without, unsigned more, uint64_t seed, const struct target *target)
{
    const uint32_t slices = UINT32_MAX;
    struct rng rng = rng_of(seed, 7);
    struct model busy;
    double found;
    model_make(city, &model->profile, &busy);
    for (unsigned i = 0; i < more; i++) {
        struct city_mark mark = city->marks[rng_below(&rng, city->mark_count)];
        mark.person = target->person;
        model_add(city, &mark, &busy);
    }
    likelihood_distance(city, &busy, crowd, without, &slices, 1, target->draws, seed, &found);
    model_free(&busy);
    return found;
}
void membership_distances(const struct city *city, struct model *model, const struct set *crowd, unsigned draws,
                          bool more, uint64_t seed, struct target *target)
{
    const uint32_t slices[] = {UINT32_MAX, 1};
    struct set without = *crowd;
    double found[2];
    set_remove(&without, target->person);
    target->cells = cells_of(city, &city->people[target->person], model->profile.base_m);
    target->draws = draws;
    likelihood_distance(city, model, crowd, &without, slices, 2, draws, seed, found);
    target->distance[DISTANCE_JOINT] = (float)found[0];
    target->distance[DISTANCE_ALL] = (float)found[1];
    if (!more) {
        return;
    }
    model->any_sessions = true;
    likelihood_distance(city, model, crowd, &without, slices, 1, draws, seed, found);
    target->distance[DISTANCE_NO_SESSION_RULE] = (float)found[0];
    model->any_sessions = false;
    model->base_only = true;
    likelihood_distance(city, model, crowd, &without, slices, 1, draws, seed, found);
    target->distance[DISTANCE_NO_RESIDUE] = (float)found[0];
    model->base_only = false;
    target->distance[DISTANCE_FULL_CAP] =
        (float)distance_marking(city, model, crowd, &without, CUBE_CELLS_A_PERSON - target->cells, seed, target);
    target->distance[DISTANCE_NO_CAP] = (float)distance_marking(city, model, crowd, &without, 24, seed, target);
}

static int by_score(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}
double advantage_of(double *without, double *with, size_t count)
{
    qsort(without, count, sizeof(*without), by_score);
    qsort(with, count, sizeof(*with), by_score);
    double best = 0;
    for (size_t i = 0, j = 0; i < count && j < count;) {
        double at = fmin(without[i], with[j]);
        while (i < count && without[i] <= at) {
            i++;
        }
        while (j < count && with[j] <= at) {
            j++;
        }
        best = fmax(best, fabs((double)i - (double)j) / (double)count);
    }
    return best;
}
// The advantage among every second target, along a direction.
static double measure(const struct target *targets, size_t first, size_t count, const double *direction,
                      double *scores)
{
    size_t taken = 0;
    double *without = scores, *with = scores + count;
    for (size_t i = first; i < count; i += 2, taken++) {
        without[taken] = with[taken] = 0;
        for (unsigned f = 0; f < MEMBERSHIP_FEATURES; f++) {
            without[taken] += direction[f] * (double)targets[i].features[0][f];
            with[taken] += direction[f] * (double)targets[i].features[1][f];
        }
    }
    return advantage_of(without, with, taken);
}
// Fisher's: the within-class scatter's inverse times the difference of the means.
// `coin`: with and without swapped at random.
static void learn(const struct target *targets, size_t count, bool coin, double *direction)
{
    enum { F = MEMBERSHIP_FEATURES };
    double scatter[F * F] = {0}, means[2][F] = {{0}};
    struct rng rng = rng_of(count, 8);
    double taken = 0;
    for (size_t i = 0; i < count; i += 2, taken++) {
        unsigned swap = coin ? rng_below(&rng, 2) : 0;
        for (unsigned f = 0; f < F; f++) {
            means[0][f] += (double)targets[i].features[swap][f];
            means[1][f] += (double)targets[i].features[1 - swap][f];
        }
    }
    for (size_t i = 0; i < count; i += 2) {
        for (unsigned side = 0; side < 2; side++) {
            for (unsigned f = 0; f < F; f++) {
                double one = (double)targets[i].features[side][f] - (means[0][f] + means[1][f]) / 2 / taken;
                for (unsigned g = 0; g < F; g++) {
                    double other = (double)targets[i].features[side][g] - (means[0][g] + means[1][g]) / 2 / taken;
                    scatter[f * F + g] += one * other / taken;
                }
            }
        }
    }
    for (unsigned f = 0; f < F; f++) {
        scatter[f * F + f] += 1e-6;
        direction[f] = (means[1][f] - means[0][f]) / taken;
    }
    solve(F, scatter, direction);
}
double membership_realistic(const struct target *targets, size_t count, double *out_chance)
{
    double *scores = calloc(2 * count + 2, sizeof(*scores));
    double direction[MEMBERSHIP_FEATURES];
    if (!scores) {
        exit(2);
    }
    learn(targets, count, true, direction);
    *out_chance = measure(targets, 1, count, direction, scores);
    learn(targets, count, false, direction);
    double best = measure(targets, 1, count, direction, scores), best_even = -1;
    double single[MEMBERSHIP_FEATURES] = {0};
    for (unsigned f = 0; f < MEMBERSHIP_FEATURES; f++) {
        double alone[MEMBERSHIP_FEATURES] = {0};
        alone[f] = 1;
        double even = measure(targets, 0, count, alone, scores);
        if (even > best_even) {
            best_even = even;
            memcpy(single, alone, sizeof(single));
        }
    }
    best = fmax(best, measure(targets, 1, count, single, scores));
    free(scores);
    return best;
}
