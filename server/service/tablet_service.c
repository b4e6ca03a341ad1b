// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/tablet_service.h"

#include "base/secret.h"
#include "service/audit_service.h"
#include "service/session_service.h"
#include "store/tablet_store.h"
#include "store/writer.h"

#include <inttypes.h>
#include <stdio.h>

enum err tablet_admit(struct context *context, int64_t session_id, const char *key,
                      int64_t *out_id) {
    char text[24 + TABLET_KEY_DIGITS];
    uint8_t hash[SECRET_HASH_SIZE];
    bool revoked = false;
    int len = snprintf(text, sizeof text, "%" PRId64 ":%s", session_id, key);
    secret_hash(text, (size_t)len, hash);
    enum err err = tablet_find_key(context->db, hash, out_id, &revoked);
    if (err == ERR_NOT_FOUND)
        return tablet_insert(context->db, session_id, hash, out_id);
    return err == ERR_OK && revoked ? ERR_TABLET_REVOKED : err;
}

enum err tablet_list(struct context *context, struct caller caller, int64_t session_id,
                     struct arena *arena, struct tablet **out, size_t *count) {
    struct session session;
    enum err err = session_require_rules(context, caller, session_id, &session);
    return err == ERR_OK ? tablet_select(context->db, session_id, 0, arena, out, count) : err;
}

enum err tablet_set_revoked(struct context *context, struct caller caller, int64_t session_id,
                            int64_t tablet_id, bool revoked, struct arena *arena,
                            struct tablet *out) {
    struct session session;
    struct tablet *found = NULL;
    size_t count = 0;
    enum err err = session_require_rules(context, caller, session_id, &session);
    if (err == ERR_OK)
        err = tablet_select(context->db, session_id, tablet_id, arena, &found, &count);
    if (err == ERR_OK && count == 0)
        err = ERR_NOT_FOUND;
    if (err == ERR_OK && found->revoked != revoked) {
        if (!revoked)
            err = tablet_end_tokens(context->db, session_id, tablet_id);
        if (err == ERR_OK)
            err = tablet_update_revoked(context->db, tablet_id, revoked);
        if (err == ERR_OK)
            err = audit_add(context, caller, revoked ? "tablet.revoke" : "tablet.restore",
                            "session", session_id);
    }
    if (err == ERR_OK) {
        *out = *found;
        out->revoked = revoked;
    }
    return err;
}

enum err tablet_forget_all(struct context *context, int64_t session_id) {
    enum err err = tablet_end_tokens(context->db, session_id, 0);
    if (err == ERR_OK)
        err = tablets_delete(context->db, session_id);
    if (err == ERR_OK && context->writer)
        writer_scrub_later(context->writer);
    return err;
}
