// SPDX-License-Identifier: AGPL-3.0-or-later
// What the store holds that only the keys beside it make sense of.
#ifndef REPERE_STORE_KEY_STORE_H
#define REPERE_STORE_KEY_STORE_H
#include "store/db.h"

struct keys_in_use {
    bool receipts;   // somebody has one
    bool join_codes; // a session has one that still opens it
};
enum err keys_in_use(struct db *db, int64_t now_ms, struct keys_in_use *out);
#endif
