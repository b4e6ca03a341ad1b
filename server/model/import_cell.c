// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model/import_cell.h"

#include "base/clock.h"
#include "base/number.h"

#include <string.h>

static const char no_break_space[] = "\xC2\xA0";

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Bytes of the space that `text` begins with; 0: none. */
static size_t space_at(const char *text, size_t len) {
    if (len && is_space(*text))
        return 1;
    return len >= 2 && memcmp(text, no_break_space, 2) == 0 ? 2 : 0;
}

struct import_part import_trim(const char *text, size_t len) {
    for (size_t step; (step = space_at(text, len)) > 0;) {
        text += step;
        len -= step;
    }
    while (len) {
        if (is_space(text[len - 1]))
            len--;
        else if (len >= 2 && memcmp(text + len - 2, no_break_space, 2) == 0)
            len -= 2;
        else
            break;
    }
    return (struct import_part){text, len};
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool import_number(const char *text, size_t len, char decimal, double *out) {
    enum { LONGEST = 60 };
    char bare[LONGEST];
    struct import_part part = import_trim(text, len);
    size_t n = 0;
    for (size_t i = 0; i < part.len;) {
        size_t space = space_at(part.text + i, part.len - i);
        size_t step = space ? space : part.text[i] == '\'';
        // a group of thousands: between digits, and before three of them
        bool groups = step && i > 0 && is_digit(part.text[i - 1]) && part.len - i - step >= 3 &&
                      is_digit(part.text[i + step]) && is_digit(part.text[i + step + 1]) &&
                      is_digit(part.text[i + step + 2]);
        if (step && !groups)
            return false;
        if (!step && n == LONGEST)
            return false;
        if (!step)
            bare[n++] = part.text[i];
        i += step ? step : 1;
    }
    return number_parse(bare, n, decimal, out);
}

/* One to `max` digits. */
static bool digits(const char *text, size_t len, size_t *at, size_t max, int *value,
                   size_t *count) {
    size_t begin = *at;
    *value = 0;
    while (*at < len && *at - begin < max && is_digit(text[*at]))
        *value = *value * 10 + (text[(*at)++] - '0');
    *count = *at - begin;
    return *count > 0;
}

/* "17:26" or "17:26:05" behind the day; nothing is midnight. */
static bool time_of_day(const char *text, size_t len, size_t at, int64_t *ms) {
    int hour = 0, minute = 0, second = 0;
    size_t count;
    *ms = 0;
    if (at == len)
        return true;
    if (text[at] != ' ' && text[at] != 'T')
        return false;
    at++;
    if (!digits(text, len, &at, 2, &hour, &count) || at == len || text[at++] != ':' ||
        !digits(text, len, &at, 2, &minute, &count) || count != 2)
        return false;
    if (at < len && text[at] == ':') {
        at++;
        if (!digits(text, len, &at, 2, &second, &count) || count != 2)
            return false;
    }
    if (at != len || hour > 23 || minute > 59 || second > 59)
        return false;
    *ms = ((hour * 60 + minute) * 60 + second) * INT64_C(1000);
    return true;
}

bool import_date(const char *text, size_t len, enum import_date_order order, int64_t *out) {
    struct import_part part = import_trim(text, len);
    if (clock_parse(part.text, part.len, out))
        return true;
    int number[3], year, month, day;
    size_t width[3], at = 0;
    char mark = 0;
    for (int i = 0; i < 3; i++) {
        if (i) {
            if (at == part.len || (i == 2 && part.text[at] != mark))
                return false;
            mark = part.text[at++];
            if (mark != '/' && mark != '-' && mark != '.')
                return false;
        }
        if (!digits(part.text, part.len, &at, 4, &number[i], &width[i]))
            return false;
    }
    if (width[0] == 4)
        order = DATE_YMD;
    year = order == DATE_YMD ? 0 : 2;
    day = order == DATE_YMD ? 2 : order == DATE_DMY ? 0 : 1;
    month = order == DATE_MDY ? 0 : 1;
    int64_t days, ms;
    if (width[year] != 4 || width[month] > 2 || width[day] > 2 ||
        !clock_days(number[year], number[month], number[day], &days) ||
        !time_of_day(part.text, part.len, at, &ms))
        return false;
    *out = days * INT64_C(86400000) + ms;
    return true;
}

bool import_next_part(const char *text, size_t len, char separator, size_t *at,
                      struct import_part *out) {
    while (*at < len) {
        const char *begin = text + *at;
        const char *end = separator ? memchr(begin, separator, len - *at) : NULL;
        size_t part_len = end ? (size_t)(end - begin) : len - *at;
        *at += part_len + (end != NULL);
        *out = import_trim(begin, part_len);
        if (out->len)
            return true;
    }
    return false;
}
