// SPDX-License-Identifier: AGPL-3.0-or-later
#include "trial.h"
#include "rng.h"
#include "utility.h"
#include <math.h>
#include <stdlib.h>

enum { WITHDRAWN = 3, ITEMS_MAX = 2048 };

struct setting {
    const struct scenario *scenario;
    const struct effort *effort;
    uint64_t seed;
    struct city city;
    struct cube_profile profile;
    struct model model;
    struct set first, grown, shrunk; // the crowds of edition 1, of edition 2, of edition 1 less a few
    uint8_t key[SECRET_KEY_SIZE];
};

static struct city_size size_of(const struct scenario *scenario)
{
    unsigned categories = scenario->sensitive ? 3 : 5;
    return scenario->people == 60 ? (struct city_size){60, 4, 24, 2, categories}
                                  : (struct city_size){300, 20, 75, 5, categories};
}
static void setting_make(const struct scenario *scenario, const struct effort *effort, unsigned world,
                         struct setting *out)
{
    out->scenario = scenario;
    out->effort = effort;
    out->seed = (uint64_t)world * 16 + scenario->sensitive * 8 + (scenario->people == 60);
    city_make(out->seed, size_of(scenario), &out->city);
    out->profile = cube_profile(scenario->sensitive, 0);
    model_make(&out->city, &out->profile, &out->model);
    out->first = set_first(scenario->people);
    out->grown = set_first(out->city.person_count);
    out->shrunk = out->first;
    struct rng rng = rng_of(out->seed, 11);
    for (unsigned i = 0; i < WITHDRAWN; i++) {
        set_remove(&out->shrunk, rng_below(&rng, scenario->people));
    }
    showing_key(out->seed, out->key);
}

// The same leaves from the method written twice; and the probability of what is shown.
static void check_model(const struct setting *setting, const struct showing *shown, struct trial *out)
{
    double table[2 * CUBE_NOISE_MAX + 1];
    struct model_key key;
    struct shown *items = calloc(ITEMS_MAX, sizeof(*items));
    if (!items) {
        exit(2);
    }
    cube_noise_table(setting->profile.noise_max, setting->profile.noise_variance, table);
    model_key_of(&setting->city, setting->key, table, &key);
    size_t count = model_show(&setting->model, &setting->first, &key, items, ITEMS_MAX);
    out->model_agrees = count == shown->count;
    for (size_t i = 0; i < count && out->model_agrees; i++) {
        bool found = false;
        for (size_t j = 0; j < shown->count && !found; j++) {
            struct showing one = {1, &items[i], {0}}, other = {1, &shown->items[j], {0}};
            found = showing_same(&one, &other);
        }
        out->model_agrees = found;
    }
    out->is_likely = isfinite(likelihood_log(&setting->model, &setting->first, shown->items, shown->count));
    free(items);
}
// The product's noise against the distribution: its table, and how often each value comes, within five
// standard deviations.
static bool check_noise(const struct setting *setting)
{
    enum { DRAWS = 100000 };
    const struct noise *noise = &setting->model.noise;
    double table[2 * CUBE_NOISE_MAX + 1], often[2 * CUBE_NOISE_MAX + 1] = {0};
    bool agrees = true;
    cube_noise_table(setting->profile.noise_max, setting->profile.noise_variance, table);
    for (uint64_t i = 0; i < DRAWS; i++) {
        often[cube_noise(setting->key, rng_mix(i), table, setting->profile.noise_max) + noise->max]++;
    }
    for (int e = 0; e <= 2 * noise->max; e++) {
        double share = noise->share[e], deviation = sqrt(share * (1 - share) / DRAWS);
        agrees = agrees && fabs(table[e] - noise->rising[e]) < 1e-9 && fabs(often[e] / DRAWS - share) < 5 * deviation;
    }
    return agrees;
}
static void differ(const struct setting *setting, const struct view *view, const struct showing *first,
                   const struct showing *grown, const struct showing *shrunk, struct claims *out)
{
    differ_leaves(view, first, out);
    differ_slices(view, first, &setting->first, out);
    differ_slices(view, grown, &setting->grown, out);
    differ_slices(view, shrunk, &setting->shrunk, out);
    differ_editions(view, first, grown, true, out);
    differ_editions(view, first, shrunk, false, out);
}
// As published: edition 2 and the one after withdrawals know the first.
static void differ_product(const struct setting *setting, const struct showing *first, struct claims *out)
{
    struct showing grown, shrunk;
    struct view view = {&setting->city, &setting->model, false};
    showing_make(&setting->city, &setting->grown, &setting->profile, setting->key, first, &grown);
    showing_make(&setting->city, &setting->shrunk, &setting->profile, setting->key, first, &shrunk);
    differ(setting, &view, first, &grown, &shrunk, out);
    showing_free(&grown);
    showing_free(&shrunk);
}
// The product's cube with the floor alone: no noise, no rounding, no memory of the edition before.
static void differ_no_noise(const struct setting *setting, struct claims *out)
{
    const struct set *crowds[] = {&setting->first, &setting->grown, &setting->shrunk};
    struct cube_profile profile = setting->profile;
    struct showing shown[3];
    struct view view = {&setting->city, &setting->model, true};
    profile.noise_max = 0;
    profile.noise_variance = 0;
    for (unsigned i = 0; i < 3; i++) {
        showing_make(&setting->city, crowds[i], &profile, setting->key, NULL, &shown[i]);
    }
    differ(setting, &view, &shown[0], &shown[1], &shown[2], out);
    for (unsigned i = 0; i < 3; i++) {
        showing_free(&shown[i]);
    }
}
// No floor, no noise, no rule about sessions: the model's, as the product has no such switch.
static void differ_no_floor(const struct setting *setting, struct claims *out)
{
    struct cube_profile profile = setting->profile;
    struct model model;
    struct model_key key;
    profile.floor = 1;
    profile.noise_max = 0;
    profile.noise_variance = 0;
    model_make(&setting->city, &profile, &model);
    model.any_sessions = true;
    model_key_seed(&setting->city, setting->seed, &key);
    struct showing shown = {0, calloc(4 * (size_t)ITEMS_MAX, sizeof(struct shown)), {0}};
    if (!shown.items) {
        exit(2);
    }
    shown.count = model_show(&model, &setting->first, &key, shown.items, 4 * (size_t)ITEMS_MAX);
    struct view view = {&setting->city, &model, true};
    differ_leaves(&view, &shown, out);
    showing_free(&shown);
    model_free(&model);
}

