// SPDX-License-Identifier: AGPL-3.0-or-later
// How probable an output is for somebody who knows every mark and the method, but not the key. Exact: given
// the output, which sets were weighed and what each answer says about its noise is known; sets are
// independent of each other, and the same set has the same noise wherever it is met.
#ifndef REPERE_ATTACK_LIKELIHOOD_H
#define REPERE_ATTACK_LIKELIHOOD_H
#include "model.h"

/** Natural logarithm of P(these items and no others | the crowd); -INFINITY when that cannot be. Counts the
 *  items of model->slices alone. */
double likelihood_log(const struct model *model, const struct set *crowd, const struct shown *items, size_t count);

/**
 * Total variation distance between what is shown with a person and without her, over keys: the mean over
 * outputs x drawn with her of max(0, 1 - P(x without) / P(x with)). The greatest advantage that any
 * attacker who knows all the rest can have.
 * @param without the crowd less her
 * @param slice_sets masks of slices to look at
 * @param out        one distance for each mask, the mean of `draws`
 */
void likelihood_distance(const struct city *city, struct model *model, const struct set *with,
                         const struct set *without, const uint32_t *slice_sets, unsigned slice_set_count,
                         unsigned draws, uint64_t seed, double *out);
#endif
