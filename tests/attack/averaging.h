// SPDX-License-Identifier: AGPL-3.0-or-later
// Asking again: the same question ten thousand times, in other orders, through other slices; and the same
// with a key that changes at each edition, where the mean of the answers is the count.
#ifndef REPERE_ATTACK_AVERAGING_H
#define REPERE_ATTACK_AVERAGING_H
#include "showing.h"

struct averaging {
    uint64_t repeats, different;      // cubes made again in another order, and those that were not the same
    uint64_t equivalents, unequal;    // the same people elsewhere, and those that had another value
    double fixed_100;                 // share of counts found as the mean of 100 draws under one key
    double rotated_20, rotated_100;   // under a fresh key each
};
void averaging_attack(const struct city *city, const struct set *crowd, const struct cube_profile *profile,
                      unsigned repeats, unsigned trials, uint64_t seed, struct averaging *out);
#endif
