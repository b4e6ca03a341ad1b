// SPDX-License-Identifier: AGPL-3.0-or-later
// Two groups, or two bands of time, beside each other: only where both are published, and only in words.
#ifndef REPERE_PUBLISH_EDITION_COMPARE_H
#define REPERE_PUBLISH_EDITION_COMPARE_H
#include "publish/held.h"

enum compared_result { COMPARED_LOWER, COMPARED_SIMILAR, COMPARED_HIGHER };
/** "lower", "similar", "higher". */
const char *compared_result_name(enum compared_result result);

/** Ground on which both slices publish one value each. */
struct compared {
    char code[REGION_CODE_SIZE];
    struct geometry outline; // MULTI_POLYGON, EPSG:4326
    enum compared_result result; // of the first slice against the other
};
/** Of one exercise and one kind: two groups, or two bands of time. */
bool edition_may_compare(const struct edition_slice *a, const struct edition_slice *b);
/**
 * Each slice's people on the ground as a share of all that the slice shows. "higher" and "lower" are told
 * when the shares differ by a quarter or more, and by more than twice what noise and rounding come to.
 *
 * @param out in the arena
 * Errors: NO_MEMORY, BAD_CRS.
 */
enum err edition_compare(const struct held_edition *held, const struct shown_slice *a,
                         const struct shown_slice *b, struct arena *arena, struct compared **out,
                         size_t *count);
#endif
