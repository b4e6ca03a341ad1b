// SPDX-License-Identifier: AGPL-3.0-or-later
#include "peer.h"
#include "rng.h"
#include <stdlib.h>
#include <string.h>

// What a filter may ask of a point: a category or all but one, a time, in a group or not, a session (a day)
// or all but one. 0 asks nothing.
enum {
    CATEGORY_CHOICES = 11,
    TIME_CHOICES = CITY_TIMES + 1,
    GROUP_CHOICES = 2 * CITY_GROUPS + 1,
    SESSION_CHOICES = 2 * CITY_SESSIONS_MAX + 1
};
struct filter {
    unsigned category, time, group, session;
};

// A point as the tool holds it, in the order of its cell.
struct dot {
    struct cell cell;
    const struct city_mark *mark;
};
static int by_cell(const void *a, const void *b)
{
    const struct dot *left = a, *right = b;
    if (left->cell.row != right->cell.row) {
        return left->cell.row < right->cell.row ? -1 : 1;
    }
    if (left->cell.column != right->cell.column) {
        return left->cell.column < right->cell.column ? -1 : 1;
    }
    return (left->mark > right->mark) - (left->mark < right->mark);
}
static size_t dots_of(const struct city *city, const struct set *crowd, unsigned base_m, struct dot *dots)
{
    size_t count = 0;
    for (uint32_t i = 0; i < city->mark_count; i++) {
        if (set_has(crowd, city->marks[i].person)) {
            dots[count++] = (struct dot){city_cell(city->marks[i].at, base_m), &city->marks[i]};
        }
    }
    qsort(dots, count, sizeof(*dots), by_cell);
    return count;
}

static bool passes(const struct city *city, const struct city_mark *mark, const struct filter *filter)
{
    const struct city_person *person = &city->people[mark->person];
    unsigned category = filter->category, group = filter->group, session = filter->session;
    return (category == 0 || (mark->category == (category - 1) / 2) == (category % 2 == 1)) &&
           (filter->time == 0 || mark->times >> (filter->time - 1) & 1) &&
           (group == 0 || (person->groups >> ((group - 1) / 2) & 1) == group % 2) &&
           (session == 0 || (person->session == (session - 1) / 2) == (session % 2 == 1));
}
// Two answers, both of five points or more, that one point tells apart.
static void ask_twice(const struct city *city, const struct dot *dots, size_t count, const struct filter *more,
                      struct set *out)
{
    size_t within = 0;
    const struct city_mark *left_out = NULL;
    for (size_t i = 0; i < count; i++) {
        if (passes(city, dots[i].mark, more)) {
            within++;
        } else {
            left_out = dots[i].mark;
        }
    }
    if (within >= PEER_FLOOR && within + 1 == count) {
        set_add(out, left_out->person);
    }
}
// `dots` are what the first filter chose; one more restriction of each kind.
static void narrow(const struct city *city, const struct dot *dots, size_t count, struct set *out,
                   struct set *days)
{
    for (unsigned i = 1; i < CATEGORY_CHOICES; i++) {
        ask_twice(city, dots, count, &(struct filter){.category = i}, out);
    }
    for (unsigned i = 1; i < TIME_CHOICES; i++) {
        ask_twice(city, dots, count, &(struct filter){.time = i}, out);
    }
    for (unsigned i = 1; i < GROUP_CHOICES; i++) {
        ask_twice(city, dots, count, &(struct filter){.group = i}, out);
    }
    for (unsigned i = 1; i < SESSION_CHOICES; i++) {
        ask_twice(city, dots, count, &(struct filter){.session = i}, days);
    }
}
static void filter_cell(const struct city *city, const struct dot *dots, size_t count, struct set *out,
                        struct set *days)
{
    struct dot chosen[CITY_PEOPLE_MAX * CITY_MARKS_A_PERSON];
    for (unsigned i = 0; i < CATEGORY_CHOICES * TIME_CHOICES * GROUP_CHOICES; i++) {
        struct filter first = {i % CATEGORY_CHOICES, i / CATEGORY_CHOICES % TIME_CHOICES,
                               i / (CATEGORY_CHOICES * TIME_CHOICES), 0};
        size_t chosen_count = 0;
        for (size_t dot = 0; dot < count; dot++) {
            if (passes(city, dots[dot].mark, &first)) {
                chosen[chosen_count++] = dots[dot];
            }
        }
        if (chosen_count > PEER_FLOOR) {
            narrow(city, chosen, chosen_count, out, days);
        }
    }
}
static void attack_cells(const struct city *city, const struct dot *dots, size_t count, struct peer_result *out)
{
    size_t largest = 0;
    for (size_t first = 0, next; first < count; first = next) {
        for (next = first; next < count && memcmp(&dots[next].cell, &dots[first].cell, sizeof(struct cell)) == 0;) {
            next++;
        }
        largest = next - first > largest ? next - first : largest;
        if (next - first >= PEER_FLOOR) {
            filter_cell(city, dots + first, next - first, &out->filters, &out->days);
        } else {
            out->trackers++;
        }
    }
    // a small cell and the fullest one drawn round together, less the fullest alone
    out->tracked = largest >= PEER_FLOOR ? out->trackers : 0;
}

