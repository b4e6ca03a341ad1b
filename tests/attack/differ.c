// SPDX-License-Identifier: AGPL-3.0-or-later
// Leaves of two lists that overlap, directly or through others, form a knot; a knot whose grounds are equal,
// or one inside the other, is an equation: who is on the one side and not on the other.
#include "differ.h"
#include <string.h>

enum { LEAVES_MAX = 1024 };
static const double sure = 0.95;

struct leaves {
    size_t count;
    const struct shown *at[LEAVES_MAX];
};
struct ground {
    uint64_t bits[REGION_WORDS];
};

static void take(struct leaves *leaves, const struct showing *shown, unsigned slice, struct cell top)
{
    for (size_t i = 0; i < shown->count && leaves->count < LEAVES_MAX; i++) {
        const struct shown *item = &shown->items[i];
        if (item->slice == slice && item->region.top.column == top.column && item->region.top.row == top.row) {
            leaves->at[leaves->count++] = item;
        }
    }
}
static void ground_join(struct ground *ground, const struct region *region)
{
    for (unsigned i = 0; i < REGION_WORDS; i++) {
        ground->bits[i] |= region->bits[i];
    }
}
static bool ground_meets(const struct ground *ground, const struct region *region)
{
    uint64_t common = 0;
    for (unsigned i = 0; i < REGION_WORDS; i++) {
        common |= ground->bits[i] & region->bits[i];
    }
    return common != 0;
}
// Moves from `pool` to `knot` whatever touches the ground; true when something did.
static bool draw_in(struct leaves *pool, const struct ground *ground, struct leaves *knot, struct ground *knot_ground)
{
    bool any = false;
    for (size_t i = 0; i < pool->count;) {
        if (ground_meets(ground, &pool->at[i]->region)) {
            ground_join(knot_ground, &pool->at[i]->region);
            knot->at[knot->count++] = pool->at[i];
            pool->at[i] = pool->at[--pool->count];
            any = true;
        } else {
            i++;
        }
    }
    return any;
}

struct equation {
    struct leaves a, b;
    struct ground ground_a, ground_b;
};
// The next knot of the two pools; false when a is used up.
static bool next_knot(struct leaves *pool_a, struct leaves *pool_b, struct equation *out)
{
    if (pool_a->count == 0) {
        return false;
    }
    out->a.count = out->b.count = 0;
    out->ground_a = out->ground_b = (struct ground){{0}};
    const struct shown *first = pool_a->at[--pool_a->count];
    out->a.at[out->a.count++] = first;
    ground_join(&out->ground_a, &first->region);
    while (draw_in(pool_b, &out->ground_a, &out->b, &out->ground_b) &&
           draw_in(pool_a, &out->ground_b, &out->a, &out->ground_a)) {
    }
    return true;
}

static uint64_t counted(const struct leaves *leaves)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < leaves->count; i++) {
        sum += leaves->at[i]->count;
    }
    return sum;
}
// The truth: in how many more leaves of a than of b each person is; who it is when it is one person once.
static bool one_person(const struct leaves *a, const struct leaves *b, uint32_t *who)
{
    uint64_t apart = 0;
    for (uint32_t person = 0; person < CITY_PEOPLE_MAX; person++) {
        int more = 0;
        for (size_t i = 0; i < a->count; i++) {
            more += set_has(&a->at[i]->people, person);
        }
        for (size_t i = 0; i < b->count; i++) {
            more -= set_has(&b->at[i]->people, person);
        }
        apart += (uint64_t)(more < 0 ? -more : more);
        if (more != 0) {
            *who = person;
        }
    }
    return apart == 1;
}
static double posterior_of(const struct view *view, const struct leaves *a, const struct leaves *b,
                           bool inclusive, bool same_ground)
{
    if (view->exact) {
        return counted(a) == counted(b) + 1 ? 1 : 0;
    }
    uint32_t values[2 * POSTERIOR_LEAVES_MAX];
    if (a->count + b->count > POSTERIOR_LEAVES_MAX) {
        return 0;
    }
    for (size_t i = 0; i < a->count; i++) {
        values[i] = a->at[i]->value;
    }
    for (size_t i = 0; i < b->count; i++) {
        values[a->count + i] = b->at[i]->value;
    }
    return posterior_of_one(&view->model->noise, view->model->profile.floor, (struct values){a->count, values},
                            (struct values){b->count, values + a->count}, inclusive,
                            same_ground && a->count == 1 && b->count == 1);
}
static void weigh(const struct view *view, const struct equation *eq, bool inclusive, struct claims *out)
{
    bool same = memcmp(&eq->ground_a, &eq->ground_b, sizeof(eq->ground_a)) == 0;
    bool inside = ground_within(eq->ground_b.bits, eq->ground_a.bits);
    if (eq->b.count == 0 || !(same || (inside && inclusive))) {
        return;
    }
    out->equations++;
    double posterior = posterior_of(view, &eq->a, &eq->b, inclusive, same);
    out->surest = posterior > out->surest ? posterior : out->surest;
    if (posterior < sure) {
        return;
    }
    out->claims++;
    uint32_t who = 0;
    if (one_person(&eq->a, &eq->b, &who)) {
        out->isolations++;
        set_add(&out->isolated, who);
    }
}
static void differ_pair(const struct view *view, const struct showing *a, unsigned slice_a,
                        const struct showing *b, unsigned slice_b, bool inclusive, struct claims *out)
{
    for (unsigned top = 0; top < view->model->top_count; top++) {
        struct leaves pool_a = {0}, pool_b = {0};
        struct equation equation;
        take(&pool_a, a, slice_a, view->model->tops[top]);
        take(&pool_b, b, slice_b, view->model->tops[top]);
        while (next_knot(&pool_a, &pool_b, &equation)) {
            weigh(view, &equation, inclusive, out);
        }
    }
}

