// SPDX-License-Identifier: AGPL-3.0-or-later
#include "inserts.h"

static const struct shown *same_leaf(const struct showing *in, const struct shown *leaf)
{
    for (size_t i = 0; i < in->count; i++) {
        if (in->items[i].slice == leaf->slice && region_equal(&in->items[i].region, &leaf->region)) {
            return &in->items[i];
        }
    }
    return NULL;
}
static bool marked_in(const struct city *city, uint32_t person, const struct shown *leaf, unsigned base_m)
{
    const struct city_person *her = &city->people[person];
    for (uint32_t i = her->first_mark; i < her->first_mark + her->mark_count; i++) {
        if (city_mark_slices(city, &city->marks[i]) >> leaf->slice & 1 &&
            ground_has(&leaf->region, city_cell(city->marks[i].at, base_m), base_m)) {
            return true;
        }
    }
    return false;
}
// What she who watches sees: the smallest leaf that is new, or whose figure has changed.
static void compare(const struct city *city, uint32_t person, const struct showing *before,
                    const struct showing *after, unsigned base_m, bool exact, struct snapshots *out)
{
    const struct shown *smallest = NULL, *was = NULL;
    for (size_t i = 0; i < after->count; i++) {
        const struct shown *leaf = &after->items[i], *earlier = same_leaf(before, leaf);
        bool changed = !earlier || (exact ? earlier->count != leaf->count : earlier->value != leaf->value);
        if (changed && (!smallest || region_count(&leaf->region) < region_count(&smallest->region))) {
            smallest = leaf;
            was = earlier;
        }
    }
    out->inserts++;
    if (smallest) {
        bool hers = marked_in(city, person, smallest, base_m);
        out->visible++;
        out->located += hers;
        out->exact += hers && exact && was && smallest->count == was->count + 1;
        out->ground_km2 += region_count(&smallest->region) * (base_m / 1000.0) * (base_m / 1000.0);
    }
}
static void watch(const struct city *city, unsigned people, unsigned inserts, struct cube_profile profile,
                  uint64_t seed, enum inserts_mode mode, struct snapshots *out)
{
    uint8_t key[SECRET_KEY_SIZE];
    struct showing before, after;
    struct set crowd = set_first(people);
    showing_key(seed, key);
    if (mode == INSERTS_NO_NOISE) {
        profile.noise_max = 0;
        profile.noise_variance = 0;
    }
    // spread over the sessions, not the last of them alone
    for (unsigned i = 0; i < inserts; i++) {
        set_remove(&crowd, people / inserts * i);
    }
    showing_make(city, &crowd, &profile, key, NULL, &before);
    for (unsigned i = 0; i < inserts; i++) {
        uint32_t person = people / inserts * i;
        set_add(&crowd, person);
        showing_make(city, &crowd, &profile, key, mode == INSERTS_PAST ? &before : NULL, &after);
        compare(city, person, &before, &after, profile.base_m, mode == INSERTS_NO_NOISE, out);
        showing_free(&before);
        before = after;
    }
    showing_free(&before);
}
void inserts_attack(const struct city *city, unsigned people, unsigned inserts, const struct cube_profile *profile,
                    uint64_t seed, struct snapshots out[INSERTS_MODES])
{
    for (int mode = 0; mode < INSERTS_MODES; mode++) {
        out[mode] = (struct snapshots){0};
        watch(city, people, inserts, *profile, seed, (enum inserts_mode)mode, &out[mode]);
    }
}
void snapshots_add(struct snapshots *sum, const struct snapshots *more)
{
    sum->inserts += more->inserts;
    sum->visible += more->visible;
    sum->located += more->located;
    sum->exact += more->exact;
    sum->ground_km2 += more->ground_km2;
}
