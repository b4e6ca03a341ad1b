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
// In plain arithmetic, which the compiler makes wide; the instruction is not on every machine.
static inline unsigned set_count(const struct set *set)
{
    uint64_t count = 0;
    for (unsigned i = 0; i < SET_WORDS; i++) {
        uint64_t word = set->words[i];
        word -= word >> 1 & 0x5555555555555555U;
        word = (word & 0x3333333333333333U) + (word >> 2 & 0x3333333333333333U);
        word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fU;
        count += word * 0x0101010101010101U >> 56;
    }
    return (unsigned)count;
}
static inline bool set_is_empty(const struct set *set)
{
    uint64_t any = 0;
    for (unsigned i = 0; i < SET_WORDS; i++) {
        any |= set->words[i];
    }
    return any == 0;
}
#endif
