// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a position stands on the Z-order curve (Morton 1966): positions whose keys are near each other
// are near each other on the map. Rows that are stored in this order share pages with their neighbours,
// so that what lies in a box is read in a few pages instead of one a row.
#ifndef REPERE_GEO_ZORDER_H
#define REPERE_GEO_ZORDER_H
#include <stdint.h>
/** 32 bits of longitude and 32 of latitude, interleaved. EPSG:4326 degrees; clamped to the valid range. */
uint64_t zorder_key(double lon_deg, double lat_deg);
#endif
