// SPDX-License-Identifier: AGPL-3.0-or-later
// Published values summed over the areas of a published overlay, weighted by area: each leaf's people are
// taken to be spread evenly over its ground. Knows nothing but the edition.
#ifndef REPERE_PUBLISH_EDITION_AREAS_H
#define REPERE_PUBLISH_EDITION_AREAS_H
#include "publish/held.h"

struct area_value {
    bool is_area;   // the overlay's feature is one
    bool known;     // at least half of it is covered by leaves: the rest is told
    uint32_t value; // people, rounded to 5
    double covered; // share of the area on which the slice publishes, 0..1
    double per_km2; // `value` over the ground that is covered
    enum share_band share; // among all, on the ground where both publish, when that is half of the area
};
/**
 * @param overlay index in the edition's overlays
 * @param out     one a feature of the overlay, in the arena
 * Errors: TOO_LARGE (the slice's leaves lie too far apart), NO_MEMORY.
 */
enum err edition_areas(const struct held_edition *held, const struct shown_slice *shown,
                       size_t overlay, struct arena *arena, struct area_value **out);
#endif