// People come one after the other; somebody looks after each point.
static void watch_updates(const struct city *city, const struct set *crowd, const struct dot *dots, size_t count,
                          struct rng *rng, struct set *out)
{
    uint32_t order[CITY_PEOPLE_MAX], people = 0;
    for (uint32_t i = 0; i < city->person_count; i++) {
        if (set_has(crowd, i)) {
            order[people++] = i;
        }
    }
    for (uint32_t i = people; i > 1; i--) {
        uint32_t j = rng_below(rng, i), swapped = order[i - 1];
        order[i - 1] = order[j];
        order[j] = swapped;
    }
    uint32_t arrival[CITY_PEOPLE_MAX] = {0};
    for (uint32_t i = 0; i < people; i++) {
        arrival[order[i]] = i;
    }
    for (size_t i = 0; i < count; i++) {
        unsigned before = 0; // points of the cell when this one comes
        for (size_t j = 0; j < count; j++) {
            bool same = memcmp(&dots[j].cell, &dots[i].cell, sizeof(struct cell)) == 0;
            uint32_t theirs = arrival[dots[j].mark->person], hers = arrival[dots[i].mark->person];
            before += same && (theirs < hers || (theirs == hers && dots[j].mark < dots[i].mark));
        }
        if (before + 1 >= PEER_FLOOR) { // her cell is drawn, or drawn anew
            set_add(out, dots[i].mark->person);
        }
    }
}

struct polygon polygon_random(struct rng *rng, const struct city *city)
{
    struct polygon polygon = {.count = 5 + rng_below(rng, 5)};
    double reach = 4000 * sqrt(rng_unit(rng)), angle = 2 * M_PI * rng_unit(rng);
    polygon.centre = (struct point){city->centre.x + reach * cos(angle), city->centre.y + reach * sin(angle)};
    double radius = 100 * pow(10, rng_unit(rng));
    for (unsigned i = 0; i < polygon.count; i++) {
        double at = radius * (0.7 + 0.6 * rng_unit(rng)), turn = 2 * M_PI * i / polygon.count;
        polygon.corners[i] = (struct point){polygon.centre.x + at * cos(turn), polygon.centre.y + at * sin(turn)};
    }
    return polygon;
}
struct polygon polygon_grown(const struct polygon *polygon, double factor)
{
    struct polygon grown = *polygon;
    for (unsigned i = 0; i < grown.count; i++) {
        grown.corners[i].x = grown.centre.x + factor * (grown.corners[i].x - grown.centre.x);
        grown.corners[i].y = grown.centre.y + factor * (grown.corners[i].y - grown.centre.y);
    }
    return grown;
}
bool polygon_holds(const struct polygon *polygon, struct point at)
{
    bool inside = false;
    for (unsigned i = 0, before = polygon->count - 1; i < polygon->count; before = i++) {
        struct point a = polygon->corners[i], b = polygon->corners[before];
        if ((a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x) {
            inside = !inside;
        }
    }
    return inside;
}
static void draw_polygons(const struct city *city, const struct dot *dots, size_t count, unsigned polygons,
                          struct rng *rng, struct set *out)
{
    for (unsigned i = 0; i < polygons; i++) {
        struct polygon inner = polygon_random(rng, city), outer = polygon_grown(&inner, 1.05);
        unsigned within = 0, between = 0;
        uint32_t who = 0;
        for (size_t dot = 0; dot < count; dot++) {
            struct point at = dots[dot].mark->at;
            if (fabs(at.x - inner.centre.x) > 1400 || fabs(at.y - inner.centre.y) > 1400) {
                continue;
            }
            if (polygon_holds(&inner, at)) {
                within++;
            } else if (polygon_holds(&outer, at)) {
                between++;
                who = dots[dot].mark->person;
            }
        }
        if (within >= PEER_FLOOR && between == 1) {
            set_add(out, who);
        }
    }
}
void peer_attack(const struct city *city, const struct set *crowd, unsigned base_m, unsigned polygons, uint64_t seed,
                 struct peer_result *out)
{
    struct dot *dots = calloc(city->mark_count, sizeof(*dots));
    if (!dots) {
        exit(2);
    }
    struct rng rng = rng_of(seed, 4);
    size_t count = dots_of(city, crowd, base_m, dots);
    *out = (struct peer_result){0};
    attack_cells(city, dots, count, out);
    watch_updates(city, crowd, dots, count, &rng, &out->updates);
    draw_polygons(city, dots, count, polygons, &rng, &out->polygons);
    set_join(&out->days, &out->filters);
    free(dots);
}
