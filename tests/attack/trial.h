// SPDX-License-Identifier: AGPL-3.0-or-later
// One world, attacked in every way; plain values, so that processes can share them.
#ifndef REPERE_ATTACK_TRIAL_H
#define REPERE_ATTACK_TRIAL_H
#include "averaging.h"
#include "differ.h"
#include "inserts.h"
#include "membership.h"
#include "peer.h"
#include "polygons.h"

struct scenario {
    bool sensitive;
    unsigned people;
};
/** How much is done in a run. */
struct effort {
    unsigned worlds;         // of each scenario
    unsigned long_worlds;    // of these, the first so many also face the slow attacks
    unsigned repeats;        // of the same question, in the first world
    unsigned polygons;       // random ones
    unsigned inserts;        // watched one by one
    unsigned draws, long_draws; // of keys, for each omniscient distance
    unsigned trials;         // of averaging
};
struct trial {
    bool is_long;
    bool model_agrees; // the method written twice gives the same leaves
    bool noise_agrees; // its noise has the distribution that the method states (first world)
    bool is_likely;    // what the cube shows has a probability above 0
    uint32_t leaves;
    double coverage, top10_km, top10_base;
    struct claims product;           // differencing of slices and editions, as published
    struct claims no_noise, no_floor; // weakened
    struct target targets[MEMBERSHIP_TARGETS];
    uint32_t singled[5]; // the peer: filters, days, polygons, updates, any (days apart)
    uint64_t tracked, trackers;
    struct snapshots snapshots[INSERTS_MODES];
    struct polygons polygons;
    struct averaging averaging; // of the first world
};
void trial_run(const struct scenario *scenario, const struct effort *effort, unsigned world, struct trial *out);
#endif
