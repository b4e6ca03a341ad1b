// SPDX-License-Identifier: AGPL-3.0-or-later
// Participants: joining, receipts, leaving, withdrawing; letting in and removing.
#ifndef REPERE_API_PARTICIPANTS_H
#define REPERE_API_PARTICIPANTS_H
#include "http/route.h"

handler_fn join_prepare, join;
handler_fn receipt_renew;
handler_fn leave;
handler_fn withdraw_prepare, withdraw;
handler_fn sheet_seat_prepare, sheet_seat;
handler_fn participants_list;
handler_fn participant_put_prepare, participant_put;
#endif
