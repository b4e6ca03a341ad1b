// SPDX-License-Identifier: AGPL-3.0-or-later
// What a published value says about the number behind it. Two priors on n: uniform, and Poisson with the
// value shown as its mean; a claim is made when either is sure.
#ifndef REPERE_ATTACK_POSTERIOR_H
#define REPERE_ATTACK_POSTERIOR_H
#include "model.h"

enum { POSTERIOR_LEAVES_MAX = 16, POSTERIOR_SPAN = 1024 };
enum prior { PRIOR_UNIFORM, PRIOR_POISSON, PRIORS };

/** Weights of low, low + 1, ... ; not scaled. */
struct weights {
    int low, size;
    double at[POSTERIOR_SPAN];
};
/** P(this value is shown | n) times the prior of n. */
void posterior_leaf(const struct noise *noise, unsigned floor, uint32_t value, enum prior prior, struct weights *out);

/** Values of leaves, taken together. */
struct values {
    size_t count;
    const uint32_t *at;
};
/**
 * The greatest posterior probability, of the two priors, that sum(a) - sum(b) is exactly one.
 * @param inclusive who is counted in b is counted in a: the difference is 0 or more
 * @param same_ground a and b are one leaf each of the same ground: the same people would give the same value
 * 0 when more than POSTERIOR_LEAVES_MAX leaves are involved: their noise alone hides one person.
 */
double posterior_of_one(const struct noise *noise, unsigned floor, struct values a, struct values b,
                        bool inclusive, bool same_ground);
#endif
