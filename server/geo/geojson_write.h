// SPDX-License-Identifier: AGPL-3.0-or-later
// Geometries to GeoJSON (RFC 7946): 7 decimals, outer rings counterclockwise.
#ifndef REPERE_GEO_GEOJSON_WRITE_H
#define REPERE_GEO_GEOJSON_WRITE_H
#include "base/jsonw.h"
#include "geo/geometry.h"
/** The geometry as the writer's next value; NULL: null. */
void geojson_write_geometry(struct jsonw *w, const struct geometry *geometry);
#endif
