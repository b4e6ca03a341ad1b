// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/limiter.h"

#include "base/secret.h"

#include <ctype.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    NAME_SLOTS = 1024,   // names that fall on one slot share it
    PLACES_MAX = 1024,   // addresses, and staff tokens, remembered
    NAME_SIZE_MAX = 256, // bytes of a name that count
};

struct rate {
    int at_once;
    int64_t each_ms; // until one more
};

static const struct {
    struct rate own, common; // of one address; of all
} rates[] = {
    [LIMIT_CODE] = {{120, 6000}, {2400, 1200}},
    [LIMIT_LINK] = {.common = {60, 1000}},
    [LIMIT_RECEIPT] = {.common = {60, 1000}},
    [LIMIT_PASSWORD] = {{10, 30000}, {100, 6000}},
};

struct seen {
    uint8_t hash[SECRET_HASH_SIZE];
    int64_t at_ms; // a token: when it was used; an address: its bucket
    bool used;
};

struct limiter {
    pthread_mutex_t lock;
    uint8_t key[SECRET_KEY_SIZE];
    char decoy[SECRET_PASSWORD_HASH_SIZE];
    int passwords, sheets;          // at work
    int64_t common[LIMIT_PASSWORD]; // buckets, for each limit that asks for no name
    int64_t names[NAME_SLOTS];      // buckets
    struct seen addresses[PLACES_MAX];
    struct seen tokens[PLACES_MAX];
};

enum err limiter_new(struct limiter **out) {
    struct limiter *limiter = calloc(1, sizeof *limiter);
    if (!limiter)
        return ERR_NO_MEMORY;
    secret_random(limiter->key, sizeof limiter->key);
    char nobodys[SECRET_TOKEN_TEXT_SIZE];
    secret_token(nobodys);
    enum err err = secret_password_hash(nobodys, strlen(nobodys), limiter->decoy);
    if (err != ERR_OK) {
        free(limiter);
        return err;
    }
    pthread_mutex_init(&limiter->lock, NULL);
    *out = limiter;
    return ERR_OK;
}

void limiter_free(struct limiter *limiter) {
    if (!limiter)
        return;
    pthread_mutex_destroy(&limiter->lock);
    secret_wipe(limiter, sizeof *limiter);
    free(limiter);
}

/* ---- tables of hashes ---- */

/* The hash's place, or the one to be given to it: a free one, else the one with the smallest time. */
static struct seen *place_of(struct seen places[PLACES_MAX], const uint8_t hash[SECRET_HASH_SIZE],
                             bool *known) {
    struct seen *place = &places[0];
    for (size_t i = 0; i < PLACES_MAX; i++) {
        struct seen *seen = &places[i];
        if (seen->used && memcmp(seen->hash, hash, SECRET_HASH_SIZE) == 0) {
            *known = true;
            return seen;
        }
        if (place->used && (!seen->used || seen->at_ms < place->at_ms))
            place = seen;
    }
    *known = false;
    return place;
}

/* An address is remembered for as long as its bucket is not full. */
static void forget_full(struct limiter *limiter, int64_t now_ms) {
    for (size_t i = 0; i < PLACES_MAX; i++) {
        struct seen *seen = &limiter->addresses[i];
        if (seen->used && seen->at_ms <= now_ms)
            secret_wipe(seen, sizeof *seen);
    }
}

/* ---- buckets ----
 * A bucket is the time at which it is full again. A try puts that off by each_ms; there is none left
 * when it would lie further off than at_once tries put it. */

static bool bucket_take(int64_t *full_ms, struct rate rate, int64_t now_ms, int64_t *wait_ms) {
    int64_t next_ms = (*full_ms > now_ms ? *full_ms : now_ms) + rate.each_ms;
    int64_t latest_ms = now_ms + rate.at_once * rate.each_ms;
    if (next_ms > latest_ms) {
        *wait_ms = next_ms - latest_ms;
        return false;
    }
    *full_ms = next_ms;
    return true;
}

static void hash_attempt(const struct limiter *limiter, const struct attempt *attempt,
                         const uint8_t *from, uint8_t out[SECRET_HASH_SIZE]) {
    uint8_t text[1 + SECRET_HASH_SIZE + NAME_SIZE_MAX] = {(uint8_t)attempt->limit};
    size_t len = 1 + SECRET_HASH_SIZE;
    if (from)
        memcpy(text + 1, from, SECRET_HASH_SIZE);
    for (const char *at = attempt->name; at && *at && len < sizeof text; at++)
        text[len++] = (uint8_t)tolower((unsigned char)*at);
    secret_hmac(limiter->key, from ? "own" : "common", text, len, out);
}

