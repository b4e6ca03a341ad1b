// SPDX-License-Identifier: AGPL-3.0-or-later
// Linear equations.
#ifndef REPERE_ATTACK_SOLVE_H
#define REPERE_ATTACK_SOLVE_H
#include <stddef.h>

/** Solves a x = b by elimination with pivots; `a` (n by n, row by row) is used up, x is left in `b`. Unknowns
 *  that nothing determines come out as 0. Returns how many were determined. */
size_t solve(size_t n, double *a, double *b);
#endif
