// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/audit_service.h"

#include "base/clock.h"
#include "model/role.h"
#include "store/audit_store.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { OBJECT_SIZE = 64, LINK_SIZE = 512 };
static const int64_t KEEP_MS = INT64_C(365) * 24 * 60 * 60 * 1000;

/* chain = SHA-256(the chain before, as bytes; then "staff at action object" as text). */
static void chain_on(const uint8_t before[SECRET_HASH_SIZE], struct audit_entry *entry) {
    char link[LINK_SIZE];
    memcpy(link, before, SECRET_HASH_SIZE);
    int len = snprintf(link + SECRET_HASH_SIZE, sizeof link - SECRET_HASH_SIZE,
                       "%" PRId64 " %" PRId64 " %s %s", entry->staff_id, entry->at_ms,
                       entry->action, entry->object);
    size_t room = sizeof link - SECRET_HASH_SIZE - 1;
    size_t used = len < 0 ? 0 : (size_t)len > room ? room : (size_t)len;
    secret_hash(link, SECRET_HASH_SIZE + used, entry->chain);
}

enum err audit_add(struct context *context, struct caller caller, const char *action,
                   const char *kind, int64_t id) {
    if (!(caller.roles & ROLE_STAFF))
        return ERR_OK;
    uint8_t before[SECRET_HASH_SIZE] = {0};
    enum err err = audit_last(context->db, before);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    char object[OBJECT_SIZE];
    snprintf(object, sizeof object, "%s %" PRId64, kind, id);
    struct audit_entry entry = {
        .staff_id = caller.id,
        .at_ms = clock_now_ms(),
        .action = action,
        .object = object,
    };
    chain_on(before, &entry);
    return audit_insert(context->db, &entry);
}

struct walk {
    uint8_t before[SECRET_HASH_SIZE];
    int64_t count;
    struct fault *fault;
};

/* The oldest entry kept may follow one that was trimmed: it is taken as it stands. */
static enum err check_entry(void *context, const struct audit_entry *entry) {
    struct walk *walk = context;
    struct audit_entry again = *entry;
    chain_on(walk->before, &again);
    if (walk->count > 0 && memcmp(again.chain, entry->chain, SECRET_HASH_SIZE) != 0) {
        char where[OBJECT_SIZE];
        snprintf(where, sizeof where, "entry %" PRId64, entry->id);
        return fault_set(walk->fault, ERR_NOT_A_STORE, where,
                         "does not follow from the one before");
    }
    memcpy(walk->before, entry->chain, SECRET_HASH_SIZE);
    walk->count++;
    return ERR_OK;
}

enum err audit_check(struct context *context, struct fault *fault, int64_t *out) {
    struct walk walk = {.fault = fault};
    enum err err = audit_walk(context->db, check_entry, &walk);
    if (err == ERR_OK)
        *out = walk.count;
    return err;
}

enum err audit_trim(struct context *context) {
    return audit_delete_before(context->db, clock_now_ms() - KEEP_MS);
}
