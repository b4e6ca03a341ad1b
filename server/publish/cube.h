// SPDX-License-Identifier: AGPL-3.0-or-later
// The protected release cube: from who marked which cell to leaves that may be published. Pure: no store,
// no clock, no order of insertion; the same people, key and previous edition give the same leaves.
//
// The method (a cell key with noise of maximum entropy, as the Office for National Statistics, the
// Australian Bureau of Statistics and R's ptable use it; a quadtree of residual regions):
//   record key   rk(i)  = first 64 bits of HMAC(K, "rk" || i)
//   cell key     ck(S)  = sum of rk(i) over S, mod 2^64
//   noise        e(S)   = F^-1(HMAC(K, "ck" || ck)), P(e) ~ exp(-lambda e^2), |e| <= D, Var = V
//   slack        u(S), w(S): from HMAC(K, "se" || ck), 0..2 and 0..15
//   a set is shown when n >= k, n + e >= k + D, it comes from two sessions or more, none with more than 80 - w
//   percent of it, the largest with 3 + u people or more; else it is passed up with its
//   ground to the square of twice the side, up to 4 km. What remains there is not shown.
//   shown value  5 * floor((n + e) / 5 + 1/2)
// A leaf of the earlier edition on whose ground fewer than k people came or went (and of some leaves half as
// many more: cube_past.c) stands first, as it was, and the squares are made of what is left. Were the squares
// asked first, one newcomer could split it, and whoever knows all others would know of her.
#ifndef REPERE_PUBLISH_CUBE_H
#define REPERE_PUBLISH_CUBE_H
#include "base/arena.h"
#include "base/err.h"
#include "base/secret.h"
#include "geo/equal_area.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CUBE_SLICES_MAX = 14,     // all, 6 categories, 4 time bands, 3 groups
    CUBE_CELLS_A_PERSON = 8,  // of a slice; the others of hers are left out
    CUBE_NOISE_MAX = 32       // D at most
};

/** How strongly a kind of exercise is protected. */
struct cube_profile {
    const char *name;   // "standard", "sensitive"
    unsigned floor;     // k: nobody is shown in a set below it
    unsigned noise_max; // D
    double noise_variance; // V
    unsigned base_m;    // side of the smallest cell, metres
    unsigned slack_people, slack_percent; // u and w lie below; 1: the session rule is alike for every set
};
/** k 5, D 5, V 5, 250 m; or k 10, D 8, V 12, 500 m; u below 3, w below 16. `floor`: a higher k, 0 for the profile's own; a lower one
 *  is ignored. */
struct cube_profile cube_profile(bool sensitive, unsigned floor);

/** Somebody in one session. */
struct cube_person {
    int64_t id;       // what her record key is made of: random, the same in all editions, nobody else's
    uint32_t session; // any number that tells sessions apart
};
/** Somebody marked a cell. The same mark may come any number of times, in any order. */
struct cube_mark {
    uint32_t person;  // index
    uint32_t slices;  // bit s: it counts in slice s
    struct cell cell; // of profile.base_m
};

/** What an earlier edition showed, as far as its people are still known. Its people are those that the value
 *  was drawn for: of a leaf that was kept, the ones of the edition that it was kept from (cube_leaf.from),
 *  or small changes would add up unseen. */
struct cube_past {
    unsigned slice; // index in today's slices
    struct region region;
    uint32_t value;
    uint32_t gone;           // people of it that are known no more (withdrawn)
    const int64_t *ids;      // the others, rising
    size_t id_count;
};

struct cube_input {
    const uint8_t *key; // K, SECRET_KEY_SIZE
    struct cube_profile profile;
    const char *const *slice_ids; // stable names: "all", "category.unsafe"
    size_t slice_count;
    const struct cube_person *people;
    size_t person_count;
    const struct cube_mark *marks;
    size_t mark_count;
    const struct cube_past *past; // NULL: none
    size_t past_count;
};

/** A region and the value that may be published for it. All that is after `value` stays private. */
struct cube_leaf {
    unsigned slice;
    struct region region;
    uint32_t value;
    bool kept;               // the value is the earlier edition's
    const struct cube_past *from; // where it was kept from; NULL when the value is a new one
    uint32_t count;          // n
    const uint32_t *people;  // n indices, rising
};
/** How much of what people marked is behind a value: pairs of person and cell in the first slice. */
struct cube_coverage {
    uint64_t marked;  // all of them
    uint64_t counted; // without those beyond CUBE_CELLS_A_PERSON
    uint64_t shown;   // in a leaf
};
struct cube {
    struct cube_leaf *leaves; // by slice, then by top cell (row, column), then by their lowest bit
    size_t leaf_count;
    struct cube_coverage coverage;
};
/** Whether somebody may give up: returns false to go on. Called now and then, with the share done (0..1). */
typedef bool cube_tell_fn(void *context, double share);
/**
 * Errors: BUSY (`tell` said so), NO_MEMORY, BAD_PARAMETER (too many slices, an index out of range, a base_m
 * that is not 4000 over a power of two, an id of two people, past leaves that meet or whose ids do not rise).
 * @param tell may be NULL
 * @param out  in the arena
 */
enum err cube_make(const struct cube_input *input, cube_tell_fn *tell, void *context, struct arena *arena,
                   struct cube *out);

/** The noise's table: P(e <= index - noise_max), 2 * noise_max + 1 values, the last is 1. lambda is found by bisection. */
void cube_noise_table(unsigned noise_max, double variance, double out[2 * CUBE_NOISE_MAX + 1]);
/** e of a cell key under K. */
int cube_noise(const uint8_t key[SECRET_KEY_SIZE], uint64_t cell_key, const double *table, unsigned noise_max);
/** How far from its edges the session rule is kept for a set. Were it the same for every set, she who is the
 *  third of the largest session, or takes it above 80%, would decide whether a leaf can be there, and whoever
 *  knows all others would be certain of her. */
struct cube_slack {
    unsigned people;  // u
    unsigned percent; // w
};
struct cube_slack cube_slack(const uint8_t key[SECRET_KEY_SIZE], uint64_t cell_key,
                             const struct cube_profile *profile);
/** rk(i). */
uint64_t cube_record_key(const uint8_t key[SECRET_KEY_SIZE], int64_t id);
/** 5 * floor(x / 5 + 1/2) of a sum that is not below 0. */
uint32_t cube_rounded(int64_t sum);
#endif
