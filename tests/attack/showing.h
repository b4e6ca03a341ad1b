// SPDX-License-Identifier: AGPL-3.0-or-later
// What the product's cube shows of a city, with the truth behind it for judging claims.
#ifndef REPERE_ATTACK_SHOWING_H
#define REPERE_ATTACK_SHOWING_H
#include "set.h"

struct shown {
    unsigned slice;
    struct region region;
    uint32_t value;
    bool kept;
    uint32_t count;    // the truth: n
    struct set people; // the truth: who
    struct set basis;  // who was behind the value when it was made
};
struct showing {
    size_t count;
    struct shown *items;
    struct cube_coverage coverage;
};

/** Runs cube_make on the marks of `crowd`. Ends the program when the cube fails. @param past may be NULL */
void showing_make(const struct city *city, const struct set *crowd, const struct cube_profile *profile,
                  const uint8_t *key, const struct showing *past, struct showing *out);
/** The same, the people and their marks handed over in another order. @param order 0: as in the city */
void showing_make_in_order(const struct city *city, const struct set *crowd, const struct cube_profile *profile,
                           const uint8_t *key, const struct showing *past, uint64_t order, struct showing *out);
/** The same leaves with the same values and people. */
bool showing_same(const struct showing *a, const struct showing *b);
void showing_free(struct showing *showing);
/** A 32-byte key from a seed. */
void showing_key(uint64_t seed, uint8_t out[SECRET_KEY_SIZE]);

/** Bits of region words. */
static inline bool ground_within(const uint64_t *inner, const uint64_t *outer)
{
    uint64_t outside = 0;
    for (unsigned i = 0; i < REGION_WORDS; i++) {
        outside |= inner[i] & ~outer[i];
    }
    return outside == 0;
}
static inline bool ground_has(const struct region *region, struct cell base, unsigned base_m)
{
    int32_t side = EQUAL_AREA_TOP_M / (int32_t)base_m;
    int32_t column = base.column - region->top.column * side, row = base.row - region->top.row * side;
    if (column < 0 || row < 0 || column >= side || row >= side) {
        return false;
    }
    unsigned bit = (unsigned)(row * side + column);
    return region->bits[bit / 64] >> (bit % 64) & 1;
}
#endif
