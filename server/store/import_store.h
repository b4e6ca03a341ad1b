// SPDX-License-Identifier: AGPL-3.0-or-later
// What only imports write. Contributions and overlays go through their own stores.
#ifndef REPERE_STORE_IMPORT_STORE_H
#define REPERE_STORE_IMPORT_STORE_H
#include "store/db.h"

/** Somebody whose answers come from a file: let in, without a token. Errors: CONFLICT (the pseudonym is
 *  taken, or there is no such session). */
enum err import_participant_insert(struct db *db, int64_t session_id, const char *pseudonym,
                                   int64_t now_ms, int64_t *out_id);
#endif
