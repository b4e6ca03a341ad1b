// SPDX-License-Identifier: AGPL-3.0-or-later
// A contribution as points of a heat map: whatever its shape, it weighs 1.
#ifndef REPERE_SERVICE_HEAT_SAMPLE_H
#define REPERE_SERVICE_HEAT_SAMPLE_H
#include "base/buf.h"
#include "geo/geometry.h"
#include "heat.h"

/**
 * Appends `struct heat_point`s to `out`: a point as it is; a line at even steps along it; an area
 * on a grid within it. The weights sum to 1.
 *
 * @param geometry EPSG:4326 degrees
 * @param step_m   ground metres between samples; widened where a shape would need more than
 *                 HEAT_SAMPLES_MAX of them
 * A shortage of memory shows in out->failed.
 */
enum { HEAT_SAMPLES_MAX = 400 };
void heat_sample(const struct geometry *geometry, double step_m, struct buf *out);
#endif
