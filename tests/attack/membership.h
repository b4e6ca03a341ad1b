// SPDX-License-Identifier: AGPL-3.0-or-later
// Was she there? The same world with and without one person, before a realistic attacker, who knows where
// she lives and two places she goes to, the method and other cities like it, but neither key nor the others;
// and before an omniscient one, who knows every other mark. Decision 0017 defines both.
#ifndef REPERE_ATTACK_MEMBERSHIP_H
#define REPERE_ATTACK_MEMBERSHIP_H
#include "likelihood.h"

enum { MEMBERSHIP_TARGETS = 6, MEMBERSHIP_FEATURES = 24 };
enum distance {
    DISTANCE_JOINT,           // all slices
    DISTANCE_ALL,             // the slice "all" alone
    DISTANCE_NO_SESSION_RULE, // all slices, from here on
    DISTANCE_NO_RESIDUE,      // nothing is passed up: base cells alone
    DISTANCE_FULL_CAP,        // she marked as many cells as the cap leaves her
    DISTANCE_NO_CAP,          // she marked 24 places more, and all count
    DISTANCES
};

struct target {
    uint32_t person;
    float features[2][MEMBERSHIP_FEATURES]; // of what is shown without and with her
    float distance[DISTANCES];              // omniscient
    uint32_t cells;                         // that she marked
    uint32_t draws;
};
/** Fills in what a realistic attacker reads off the map round her. */
void membership_features(const struct city *city, const struct cube_profile *profile, uint32_t person,
                         const struct showing *shown, float *out);
/** Fills in the distances. `more`: also those of the weakened rules. */
void membership_distances(const struct city *city, struct model *model, const struct set *crowd, unsigned draws,
                          bool more, uint64_t seed, struct target *target);

/** max over thresholds of |TPR - FPR|. Sorts both. */
double advantage_of(double *without, double *with, size_t count);
/**
 * The realistic attacker's advantage: a linear discriminant learnt on the even targets, and the best single
 * feature of the even ones, both measured on the odd ones; the greater. `chance`: the discriminant's when
 * with and without are swapped by a coin.
 */
double membership_realistic(const struct target *targets, size_t count, double *out_chance);
#endif