static void membership(struct setting *setting, const struct showing *first, struct trial *out)
{
    const struct effort *effort = setting->effort;
    struct rng rng = rng_of(setting->seed, 12);
    for (unsigned i = 0; i < MEMBERSHIP_TARGETS; i++) {
        struct target *target = &out->targets[i];
        struct set without = setting->first;
        struct showing absent;
        target->person = rng_below(&rng, setting->scenario->people);
        set_remove(&without, target->person);
        showing_make(&setting->city, &without, &setting->profile, setting->key, NULL, &absent);
        membership_features(&setting->city, &setting->profile, target->person, &absent, target->features[0]);
        membership_features(&setting->city, &setting->profile, target->person, first, target->features[1]);
        showing_free(&absent);
        membership_distances(&setting->city, &setting->model, &setting->first,
                             out->is_long ? effort->long_draws : effort->draws, out->is_long,
                             setting->seed * MEMBERSHIP_TARGETS + i, target);
    }
}
static void face_peer(const struct setting *setting, struct trial *out)
{
    struct peer_result peer;
    peer_attack(&setting->city, &setting->first, setting->profile.base_m, setting->effort->polygons,
                setting->seed, &peer);
    struct set any = peer.filters;
    set_join(&any, &peer.polygons);
    set_join(&any, &peer.updates);
    const struct set *sets[] = {&peer.filters, &peer.days, &peer.polygons, &peer.updates, &any};
    for (unsigned i = 0; i < 5; i++) {
        out->singled[i] = set_count(sets[i]);
    }
    out->tracked = peer.tracked;
    out->trackers = peer.trackers;
}
void trial_run(const struct scenario *scenario, const struct effort *effort, unsigned world, struct trial *out)
{
    struct setting *setting = calloc(1, sizeof(*setting));
    struct showing first;
    if (!setting) {
        exit(2);
    }
    *out = (struct trial){.is_long = world < effort->long_worlds};
    setting_make(scenario, effort, world, setting);
    showing_make(&setting->city, &setting->first, &setting->profile, setting->key, NULL, &first);
    out->leaves = (uint32_t)first.count;
    out->coverage = (double)first.coverage.shown / (double)first.coverage.marked;
    unsigned base_m = setting->profile.base_m;
    out->top10_km = utility_top10(&setting->city, &setting->first, base_m, 1000, &first);
    out->top10_base = utility_top10(&setting->city, &setting->first, base_m, base_m, &first);
    check_model(setting, &first, out);
    differ_product(setting, &first, &out->product);
    differ_no_noise(setting, &out->no_noise);
    differ_no_floor(setting, &out->no_floor);
    membership(setting, &first, out);
    if (out->is_long) {
        face_peer(setting, out);
        inserts_attack(&setting->city, scenario->people, effort->inserts, &setting->profile, setting->seed,
                       out->snapshots);
    }
    out->noise_agrees = world > 0 || check_noise(setting);
    if (world == 0) {
        polygons_attack(&setting->city, &first, base_m, effort->polygons, setting->seed, &out->polygons);
        averaging_attack(&setting->city, &setting->first, &setting->profile, effort->repeats, effort->trials,
                         setting->seed, &out->averaging);
    }
    showing_free(&first);
    model_free(&setting->model);
    free(setting);
}
