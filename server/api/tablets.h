// SPDX-License-Identifier: AGPL-3.0-or-later
// The tablets of a session: which are there, shutting one out.
#ifndef REPERE_API_TABLETS_H
#define REPERE_API_TABLETS_H
#include "http/route.h"

handler_fn tablets_list;
handler_fn tablet_put_prepare, tablet_put;
#endif
