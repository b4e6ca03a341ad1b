// SPDX-License-Identifier: AGPL-3.0-or-later
// Fewer vertices for a picture of a given resolution (Douglas and Peucker 1973).
#ifndef REPERE_TILES_SIMPLIFY_H
#define REPERE_TILES_SIMPLIFY_H
#include "base/err.h"
#include <stddef.h>

/**
 * Drops the vertices that lie within `tolerance` of the line drawn without them, in place. First
 * and last stay, so a closed ring stays closed; a ring may end with fewer than 4 vertices and is
 * then too small to show. Two neighbours that share an edge lose the same vertices of it only when
 * they begin at the same one.
 *
 * @param xy    x, y of `count` vertices, any unit, that of `tolerance`
 * @param kept  how many are left
 * Errors: NO_MEMORY.
 */
enum err simplify_line(double tolerance, double *xy, size_t count, size_t *kept);
#endif
