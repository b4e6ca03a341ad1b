// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/limiter.h"

#include "base/secret.h"

#include <ctype.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    WINDOW_MS = 60 * 1000,
    SERVER_MAX = 60, // failures in a window
    NAME_MAX_FAILURES = 10,
    NAME_SLOTS = 1024,   // names that fall on one slot share it
    TOKENS_MAX = 1024,   // staff tokens remembered; the one used longest ago makes room
    NAME_SIZE_MAX = 256, // bytes of a name that count
};

/* The times of the last failures, oldest overwritten first: one more is allowed when the oldest of
 * a full ring has left the window. Exact: no window of 60 s ever holds more than the ring. */
struct ring {
    int64_t *times_ms;
    unsigned size, head, count;
};

struct seen {
    uint8_t hash[SECRET_HASH_SIZE];
    int64_t at_ms;
    bool used;
};

struct limiter {
    pthread_mutex_t lock;
    uint8_t key[SECRET_KEY_SIZE];
    char decoy[SECRET_PASSWORD_HASH_SIZE];
    int passwords, sheets; // at work
    struct ring server[LIMIT_PASSWORD]; // one for each limit of the whole server
    struct ring names[NAME_SLOTS];
    int64_t server_times_ms[LIMIT_PASSWORD][SERVER_MAX];
    int64_t name_times_ms[NAME_SLOTS][NAME_MAX_FAILURES];
    struct seen tokens[TOKENS_MAX];
};

enum err limiter_new(struct limiter **out) {
    struct limiter *limiter = calloc(1, sizeof *limiter);
    if (!limiter)
        return ERR_NO_MEMORY;
    for (size_t i = 0; i < LIMIT_PASSWORD; i++)
        limiter->server[i] = (struct ring){limiter->server_times_ms[i], SERVER_MAX, 0, 0};
    for (size_t i = 0; i < NAME_SLOTS; i++)
        limiter->names[i] = (struct ring){limiter->name_times_ms[i], NAME_MAX_FAILURES, 0, 0};
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

static bool ring_add(struct ring *ring, int64_t now_ms) {
    if (ring->count == ring->size && now_ms - ring->times_ms[ring->head] < WINDOW_MS)
        return false;
    ring->times_ms[ring->head] = now_ms;
    ring->head = (ring->head + 1) % ring->size;
    if (ring->count < ring->size)
        ring->count++;
    return true;
}

/* Takes back the newest. Another try may have come in between: the two differ by milliseconds. */
static void ring_drop(struct ring *ring) {
    if (ring->count == 0)
        return;
    ring->head = (ring->head + ring->size - 1) % ring->size;
    ring->count--;
}

static struct ring *ring_of(struct limiter *limiter, enum limit limit, const char *name) {
    if (limit != LIMIT_PASSWORD)
        return &limiter->server[limit];
    char folded[NAME_SIZE_MAX];
    size_t len = strnlen(name, sizeof folded);
    for (size_t i = 0; i < len; i++)
        folded[i] = (char)tolower((unsigned char)name[i]);
    uint8_t hash[SECRET_HASH_SIZE];
    secret_hmac(limiter->key, "name", folded, len, hash);
    return &limiter->names[(hash[0] | hash[1] << 8) % NAME_SLOTS];
}

enum err limiter_take(struct limiter *limiter, enum limit limit, const char *name, int64_t now_ms) {
    pthread_mutex_lock(&limiter->lock);
    bool free_place = ring_add(ring_of(limiter, limit, name), now_ms);
    pthread_mutex_unlock(&limiter->lock);
    return free_place ? ERR_OK : ERR_TOO_MANY;
}

void limiter_give_back(struct limiter *limiter, enum limit limit, const char *name) {
    pthread_mutex_lock(&limiter->lock);
    ring_drop(ring_of(limiter, limit, name));
    pthread_mutex_unlock(&limiter->lock);
}

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

/* The token's place, or the one to be given to it: a free one, else the one used longest ago. */
static struct seen *place_of(struct limiter *limiter, const uint8_t hash[SECRET_HASH_SIZE],
                             bool *known) {
    struct seen *place = &limiter->tokens[0];
    for (size_t i = 0; i < TOKENS_MAX; i++) {
        struct seen *seen = &limiter->tokens[i];
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

bool limiter_touch(struct limiter *limiter, const uint8_t token_hash[32], int64_t now_ms) {
    pthread_mutex_lock(&limiter->lock);
    bool known = false;
    struct seen *seen = place_of(limiter, token_hash, &known);
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
    struct seen *seen = place_of(limiter, token_hash, &known);
    if (known)
        seen->used = false;
    pthread_mutex_unlock(&limiter->lock);
}
