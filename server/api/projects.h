// SPDX-License-Identifier: AGPL-3.0-or-later
// Projects and who works on them.
#ifndef REPERE_API_PROJECTS_H
#define REPERE_API_PROJECTS_H
#include "http/route.h"

handler_fn projects_list;
handler_fn project_body_prepare;
handler_fn project_post, project_get, project_put;
handler_fn project_staff_get;
handler_fn project_staff_post_prepare, project_staff_post;
handler_fn project_staff_remove_one;
#endif
