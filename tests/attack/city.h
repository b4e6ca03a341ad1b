// SPDX-License-Identifier: AGPL-3.0-or-later
// A synthetic city: people with homes, routines and routes, who come to sessions and mark places. The same
// seed gives the same city. Positions are metres of the equal-area CRS; nobody in it exists.
#ifndef REPERE_ATTACK_CITY_H
#define REPERE_ATTACK_CITY_H
#include "geo/equal_area.h"
#include "publish/cube.h"
#include <stdbool.h>
#include <stdint.h>

enum {
    CITY_PEOPLE_MAX = 512,
    CITY_MARKS_A_PERSON = 8,
    CITY_PLACES = 40,
    CITY_NEIGHBOURHOODS = 14,
    CITY_HABITS = 3,
    CITY_SESSIONS_MAX = 40,
    CITY_TIMES = 3,
    CITY_GROUPS = 3
};

struct point {
    double x, y;
};
struct city_place {
    struct point at;
    double popularity; // share of all visits
    double safety;     // what people feel there, on the whole
    unsigned kind;     // 0..4
};
struct city_neighbourhood {
    struct point centre;
    double weight, safety;
    unsigned axis; // the street its people take to the centre
};
struct city_mark {
    uint32_t person;
    struct point at;
    unsigned category; // 0..categories-1
    unsigned times;    // bits
};
struct city_person {
    int64_t id;
    struct point home;
    unsigned neighbourhood, session;
    unsigned groups; // bits
    unsigned habits[CITY_HABITS];
    double confidence;
    uint32_t first_mark, mark_count;
};
/** How large: the first `people` come to `sessions`, `later_people` to `later_sessions` before edition 2. */
struct city_size {
    unsigned people, sessions, later_people, later_sessions;
    unsigned categories; // 3: a feeling (unsafe, neither, safe); 5: a kind of service
};
struct city {
    struct city_size size;
    unsigned person_count, session_count; // with those that come later
    uint32_t mark_count;
    struct point centre;
    struct point axes[4]; // where the main streets turn
    struct city_neighbourhood neighbourhoods[CITY_NEIGHBOURHOODS];
    struct city_place places[CITY_PLACES];
    struct city_person people[CITY_PEOPLE_MAX];
    struct city_mark marks[CITY_PEOPLE_MAX * CITY_MARKS_A_PERSON];
};

/** Fills `city` from a seed. */
void city_make(uint64_t seed, struct city_size size, struct city *city);

/** Slices: all, the categories, 3 times, 3 groups. */
unsigned city_slice_count(const struct city *city);
/** Bits of the slices that a mark counts in. */
uint32_t city_mark_slices(const struct city *city, const struct city_mark *mark);
struct cell city_cell(struct point at, unsigned base_m);
/** First slices of the three dimensions. */
static inline unsigned city_first_time(const struct city *city)
{
    return 1 + city->size.categories;
}
static inline unsigned city_first_group(const struct city *city)
{
    return city_first_time(city) + CITY_TIMES;
}
#endif
