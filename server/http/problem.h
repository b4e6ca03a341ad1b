// SPDX-License-Identifier: AGPL-3.0-or-later
// Errors as clients see them: application/problem+json (RFC 9457), the listed text and nothing
// else.
#ifndef REPERE_HTTP_PROBLEM_H
#define REPERE_HTTP_PROBLEM_H
#include "base/err.h"
#include "http/response.h"

struct problem {
    enum err err;
    const struct fault *fault; // may be NULL; goes out as `where` and `detail` unless the server is
                               // to blame
    const char *advice;        // what to do instead, behind the detail; NULL: nothing
    uint64_t size;    // for BAD_RANGE: bytes of the file
    unsigned methods; // for METHOD_NOT_ALLOWED: bits 1 << enum method that the path knows
};
/** Makes the response the problem, with the headers its status asks for. */
void problem_fill(struct response *response, const struct problem *problem);
#endif
