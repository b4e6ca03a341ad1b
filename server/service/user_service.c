// SPDX-License-Identifier: AGPL-3.0-or-later
#include "service/user_service.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "store/project_store.h"

#include <string.h>

static enum err check_name(const char *name, struct fault *fault) {
    size_t len = strlen(name);
    if (len == 0 || len > USER_NAME_MAX)
        return fault_set(fault, ERR_BAD_FIELD, "name", "takes 1 to %d bytes", USER_NAME_MAX);
    if (!utf8_valid(name, len, NULL))
        return fault_set(fault, ERR_BAD_FIELD, "name", "is not UTF-8");
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)name[i] < 0x20 || name[i] == 0x7f)
            return fault_set(fault, ERR_BAD_FIELD, "name", "holds a control character");
    if (name[0] == ' ' || name[len - 1] == ' ')
        return fault_set(fault, ERR_BAD_FIELD, "name", "begins or ends with a space");
    return ERR_OK;
}

/* Length alone: rules about kinds of characters make passwords worse, not better. */
static enum err hash_password(const char *password, struct fault *fault,
                              char out[SECRET_PASSWORD_HASH_SIZE]) {
    size_t len = strlen(password);
    if (len > USER_PASSWORD_MAX)
        return fault_set(fault, ERR_BAD_FIELD, "password", "takes at most %d bytes",
                         USER_PASSWORD_MAX);
    if (!utf8_valid(password, len, NULL))
        return fault_set(fault, ERR_BAD_FIELD, "password", "is not UTF-8");
    if (utf8_count(password, len) < USER_PASSWORD_MIN)
        return fault_set(fault, ERR_BAD_FIELD, "password", "takes %d characters or more",
                         USER_PASSWORD_MIN);
    return secret_password_hash(password, len, out);
}

enum err user_add(struct context *context, const char *name, enum role role, const char *password,
                  struct fault *fault, int64_t *out_id) {
    char hash[SECRET_PASSWORD_HASH_SIZE];
    enum err err = check_name(name, fault);
    if (err == ERR_OK && (!(role & ROLE_STAFF) || !role_name(role)))
        err =
            fault_set(fault, ERR_BAD_FIELD, "role", "is administrator, facilitator or researcher");
    if (err == ERR_OK && password)
        err = hash_password(password, fault, hash);
    if (err != ERR_OK)
        return err;
    err = staff_insert(context->db, name, role, password ? hash : NULL, clock_now_ms(), out_id);
    if (err == ERR_CONFLICT)
        return fault_set(fault, err, "name", "is taken");
    return err;
}

/* The id of the account of that name. */
static enum err find_id(struct context *context, const char *name, int64_t *out) {
    struct arena arena;
    arena_init(&arena);
    struct staff staff;
    enum err err = staff_find_name(context->db, name, &arena, &staff);
    if (err == ERR_OK)
        *out = staff.id;
    arena_fini(&arena);
    return err;
}

enum err user_disable(struct context *context, const char *name) {
    int64_t id = 0;
    enum err err = find_id(context, name, &id);
    if (err == ERR_OK)
        err = staff_disable(context->db, id, clock_now_ms());
    return err == ERR_OK ? staff_tokens_delete(context->db, id) : err;
}

enum err user_set_password(struct context *context, const char *name, const char *password,
                           struct fault *fault) {
    int64_t id = 0;
    char hash[SECRET_PASSWORD_HASH_SIZE];
    enum err err = find_id(context, name, &id);
    if (err == ERR_OK)
        err = hash_password(password, fault, hash);
    if (err == ERR_OK)
        err = staff_update_password(context->db, id, hash);
    return err == ERR_OK ? staff_tokens_delete(context->db, id) : err;
}

enum err user_link(struct context *context, const char *name, char out[SECRET_TOKEN_TEXT_SIZE]) {
    int64_t id = 0;
    enum err err = find_id(context, name, &id);
    if (err != ERR_OK)
        return err;
    uint8_t hash[SECRET_HASH_SIZE];
    char token[SECRET_TOKEN_TEXT_SIZE];
    secret_token(token);
    secret_hash(token, strlen(token), hash);
    err = signin_link_insert(context->db, hash, id, clock_now_ms() + USER_LINK_LIFE_MS);
    if (err == ERR_OK)
        memcpy(out, token, sizeof token);
    return err;
}

enum err user_join_project(struct context *context, const char *name, int64_t project_id) {
    int64_t id = 0;
    enum err err = find_id(context, name, &id);
    if (err == ERR_OK)
        err = project_staff_insert(context->db, project_id, id);
    return err == ERR_CONFLICT ? ERR_NOT_FOUND : err;
}

enum err user_list(struct context *context, struct arena *arena, struct staff **out,
                   size_t *count) {
    return staff_list(context->db, arena, out, count);
}
