// SPDX-License-Identifier: AGPL-3.0-or-later
// Shared assets over HTTP: what people gave for everybody, and a lead's approval of it.
#ifndef REPERE_API_ASSETS_H
#define REPERE_API_ASSETS_H
#include "http/route.h"

handler_fn assets_list;
handler_fn asset_put_prepare, asset_put, asset_delete_one;
#endif
