// SPDX-License-Identifier: AGPL-3.0-or-later
// Sets of people of a city, as bits.
#ifndef REPERE_ATTACK_SET_H
#define REPERE_ATTACK_SET_H
#include "city.h"

enum { SET_WORDS = CITY_PEOPLE_MAX / 64 };
struct set {
    uint64_t words[SET_WORDS];
};

static inline void set_add(struct set *set, uint32_t person)
{
    set->words[person / 64] |= 1ULL << (person % 64);
}
static inline void set_remove(struct set *set, uint32_t person)
{
    set->words[person / 64] &= ~(1ULL << (person % 64));
}
static inline bool set_has(const struct set *set, uint32_t person)
{
    return set->words[person / 64] >> (person % 64) & 1;
}
/** The first `count` people. */
static inline struct set set_first(uint32_t count)
{
    struct set set = {{0}};
    for (uint32_t i = 0; i < count; i++) {
        set_add(&set, i);
    }
    return set;
}
static inline struct set set_both(struct set a, const struct set *b)
{
    for (unsigned i = 0; i < SET_WORDS; i++) {
        a.words[i] &= b->words[i];
    }
    return a;
}
static inline struct set set_minus(struct set a, const struct set *b)
{
    for (unsigned i = 0; i < SET_WORDS; i++) {
        a.words[i] &= ~b->words[i];
    }
    return a;
}
static inline void set_join(struct set *a, const struct set *b)
{
    for (unsigned i = 0; i < SET_WORDS; i++) {
        a->words[i] |= b->words[i];
    }
}
static inline bool set_same(const struct set *a, const struct set *b)
{
    uint64_t differs = 0;
    for (unsigned i = 0; i < SET_WORDS; i++) {
        differs |= a->words[i] ^ b->words[i];
    }
    return differs == 0;
}
static inline unsigned set_count(const struct set *set)
{
    unsigned count = 0;
    for (unsigned i = 0; i < SET_WORDS; i++) {
        count += (unsigned)__builtin_popcountll(set->words[i]);
    }
    return count;
}
#endif
