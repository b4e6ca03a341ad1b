// SPDX-License-Identifier: AGPL-3.0-or-later
// What the door remembers, in memory alone: failed tries of the last minute, how many passwords are
// being checked, when each staff token was last used. It knows no address, and names only as an
// HMAC under a key made at each start. Shared by all workers; locked inside.
#ifndef REPERE_SERVICE_LIMITER_H
#define REPERE_SERVICE_LIMITER_H
#include "base/err.h"
#include <stdbool.h>
#include <stdint.h>

struct limiter;

/** What is being tried. At most so many failures in any 60 s: */
enum limit {
    LIMIT_CODE,    // join codes: 60, for the whole server
    LIMIT_LINK,    // wrong one-time sign-in links: 60, for the whole server; a right one is taken
    LIMIT_RECEIPT, // wrong receipts: 60, for the whole server; a right one is taken
    LIMIT_PASSWORD // passwords: 10 a name
};
/* Half of the usual workers: while strangers sign in without end, the room is still answered. */
enum { LIMITER_PASSWORDS_AT_ONCE = 2, LIMITER_SHEETS_AT_ONCE = 2, LIMITER_IDLE_MS = 30 * 60 * 1000 };

/** Takes some 50 ms: it hashes a password that nobody has. Errors: NO_MEMORY. */
enum err limiter_new(struct limiter **out);
void limiter_free(struct limiter *limiter);

/* Times are of clock_monotonic_ms. */

/** Counts a try as failed until it is given back. `name` is the account's with LIMIT_PASSWORD, else
 *  NULL. Errors: TOO_MANY. */
enum err limiter_take(struct limiter *limiter, enum limit limit, const char *name, int64_t now_ms);
/** The try was right after all. */
void limiter_give_back(struct limiter *limiter, enum limit limit, const char *name);

/** One of the few places for checking a password. Errors: BUSY. */
enum err limiter_password_enter(struct limiter *limiter);
void limiter_password_leave(struct limiter *limiter);
/** One of the few places for drawing a sheet of paper, which keeps a worker for a second: the others are the room's.
 *  Errors: BUSY. */
enum err limiter_sheet_enter(struct limiter *limiter);
void limiter_sheet_leave(struct limiter *limiter);
/** The hash of a password that nobody has: checked in place of an account's that does not exist. */
const char *limiter_decoy_hash(const struct limiter *limiter);

/** A staff token is used; false when it lay idle for 30 minutes. One that is not remembered (after
 * a restart) counts from now; the store still ends it after 8 hours. */
bool limiter_touch(struct limiter *limiter, const uint8_t token_hash[32], int64_t now_ms);
void limiter_forget(struct limiter *limiter, const uint8_t token_hash[32]);
#endif
