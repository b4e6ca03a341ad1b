// SPDX-License-Identifier: AGPL-3.0-or-later
// Differencing: every pair of slices and of editions, sums of one dimension against all, parents against
// children. The attacker writes down each equation that the published leaves allow, and claims "exactly one
// person" when that is at least 95 % probable.
#ifndef REPERE_ATTACK_DIFFER_H
#define REPERE_ATTACK_DIFFER_H
#include "posterior.h"

/** An isolation is a claim that is true. */
struct claims {
    uint64_t equations, claims, isolations;
    double surest; // the greatest posterior probability met
    struct set isolated; // who
};
/** What an attacker looks at. */
struct view {
    const struct city *city;
    const struct model *model; // profile and noise as published; the truth
    bool exact;                // weakened: she sees n itself
};
/** Within one edition. */
void differ_slices(const struct view *view, const struct showing *shown, const struct set *crowd, struct claims *out);
/** Between two editions; `grown`: everybody in `before` is in `after` too. */
void differ_editions(const struct view *view, const struct showing *before, const struct showing *after,
                     bool grown, struct claims *out);
/** Leaves that stand for one person by themselves. */
void differ_leaves(const struct view *view, const struct showing *shown, struct claims *out);
void claims_add(struct claims *sum, const struct claims *more);
#endif
