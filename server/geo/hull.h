// SPDX-License-Identifier: AGPL-3.0-or-later
// The convex hull: what is left of an area whose outline snapping has tangled.
#ifndef REPERE_GEO_HULL_H
#define REPERE_GEO_HULL_H
#include "geo/geometry.h"
#include <stdbool.h>
/**
 * Replaces an area (POLYGON, MULTI_POLYGON) by the convex hull of its vertices, a POLYGON of one
 * ring; one whose vertices lie on a line becomes the LINE between the outermost two, one of a
 * single place a POINT. In place; `arena` is for working. False when memory is short: nothing has
 * changed.
 */
bool hull_replace(struct geometry *geometry, struct arena *arena);
#endif
