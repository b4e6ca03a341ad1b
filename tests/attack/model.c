// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model.h"
#include "rng.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double variance_at(double lambda, int max, double *share)
{
    double total = 0, squares = 0;
    for (int e = -max; e <= max; e++) {
        share[e + max] = exp(-lambda * e * e);
        total += share[e + max];
        squares += share[e + max] * e * e;
    }
    for (int i = 0; i <= 2 * max; i++) {
        share[i] /= total;
    }
    return squares / total;
}
struct noise noise_of(unsigned max, double variance)
{
    struct noise noise = {.max = (int)max};
    double low = -1, high = 64; // the variance falls as lambda grows
    for (int i = 0; i < 200; i++) {
        double middle = (low + high) / 2;
        if (variance_at(middle, noise.max, noise.share) > variance) {
            low = middle;
        } else {
            high = middle;
        }
    }
    double sum = 0;
    for (unsigned i = 0; i <= 2 * max; i++) {
        sum += noise.share[i];
        noise.rising[i] = sum;
    }
    return noise;
}
double noise_between(const struct noise *noise, int low, int high)
{
    low = low < -noise->max ? -noise->max : low;
    high = high > noise->max ? noise->max : high;
    double sum = 0;
    for (int e = low; e <= high; e++) {
        sum += noise->share[e + noise->max];
    }
    return sum;
}

static int32_t floor_div(int32_t a, int32_t b)
{
    return a / b - (a % b < 0);
}
static unsigned top_index(struct model *model, struct cell top)
{
    for (unsigned i = 0; i < model->top_count; i++) {
        if (model->tops[i].column == top.column && model->tops[i].row == top.row) {
            return i;
        }
    }
    if (model->top_count == MODEL_TOPS_MAX) {
        fprintf(stderr, "attack: the city is too large\n");
        exit(2);
    }
    model->tops[model->top_count] = top;
    return model->top_count++;
}
void model_add(const struct city *city, const struct city_mark *mark, struct model *model)
{
    int32_t side = (int32_t)model->side;
    struct cell cell = city_cell(mark->at, model->profile.base_m);
    struct cell top = {floor_div(cell.column, side), floor_div(cell.row, side)};
    int32_t bit = (cell.row - top.row * side) * side + cell.column - top.column * side;
    uint32_t slices = city_mark_slices(city, mark);
    for (unsigned slice = 0; slice < model->slice_count; slice++) {
        if (slices >> slice & 1) {
            set_add(&model_cells(model, slice, top_index(model, top))[bit], mark->person);
        }
    }
}
void model_make(const struct city *city, const struct cube_profile *profile, struct model *out)
{
    *out = (struct model){.profile = *profile,
                          .noise = noise_of(profile->noise_max, profile->noise_variance),
                          .slice_count = city_slice_count(city),
                          .slices = UINT32_MAX,
                          .side = EQUAL_AREA_TOP_M / profile->base_m};
    int32_t side = (int32_t)out->side;
    for (uint32_t i = 0; i < city->person_count; i++) {
        out->session[i] = (uint8_t)city->people[i].session;
    }
    for (uint32_t i = 0; i < city->mark_count; i++) {
        struct cell cell = city_cell(city->marks[i].at, profile->base_m);
        top_index(out, (struct cell){floor_div(cell.column, side), floor_div(cell.row, side)});
    }
    out->cells = calloc((size_t)out->slice_count * out->top_count * out->side * out->side, sizeof(*out->cells));
    if (!out->cells) {
        exit(2);
    }
    for (uint32_t i = 0; i < city->mark_count; i++) {
        model_add(city, &city->marks[i], out);
    }
}
void model_free(struct model *model)
{
    free(model->cells);
}

