// SPDX-License-Identifier: AGPL-3.0-or-later
// Is the server well?
#ifndef REPERE_API_SYSTEM_H
#define REPERE_API_SYSTEM_H
#include "http/route.h"

handler_fn health_show;
#endif
