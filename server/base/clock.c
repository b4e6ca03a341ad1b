// SPDX-License-Identifier: AGPL-3.0-or-later
// Calendar arithmetic is Howard Hinnant's "days_from_civil" and its inverse, on years that start in
// March (howardhinnant.github.io/date_algorithms.html).
#include "base/clock.h"
#include <time.h>

static int64_t read_clock(clockid_t id) {
    struct timespec now;
    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_now_ms(void) {
    return read_clock(CLOCK_REALTIME);
}

int64_t clock_monotonic_ms(void) {
    return read_clock(CLOCK_MONOTONIC);
}

void clock_cond_init(pthread_cond_t *condition) {
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(condition, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

bool clock_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, int64_t until_ms) {
    struct timespec until = {until_ms / 1000, (until_ms % 1000) * 1000000};
    return pthread_cond_timedwait(condition, mutex, &until) == 0;
}

static int month_length(int year, int month) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return lengths[month - 1] + (month == 2 && leap);
}

bool clock_days(int year, int month, int day, int64_t *days) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > month_length(year, month))
        return false;
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    *days = (int64_t)era * 146097 + day_of_era - 719468;
    return true;
}

/* Writes `value` in `width` digits; returns where they end. */
static char *put_digits(char *at, int value, int width) {
    for (int i = width - 1; i >= 0; i--, value /= 10)
        at[i] = (char)('0' + value % 10);
    return at + width;
}

void clock_format(int64_t time_ms, char out[CLOCK_TEXT_SIZE]) {
    const int64_t first = -62135596800000, last = 253402300799999; // years 1 to 9999
    if (time_ms < first)
        time_ms = first;
    if (time_ms > last)
        time_ms = last;
    int64_t seconds = time_ms / 1000 - (time_ms % 1000 < 0);
    int64_t days = seconds / 86400 - (seconds % 86400 < 0);
    int second_of_day = (int)(seconds - days * 86400);
    int64_t shifted = days + 719468;
    int era = (int)(shifted / 146097);
    int day_of_era = (int)(shifted - (int64_t)era * 146097);
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int march_month = (5 * day_of_year + 2) / 153;
    int day = day_of_year - (153 * march_month + 2) / 5 + 1;
    int month = march_month < 10 ? march_month + 3 : march_month - 9;
    int year = era * 400 + year_of_era + (month <= 2);
    // lists are full of times: this is a tenth of snprintf's cost
    char *at = put_digits(out, year, 4);
    *at++ = '-';
    at = put_digits(at, month, 2);
    *at++ = '-';
    at = put_digits(at, day, 2);
    *at++ = 'T';
    at = put_digits(at, second_of_day / 3600, 2);
    *at++ = ':';
    at = put_digits(at, second_of_day / 60 % 60, 2);
    *at++ = ':';
    at = put_digits(at, second_of_day % 60, 2);
    *at++ = 'Z';
    *at = 0;
}

/* Takes exactly `count` digits. */
static bool digits(const char **at, const char *end, int count, int *out) {
    int value = 0;
    for (int i = 0; i < count; i++, (*at)++) {
        if (*at == end || **at < '0' || **at > '9')
            return false;
        value = value * 10 + (**at - '0');
    }
    *out = value;
    return true;
}

static bool literal(const char **at, const char *end, const char *choices) {
    if (*at == end)
        return false;
    for (; *choices; choices++) {
        if (**at == *choices) {
            (*at)++;
            return true;
        }
    }
    return false;
}

/* "Z", "+01:00" or "-05:30", in minutes east of Greenwich. */
static bool read_offset(const char **at, const char *end, int *minutes) {
    *minutes = 0;
    if (literal(at, end, "Zz"))
        return true;
    bool west = *at < end && **at == '-';
    int hours, rest;
    if (!literal(at, end, "+-") || !digits(at, end, 2, &hours) || !literal(at, end, ":") ||
        !digits(at, end, 2, &rest) || hours > 23 || rest > 59)
        return false;
    *minutes = (west ? -1 : 1) * (hours * 60 + rest);
    return true;
}

bool clock_parse(const char *text, size_t len, int64_t *time_ms) {
    const char *at = text, *end = text + len;
    int year, month, day, hour = 0, minute = 0, second = 0, milli = 0, offset = 0;
    int64_t days;
    if (!digits(&at, end, 4, &year) || !literal(&at, end, "-") || !digits(&at, end, 2, &month) ||
        !literal(&at, end, "-") || !digits(&at, end, 2, &day) ||
        !clock_days(year, month, day, &days))
        return false;
    if (at != end) {
        if (!literal(&at, end, "Tt ") || !digits(&at, end, 2, &hour) || !literal(&at, end, ":") ||
            !digits(&at, end, 2, &minute) || !literal(&at, end, ":") ||
            !digits(&at, end, 2, &second) || hour > 23 || minute > 59 || second > 60)
            return false;
        if (literal(&at, end, ".")) {
            int weight = 100, digit;
            if (!digits(&at, end, 1, &digit))
                return false;
            do {
                milli += digit * weight;
                weight /= 10;
            } while (digits(&at, end, 1, &digit));
        }
        if (!read_offset(&at, end, &offset) || at != end)
            return false;
    }
    int64_t seconds = days * 86400 + hour * 3600 + minute * 60 + second - offset * 60;
    *time_ms = seconds * 1000 + milli;
    return true;
}