// With how many of the slacks the set may be shown: two sessions or more, none above 80 - w %, 3 + u people or
// more from the largest.
static struct cube_slack slacks_kept(const struct model *model, const struct set *people, unsigned count)
{
    unsigned here[CITY_SESSIONS_MAX] = {0}, present = 0, largest = 0;
    for (unsigned word = 0; word < SET_WORDS; word++) {
        for (uint64_t bits = people->words[word]; bits; bits &= bits - 1) {
            unsigned n = ++here[model->session[word * 64 + (unsigned)__builtin_ctzll(bits)]];
            present += n == 1;
            largest = n > largest ? n : largest;
        }
    }
    struct cube_slack kept = {0};
    if (present < 2) {
        return kept;
    }
    while (kept.people < model->profile.slack_people && largest >= 3 + kept.people) {
        kept.people++;
    }
    while (kept.percent < model->profile.slack_percent && largest * 100 <= (80 - kept.percent) * count) {
        kept.percent++;
    }
    return kept;
}
static void square_bits(unsigned side, unsigned level, unsigned column, unsigned row, uint64_t *bits)
{
    memset(bits, 0, REGION_WORDS * sizeof(*bits));
    for (unsigned y = row * level; y < (row + 1) * level; y++) {
        for (unsigned x = column * level; x < (column + 1) * level; x++) {
            bits[(y * side + x) / 64] |= 1ULL << ((y * side + x) % 64);
        }
    }
}
struct climb {
    const struct model *model;
    model_decide_fn *decide;
    void *context;
    unsigned slice;
    struct cell top;
    uint64_t taken[REGION_WORDS]; // ground that stands on its own already
};
// One set: shown (then it is emptied and its ground taken) or left for the parent.
static void climb_set(struct climb *climb, unsigned level, unsigned column, unsigned row, struct set *set)
{
    unsigned count = set_is_empty(set) ? 0 : set_count(set);
    if (count == 0 || count < climb->model->profile.floor) {
        return;
    }
    const struct cube_profile *profile = &climb->model->profile;
    struct cube_slack kept = {profile->slack_people, profile->slack_percent};
    if (!climb->model->any_sessions) {
        kept = slacks_kept(climb->model, set, count);
    }
    if (kept.people == 0 || kept.percent == 0) {
        return;
    }
    struct region region = {.top = climb->top};
    square_bits(climb->model->side, level, column, row, region.bits);
    for (unsigned i = 0; i < REGION_WORDS; i++) {
        region.bits[i] &= ~climb->taken[i];
    }
    if (climb->decide(climb->context, climb->slice, &region, set, count, kept)) {
        for (unsigned i = 0; i < REGION_WORDS; i++) {
            climb->taken[i] |= region.bits[i];
        }
        memset(set, 0, sizeof(*set));
    }
}
static void climb_top(struct climb *climb, struct set *sets)
{
    unsigned side = climb->model->side, last = climb->model->base_only ? 1 : side;
    for (unsigned level = 1; level <= last; level *= 2) {
        unsigned across = side / level;
        for (unsigned row = 0; row < across; row++) {
            for (unsigned column = 0; column < across; column++) {
                climb_set(climb, level, column, row, &sets[row * across + column]);
            }
        }
        // a parent's place in the array is never behind its first child's
        for (unsigned row = 0; level < last && row < across / 2; row++) {
            for (unsigned column = 0; column < across / 2; column++) {
                struct set parent = sets[2 * row * across + 2 * column];
                set_join(&parent, &sets[2 * row * across + 2 * column + 1]);
                set_join(&parent, &sets[(2 * row + 1) * across + 2 * column]);
                set_join(&parent, &sets[(2 * row + 1) * across + 2 * column + 1]);
                sets[row * (across / 2) + column] = parent;
            }
        }
    }
}
void model_walk(const struct model *model, const struct set *crowd, model_decide_fn *decide, void *context)
{
    struct set sets[256];
    unsigned cells = model->side * model->side;
    struct climb climb = {.model = model, .decide = decide, .context = context};
    for (climb.slice = 0; climb.slice < model->slice_count; climb.slice++) {
        for (unsigned top = 0; model->slices >> climb.slice & 1 && top < model->top_count; top++) {
            const struct set *from = model_cells(model, climb.slice, top);
            struct set present = {{0}};
            for (unsigned i = 0; i < cells; i++) {
                sets[i] = set_both(from[i], crowd);
                set_join(&present, &sets[i]);
            }
            if (set_count(&present) >= model->profile.floor) {
                climb.top = model->tops[top];
                memset(climb.taken, 0, sizeof(climb.taken));
                climb_top(&climb, sets);
            }
        }
    }
}

