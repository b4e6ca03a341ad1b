// SPDX-License-Identifier: AGPL-3.0-or-later
// Who I am: staff signing in and out, a participant's consent and groups.
#ifndef REPERE_API_ACCOUNT_H
#define REPERE_API_ACCOUNT_H
#include "http/route.h"

handler_fn me_show;
handler_fn signin_prepare, signin;
handler_fn signin_link_prepare, signin_link;
handler_fn signout;
handler_fn consent_prepare, consent_set;
handler_fn groups_prepare, groups_set;
#endif
