// SPDX-License-Identifier: AGPL-3.0-or-later
// Overlays over HTTP.
#ifndef REPERE_API_OVERLAYS_H
#define REPERE_API_OVERLAYS_H
#include "http/route.h"

handler_fn overlays_list, overlay_get, overlay_features_get;
handler_fn overlay_put_prepare, overlay_put, overlay_delete_one;
#endif
