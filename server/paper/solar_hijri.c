// SPDX-License-Identifier: AGPL-3.0-or-later
#include "paper/solar_hijri.h"

enum {
    CYCLE_YEARS = 33,
    CYCLE_DAYS = 33 * 365 + 8,
    LONG_MONTHS_DAYS = 6 * 31,
    YEAR_MIN = 1178,
    YEAR_MAX = 1501
};
#define BEGINNING_DAY (-492268) // 1 Farvardin of the year 1, as days since 1970-01-01: 22 March 622

/** Days from the beginning to 1 Farvardin: (8 y + 21) / 33 leap days lie before the year y. */
static int64_t before_year(int64_t year) {
    return 365 * (year - 1) + (8 * year + 21) / CYCLE_YEARS;
}

bool solar_hijri_of(int64_t day, struct solar_hijri *out) {
    int64_t since = day - BEGINNING_DAY;
    if (since < before_year(YEAR_MIN) || since >= before_year(YEAR_MAX + 1))
        return false;
    int64_t year = 1 + (CYCLE_YEARS * since + 3) / CYCLE_DAYS;
    int64_t in_year = since - before_year(year), rest = in_year - LONG_MONTHS_DAYS;
    *out = rest < 0 ? (struct solar_hijri){(unsigned)year, (unsigned)(in_year / 31 + 1), (unsigned)(in_year % 31 + 1)}
                    : (struct solar_hijri){(unsigned)year, (unsigned)(rest / 30 + 7), (unsigned)(rest % 30 + 1)};
    return true;
}
