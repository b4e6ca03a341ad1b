// SPDX-License-Identifier: AGPL-3.0-or-later
// A snapshot round each insert: an edition after every single new person, which the temporal gate forbids,
// and what somebody who compares the two learns of her.
#ifndef REPERE_ATTACK_INSERTS_H
#define REPERE_ATTACK_INSERTS_H
#include "showing.h"

struct snapshots {
    uint64_t inserts, visible; // of these, some leaf changed
    uint64_t located;          // one of her marked cells lies in the smallest ground that changed
    uint64_t exact;            // and a number there grew by one
    double ground_km2;         // of that smallest ground, summed over the visible
};
enum inserts_mode { INSERTS_PAST, INSERTS_NO_PAST, INSERTS_NO_NOISE, INSERTS_MODES };
/** The last `inserts` people of the crowd come one by one. */
void inserts_attack(const struct city *city, unsigned people, unsigned inserts, const struct cube_profile *profile,
                    uint64_t seed, struct snapshots out[INSERTS_MODES]);
void snapshots_add(struct snapshots *sum, const struct snapshots *more);
#endif
