// SPDX-License-Identifier: AGPL-3.0-or-later
// Contributions over HTTP.
#ifndef REPERE_API_CONTRIBUTIONS_H
#define REPERE_API_CONTRIBUTIONS_H
#include "http/route.h"

handler_fn contribution_put_prepare, contribution_put;
handler_fn contribution_delete_one, contribution_get;
handler_fn contribution_state_prepare, contribution_state_put;
handler_fn contributions_list, contributions_counts, contributions_export;
#endif