void model_key_of(const struct city *city, const uint8_t *key, const double *table, struct model_key *out)
{
    out->key = key;
    out->table = table;
    for (uint32_t i = 0; i < city->person_count; i++) {
        out->record_keys[i] = cube_record_key(key, city->people[i].id);
    }
}
void model_key_seed(const struct city *city, uint64_t seed, struct model_key *out)
{
    struct rng rng = rng_of(seed, 3);
    out->key = NULL;
    out->table = NULL;
    out->seed = rng_next(&rng);
    for (uint32_t i = 0; i < city->person_count; i++) {
        out->record_keys[i] = rng_next(&rng);
    }
}
struct draw {
    const struct model *model;
    const struct model_key *key;
    struct shown *out;
    size_t count, max;
};
static uint64_t cell_key_of(const struct draw *draw, const struct set *people)
{
    uint64_t cell_key = 0;
    for (unsigned word = 0; word < SET_WORDS; word++) {
        for (uint64_t bits = people->words[word]; bits; bits &= bits - 1) {
            cell_key += draw->key->record_keys[word * 64 + (unsigned)__builtin_ctzll(bits)];
        }
    }
    return cell_key;
}
static struct cube_slack slack_of(const struct draw *draw, uint64_t cell_key)
{
    const struct cube_profile *profile = &draw->model->profile;
    if (draw->key->key) {
        return cube_slack(draw->key->key, cell_key, profile);
    }
    uint64_t drawn = rng_mix(~cell_key ^ draw->key->seed);
    return (struct cube_slack){(unsigned)(drawn / profile->slack_percent % profile->slack_people),
                               (unsigned)(drawn % profile->slack_percent)};
}
static int noise_of_set(const struct draw *draw, uint64_t cell_key)
{
    const struct noise *noise = &draw->model->noise;
    if (draw->key->key) {
        return cube_noise(draw->key->key, cell_key, draw->key->table, draw->model->profile.noise_max);
    }
    double u = (double)(rng_mix(cell_key ^ draw->key->seed) >> 11) * 0x1p-53;
    int e = 0;
    while (e < 2 * noise->max && u >= noise->rising[e]) {
        e++;
    }
    return e - noise->max;
}
static bool draw_decides(void *context, unsigned slice, const struct region *region,
                         const struct set *people, unsigned count, struct cube_slack kept)
{
    struct draw *draw = context;
    const struct cube_profile *profile = &draw->model->profile;
    uint64_t cell_key = cell_key_of(draw, people);
    int sum = (int)count + noise_of_set(draw, cell_key);
    struct cube_slack slack = slack_of(draw, cell_key);
    if (sum < (int)(profile->floor + profile->noise_max) || slack.people >= kept.people ||
        slack.percent >= kept.percent) {
        return false;
    }
    if (draw->count < draw->max) {
        draw->out[draw->count++] = (struct shown){.slice = slice,
                                                  .region = *region,
                                                  .value = (uint32_t)((sum + 2) / 5 * 5),
                                                  .count = count,
                                                  .people = *people,
                                                  .basis = *people};
    }
    return true;
}
size_t model_show(const struct model *model, const struct set *crowd, const struct model_key *key,
                  struct shown *out, size_t max)
{
    struct draw draw = {model, key, out, 0, max};
    model_walk(model, crowd, draw_decides, &draw);
    return draw.count;
}
