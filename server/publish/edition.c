// SPDX-License-Identifier: AGPL-3.0-or-later
#include "publish/edition.h"
#include <string.h>

const char *slice_kind_name(enum slice_kind kind) {
    static const char *const names[SLICE_KINDS] = {"all", "category", "time", "group"};
    return names[kind];
}

const char *share_band_text(enum share_band band) {
    static const char *const texts[] = {
        [SHARE_UNKNOWN] = NULL,    [SHARE_BELOW_20] = "<20%",  [SHARE_20_40] = "20-40%",
        [SHARE_40_60] = "40-60%",  [SHARE_60_80] = "60-80%",   [SHARE_ABOVE_80] = ">80%",
    };
    return texts[band];
}

const char *finding_urgency_name(enum finding_urgency urgency) {
    static const char *const names[URGENCY_COUNT] = {"green", "amber", "red"};
    return names[urgency];
}

const struct edition_slice *edition_slice_find(const struct edition *edition, const char *id) {
    for (size_t i = 0; i < edition->slice_count; i++)
        if (strcmp(edition->slices[i].id, id) == 0)
            return &edition->slices[i];
    return NULL;
}

static const struct edition_slice *all_of(const struct edition *edition, size_t exercise) {
    for (size_t i = 0; i < edition->slice_count; i++)
        if (edition->slices[i].kind == SLICE_ALL && edition->slices[i].exercise == exercise)
            return &edition->slices[i];
    return NULL;
}

static int top_order(const struct cell *a, const struct cell *b) {
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column);
}

size_t edition_first_in_top(const struct edition_slice *slice, const struct cell *top) {
    size_t low = 0, high = slice->leaf_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (top_order(&slice->leaves[middle].region.top, top) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool edition_leaf_in_top(const struct edition_leaf *leaf, const struct cell *top) {
    return top_order(&leaf->region.top, top) == 0;
}

static unsigned shared_cells(const struct region *a, const struct region *b) {
    struct region both = {.top = a->top};
    for (unsigned i = 0; i < REGION_WORDS; i++)
        both.bits[i] = a->bits[i] & b->bits[i];
    return region_count(&both);
}

enum share_band share_band_of(double share) {
    return share < 0.2    ? SHARE_BELOW_20
           : share < 0.4  ? SHARE_20_40
           : share < 0.6  ? SHARE_40_60
           : share <= 0.8 ? SHARE_60_80
                          : SHARE_ABOVE_80;
}

static enum share_band share_of(const struct edition_leaf *leaf, const struct edition_slice *all) {
    const struct cell *top = &leaf->region.top;
    unsigned covered = 0;
    double people = 0;
    for (size_t i = edition_first_in_top(all, top);
         i < all->leaf_count && edition_leaf_in_top(&all->leaves[i], top); i++) {
        const struct edition_leaf *other = &all->leaves[i];
        unsigned shared = shared_cells(&leaf->region, &other->region);
        covered += shared;
        people += (double)other->value * shared / region_count(&other->region);
    }
    if (covered < region_count(&leaf->region) || people <= 0)
        return SHARE_UNKNOWN;
    return share_band_of(leaf->value / people);
}

void edition_shares(struct edition *edition) {
    for (size_t i = 0; i < edition->slice_count; i++) {
        struct edition_slice *slice = &edition->slices[i];
        const struct edition_slice *all = all_of(edition, slice->exercise);
        for (size_t j = 0; j < slice->leaf_count; j++)
            slice->leaves[j].share = slice->kind == SLICE_ALL || !all
                                         ? SHARE_UNKNOWN
                                         : share_of(&slice->leaves[j], all);
    }
}
