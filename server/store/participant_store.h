// SPDX-License-Identifier: AGPL-3.0-or-later
// Participants in the private store. Who may is the service's business.
#ifndef REPERE_STORE_PARTICIPANT_STORE_H
#define REPERE_STORE_PARTICIPANT_STORE_H
#include "base/arena.h"
#include "base/secret.h"
#include "model/participant.h"
#include "store/db.h"
#include <stddef.h>

/** Session, pseudonym, language, state, joined_ms and tablet of `p`. Errors: CONFLICT (the pseudonym is
 *  taken, or there is no such session). */
enum err participant_insert(struct db *db, const struct participant *p,
                            const uint8_t token_hash[SECRET_HASH_SIZE], int64_t *out_id);
/** Session, pseudonym, language, consent and joined_ms of `p`, who is admitted and has no token. Errors: CONFLICT (the
 *  same). */
enum err participant_insert_on_paper(struct db *db, const struct participant *p,
                                     const uint8_t receipt_hmac[SECRET_HASH_SIZE], int64_t *out_id);
/** Errors: NOT_FOUND. */
enum err participant_select(struct db *db, int64_t id, struct arena *arena,
                            struct participant *out);
enum err participant_select_receipt(struct db *db, const uint8_t receipt_hmac[SECRET_HASH_SIZE],
                                    struct arena *arena, struct participant *out);
/** In the order they joined, ids above `after`. */
enum err participant_select_page(struct db *db, int64_t session_id, int64_t after, int64_t limit,
                                 struct arena *arena, struct participant **out, size_t *count);
struct token_owner {
    int64_t participant_id, session_id;
    bool shut_out; // her tablet was
};
/** Whose token it is, when she joined after `since_ms`. Errors: NOT_FOUND. */
enum err participant_find_token(struct db *db, const uint8_t token_hash[SECRET_HASH_SIZE],
                                int64_t since_ms, struct token_owner *out);
/** How many are not removed. */
enum err participant_count_seats(struct db *db, int64_t session_id, int64_t *out);

struct participant_groups {
    const char *own;     // JSON array of ids: hers, as far as the project still has them
    const char *offered; // JSON array: the project's (group.h)
    bool session_open;
};
/** Errors: NOT_FOUND. */
enum err participant_select_groups(struct db *db, int64_t id, struct arena *arena,
                                   struct participant_groups *out);

/* Each writes one row. Errors: NOT_FOUND. */
/** @param groups JSON array of ids */
enum err participant_update_groups(struct db *db, int64_t id, const char *groups);
enum err participant_update_consent(struct db *db, int64_t id, const struct consent *consent);
/** Only while she has not been asked. Errors: NOT_FOUND (she has, or is not there). */
enum err participant_update_first_consent(struct db *db, int64_t id, const struct consent *consent);
enum err participant_update_receipt(struct db *db, int64_t id,
                                    const uint8_t receipt_hmac[SECRET_HASH_SIZE]);
enum err participant_forget_token(struct db *db, int64_t id);
enum err participant_update_admitted(struct db *db, int64_t id);
/** The token goes too. */
enum err participant_update_removed(struct db *db, int64_t id);
enum err participant_delete(struct db *db, int64_t id);

/** The uuids of what she sent, in the arena. */
enum err participant_select_uuids(struct db *db, int64_t id, struct arena *arena,
                                  uint8_t (**out)[16], size_t *count);
/** Deletes what she sent. */
enum err participant_delete_contributions(struct db *db, int64_t id);
#endif
