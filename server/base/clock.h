// SPDX-License-Identifier: AGPL-3.0-or-later
// Time. Wall-clock times are milliseconds since 1970 UTC in an int64; 0 means "never".
#ifndef REPERE_BASE_CLOCK_H
#define REPERE_BASE_CLOCK_H
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CLOCK_TEXT_SIZE = 24 };
int64_t clock_now_ms(void);
/** Never goes back; for deadlines and durations. */
int64_t clock_monotonic_ms(void);
/** A condition whose waits go by the monotonic clock; ended by pthread_cond_destroy. */
void clock_cond_init(pthread_cond_t *condition);
/** Waits until it is signalled, at the longest until `until_ms` of clock_monotonic_ms: false then.
 */
bool clock_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, int64_t until_ms);
/** RFC 3339 in UTC to the second: "2026-03-01T09:30:00Z". */
void clock_format(int64_t time_ms, char out[CLOCK_TEXT_SIZE]);
/** Reads "YYYY-MM-DD", or RFC 3339 with Z or an offset. False when it is neither or no such day. */
bool clock_parse(const char *text, size_t len, int64_t *time_ms);
/** Days since 1970-01-01 of a proleptic Gregorian date; false when there is no such day. */
bool clock_days(int year, int month, int day, int64_t *days);
#endif
