// SPDX-License-Identifier: AGPL-3.0-or-later
// Errors as clients see them: application/problem+json (RFC 9457), the listed text and nothing
// else.
#ifndef REPERE_HTTP_PROBLEM_H
#define REPERE_HTTP_PROBLEM_H
#include "base/err.h"
#include "http/response.h"

/**
 * Makes the response the problem of `err`, with the headers its status asks for.
 *
 * @param fault   may be NULL; goes out as `where` and `detail` unless the server is to blame
 * @param methods for METHOD_NOT_ALLOWED: bits 1 << enum method that the path knows
 */
void problem_fill(struct response *response, enum err err, const struct fault *fault,
                  unsigned methods);
#endif
