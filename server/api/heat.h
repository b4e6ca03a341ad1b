// SPDX-License-Identifier: AGPL-3.0-or-later
// A session's heat map over HTTP: tiles and their legend.
#ifndef REPERE_API_HEAT_H
#define REPERE_API_HEAT_H
#include "http/route.h"

handler_fn heat_tile_get, heat_legend_get;
#endif
