// SPDX-License-Identifier: AGPL-3.0-or-later
// What is published. request->context is a `struct published`; nothing here knows a store.
#ifndef REPERE_API_EDITIONS_H
#define REPERE_API_EDITIONS_H
#include "http/route.h"

/* api/editions.c */
handler_fn editions_list, edition_show, edition_file_get;
/* api/edition_layers.c */
handler_fn edition_leaves_get, edition_values_get, edition_tile_get, edition_heat_get,
    edition_heat_tile_get;
/* api/edition_areas.c */
handler_fn edition_areas_get, edition_against_get;
/* api/edition_features.c */
handler_fn edition_findings_get, edition_assets_get, edition_overlay_get;
#endif
