// SPDX-License-Identifier: AGPL-3.0-or-later
// Accounts of staff, for the command line. All but the list run inside a transaction of the caller.
#ifndef REPERE_SERVICE_USER_SERVICE_H
#define REPERE_SERVICE_USER_SERVICE_H
#include "base/arena.h"
#include "model/role.h"
#include "service/context.h"
#include "store/staff_store.h"
#include <stddef.h>

enum { USER_NAME_MAX = 64, USER_PASSWORD_MIN = 15, USER_PASSWORD_MAX = 1024 }; // characters; bytes
enum { USER_LINK_LIFE_MS = 24 * 60 * 60 * 1000 };

/**
 * Adds an account.
 *
 * @param password NULL: signs in by link alone; else 15 characters or more
 * Errors: BAD_FIELD (name, role or password; fault), CONFLICT (the name is taken; fault).
 */
enum err user_add(struct context *context, const char *name, enum role role, const char *password,
                  struct fault *fault, int64_t *out_id);
/** Ends all tokens and links; the account can no longer sign in. Errors: NOT_FOUND. */
enum err user_disable(struct context *context, const char *name);
/** Also ends all tokens. Errors: NOT_FOUND, BAD_FIELD. */
enum err user_set_password(struct context *context, const char *name, const char *password,
                           struct fault *fault);
/** A one-time sign-in link's token, good once and for 24 h: `<origin>/facilitate#link=<token>`.
 *  Errors: NOT_FOUND. */
enum err user_link(struct context *context, const char *name, char out[SECRET_TOKEN_TEXT_SIZE]);
/** Puts an account on a project's staff; twice is once. Errors: NOT_FOUND (either). */
enum err user_join_project(struct context *context, const char *name, int64_t project_id);
/** All accounts by name, disabled ones too. */
enum err user_list(struct context *context, struct arena *arena, struct staff **out, size_t *count);
#endif
