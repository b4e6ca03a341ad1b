// SPDX-License-Identifier: AGPL-3.0-or-later
// Findings over HTTP: what a group worded, to be published once it is agreed.
#ifndef REPERE_API_FINDINGS_H
#define REPERE_API_FINDINGS_H
#include "http/route.h"

handler_fn findings_list, project_findings_list, finding_get;
handler_fn finding_post_prepare, finding_post;
handler_fn finding_put_prepare, finding_put, finding_delete_one;
handler_fn finding_state_prepare, finding_state_put;
#endif
