// SPDX-License-Identifier: AGPL-3.0-or-later
#include "city.h"
#include "rng.h"
#include <string.h>

static const double place_kinds[] = {0.30, 0.25, 0.20, 0.15, 0.10};
static const double band_shares[CITY_TIMES] = {0.50, 0.35, 0.15};
static const double group_shares[CITY_GROUPS] = {0.45, 0.25, 0.10};

static unsigned pick(struct rng *rng, const double *shares, unsigned count)
{
    double total = 0;
    for (unsigned i = 0; i < count; i++) {
        total += shares[i];
    }
    double at = rng_unit(rng) * total;
    for (unsigned i = 0; i < count; i++) {
        at -= shares[i];
        if (at < 0) {
            return i;
        }
    }
    return count - 1;
}
static struct point near(struct rng *rng, struct point at, double sd_m)
{
    double east = rng_normal(rng), north = rng_normal(rng);
    return (struct point){at.x + sd_m * east, at.y + sd_m * north};
}
static double distance(struct point a, struct point b)
{
    return hypot(a.x - b.x, a.y - b.y);
}
static struct point between(struct point a, struct point b, double t)
{
    return (struct point){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

// Neighbourhoods lie within 3.6 km of the centre; the further out, the fewer live there.
static void lay_out(struct rng *rng, struct city *city)
{
    city->centre = (struct point){3950000 + 4000 * rng_unit(rng), 3090000 + 4000 * rng_unit(rng)};
    double turn = 2 * M_PI * rng_unit(rng);
    for (unsigned i = 0; i < 4; i++) {
        double angle = turn + i * M_PI / 2;
        city->axes[i] = (struct point){city->centre.x + 1400 * cos(angle), city->centre.y + 1400 * sin(angle)};
    }
    for (unsigned i = 0; i < CITY_NEIGHBOURHOODS; i++) {
        struct city_neighbourhood *it = &city->neighbourhoods[i];
        double radius = 3600 * pow(rng_unit(rng), 0.7), angle = 2 * M_PI * rng_unit(rng);
        it->centre = (struct point){city->centre.x + radius * cos(angle), city->centre.y + radius * sin(angle)};
        it->weight = exp(-radius / 1800);
        it->safety = rng_normal(rng);
        for (unsigned axis = 1; axis < 4; axis++) {
            if (distance(it->centre, city->axes[axis]) < distance(it->centre, city->axes[it->axis])) {
                it->axis = axis;
            }
        }
    }
}
// The first place is the station; popularity falls as one over the rank.
static void build_places(struct rng *rng, struct city *city)
{
    double total = 0;
    for (unsigned i = 0; i < CITY_PLACES; i++) {
        struct city_place *place = &city->places[i];
        bool central = i == 0 || rng_unit(rng) < 0.5;
        struct point around = city->neighbourhoods[rng_below(rng, CITY_NEIGHBOURHOODS)].centre;
        place->at = near(rng, central ? city->centre : around, i == 0 ? 150 : central ? 700 : 250);
        place->popularity = 1.0 / (i + 1);
        place->safety = rng_normal(rng);
        place->kind = pick(rng, place_kinds, 5);
        total += place->popularity;
    }
    for (unsigned i = 0; i < CITY_PLACES; i++) {
        city->places[i].popularity /= total;
    }
}
static unsigned pick_neighbourhood(struct rng *rng, const struct city *city)
{
    double weights[CITY_NEIGHBOURHOODS];
    for (unsigned i = 0; i < CITY_NEIGHBOURHOODS; i++) {
        weights[i] = city->neighbourhoods[i].weight;
    }
    return pick(rng, weights, CITY_NEIGHBOURHOODS);
}
// Whoever lives near goes there, and the popular places draw from further away.
static unsigned pick_place(struct rng *rng, const struct city *city, struct point from)
{
    double weights[CITY_PLACES];
    for (unsigned i = 0; i < CITY_PLACES; i++) {
        const struct city_place *place = &city->places[i];
        weights[i] = place->popularity * exp(-distance(place->at, from) / 1500);
    }
    return pick(rng, weights, CITY_PLACES);
}

static unsigned category_of(struct rng *rng, const struct city *city, double safety, double confidence,
                            unsigned kind)
{
    if (city->size.categories == 3) {
        double felt = safety + 0.7 * confidence + 0.5 * rng_normal(rng);
        return felt < -0.4 ? 0 : felt < 0.5 ? 1 : 2;
    }
    return rng_unit(rng) < 0.7 ? kind : pick(rng, place_kinds, 5);
}
static unsigned times_of(struct rng *rng)
{
    unsigned times = 1U << pick(rng, band_shares, CITY_TIMES);
    return rng_unit(rng) < 0.4 ? times | 1U << pick(rng, band_shares, CITY_TIMES) : times;
}
static struct city_mark mark_of(struct rng *rng, const struct city *city, const struct city_person *person)
{
    const struct city_neighbourhood *home = &city->neighbourhoods[person->neighbourhood];
    struct city_mark mark = {.person = (uint32_t)(person - city->people)};
    double what = rng_unit(rng), safety = home->safety;
    unsigned kind = pick(rng, place_kinds, 5);
    if (what < 0.30) { // round home
        mark.at = near(rng, person->home, 150);
    } else if (what < 0.70) { // a place that is shared
        bool habit = rng_unit(rng) < 0.75;
        unsigned chosen = habit ? person->habits[rng_below(rng, CITY_HABITS)]
                                : pick_place(rng, city, person->home);
        const struct city_place *place = &city->places[chosen];
        mark.at = near(rng, place->at, 40);
        safety = place->safety;
        kind = place->kind;
    } else { // on the way: home street, then a main street
        struct point turn = city->axes[home->axis];
        bool first_leg = rng_unit(rng) < 0.5;
        double t = rng_unit(rng);
        struct point on = first_leg ? between(home->centre, turn, t) : between(turn, city->centre, t);
        mark.at = near(rng, on, 15);
    }
    mark.category = category_of(rng, city, safety, person->confidence, kind);
    mark.times = times_of(rng);
    return mark;
}
static void settle(struct rng *rng, struct city *city, unsigned session, int neighbourhood)
{
    struct city_person *person = &city->people[city->person_count++];
    memset(person, 0, sizeof(*person));
    person->id = (int64_t)(rng_next(rng) >> 1);
    person->session = session;
    bool local = neighbourhood >= 0 && rng_unit(rng) < 0.85;
    person->neighbourhood = local ? (unsigned)neighbourhood : pick_neighbourhood(rng, city);
    person->home = near(rng, city->neighbourhoods[person->neighbourhood].centre, 300);
    person->confidence = rng_normal(rng);
    for (unsigned i = 0; i < CITY_GROUPS; i++) {
        person->groups |= rng_unit(rng) < group_shares[i] ? 1U << i : 0;
    }
    for (unsigned i = 0; i < CITY_HABITS; i++) {
        person->habits[i] = pick_place(rng, city, person->home);
    }
    person->first_mark = city->mark_count;
    person->mark_count = 3 + rng_below(rng, 6);
    for (uint32_t i = 0; i < person->mark_count; i++) {
        city->marks[city->mark_count++] = mark_of(rng, city, person);
    }
}
// Sessions of 12 to 20, seven in ten of them in a neighbourhood, the others of people from everywhere.
static void gather(struct rng *rng, struct city *city, unsigned people, unsigned sessions)
{
    unsigned sizes[CITY_SESSIONS_MAX], seated = 12 * sessions;
    for (unsigned i = 0; i < sessions; i++) {
        sizes[i] = 12;
    }
    while (seated < people) {
        unsigned i = rng_below(rng, sessions);
        if (sizes[i] < 20) {
            sizes[i]++;
            seated++;
        }
    }
    for (unsigned i = 0; i < sessions; i++) {
        int neighbourhood = rng_unit(rng) < 0.7 ? (int)pick_neighbourhood(rng, city) : -1;
        for (unsigned seat = 0; seat < sizes[i]; seat++) {
            settle(rng, city, city->session_count, neighbourhood);
        }
        city->session_count++;
    }
}
void city_make(uint64_t seed, struct city_size size, struct city *city)
{
    struct rng rng = rng_of(seed, 1);
    memset(city, 0, sizeof(*city));
    city->size = size;
    lay_out(&rng, city);
    build_places(&rng, city);
    gather(&rng, city, size.people, size.sessions);
    gather(&rng, city, size.later_people, size.later_sessions);
}

unsigned city_slice_count(const struct city *city)
{
    return city_first_group(city) + CITY_GROUPS;
}
uint32_t city_mark_slices(const struct city *city, const struct city_mark *mark)
{
    return 1U | 1U << (1 + mark->category) | mark->times << city_first_time(city) |
           city->people[mark->person].groups << city_first_group(city);
}
struct cell city_cell(struct point at, unsigned base_m)
{
    return (struct cell){(int32_t)floor(at.x / base_m), (int32_t)floor(at.y / base_m)};
}
