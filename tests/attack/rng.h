// SPDX-License-Identifier: AGPL-3.0-or-later
// Random numbers that are the same on every machine: splitmix64. Not for secrets.
#ifndef REPERE_ATTACK_RNG_H
#define REPERE_ATTACK_RNG_H
#include <math.h>
#include <stdint.h>

struct rng {
    uint64_t state;
};

static inline uint64_t rng_mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9U;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}
/** A stream of its own for each pair of a seed and a purpose. */
static inline struct rng rng_of(uint64_t seed, uint64_t purpose)
{
    return (struct rng){rng_mix(seed + 0x9e3779b97f4a7c15U) ^ rng_mix(purpose * 0xd1342543de82ef95U + 1)};
}
static inline uint64_t rng_next(struct rng *rng)
{
    rng->state += 0x9e3779b97f4a7c15U;
    return rng_mix(rng->state);
}
/** 0 <= x < 1. */
static inline double rng_unit(struct rng *rng)
{
    return (double)(rng_next(rng) >> 11) * 0x1p-53;
}
/** 0 .. below - 1; `below` is small, so the remainder's bias is nothing. */
static inline uint32_t rng_below(struct rng *rng, uint32_t below)
{
    return (uint32_t)(rng_next(rng) % below);
}
/** Standard normal (Box and Muller). */
static inline double rng_normal(struct rng *rng)
{
    double radius = sqrt(-2 * log(1 - rng_unit(rng)));
    return radius * cos(2 * M_PI * rng_unit(rng));
}
#endif
