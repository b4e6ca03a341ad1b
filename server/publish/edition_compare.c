// SPDX-License-Identifier: AGPL-3.0-or-later
#include "publish/edition_compare.h"
#include <math.h>

#define ROUNDING_VARIANCE (25.0 / 12) // of a value rounded to 5
#define QUARTER           1.25
#define NOISE_SIGMAS      2.0

struct pair {
    const struct edition_leaf *a, *b;
    struct region ground;
};

const char *compared_result_name(enum compared_result result) {
    static const char *const names[] = {"lower", "similar", "higher"};
    return names[result];
}

bool edition_may_compare(const struct edition_slice *a, const struct edition_slice *b) {
    return a != b && a->exercise == b->exercise && a->kind == b->kind &&
           (a->kind == SLICE_GROUP || a->kind == SLICE_TIME);
}

static bool meet(const struct edition_leaf *a, const struct edition_leaf *b, struct pair *out) {
    if (!region_meets(&a->region, &b->region))
        return false;
    *out = (struct pair){a, b, {.top = a->region.top}};
    for (unsigned i = 0; i < REGION_WORDS; i++)
        out->ground.bits[i] = a->region.bits[i] & b->region.bits[i];
    return true;
}

static size_t find_pairs(const struct edition_slice *a, const struct edition_slice *b,
                         struct pair *out) {
    struct pair pair;
    size_t count = 0;
    for (size_t i = 0; i < a->leaf_count; i++)
        for (size_t j = edition_first_in_top(b, &a->leaves[i].region.top);
             j < b->leaf_count && edition_leaf_in_top(&b->leaves[j], &a->leaves[i].region.top); j++)
            if (meet(&a->leaves[i], &b->leaves[j], &pair)) {
                if (out)
                    out[count] = pair;
                count++;
            }
    return count;
}

/* The leaf's share of all that its slice shows, as far as the ground goes, and its variance. */
static double share_of(const struct edition_leaf *leaf, const struct region *ground, uint64_t shown,
                       double noise_variance, double *variance) {
    double part = (double)region_count(ground) / region_count(&leaf->region);
    double a_person = part / (double)shown;
    *variance = (noise_variance + ROUNDING_VARIANCE) * a_person * a_person;
    return leaf->value * a_person;
}

static enum compared_result result_of(const struct pair *pair, const struct shown_slice *a,
                                      const struct shown_slice *b, double noise_variance) {
    double variance_a, variance_b;
    double share_a = share_of(pair->a, &pair->ground, a->shown, noise_variance, &variance_a);
    double share_b = share_of(pair->b, &pair->ground, b->shown, noise_variance, &variance_b);
    if (fabs(share_a - share_b) <= NOISE_SIGMAS * sqrt(variance_a + variance_b))
        return COMPARED_SIMILAR;
    return share_a >= QUARTER * share_b   ? COMPARED_HIGHER
           : share_b >= QUARTER * share_a ? COMPARED_LOWER
                                          : COMPARED_SIMILAR;
}

enum err edition_compare(const struct held_edition *held, const struct shown_slice *a,
                         const struct shown_slice *b, struct arena *arena, struct compared **out,
                         size_t *count) {
    const struct edition *edition = &held->edition;
    double noise_variance = edition->exercises[a->slice->exercise].noise_variance;
    struct crs *crs = NULL;
    size_t found = find_pairs(a->slice, b->slice, NULL);
    struct pair *pairs = arena_array(arena, found, sizeof *pairs);
    struct compared *compared = arena_array(arena, found, sizeof *compared);
    if (!pairs || !compared)
        return ERR_NO_MEMORY;
    find_pairs(a->slice, b->slice, pairs);
    enum err err = crs_open(&crs);
    for (size_t i = 0; i < found && err == ERR_OK; i++) {
        struct geometry *outline = &compared[i].outline;
        compared[i].result = result_of(&pairs[i], a, b, noise_variance);
        region_code(&pairs[i].ground, a->base_m, edition->epsg, compared[i].code);
        err = region_outline(&pairs[i].ground, a->base_m, arena, outline);
        if (err == ERR_OK)
            err = crs_transform(crs, equal_area_name(edition->epsg), "EPSG:4326", outline->coords,
                                outline->vertex_count, NULL);
    }
    crs_close(crs);
    if (err == ERR_OK) {
        *out = compared;
        *count = found;
    }
    return err;
}
