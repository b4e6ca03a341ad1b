// SPDX-License-Identifier: AGPL-3.0-or-later
// The maps below: what there is, their tiles and files, and what of them a session's tablets keep.
#ifndef REPERE_API_BASEMAPS_H
#define REPERE_API_BASEMAPS_H
#include "http/route.h"

handler_fn basemaps_index;
handler_fn basemap_tile;
handler_fn basemap_whole;
handler_fn session_areas_list;
handler_fn session_area_get;
#endif
