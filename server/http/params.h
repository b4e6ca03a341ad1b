// SPDX-License-Identifier: AGPL-3.0-or-later
// From the text of a path and a query to the values that a route's row declares. Whatever the row
// does not declare, or not so, is refused by name: a misspelt filter must never widen an answer.
#ifndef REPERE_HTTP_PARAMS_H
#define REPERE_HTTP_PARAMS_H
#include "base/arena.h"
#include "http/route.h"
#include "http/router.h"

struct param_value {
    bool present;
    union {
        int64_t integer;
        const char *text;
        double bbox_wsen_deg[4];
        uint8_t uuid[16];
    };
};
/** The values, in the order of the row's `params`. */
struct request_params {
    const struct param *const *specs;
    struct param_value values[ROUTE_PARAMS_MAX];
};

/**
 * Reads path and query.
 *
 * @param match the row and the raw steps of the path that stand for its {names}
 * @param query without '?'; NULL without one
 * Errors: BAD_PARAMETER and BAD_BBOX (fault names the parameter), NO_MEMORY.
 */
enum err params_read(const struct route_match *match, const char *query, size_t query_len,
                     struct arena *arena, struct fault *fault, struct request_params **out);
/** One value as `spec` wants it; `text` is decoded and lives as long as the value is used.
 *  Errors: as params_read. */
enum err param_parse(const struct param *spec, const char *text, size_t len, struct fault *fault,
                     struct param_value *out);
#endif