// All less the other categories: claims that one person stands behind the category that is not shown there.
static void weigh_missing(const struct view *view, const struct equation *eq, unsigned missing, unsigned top,
                          const struct set *crowd, struct claims *out)
{
    unsigned last = view->city->size.categories;
    for (unsigned slice = 1; slice <= last; slice++) {
        struct ground ground = {{0}};
        for (size_t i = 0; i < eq->b.count; i++) {
            if (eq->b.at[i]->slice == slice) {
                ground_join(&ground, &eq->b.at[i]->region);
            }
        }
        if (slice != missing && memcmp(&ground, &eq->ground_a, sizeof(ground)) != 0) {
            return;
        }
    }
    out->equations++;
    double posterior = posterior_of(view, &eq->a, &eq->b, false, false);
    out->surest = posterior > out->surest ? posterior : out->surest;
    if (posterior < sure) {
        return;
    }
    out->claims++;
    struct set there = {{0}};
    const struct set *cells = model_cells(view->model, missing, top);
    for (unsigned i = 0; i < view->model->side * view->model->side; i++) {
        if (eq->ground_a.bits[i / 64] >> (i % 64) & 1) {
            set_join(&there, &cells[i]);
        }
    }
    there = set_both(there, crowd);
    if (set_count(&there) == 1) {
        out->isolations++;
        set_join(&out->isolated, &there);
    }
}
static void differ_missing(const struct view *view, const struct showing *shown, const struct set *crowd,
                           struct claims *out)
{
    unsigned last = view->city->size.categories;
    for (unsigned missing = 1; missing <= last; missing++) {
        for (unsigned top = 0; top < view->model->top_count; top++) {
            struct leaves pool_a = {0}, pool_b = {0};
            struct equation equation;
            take(&pool_a, shown, 0, view->model->tops[top]);
            for (unsigned slice = 1; slice <= last; slice++) {
                if (slice != missing) {
                    take(&pool_b, shown, slice, view->model->tops[top]);
                }
            }
            while (next_knot(&pool_a, &pool_b, &equation)) {
                weigh_missing(view, &equation, missing, top, crowd, out);
            }
        }
    }
}

void differ_slices(const struct view *view, const struct showing *shown, const struct set *crowd, struct claims *out)
{
    for (unsigned slice = 1; slice < view->model->slice_count; slice++) {
        differ_pair(view, shown, 0, shown, slice, true, out);
    }
    differ_missing(view, shown, crowd, out);
}
void differ_editions(const struct view *view, const struct showing *before, const struct showing *after,
                     bool grown, struct claims *out)
{
    const struct showing *larger = grown ? after : before, *smaller = grown ? before : after;
    for (unsigned slice = 0; slice < view->model->slice_count; slice++) {
        differ_pair(view, larger, slice, smaller, slice, true, out);
        if (slice > 0) {
            differ_pair(view, larger, 0, smaller, slice, true, out);
        }
    }
}
void differ_leaves(const struct view *view, const struct showing *shown, struct claims *out)
{
    for (size_t i = 0; i < shown->count; i++) {
        struct leaves one = {1, {&shown->items[i]}}, none = {0};
        out->equations++;
        double posterior = posterior_of(view, &one, &none, false, false);
        out->surest = posterior > out->surest ? posterior : out->surest;
        if (posterior >= sure) {
            uint32_t who = 0;
            bool right = one_person(&one, &none, &who);
            out->claims++;
            out->isolations += right;
            if (right) {
                set_add(&out->isolated, who);
            }
        }
    }
}
void claims_add(struct claims *sum, const struct claims *more)
{
    sum->equations += more->equations;
    sum->claims += more->claims;
    sum->isolations += more->isolations;
    sum->surest = more->surest > sum->surest ? more->surest : sum->surest;
    set_join(&sum->isolated, &more->isolated);
}
