// SPDX-License-Identifier: AGPL-3.0-or-later
// Coarsening a position. The page computes the same cells (web/src/core/snap.js): both follow this
//
//   lat_step = precision_m / 111320
//   row      = floor(lat / lat_step)          lat' = (row + 0.5) * lat_step
//   lon_step = lat_step / max(cos(lat'), 0.01)
//   column   = floor(lon / lon_step)          lon' = (column + 0.5) * lon_step
//
// then both are clamped to the valid range and rounded to 7 decimals (1 cm). Snapping a snapped
// position gives it again.
#ifndef REPERE_GEO_GRID_H
#define REPERE_GEO_GRID_H
#include "geo/geometry.h"
/** Centre of the cell of about precision_m x precision_m metres that holds the position;
 * precision_m 0: only rounded to 7 decimals. Degrees, EPSG:4326. */
void grid_snap(double precision_m, double *lon_deg, double *lat_deg);
/** Snaps each vertex and drops repeats that arise. A line or ring that collapses becomes
 *  the POINT of its cell. In place; never more vertices than before. */
void grid_snap_geometry(double precision_m, struct geometry *geometry);
#endif
