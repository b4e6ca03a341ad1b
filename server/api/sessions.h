// SPDX-License-Identifier: AGPL-3.0-or-later
// Sessions, their join sheet, and the package a tablet starts from.
#ifndef REPERE_API_SESSIONS_H
#define REPERE_API_SESSIONS_H
#include "http/route.h"

handler_fn sessions_list;
handler_fn session_body_prepare; // api/session_body.c
handler_fn session_post, session_get, session_put;
handler_fn session_close_post, session_reopen_post;
handler_fn package_get;
handler_fn join_sheet_get, join_sheet_post, join_sheet_delete, join_sheet_svg;
#endif
