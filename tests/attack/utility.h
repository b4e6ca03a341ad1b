// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether a planner is still told what matters.
#ifndef REPERE_ATTACK_UTILITY_H
#define REPERE_ATTACK_UTILITY_H
#include "showing.h"

/**
 * Of the ten densest squares by what is published, how many are among the ten densest in truth (distinct
 * people; a tie for the tenth place counts), as a share of ten.
 * @param square_m 1000, or the base cell
 */
double utility_top10(const struct city *city, const struct set *crowd, unsigned base_m, unsigned square_m,
                     const struct showing *shown);
#endif