static int64_t *common_of(struct limiter *limiter, const struct attempt *attempt) {
    if (attempt->limit != LIMIT_PASSWORD)
        return &limiter->common[attempt->limit];
    uint8_t hash[SECRET_HASH_SIZE];
    hash_attempt(limiter, attempt, NULL, hash);
    return &limiter->names[(hash[0] | hash[1] << 8) % NAME_SLOTS];
}

/* NULL where only what all share counts. */
static struct seen *own_of(struct limiter *limiter, const struct attempt *attempt,
                           uint8_t hash[SECRET_HASH_SIZE], bool *known) {
    *known = false;
    if (!attempt->from || rates[attempt->limit].own.at_once == 0)
        return NULL;
    hash_attempt(limiter, attempt, attempt->from, hash);
    return place_of(limiter->addresses, hash, known);
}

/* Of the two, an address's is asked first: who is refused there takes nothing from the others. */
static bool take_both(struct limiter *limiter, const struct attempt *attempt, int64_t now_ms,
                      int64_t *wait_ms) {
    uint8_t hash[SECRET_HASH_SIZE];
    bool known;
    struct seen *own = own_of(limiter, attempt, hash, &known);
    int64_t own_ms = known ? own->at_ms : 0;
    if (own && !bucket_take(&own_ms, rates[attempt->limit].own, now_ms, wait_ms))
        return false;
    if (!bucket_take(common_of(limiter, attempt), rates[attempt->limit].common, now_ms, wait_ms))
        return false;
    if (own) {
        memcpy(own->hash, hash, SECRET_HASH_SIZE);
        own->at_ms = own_ms;
        own->used = true;
    }
    return true;
}

enum err limiter_take(struct limiter *limiter, const struct attempt *attempt, int64_t now_ms,
                      struct fault *fault) {
    int64_t wait_ms = 0;
    pthread_mutex_lock(&limiter->lock);
    forget_full(limiter, now_ms);
    bool taken = take_both(limiter, attempt, now_ms, &wait_ms);
    pthread_mutex_unlock(&limiter->lock);
    if (taken)
        return ERR_OK;
    if (fault)
        fault->retry_s = (unsigned)((wait_ms + 999) / 1000);
    return ERR_TOO_MANY;
}

void limiter_give_back(struct limiter *limiter, const struct attempt *attempt) {
    uint8_t hash[SECRET_HASH_SIZE];
    bool known;
    pthread_mutex_lock(&limiter->lock);
    struct seen *own = own_of(limiter, attempt, hash, &known);
    if (known)
        own->at_ms -= rates[attempt->limit].own.each_ms;
    *common_of(limiter, attempt) -= rates[attempt->limit].common.each_ms;
    pthread_mutex_unlock(&limiter->lock);
}

/* ---- at work ---- */

static enum err enter(struct limiter *limiter, int *at_work, int at_once) {
    pthread_mutex_lock(&limiter->lock);
    bool free_place = *at_work < at_once;
    if (free_place)
        ++*at_work;
    pthread_mutex_unlock(&limiter->lock);
    return free_place ? ERR_OK : ERR_BUSY;
}

static void leave(struct limiter *limiter, int *at_work) {
    pthread_mutex_lock(&limiter->lock);
    --*at_work;
    pthread_mutex_unlock(&limiter->lock);
}

enum err limiter_password_enter(struct limiter *limiter) {
    return enter(limiter, &limiter->passwords, LIMITER_PASSWORDS_AT_ONCE);
}

void limiter_password_leave(struct limiter *limiter) {
    leave(limiter, &limiter->passwords);
}

enum err limiter_sheet_enter(struct limiter *limiter) {
    return enter(limiter, &limiter->sheets, LIMITER_SHEETS_AT_ONCE);
}

void limiter_sheet_leave(struct limiter *limiter) {
    leave(limiter, &limiter->sheets);
}

const char *limiter_decoy_hash(const struct limiter *limiter) {
    return limiter->decoy;
}

/* ---- staff tokens ---- */

bool limiter_touch(struct limiter *limiter, const uint8_t token_hash[32], int64_t now_ms) {
    pthread_mutex_lock(&limiter->lock);
    forget_full(limiter, now_ms); // not only when somebody tries: that may be never again
    bool known = false;
    struct seen *seen = place_of(limiter->tokens, token_hash, &known);
    bool fresh = !known || now_ms - seen->at_ms < LIMITER_IDLE_MS;
    if (fresh) {
        memcpy(seen->hash, token_hash, SECRET_HASH_SIZE);
        seen->at_ms = now_ms;
        seen->used = true;
    }
    pthread_mutex_unlock(&limiter->lock);
    return fresh;
}

void limiter_forget(struct limiter *limiter, const uint8_t token_hash[32]) {
    pthread_mutex_lock(&limiter->lock);
    bool known = false;
    struct seen *seen = place_of(limiter->tokens, token_hash, &known);
    if (known)
        seen->used = false;
    pthread_mutex_unlock(&limiter->lock);
}
