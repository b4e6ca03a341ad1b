// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/ticket.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void ticket_make(const struct keys *keys, int64_t session_id, int64_t participant_id,
                 char out[TICKET_SIZE]) {
    char said[64];
    uint8_t proof[SECRET_HASH_SIZE];
    int len = snprintf(said, sizeof said, "%" PRId64 "/%" PRId64, session_id, participant_id);
    secret_hmac(keys->receipt, "ticket", said, (size_t)len, proof);
    size_t at = (size_t)snprintf(out, TICKET_SIZE, "%" PRId64 "-", participant_id);
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

bool ticket_read(const struct keys *keys, int64_t session_id, const char *text, size_t len,
                 int64_t *out_participant_id) {
    const char *dash = memchr(text, '-', len);
    int64_t id = 0;
    if (!dash || len >= TICKET_SIZE || !read_id(text, (size_t)(dash - text), &id))
        return false;
    char right[TICKET_SIZE];
    ticket_make(keys, session_id, id, right);
    if (strlen(right) != len || !same_text(right, text, len))
        return false;
    *out_participant_id = id;
    return true;
}
