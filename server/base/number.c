// SPDX-License-Identifier: AGPL-3.0-or-later
// Most numbers that people send have few digits: an integer times or over a power of ten that a
// double holds exactly gives the correctly rounded value (Clinger 1990). The rest goes to strtod in
// the C locale.
#include "base/number.h"
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXACT_POWER = 22, EXACT_DIGITS = 15, LONGEST = 800 };

struct decimal {
    uint64_t digits; // the first 15 that count
    int digit_count;
    int exponent; // of ten
    bool negative;
};

/* The C locale is a constant of glibc: asking for it allocates nothing. */
static double slow_parse(const char *text, size_t len, char point) {
    char copy[LONGEST + 1];
    size_t n = len < LONGEST ? len : LONGEST;
    memcpy(copy, text, n);
    copy[n] = 0;
    char *mark = point == '.' ? NULL : strchr(copy, point);
    if (mark)
        *mark = '.';
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    return c_locale ? strtod_l(copy, NULL, c_locale) : NAN;
}

static bool read_exponent(const char **at, const char *end, int *exponent) {
    bool negative = *at < end && **at == '-';
    *at += *at < end && (**at == '-' || **at == '+');
    int value = 0;
    const char *first = *at;
    for (; *at < end && **at >= '0' && **at <= '9'; (*at)++)
        value = value < 100000 ? value * 10 + (**at - '0') : value;
    *exponent += negative ? -value : value;
    return *at > first;
}

/* Sign, digits, point; false when the text is no number. */
static bool read_decimal(const char *text, size_t len, char point, struct decimal *out) {
    const char *at = text, *end = text + len;
    bool fraction = false, any = false;
    out->negative = at < end && *at == '-';
    at += at < end && (*at == '-' || *at == '+');
    for (; at < end; at++) {
        if (*at == point && !fraction) {
            fraction = true;
            continue;
        }
        if (*at < '0' || *at > '9')
            break;
        any = true;
        if (out->digit_count || *at != '0') {
            out->digit_count++;
            if (out->digit_count <= EXACT_DIGITS)
                out->digits = out->digits * 10 + (uint64_t)(*at - '0');
        }
        out->exponent -= fraction;
    }
    if (!any)
        return false;
    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        if (!read_exponent(&at, end, &out->exponent))
            return false;
    }
    return at == end;
}

bool number_parse(const char *text, size_t len, char point, double *out) {
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    struct decimal decimal = {0};
    if (len > LONGEST || !read_decimal(text, len, point, &decimal))
        return false;
    double value;
    if (decimal.digit_count <= EXACT_DIGITS && abs(decimal.exponent) <= EXACT_POWER) {
        value = (double)decimal.digits;
        value = decimal.exponent < 0 ? value / powers[-decimal.exponent]
                                     : value * powers[decimal.exponent];
        value = decimal.negative ? -value : value;
    } else {
        value = slow_parse(text, len, point);
    }
    if (!isfinite(value))
        return false;
    *out = value;
    return true;
}

size_t number_format(double value, char out[NUMBER_TEXT_SIZE]) {
    for (int digits = 15; digits <= 17; digits++) {
        double again;
        int len = snprintf(out, NUMBER_TEXT_SIZE, "%.*g", digits, value);
        for (int i = 0; i < len; i++) // the locale's decimal mark, whatever it is
            if (!strchr("0123456789+-e", out[i]))
                out[i] = '.';
        if (number_parse(out, (size_t)len, '.', &again) && !(again < value || again > value))
            return (size_t)len;
    }
    return strlen(out);
}
