// SPDX-License-Identifier: AGPL-3.0-or-later
#include "posterior.h"
#include <math.h>

void posterior_leaf(const struct noise *noise, unsigned floor, uint32_t value, enum prior prior, struct weights *out)
{
    int threshold = (int)floor + noise->max, shown = (int)value;
    int lowest = shown - 2 - noise->max, highest = shown + 2 + noise->max;
    out->low = lowest < (int)floor ? (int)floor : lowest;
    out->size = highest - out->low + 1;
    for (int i = 0; i < out->size; i++) {
        int n = out->low + i;
        int least = shown - 2 > threshold ? shown - 2 : threshold; // of n + e
        double given = noise_between(noise, least - n, shown + 2 - n);
        double mean = shown > 0 ? shown : 1;
        out->at[i] = given * (prior == PRIOR_UNIFORM ? 1 : exp(n * log(mean) - mean - lgamma(n + 1)));
    }
}
static void add_leaf(struct weights *sum, const struct weights *leaf)
{
    struct weights out = {.low = sum->low + leaf->low, .size = sum->size + leaf->size - 1};
    for (int i = 0; i < sum->size; i++) {
        for (int j = 0; j < leaf->size; j++) {
            out.at[i + j] += sum->at[i] * leaf->at[j];
        }
    }
    *sum = out;
}
static void posterior_sum(const struct noise *noise, unsigned floor, struct values values, enum prior prior,
                          struct weights *out)
{
    *out = (struct weights){.low = 0, .size = 1, .at = {1}};
    for (size_t i = 0; i < values.count; i++) {
        struct weights leaf = {0};
        posterior_leaf(noise, floor, values.at[i], prior, &leaf);
        add_leaf(out, &leaf);
    }
}
// Where the ground is the same, the difference itself is uniform and the prior stands on b alone.
static double one_of_two(const struct weights *a, const struct weights *b, uint32_t value_a, uint32_t value_b,
                         bool inclusive, bool same_ground)
{
    double one = 0, total = 0;
    for (int i = 0; i < a->size; i++) {
        for (int j = 0; j < b->size; j++) {
            int difference = a->low + i - b->low - j;
            if (difference < 0 && inclusive) {
                continue;
            }
            if (difference == 0 && same_ground && value_a != value_b) {
                continue; // nobody between them: they would be the same set and show the same
            }
            double weight = a->at[i] * b->at[j];
            total += weight;
            one += difference == 1 ? weight : 0;
        }
    }
    return total > 0 ? one / total : 0;
}
double posterior_of_one(const struct noise *noise, unsigned floor, struct values a, struct values b,
                        bool inclusive, bool same_ground)
{
    if (a.count + b.count > POSTERIOR_LEAVES_MAX || a.count == 0) {
        return 0;
    }
    double best = 0;
    for (int prior = 0; prior < PRIORS; prior++) {
        struct weights of_a, of_b;
        posterior_sum(noise, floor, a, (enum prior)prior, &of_a);
        posterior_sum(noise, floor, b, (enum prior)prior, &of_b);
        uint32_t value_b = b.count ? b.at[0] : 0;
        best = fmax(best, one_of_two(&of_a, &of_b, a.at[0], value_b, inclusive, same_ground));
    }
    return best;
}
