// SPDX-License-Identifier: AGPL-3.0-or-later
// Random polygons laid over the published leaves, each answered by area. If the answers are a linear function
// of the leaves, any number of them gives the leaves back and nothing else.
#ifndef REPERE_ATTACK_POLYGONS_H
#define REPERE_ATTACK_POLYGONS_H
#include "showing.h"

struct polygons {
    uint64_t polygons, leaves;
    uint64_t determined;    // leaves whose value the answers give back
    double worst_leaf;      // largest error of a value that was given back, people
    double worst_answer;    // largest difference of an answer from what the recovered values foretell
};
void polygons_attack(const struct city *city, const struct showing *shown, unsigned base_m, unsigned polygons,
                     uint64_t seed, struct polygons *out);
#endif
