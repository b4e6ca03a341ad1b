// SPDX-License-Identifier: AGPL-3.0-or-later
// The method written a second time, from its description alone, over sets of bits. It serves three ends: a
// check of the product's cube (same keys, same leaves), a fast source of outputs under fresh keys, and the
// exact probability of an output for somebody who knows every mark but not the key.
#ifndef REPERE_ATTACK_MODEL_H
#define REPERE_ATTACK_MODEL_H
#include "showing.h"

enum { MODEL_TOPS_MAX = 36 };

/** The noise's distribution: P(e) at index e + D. */
struct noise {
    int max;
    double share[2 * CUBE_NOISE_MAX + 1];
    double rising[2 * CUBE_NOISE_MAX + 1]; // P(e <= index - max)
};
/** P(e) ~ exp(-lambda e^2), |e| <= max, lambda such that the variance is V; V = 0: always 0. */
struct noise noise_of(unsigned max, double variance);
/** P(low <= e <= high). */
double noise_between(const struct noise *noise, int low, int high);

struct model {
    struct cube_profile profile;
    struct noise noise;
    unsigned slice_count, top_count, side;
    uint32_t slices;    // bits of those that are walked; all of them at first
    bool any_sessions;  // weakened: no rule about sessions
    bool base_only;     // another method: what a base cell cannot show is dropped, not passed up
    struct cell tops[MODEL_TOPS_MAX];
    uint8_t session[CITY_PEOPLE_MAX]; // by person
    struct set *cells; // [slice][top][side * side]
};
void model_make(const struct city *city, const struct cube_profile *profile, struct model *out);
void model_free(struct model *model);
/** Somebody marks one more place. */
void model_add(const struct city *city, const struct city_mark *mark, struct model *model);
/** A slice's base cells of a top cell. */
static inline struct set *model_cells(const struct model *model, unsigned slice, unsigned top)
{
    return model->cells + ((size_t)slice * model->top_count + top) * model->side * model->side;
}

/** Asked for each set that may be shown (n >= k, two sessions or more, none above 80 %, three people of the
 *  largest): is it? `kept`: with how many of the slacks that the key may draw it keeps the session rule. */
typedef bool model_decide_fn(void *context, unsigned slice, const struct region *region,
                             const struct set *people, unsigned count, struct cube_slack kept);
/** Climbs every slice of the crowd's marks, from base cells to the top. */
void model_walk(const struct model *model, const struct set *crowd, model_decide_fn *decide, void *context);

/** How the noise of a set is made: from the product's own key, or (key NULL) from a seed, which is faster. */
struct model_key {
    const uint8_t *key;
    const double *table; // the product's table, with `key`
    uint64_t seed;
    uint64_t record_keys[CITY_PEOPLE_MAX];
};
void model_key_of(const struct city *city, const uint8_t *key, const double *table, struct model_key *out);
void model_key_seed(const struct city *city, uint64_t seed, struct model_key *out);
/** What is shown under a key. `out` is the caller's, `max` items; returns how many. */
size_t model_show(const struct model *model, const struct set *crowd, const struct model_key *key,
                  struct shown *out, size_t max);
#endif
