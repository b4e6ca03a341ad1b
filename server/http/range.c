// SPDX-License-Identifier: AGPL-3.0-or-later
#include "http/range.h"

#include <string.h>
#include <strings.h>

/* Digits at `*at`, which moves behind them; a number that is too large is the largest. */
static bool take_number(const char **at, const char *end, uint64_t *out) {
    const char *start = *at;
    uint64_t value = 0;
    for (; *at < end && **at >= '0' && **at <= '9'; ++*at) {
        uint64_t digit = (uint64_t)(**at - '0');
        value = value > (UINT64_MAX - digit) / 10 ? UINT64_MAX : value * 10 + digit;
    }
    *out = value;
    return *at > start;
}

enum range_kind range_read(struct span header, uint64_t size, struct range *out) {
    static const char unit[] = "bytes=";
    size_t unit_len = sizeof unit - 1;
    if (!header.text || header.len <= unit_len || strncasecmp(header.text, unit, unit_len) != 0)
        return RANGE_WHOLE;
    const char *at = header.text + unit_len, *end = header.text + header.len;
    uint64_t first, last;
    bool has_first = take_number(&at, end, &first);
    if (at == end || *at++ != '-')
        return RANGE_WHOLE;
    bool has_last = take_number(&at, end, &last);
    if (at != end || (!has_first && !has_last) || (has_first && has_last && last < first))
        return RANGE_WHOLE;
    if (has_first ? first >= size : last == 0 || size == 0)
        return RANGE_BEYOND;
    if (!has_first)
        *out = (struct range){last < size ? size - last : 0, last < size ? last : size};
    else
        *out = (struct range){first, (has_last && last < size ? last + 1 : size) - first};
    return RANGE_PART;
}

bool range_holds(struct span if_range, const char *etag) {
    if (!if_range.text)
        return true;
    size_t len = strlen(etag);
    return len > 0 && if_range.len == len + 2 && if_range.text[0] == '"' &&
           if_range.text[len + 1] == '"' && memcmp(if_range.text + 1, etag, len) == 0;
}
