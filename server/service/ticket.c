// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/ticket.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* When she joined is part of it: the id of somebody who has taken everything back may be given to the next who
 * joins, and her ticket must not become that person's. */
void ticket_make(const struct keys *keys, const struct participant *holder, char out[TICKET_SIZE]) {
    char said[80];
    uint8_t proof[SECRET_HASH_SIZE];
    int len = snprintf(said, sizeof said, "%" PRId64 "/%" PRId64 "/%" PRId64, holder->session_id, holder->id,
                       holder->joined_ms);
    secret_hmac(keys->receipt, "ticket", said, (size_t)len, proof);
    size_t at = (size_t)snprintf(out, TICKET_SIZE, "%" PRId64 "-", holder->id);
    for (size_t i = 0; i < TICKET_PROOF_BYTES; i++)
        snprintf(out + at + 2 * i, 3, "%02x", proof[i]);
}

/* Without a branch on what it finds: how long it takes says nothing of the proof. */
static bool same_text(const char *a, const char *b, size_t len) {
    unsigned char differs = 0;
    for (size_t i = 0; i < len; i++)
        differs = (unsigned char)(differs | (a[i] ^ b[i]));
    return differs == 0;
}

/* Digits alone, few enough for an int64. */
static bool read_id(const char *text, size_t len, int64_t *out) {
    int64_t id = 0;
    if (len == 0 || len > 18)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        id = 10 * id + (text[i] - '0');
    }
    *out = id;
    return true;
}

bool ticket_holder(const char *text, size_t len, int64_t *out_participant_id) {
    const char *dash = len < TICKET_SIZE ? memchr(text, '-', len) : NULL;
    return dash && read_id(text, (size_t)(dash - text), out_participant_id);
}

bool ticket_is_of(const struct keys *keys, const struct participant *holder, const char *text, size_t len) {
    char right[TICKET_SIZE];
    ticket_make(keys, holder, right);
    return strlen(right) == len && same_text(right, text, len);
}
