// SPDX-License-Identifier: AGPL-3.0-or-later
// What the door remembers, in memory alone: failed tries of the last minutes, how many passwords are
// being checked, when each staff token was last used. It knows addresses and names only as HMACs under
// a key made at each start. Shared by all workers; locked inside.
//
// A try takes from two buckets: one of who tries, and a larger one of all who try the same. So one who
// guesses closes the door for herself before she closes it for others, and many together guess no more
// often than the larger one lets them. Decision 0007 has the figures.
#ifndef REPERE_SERVICE_LIMITER_H
#define REPERE_SERVICE_LIMITER_H
#include "base/err.h"
#include <stdbool.h>
#include <stdint.h>

struct limiter;

/** What is being tried. So many wrong ones at once, and then so many a minute: */
enum limit {
    LIMIT_CODE,    // join codes: 120 and 10 from an address, 2,400 and 50 from all
    LIMIT_LINK,    // wrong one-time sign-in links: 60 and 60 from all; a right one is taken
    LIMIT_RECEIPT, // wrong receipts: 60 and 60 from all; a right one is taken
    LIMIT_PASSWORD // passwords of a name: 10 and 2 from an address, 100 and 10 from all
};

struct attempt {
    enum limit limit;
    const uint8_t *from; // SECRET_HASH_SIZE bytes that stand for the address (request.h); NULL: not known,
                         // then only what all share limits it
    const char *name;    // the account's, with LIMIT_PASSWORD
};

/* Half of the usual workers: while strangers sign in without end, the room is still answered. */
enum { LIMITER_PASSWORDS_AT_ONCE = 2, LIMITER_SHEETS_AT_ONCE = 2, LIMITER_IDLE_MS = 30 * 60 * 1000 };

/** Takes some 50 ms: it hashes a password that nobody has. Errors: NO_MEMORY. */
enum err limiter_new(struct limiter **out);
void limiter_free(struct limiter *limiter);

/* Times are of clock_monotonic_ms. */

/**
 * Counts a try as failed until it is given back.
 *
 * Errors: TOO_MANY (fault: when to try again).
 */
enum err limiter_take(struct limiter *limiter, const struct attempt *attempt, int64_t now_ms,
                      struct fault *fault);
/** The try was right after all. */
void limiter_give_back(struct limiter *limiter, const struct attempt *attempt);

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
