// SPDX-License-Identifier: AGPL-3.0-or-later
// The maps below: what there is, and their tiles.
#ifndef REPERE_API_BASEMAPS_H
#define REPERE_API_BASEMAPS_H
#include "http/route.h"

handler_fn basemaps_index;
handler_fn basemap_tile;
#endif
