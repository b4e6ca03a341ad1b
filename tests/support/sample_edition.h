// SPDX-License-Identifier: AGPL-3.0-or-later
// An edition with something of everything: two exercises, every kind of slice, whole squares and
// what is left of squares (one with a hole, one whose cells touch at a corner alone), findings of
// the three geometry types, assets, an overlay of areas and one of points. It lies in Brussels.
#ifndef REPERE_TESTS_SAMPLE_EDITION_H
#define REPERE_TESTS_SAMPLE_EDITION_H
#include "base/arena.h"
#include "publish/edition.h"

/** All of it in the arena, the same each time; the caller may change it. Fails the test when memory
 * is short. */
struct edition *sample_edition_make(struct arena *arena);
/** The same with so many leaves in the first slice: squares of 500 m with values of 20 to 95, as
 * far as needed to the north and east of Brussels. */
struct edition *sample_edition_large(struct arena *arena, size_t leaves);
/** Fails the test where the two differ, coordinates compared bit by bit. */
void sample_edition_assert_equal(const struct edition *a, const struct edition *b);
#endif
